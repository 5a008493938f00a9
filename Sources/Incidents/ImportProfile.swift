public import SimpleFeatures

/// How a publisher's files are to be read: which columns mean what, how dates and places are written.
///
/// ## JSON form
/// ```json
/// {
///   "name": "my-city", "version": 1, "description": "Reports of my city",
///   "columns": { "date": ["fecha"], "time": ["hora"], "category": ["delito", "tipo"],
///                "longitude": ["lon"], "latitude": ["lat"] },
///   "required": ["category"],
///   "crs": "EPSG:4326", "date_order": "dmy", "serial_dates": false,
///   "missing_values": ["", "NA", "SIN DATO"]
/// }
/// ```
/// Only `name` and `columns` must be there. Unknown members are refused, so that a misspelt one does not pass silently.
public struct ImportProfile: Hashable, Sendable {
    public var name: String
    public var version: Int
    public var description: String
    /// Accepted header spellings per field, the preferred first; compared without case, accents, blanks and punctuation.
    public var columns: [ReportField: [String]]
    /// Fields whose column must exist. A row that lacks the text of a required text field is rejected. A day, in `date`
    /// or `occurred_at`, is always required.
    public var required: Set<ReportField>
    /// The CRS of `longitude`/`latitude` or `x`/`y`.
    public var crs: CRS
    public var dateOrder: DateOrder
    /// Whether a bare number in a date column is a spreadsheet's serial day (1900 system).
    public var serialDates: Bool
    /// Words that mean "nothing is known", compared without case.
    public var missingValues: [String]
    /// Fields whose column the user named; these must exist.
    public internal(set) var explicit: Set<ReportField> = []

    public static let defaultMissingValues = ["", "NA", "NAN", "N/A", "null", "SIN DATO", "-"]

    public init(
        name: String, version: Int = 1, description: String = "", columns: [ReportField: [String]],
        required: Set<ReportField> = [], crs: CRS = .wgs84, dateOrder: DateOrder = .automatic,
        serialDates: Bool = false,
        missingValues: [String] = ImportProfile.defaultMissingValues
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.columns = columns
        self.required = required
        self.crs = crs
        self.dateOrder = dateOrder
        self.serialDates = serialDates
        self.missingValues = missingValues
    }

    /// Name and version, as an import record keeps them: `fgj-cdmx 1`.
    public var label: String { "\(name) \(version)" }

    /// A built-in profile.
    /// - Throws: ``ProfileError/unknownProfile(name:known:)``.
    public static func named(_ name: String) throws(ProfileError) -> ImportProfile {
        guard let profile = builtIn.first(where: { $0.name == name }) else {
            throw .unknownProfile(name: name, known: builtIn.map(\.name))
        }
        return profile
    }

    /// The profile with columns named by hand: `["date=Fecha del hecho", "weight="]`.
    ///
    /// A named column replaces the accepted spellings and must exist; nothing after `=` leaves the field unread.
    /// - Throws: ``ProfileError/badMapping(_:)``, ``ProfileError/unknownField(_:)``.
    public func mapping(_ entries: [String]) throws(ProfileError) -> ImportProfile {
        var profile = self
        for entry in entries {
            guard let equals = entry.firstIndex(of: "=") else { throw .badMapping(entry) }
            let name = String(entry[..<equals])
            guard let field = ReportField(rawValue: name) else { throw .unknownField(name) }
            let column = String(entry[entry.index(after: equals)...])
            profile.columns[field] = column.isEmpty ? nil : [column]
            if column.isEmpty { profile.explicit.remove(field) } else { profile.explicit.insert(field) }
        }
        return profile
    }
}

/// In which order the numbers of a date such as `03/05/2018` stand.
///
/// A date that begins with a four-digit year is year, month, day under every order.
public enum DateOrder: String, Hashable, Sendable, Codable, CaseIterable {
    /// Day first, as Mexico writes; it was nobody's explicit choice.
    case automatic
    case dmy
    case mdy
    /// Year first only.
    case ymd
}
