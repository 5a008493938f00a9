public import CivilTime
public import Incidents

/// Counts incidents by area, period and category.
///
/// One row per combination that occurs; with ``fillsZeros`` one per combination there can be, so that a zero is told
/// from something not looked at. Incidents in no area, or without a category, are counted in rows of their own with nil, so
/// **the counts always sum to the incidents given**.
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
    /// Whether combinations without an incident get a row with 0: known areas × periods × categories of the incidents given.
    public var fillsZeros: Bool

    /// The most rows that ``fillsZeros`` may make.
    public static let rowLimit = 5_000_000

    /// All parameters as given; ``rows(of:rows:areaNames:span:)`` checks the level against the table.
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
    ///   - areaNames: key and name of every area of the level. Areas that only occur in the table have no name.
    ///   - span: first and last period that zeros fill; nil takes the first and last that occur. Incidents outside are
    ///     counted all the same.
    /// - Returns: rows sorted by area key, period and category; nil comes last.
    /// - Throws: ``IndicatorError``.
    /// - Complexity: O(rows), and O(combinations · log) for the table made.
    public func rows(
        of table: IncidentTable, rows: [Int], areaNames: [String: String] = [:], span: ClosedRange<Period>? = nil
    ) throws(IndicatorError) -> [AreaCount] {
        if let row = rows.first(where: { !table.id.indices.contains($0) }) {
            throw .rowBeyondTable(row, count: table.count)
        }
        let axes = try CountAxes(self, of: table, rows: rows, areaNames: areaNames, span: span)
        return try axes.counts(rows)
    }
}
