public import Boundaries
public import CivilTime
public import Incidents

/// Counts incidents by area, period and category.
///
/// One row per combination that occurs; with ``fillsZeros`` one per combination there can be, so that a zero is told
/// from something not looked at. Incidents in no area, or without a category, are counted in rows of their own with nil, so
/// **the counts always sum to the incidents given**.
///
/// A key counts apart in each version of the boundaries: `P-1.4.8` of one version and `P-1.4.8` of the next are two areas.
///
/// ## Units
/// Incidents. Weights are not applied. Periods are of local time.
public struct AreaCounts: Hashable, Codable, Sendable {
    /// Name of the level; nil counts the whole territory.
    public var level: String?
    /// nil counts the whole time.
    public var period: PeriodLength?
    /// Whether each category has rows of its own.
    public var byCategory: Bool
    /// Whether combinations without an incident get a row with 0: known areas × periods in which their version holds ×
    /// categories of the incidents given.
    public var fillsZeros: Bool

    /// The most rows that ``fillsZeros`` may make.
    public static let rowLimit = 5_000_000

    /// All parameters as given; ``rows(of:rows:areas:span:)`` checks the level against the table.
    public init(level: String? = nil, period: PeriodLength? = nil, byCategory: Bool = false, fillsZeros: Bool = false) {
        self.level = level
        self.period = period
        self.byCategory = byCategory
        self.fillsZeros = fillsZeros
    }

    private enum CodingKeys: String, CodingKey {
        case level, period
        case byCategory = "by_category"
        case fillsZeros = "fills_zeros"
    }

    /// Counts.
    /// - Parameters:
    ///   - table: the incidents.
    ///   - rows: which of them, as ``IncidentFilter/rows(of:areaKeys:)`` gives them.
    ///   - areas: every area of the level that zeros are for. Others have rows only where they have incidents, and no name;
    ///     where none is given, all that the table has are for zeros.
    ///   - span: first and last period that zeros fill; nil takes the first and last that occur. Incidents outside are
    ///     counted all the same.
    /// - Returns: rows sorted by area key, boundary version, period and category; nil comes last.
    /// - Throws: ``IndicatorError``.
    /// - Complexity: O(rows), and O(combinations · log) for the table made.
    public func rows(
        of table: IncidentTable, rows: [Int], areas: [CountedArea] = [], span: ClosedRange<Period>? = nil
    ) throws(IndicatorError) -> [AreaCount] {
        if let row = rows.first(where: { !table.id.indices.contains($0) }) {
            throw .rowBeyondTable(row, count: table.count)
        }
        let axes = try CountAxes(self, of: table, rows: rows, areas: areas, span: span)
        return try axes.counts(rows)
    }
}

/// An area that a table of counts has rows for.
public struct CountedArea: Hashable, Sendable {
    public var key: String
    /// The version of the level's boundaries in which the key means this area.
    public var version: Int
    public var name: String?
    /// The days on which the version holds.
    public var validity: Validity

    public init(key: String, version: Int = 1, name: String?, validity: Validity = .always) {
        self.key = key
        self.version = version
        self.name = name
        self.validity = validity
    }
}
