public import Foundation
import Incidents

/// By which rule a month's count becomes a light: data with a version, so that an old sheet can be read by the rule of its time.
///
/// The count is held against a base, the mean of the months before it, in percent and in whole numbers, so that exactly 75 %
/// is exactly 75 %.
///
/// ## JSON form
/// ```json
/// { "rule": "three-years-75", "version": "1", "name_es": "Promedio de tres años, meta 75 %", "name_en": "Mean of three years, goal 75 %",
///   "base": "rolling_months", "base_months": 36, "least_months": 12, "goal_percent": 75, "zero_of_zero": "green",
///   "steps": [
///     { "level": "green", "below_percent": 75, "score": 1 },
///     { "level": "yellow", "up_to_percent": 100, "score": 0.5 },
///     { "level": "red", "score": 0 } ] }
/// ```
///
/// ## Source
/// Three levels: notes of the published Mexican traffic-light reports, 2015 to 2025: base the mean of the previous three years, goal
/// 25 % below it, "más del 25 %" for green, so that exactly −25 % is yellow; a state's score 1, ½ or 0. What is published
/// does not say what a fall of 0 to 1 % is: here yellow.
public struct LightRule: Hashable, Sendable, Codable {
    /// Which months make the base.
    public enum Base: String, Hashable, Sendable, Codable, CaseIterable {
        /// The months right before the month judged.
        case rollingMonths = "rolling_months"
        /// The calendar years before the month's year.
        case calendarYears = "calendar_years"
    }

    /// From where to where a level reaches. Steps are tried in their order; the last one takes what is left.
    public struct Step: Hashable, Sendable, Codable {
        public var level: LightLevel
        /// Counts below so many percent of the base.
        public var belowPercent: Int?
        /// Counts of at most so many percent of the base.
        public var upToPercent: Int?
        /// From 0, bad, to 1, good.
        public var score: Double
        /// How much the score weighs; a double red counts two.
        public var weight: Double

        public init(
            _ level: LightLevel, belowPercent: Int? = nil, upToPercent: Int? = nil, score: Double, weight: Double = 1
        ) {
            self.level = level
            self.belowPercent = belowPercent
            self.upToPercent = upToPercent
            self.score = score
            self.weight = weight
        }
    }

