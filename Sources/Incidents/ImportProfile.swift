public import SimpleFeatures

/// How a publisher's files are to be read: which columns mean what, how dates and places are written, what is counted.
///
/// ## JSON form
/// ```json
/// {
///   "name": "my-city", "version": 1, "description": "Reports of my city",
///   "kind": "reports", "count_unit": "report", "source": "My city",
///   "columns": { "date": ["fecha"], "time": ["hora"], "category": ["delito", "tipo"],
///                "longitude": ["lon"], "latitude": ["lat"] },
///   "required": ["category"],
///   "crs": "EPSG:4326", "date_order": "dmy", "serial_dates": false,
///   "missing_values": ["", "NA", "SIN DATO"], "pseudo_places": ["Otra colonia"]
/// }
/// ```
/// Only `name` and `columns` must be there. Unknown members are refused, so that a misspelt one does not pass silently.
///
/// Published aggregates have the kind `monthly_counts` or `population`. Their `columns` are those of ``SeriesField``, and
/// they must state their `count_unit`:
/// ```json
/// {
///   "name": "my-state", "kind": "monthly_counts", "count_unit": "case_file", "source": "My state's prosecutor",
///   "columns": { "year": ["anio"], "municipality": ["municipio"], "type": ["delito"] },
///   "values": [ { "column": ["ene"], "month": 1 }, { "column": ["feb"], "month": 2 } ],
///   "state": "19", "code_scheme": "none", "total_labels": ["Total"]
/// }
/// ```
/// Such a profile may also state a `year`, and in `values` a `legal_good`, `type`, `subtype`, `modality` or `population` per
/// column; without `values` the column `count` holds the figure.
///
/// JSON is the only form: a library that reads YAML is no fair price for a file of twenty lines.
public struct ImportProfile: Hashable, Sendable {
    /// What a row of the file is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// One report, call or case file a row.
        case reports
        /// Counts by municipality and month.
        case monthlyCounts = "monthly_counts"
        /// Residents by municipality.
        case population
        /// Quantities that an authority publishes by area and month; read by `faro series measures`.
        case measures
        /// Answers of a survey; read by `faro survey import`.
        case survey
    }

    public var name: String
    public var version: Int
    /// What the files are, who publishes them, and what is odd about them.
    public var description: String
    public var kind = Kind.reports
    /// What one unit of a count made from the file is.
    public var countUnit = CountUnit.report
    /// Who publishes the files; empty where nothing is known.
    public var publisher = ""
    /// Labels that stand where a place should and are none, compared as ``LabelFolding`` folds them.
    public var pseudoPlaces = ImportProfile.defaultPseudoPlaces
    /// Whose numbers the file's municipality codes are.
    public var codeScheme = CodeScheme.none
    /// How the rows are built, where the file holds aggregates: never nil with a kind of these, and always with reports.
    public var series: SeriesLayout?
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
    /// What Mexican tables write where the place is not known, or is none of those they list.
    public static let defaultPseudoPlaces = [
        "No Especificado", "No especificada", "Otros Municipios", "Otro Municipio", "Otra Entidad", "Se ignora",
        "Sin especificar", "No identificado", "No disponible",
    ]

    /// A profile of reports.
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

    /// A profile of aggregates.
    public init(
        name: String, version: Int = 1, description: String = "", kind: Kind, countUnit: CountUnit, publisher: String,
        codeScheme: CodeScheme, series: SeriesLayout
    ) {
        self.init(name: name, version: version, description: description, columns: [:])
        self.kind = kind
        self.countUnit = countUnit
        self.publisher = publisher
        self.codeScheme = codeScheme
        self.series = series
    }

    /// Name and version, as an import record keeps them: `fgj-cdmx 2`.
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
            let column = String(entry[entry.index(after: equals)...])
            if profile.series == nil {
                try profile.map(name, to: column)
            } else {
                try profile.mapSeries(name, to: column)
            }
        }
        return profile
    }

    private mutating func map(_ name: String, to column: String) throws(ProfileError) {
        guard let field = ReportField(rawValue: name) else { throw .unknownField(name) }
        columns[field] = column.isEmpty ? nil : [column]
        if column.isEmpty { explicit.remove(field) } else { explicit.insert(field) }
    }

    private mutating func mapSeries(_ name: String, to column: String) throws(ProfileError) {
        // Called as a report's offence is.
        let name = name == ReportField.category.rawValue ? SeriesField.subtype.rawValue : name
        guard let field = SeriesField(rawValue: name) else { throw .unknownSeriesField(name) }
        series?.columns[field] = column.isEmpty ? nil : [column]
        if column.isEmpty { series?.explicit.remove(field) } else { series?.explicit.insert(field) }
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
