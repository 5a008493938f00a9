public import Hotspots
public import Indicators
import SimpleFeatures

/// One indicator of one area in one month, with everything that a sheet says of it.
public struct SheetLine: Sendable {
    public var indicator: String
    /// Empty for all areas together.
    public var areaID: String
    public var areaName: String
    /// nil where nobody has published it, which is not zero, or where it is ``withheld``.
    public var count: Int?
    public var previous: Int?
    public var yearAgo: Int?
    public var fromPrevious: Change?
    public var fromYearAgo: Change?
    /// The greatest month up to this one, and how far this month lies below it, in percent; nil where it is the greatest.
    public var peak: Int?
    public var peakMonth: String?
    public var percentFromPeak: Double?
    /// The twelve months that end with this one, and the twelve before; nil where a month is missing or a break lies between.
    public var twelveMonths: Int?
    public var twelveMonthsBefore: Int?
    public var fromTwelveMonthsBefore: Change?
    /// What rates divide by, of its year; nil where the store has none.
    public var population: Double?
    public var populationYear: Int?
    public var populationKind: String?
    /// Of the twelve months, per as many as the indicator says.
    public var rate: Double?
    /// The same drawn towards the mean of all areas, the more the smaller the area.
    public var bayesRate: Double?
    public var funnel: FunnelLimits.Position?
    public var light: Light
    public var level: LightLevel?
    public var isShortBase: Bool
    /// 75 % of the base, or what the rule says.
    public var goal: Double?
    /// By rate, the least first, among the sheet's areas.
    public var rateRank: AreaRanking.Place?
    /// By the change of the twelve months, the greatest fall first.
    public var changeRank: AreaRanking.Place?
    /// The figures of the last 37 months, this one last.
    public var recent: [Int?]
    /// The lights of the last 12 months, this one last.
    public var recentLevels: [LightLevel?]
    /// The same as each month was first told: by the figures of its day.
    public var firstLevels: [LightLevel?]
    public var questions: [Plausibility.Question]
    /// Whether the month's figure was told differently before.
    public var isRestated: Bool
    /// Which of the figures are not shown because they, or one that they are made of, are small or protect a small one.
    public var withheld: Set<Figure> = []
    /// By month of ``recent``, whether its figure is withheld.
    public var recentWithheld: [Bool] = []

    /// A figure that may be withheld, in the order of the columns.
    public enum Figure: String, Hashable, Sendable, CaseIterable {
        case count, previous
        case yearAgo = "year_ago"
        case peak
        case twelveMonths = "twelve_months"
        case twelveMonthsBefore = "twelve_months_before"
        case light
    }
}

extension SheetLine {
    /// What stands in each column of the tables: the same names and values in JSON and CSV.
    static let columns: [(name: String, value: @Sendable (SheetLine) -> PropertyValue)] = [
        ("indicator", { .text($0.indicator) }), ("area_id", { $0.areaID.isEmpty ? .null : .text($0.areaID) }),
        ("area_name", { .text($0.areaName) }), ("count", { whole($0.count) }), ("previous", { whole($0.previous) }),
        ("previous_percent", { number($0.fromPrevious?.percent) }), ("previous_p", { number($0.fromPrevious?.p) }),
        ("previous_z", { number($0.fromPrevious?.z) }), ("year_ago", { whole($0.yearAgo) }),
        ("year_ago_percent", { number($0.fromYearAgo?.percent) }), ("year_ago_p", { number($0.fromYearAgo?.p) }),
        ("year_ago_z", { number($0.fromYearAgo?.z) }), ("peak", { whole($0.peak) }),
        ("peak_month", { text($0.peakMonth) }), ("percent_from_peak", { number($0.percentFromPeak) }),
        ("twelve_months", { whole($0.twelveMonths) }), ("twelve_months_before", { whole($0.twelveMonthsBefore) }),
        ("twelve_months_percent", { number($0.fromTwelveMonthsBefore?.percent) }),
        ("twelve_months_p", { number($0.fromTwelveMonthsBefore?.p) }),
        ("twelve_months_z", { number($0.fromTwelveMonthsBefore?.z) }), ("population", { number($0.population) }),
        ("population_year", { whole($0.populationYear) }), ("population_kind", { text($0.populationKind) }),
        ("rate", { number($0.rate) }), ("eb_rate", { number($0.bayesRate) }),
        ("funnel", { text($0.funnel?.rawValue) }), ("light", { text($0.level?.rawValue) }),
        ("light_absence", { text($0.light.absence?.rawValue) }), ("base", { number($0.light.base) }),
        ("base_months", { .integer(Int64($0.light.baseMonths)) }), ("base_is_short", { .bool($0.isShortBase) }),
        ("goal", { number($0.goal) }), ("chance_low", { whole($0.light.band?.lowerBound) }),
        ("chance_high", { whole($0.light.band?.upperBound) }), ("chance", { text($0.light.chance?.rawValue) }),
        ("rate_rank", { whole($0.rateRank?.rank) }), ("rate_rank_from", { whole($0.rateRank?.range.lowerBound) }),
        ("rate_rank_to", { whole($0.rateRank?.range.upperBound) }), ("change_rank", { whole($0.changeRank?.rank) }),
        ("change_rank_from", { whole($0.changeRank?.range.lowerBound) }),
        ("change_rank_to", { whole($0.changeRank?.range.upperBound) }), ("restated", { .bool($0.isRestated) }),
        ("questions", { text($0.questions.isEmpty ? nil : $0.questions.map(\.name).joined(separator: "+")) }),
        (
            "withheld",
            { line in
                let names = SheetLine.Figure.allCases.filter(line.withheld.contains).map(\.rawValue)
                return text(names.isEmpty ? nil : names.joined(separator: "+"))
            }
        ),
    ]

    private static func whole(_ value: Int?) -> PropertyValue { value.map { .integer(Int64($0)) } ?? .null }
    private static func number(_ value: Double?) -> PropertyValue { value.map { .number($0) } ?? .null }
    private static func text(_ value: String?) -> PropertyValue { value.map { .text($0) } ?? .null }
}
