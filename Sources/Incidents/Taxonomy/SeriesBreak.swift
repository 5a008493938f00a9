public import CivilTime

/// A day from which on figures are counted differently, so that a series over it is no series.
public struct SeriesBreak: Hashable, Sendable, Codable {
    /// A short stable word, as the column `break` has it: `rnid-2026`.
    public var id: String
    /// The first day of the new way of counting.
    public var date: CalendarDate
    public var spanishSentence: String
    public var englishSentence: String

    public init(id: String, date: CalendarDate, spanishSentence: String, englishSentence: String) {
        self.id = id
        self.date = date
        self.spanishSentence = spanishSentence
        self.englishSentence = englishSentence
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, date
        case spanishSentence = "sentence_es"
        case englishSentence = "sentence_en"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        date = try container.decode(CalendarDate.self, forKey: .date)
        spanishSentence = try container.decode(String.self, forKey: .spanishSentence)
        englishSentence = try container.decode(String.self, forKey: .englishSentence)
    }
}

/// Incidents of one catalogue of offences that go into a series.
public struct SeriesOrigin: Hashable, Sendable {
    /// What names the catalogue: a national scheme for files that use its classes, otherwise the import profile.
    public var catalogue: String
    /// The schemes whose breaks concern these incidents; see ``SeriesBreak/inSeries(of:over:schemes:)``.
    public var schemes: Set<String>
    public var countUnits: Set<CountUnit>
    /// First and last day on which there is an incident.
    public var days: ClosedRange<CalendarDate>

    public init(
        catalogue: String, schemes: Set<String>, countUnits: Set<CountUnit>, days: ClosedRange<CalendarDate>
    ) {
        self.catalogue = catalogue
        self.schemes = schemes
        self.countUnits = countUnits
        self.days = days
    }
}

extension SeriesBreak {
    /// The breaks of a series that joins incidents of some origins over a span of days, by date.
    ///
    /// ## Rule
    /// - A *scheme* breaks where it says so itself, and where it begins or ends. That concerns an origin
    ///   - whose labels are the scheme's own (a SESNSP file, whose mapping names the scheme for all its labels), and
    ///   - that is counted by the scheme's classes, whoever published it.
    ///
    ///   So a prosecutor's own catalogue is not broken by the national register of 2026 as long as it is counted by its own
    ///   labels; counted by the classes of CNSP/38/15, which ended with 2025, it is.
    /// - A *catalogue* that begins within the span, after another one, breaks the series: a new profile, a new unit of count,
    ///   or the day on which a mapping says that a publisher's labels changed their meaning. Where a scheme's break between the two explains it
    ///   already, it is not named again.
    ///
    /// A break counts only where there are incidents it concerns on both sides of it: from a day before it to its day or a
    /// later one. That a source ends is no break.
    /// - Complexity: O(origins · breaks).
    public static func inSeries(
        of origins: [SeriesOrigin], over span: ClosedRange<CalendarDate>, schemes: [Taxonomy]
    ) -> [SeriesBreak] {
        let origins = origins.compactMap { $0.clamped(to: span) }
        let declared = declared(schemes, origins)
        let begun = begun(origins, apartFrom: declared)
        return (declared + begun).sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    }

    private static func declared(_ schemes: [Taxonomy], _ origins: [SeriesOrigin]) -> [SeriesBreak] {
        var concerned: [SeriesBreak: [SeriesOrigin]] = [:]
        for scheme in schemes {
            for seriesBreak in scheme.allBreaks {
                concerned[seriesBreak, default: []] += origins.filter { $0.schemes.contains(scheme.scheme) }
            }
        }
        return concerned.filter { seriesBreak, origins in
            origins.contains { $0.days.lowerBound < seriesBreak.date }
                && origins.contains { $0.days.upperBound >= seriesBreak.date }
        }.map(\.key)
    }

    private static func begun(_ origins: [SeriesOrigin], apartFrom declared: [SeriesBreak]) -> [SeriesBreak] {
        var begun: [SeriesBreak] = []
        var earlier: [SeriesOrigin] = []
        for origin in origins.sorted(by: { ($0.days.lowerBound, $0.catalogue) < ($1.days.lowerBound, $1.catalogue) }) {
            let day = origin.days.lowerBound
            defer { earlier.append(origin) }
            let before = earlier.filter { $0.days.lowerBound < day }
            guard !before.isEmpty,
                !before.contains(where: { $0.isContinued(by: origin) })
            else { continue }
            let last = before.map(\.days.upperBound).max() ?? day
            if declared.contains(where: { last < $0.date && $0.date <= day }) { continue }
            begun.append(SeriesBreak(beginningOf: origin, after: before))
        }
        return begun
    }

    private init(beginningOf origin: SeriesOrigin, after before: [SeriesOrigin]) {
        let others = Set(before.map(\.catalogue)).subtracting([origin.catalogue]).sorted()
        let units = before.reduce(into: Set<CountUnit>()) { $0.formUnion($1.countUnits) }
        var spanish = "Desde el \(origin.days.lowerBound) la serie incluye registros de \(origin.catalogue)"
        var english = "From \(origin.days.lowerBound) on the series holds records of \(origin.catalogue)"
        if !others.isEmpty {
            spanish += ", que clasifica los delitos de otro modo que \(others.joined(separator: ", "))"
            english += ", which classifies offences differently from \(others.joined(separator: ", "))"
        }
        if !units.isEmpty, !origin.countUnits.isSubset(of: units) {
            let (old, new) = (
                units.sorted { $0.rawValue < $1.rawValue }, origin.countUnits.sorted { $0.rawValue < $1.rawValue }
            )
            spanish +=
                "; cuenta \(new.map(\.spanishLabel).joined(separator: ", ")) y no "
                + old.map(\.spanishLabel).joined(separator: ", ")
            english +=
                "; it counts \(new.map(\.englishLabel).joined(separator: ", ")) and not "
                + old.map(\.englishLabel).joined(separator: ", ")
        }
        self.init(
            id: "catalogue:\(origin.catalogue)", date: origin.days.lowerBound, spanishSentence: spanish + ".",
            englishSentence: english + ".")
    }
}

extension SeriesOrigin {
    /// Whether incidents of the other are counted as these are. What has no unit agrees with any.
    fileprivate func isContinued(by other: SeriesOrigin) -> Bool {
        catalogue == other.catalogue
            && (countUnits.isEmpty || other.countUnits.isEmpty || !countUnits.isDisjoint(with: other.countUnits))
    }

    fileprivate func clamped(to span: ClosedRange<CalendarDate>) -> SeriesOrigin? {
        guard days.overlaps(span) else { return nil }
        var origin = self
        origin.days = days.clamped(to: span)
        return origin
    }
}
