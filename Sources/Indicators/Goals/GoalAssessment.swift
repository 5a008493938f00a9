public import CivilTime
import Statistics

/// How a goal stands in one month.
public struct GoalAssessment: Hashable, Sendable {
    /// What is to be said of it.
    public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
        /// The target is met in this month.
        case reached
        /// Not met yet, and no worse than the path.
        case onPath = "on_path"
        /// Worse than the path.
        case behind
        /// The due month has come, and the target is not met.
        case missed
        case notBegun = "not_begun"
        case noFigure = "no_figure"
    }

    public let month: Period
    public let status: Status
    /// In the measure's unit; nil where there is none.
    public let actual: Int?
    /// What the path asks for in this month.
    public let path: Double
    /// How far the figure is from the path, in the direction that is bad: positive is worse. nil without a figure.
    public let gap: Double?
    /// How far the figure is from the target in the same sense.
    public let toTarget: Double?
    /// What has to be gained a month from now on to meet the target; nil where it is met, or no month is left.
    public let neededPerMonth: Double?
    /// Whether the gap is no more than a Poisson count around the path leaves to chance; nil without a figure.
    public let isWithinChance: Bool?

    /// How a goal stands in a month of a series.
    /// - Parameter area: nil is the series' only row.
    public init(of goal: Goal, in month: Period, actual: Int?) {
        self.month = month
        self.actual = actual
        path = goal.path(in: month)
        let direction = goal.isReduction ? 1.0 : -1.0
        gap = actual.map { (Double($0) - goal.path(in: month)) * direction }
        let rest = actual.map { (Double($0) - goal.target) * direction }
        toTarget = rest
        let left = Int(goal.due.index) - Int(month.index)
        neededPerMonth = rest.flatMap { $0 > 0 && left > 0 ? $0 / Double(left) : nil }
        isWithinChance = actual.map { Self.isWithinChance($0, path: goal.path(in: month)) }
        status = Self.status(goal, month, gap, rest)
    }

    private static func status(_ goal: Goal, _ month: Period, _ gap: Double?, _ rest: Double?) -> Status {
        if month < goal.start { return .notBegun }
        guard let gap, let rest else { return .noFigure }
        if rest <= 0 { return .reached }
        if month >= goal.due { return .missed }
        return gap <= 0 ? .onPath : .behind
    }

    private static func isWithinChance(_ actual: Int, path: Double) -> Bool {
        guard let poisson = PoissonDistribution(mean: path), let low = poisson.quantile(of: 0.025),
            let high = poisson.quantile(of: 0.975)
        else { return true }
        return (low...max(low, high)).contains(actual)
    }
}

extension Goal {
    /// The assessments of every month from the start to a last one.
    /// - Parameter figures: the measure's value by month.
    public func assessments(through last: Period, figures: (Period) -> Int?) -> [GoalAssessment] {
        start.through(last).map { GoalAssessment(of: self, in: $0, actual: figures($0)) }
    }

    /// The measure's value in a month of one row of a series; nil where a figure of it is missing.
    public func actual(in month: Period, of series: MonthlySeries, indicator: Int, area: Int) -> Int? {
        guard let place = series.place(of: month) else { return nil }
        switch measure {
        case .month: return series.count(indicator, area, place)
        case .twelveMonths: return series.sum(indicator, area, from: place - 11, through: place)
        }
    }
}
