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
    public var byCategory: Bool
    /// Whether combinations without an incident get a row with 0: known areas × periods × categories of the incidents given.
    public var fillsZeros: Bool

    /// The most rows that ``fillsZeros`` may make.
    public static let rowLimit = 5_000_000

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

/// One row of an area table. The names are those of its columns in files.
public struct AreaCount: Hashable, Codable, Sendable {
    /// nil where the whole territory is counted.
    public var level: String?
    /// nil for the incidents in no area.
    public var areaID: String?
    public var areaName: String?
    /// The period's label: `2024-03`; nil where the whole time is counted.
    public var period: String?
    /// nil for incidents without one, and where categories are not told apart.
    public var category: String?
    public var count: Int

    public init(level: String?, areaID: String?, areaName: String?, period: String?, category: String?, count: Int) {
        self.level = level
        self.areaID = areaID
        self.areaName = areaName
        self.period = period
        self.category = category
        self.count = count
    }

    private enum CodingKeys: String, CodingKey {
        case level, period, category, count
        case areaID = "area_id"
        case areaName = "area_name"
    }
}
