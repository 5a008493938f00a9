import Grids
public import Statistics

/// What ``EmergingHotSpots`` found, and how.
public struct EmergingHotSpotsResult: Sendable {
    /// The parameters it was made with.
    public let method: EmergingHotSpots
    public let cube: SpaceTimeCube
    /// Gi* per bin, period after period, each in the grid's order; NaN outside the study area.
    public let z: [Double]
    /// The adjusted two-sided probability per bin.
    public let q: [Double]
    /// One per cell of the study area, in the grid's order.
    public let cells: [CellHistory]

    /// How many cells each category has, those without any not among them.
    public var tally: [EmergingCategory: Int] {
        cells.reduce(into: [:]) { if $1.category != .none { $0[$1.category, default: 0] += 1 } }
    }
}

/// What a cell is in a period.
public enum BinState: Int8, Hashable, Codable, Sendable {
    case cold = -1
    case neither = 0
    case hot = 1
}

/// The side on which a category lies.
public enum SpotSide: String, Hashable, Codable, Sendable, CaseIterable {
    case hot
    case cold
}

/// How a cell came to be what it is. Named for hot spots; cold ones mirror them.
public enum EmergingCategory: Hashable, Sendable {
    /// Hot in the last period only.
    case new(SpotSide)
    /// Hot in one unbroken run of at least two periods up to the last, never before, in less than 90 % of all.
    case consecutive(SpotSide)
    /// Hot in at least 90 % of the periods and in the last, the scores significantly farther out.
    case intensifying(SpotSide)
    /// The same without a trend.
    case persistent(SpotSide)
    /// The same, the scores significantly nearer to the mean.
    case diminishing(SpotSide)
    /// Hot on and off, in less than 90 % of the periods, never cold.
    case sporadic(SpotSide)
    /// Hot in the last period, cold in one before, hot in less than 90 %.
    case oscillating(SpotSide)
    /// Hot in at least 90 % of the periods, but not in the last.
    case historical(SpotSide)
    case none

    /// `new hot spot`; for none, `no pattern`.
    public var name: String {
        switch self {
        case .new(let side): "new \(side) spot"
        case .consecutive(let side): "consecutive \(side) spot"
        case .intensifying(let side): "intensifying \(side) spot"
        case .persistent(let side): "persistent \(side) spot"
        case .diminishing(let side): "diminishing \(side) spot"
        case .sporadic(let side): "sporadic \(side) spot"
        case .oscillating(let side): "oscillating \(side) spot"
        case .historical(let side): "historical \(side) spot"
        case .none: "no pattern"
        }
    }

    /// All there are, the hot ones first.
    public static let all: [EmergingCategory] =
        SpotSide.allCases.flatMap { side in
            [
                .new(side), .consecutive(side), .intensifying(side), .persistent(side), .diminishing(side),
                .sporadic(side), .oscillating(side), .historical(side),
            ]
        } + [.none]
}

/// What a cell was in every period, and what follows from it.
public struct CellHistory: Hashable, Sendable {
    /// Its index in the grid.
    public let cell: Int
    /// Period after period.
    public let states: [BinState]
    /// Of its Gi* scores; nil for a single period.
    public let trend: MannKendall?
    public let category: EmergingCategory
    /// Why it has its category, in one sentence: the facts that the rule looked at.
    public let trace: String

    /// - Parameter scores: Gi* per period.
    public init(cell: Int, states: [BinState], scores: [Double], method: EmergingHotSpots) {
        self.cell = cell
        self.states = states
        let trend = MannKendall(scores.map { $0.isNaN ? 0 : $0 })
        self.trend = trend
        // The side of the last period speaks first, so that hot and cold mirror each other.
        let sides: [SpotSide] = states.last == .cold ? [.cold, .hot] : [.hot, .cold]
        let facts = sides.map { SideFacts($0, states, trend, method) }
        let found = facts.first { $0.category != .none }
        category = found?.category ?? .none
        trace = (found ?? facts[0]).sentence
    }
}

/// What the rules look at on one side.
private struct SideFacts {
    let category: EmergingCategory
    let sentence: String

    init(_ side: SpotSide, _ states: [BinState], _ trend: MannKendall?, _ method: EmergingHotSpots) {
        let own: BinState = side == .hot ? .hot : .cold
        let periods = states.count
        let times = states.count { $0 == own }
        let others = states.count { $0 != own && $0 != .neither }
        let isLast = states.last == own
        let run = states.reversed().prefix { $0 == own }.count
        let isMost = times * 10 >= periods * 9
        let slope = (trend?.p ?? 1) <= method.trendSignificance ? (trend?.s.signum() ?? 0) : 0
        let outward = side == .hot ? slope : -slope
        let sporadicIsOpen = isLast || method.sporadic == .ever
        switch true {
        case times == 0: category = .none
        case isLast && times == 1: category = .new(side)
        case isLast && run == times && run >= 2 && !isMost: category = .consecutive(side)
        case isMost && isLast && outward > 0: category = .intensifying(side)
        case isMost && isLast && outward < 0: category = .diminishing(side)
        case isMost && isLast: category = .persistent(side)
        case isMost: category = .historical(side)
        case others == 0 && sporadicIsOpen: category = .sporadic(side)
        case isLast && others > 0: category = .oscillating(side)
        default: category = .none
        }
        var parts = ["\(side) in \(times) of \(periods) periods"]
        if times > 0 {
            let unbroken = run == 1 ? "in the last one" : "the last \(run) of them without a break"
            parts.append(isLast ? unbroken : "not in the last one")
            parts.append("\(side == .hot ? "cold" : "hot") in \(others)")
            let trends = ["scores fall", "no trend of the scores", "scores rise"]
            parts.append(trends[slope + 1] + (trend.map { " (S \($0.s), p \(Self.rounded($0.p)))" } ?? ""))
        }
        sentence = parts.joined(separator: ", ") + ": " + category.name
    }

    private static func rounded(_ p: Double) -> Double { (p * 10_000).rounded() / 10_000 }
}