    /// The name by which outputs say which rule they follow.
    public let name: String
    public let version: String
    public let spanishName: String
    public let englishName: String
    public let base: Base
    /// How many months the base has: 36, or as many as whole calendar years make.
    public let baseMonths: Int
    /// With fewer known months there is no light. With fewer than ``baseMonths`` there is one that says so.
    public let leastMonths: Int
    /// What is aimed at, in percent of the base.
    public let goalPercent: Int
    /// The level of a month without incidents after a base without incidents.
    public let zeroOfZero: LightLevel
    public let steps: [Step]

    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` where months, percents or scores are out of range, levels are not in
    ///   order or occur twice, or a step can never be reached.
    public init(
        name: String, version: String, spanishName: String, englishName: String, base: Base = .rollingMonths,
        baseMonths: Int = 36, leastMonths: Int = 12, goalPercent: Int = 75, zeroOfZero: LightLevel = .green,
        steps: [Step]
    ) throws(IndicatorError) {
        self.name = name
        self.version = version
        self.spanishName = spanishName
        self.englishName = englishName
        self.base = base
        self.baseMonths = baseMonths
        self.leastMonths = leastMonths
        self.goalPercent = goalPercent
        self.zeroOfZero = zeroOfZero
        self.steps = steps
        try check()
    }

    /// Reads the JSON form.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    public init(json: Data) throws(IndicatorError) {
        self = try CatalogueDocument.read(LightRule.self, from: json, kind: "light rule")
    }

    public func json() throws -> Data { try CatalogueDocument.text(self) }

    /// Name and version: `three-years-75 1`.
    public var label: String { "\(name) \(version)" }

    /// The step of a count over a base, both as they are counted: the count of one month, the base's sum and how many
    /// months it is of.
    /// - Returns: an index into ``steps``; nil where the base has no month.
    public func step(count: Int, baseSum: Int, months: Int) -> Int? {
        guard months > 0, count >= 0, baseSum >= 0 else { return nil }
        if count == 0, baseSum == 0 { return steps.firstIndex { $0.level == zeroOfZero } }
        // Up to 2³² · 10⁶ · 10², which whole numbers hold.
        let share = min(count, Int(UInt32.max)) * months * 100
        let sum = min(baseSum, Int(UInt32.max) * 1000)
        for (index, step) in steps.enumerated() {
            if let below = step.belowPercent, share < below * sum { return index }
            if let upTo = step.upToPercent, share <= upTo * sum { return index }
        }
        return steps.indices.last
    }

    private func check() throws(IndicatorError) {
        guard !name.isEmpty, !version.isEmpty else { throw Self.bad("rule and version must not be empty") }
        guard (1...600).contains(baseMonths), (1...baseMonths).contains(leastMonths) else {
            throw Self.bad(
                "base_months must be 1 to 600 and least_months no more, but are \(baseMonths) and \(leastMonths)")
        }
        if base == .calendarYears, baseMonths % 12 != 0 {
            throw Self.bad("base_months of calendar years must be a multiple of 12, but is \(baseMonths)")
        }
        guard (1...1000).contains(goalPercent) else {
            throw Self.bad("goal_percent must be 1 to 1000, but is \(goalPercent)")
        }
        guard steps.count >= 2, zip(steps, steps.dropFirst()).allSatisfy({ $0.level.rank < $1.level.rank }) else {
            throw Self.bad("steps must be two levels or more, from the best to the worst")
        }
        guard steps.contains(where: { $0.level == zeroOfZero }) else {
            throw Self.bad("zero_of_zero must be one of the steps' levels, but is \(zeroOfZero.rawValue)")
        }
        var reached = 0
        for step in steps.dropLast() {
            guard let bound = step.belowPercent ?? step.upToPercent,
                step.belowPercent == nil || step.upToPercent == nil, (1...1000).contains(bound), bound > reached
            else {
                throw Self.bad(
                    "\(step.level.rawValue) must have below_percent or up_to_percent, above \(reached) and up to 1000")
            }
            reached = bound
        }
        guard steps.last?.belowPercent == nil, steps.last?.upToPercent == nil else {
            throw Self.bad("the last step takes what is left, and has no percent")
        }
        guard steps.allSatisfy({ (0...1).contains($0.score) && $0.weight > 0 && $0.weight <= 10 }) else {
            throw Self.bad("scores must be 0 to 1, and weights above 0 and up to 10")
        }
    }

    private static func bad(_ reason: String) -> IndicatorError { .badDocument(kind: "light rule", reason: reason) }
}

// MARK: - JSON

extension LightRule {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, base, steps
        case name = "rule"
        case spanishName = "name_es"
        case englishName = "name_en"
        case baseMonths = "base_months"
        case leastMonths = "least_months"
        case goalPercent = "goal_percent"
        case zeroOfZero = "zero_of_zero"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let baseMonths = try container.decodeIfPresent(Int.self, forKey: .baseMonths) ?? 36
        try self.init(
            name: container.decode(String.self, forKey: .name),
            version: container.decode(String.self, forKey: .version),
            spanishName: container.decode(String.self, forKey: .spanishName),
            englishName: container.decode(String.self, forKey: .englishName),
            base: container.decodeIfPresent(Base.self, forKey: .base) ?? .rollingMonths, baseMonths: baseMonths,
            leastMonths: container.decodeIfPresent(Int.self, forKey: .leastMonths) ?? min(12, baseMonths),
            goalPercent: container.decodeIfPresent(Int.self, forKey: .goalPercent) ?? 75,
            zeroOfZero: container.decodeIfPresent(LightLevel.self, forKey: .zeroOfZero) ?? .green,
            steps: container.decode([Step].self, forKey: .steps))
    }
}

extension LightRule.Step {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case level, score, weight
        case belowPercent = "below_percent"
        case upToPercent = "up_to_percent"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(LightLevel.self, forKey: .level),
            belowPercent: try container.decodeIfPresent(Int.self, forKey: .belowPercent),
            upToPercent: try container.decodeIfPresent(Int.self, forKey: .upToPercent),
            score: try container.decode(Double.self, forKey: .score),
            weight: try container.decodeIfPresent(Double.self, forKey: .weight) ?? 1)
    }
}

// MARK: - Rules that come with Faro

extension LightRule {
    /// The published rule over the 36 months before.
    public static func threeYears() throws(IndicatorError) -> LightRule {
        try LightRule(
            name: "three-years-75", version: "1", spanishName: "Promedio de los 36 meses anteriores, meta 75 %",
            englishName: "Mean of the 36 months before, goal 75 %", steps: publishedSteps)
    }

    /// The published rule over the three calendar years before.
    public static func threeCalendarYears() throws(IndicatorError) -> LightRule {
        try LightRule(
            name: "three-calendar-years-75", version: "1",
            spanishName: "Promedio de los tres años calendario anteriores, meta 75 %",
            englishName: "Mean of the three calendar years before, goal 75 %", base: .calendarYears,
            steps: publishedSteps)
    }

    /// Five levels around the same base and goal. That a double red counts two is published; from where on it begins is Faro's
    /// choice, and so is the dark green.
    public static func fiveLevels() throws(IndicatorError) -> LightRule {
        try LightRule(
            name: "five-levels-75", version: "1", spanishName: "Cinco niveles sobre los 36 meses anteriores, meta 75 %",
            englishName: "Five levels over the 36 months before, goal 75 %",
            steps: [
                Step(.darkGreen, belowPercent: 50, score: 1), Step(.green, belowPercent: 75, score: 1),
                Step(.yellow, upToPercent: 100, score: 0.5), Step(.red, upToPercent: 150, score: 0),
                Step(.doubleRed, score: 0, weight: 2),
            ])
    }

    /// All of them, the usual one first.
    public static func builtIn() throws(IndicatorError) -> [LightRule] {
        [try threeYears(), try threeCalendarYears(), try fiveLevels()]
    }

    private static let publishedSteps = [
        Step(.green, belowPercent: 75, score: 1), Step(.yellow, upToPercent: 100, score: 0.5), Step(.red, score: 0),
    ]
}
