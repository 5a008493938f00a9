public import CivilTime
import Statistics

/// Gives every indicator, area and month its light, with what chance alone would do beside it.
///
/// ## Base
/// The mean of the known months among those that the rule takes: never across a break of the series, and never with missing
/// months as zeros. A light from fewer months than the rule wants says so; with fewer than the least there is none. Where one
/// of the months is withheld there is no base and no light: the mean of the others would be too high.
///
/// ## Chance
/// Beside each light stands the band of counts that chance alone explains, 19 times out of 20, if nothing has changed since
/// the base: ``PoissonPrediction``. A red light within its band is no proof of a setback, a green one none of a success. The band
/// takes incidents to be independent; where they come in series it is too narrow, and so it is the least that must be
/// allowed for.
///
/// ## Example
/// ```swift
/// let light = TrafficLight(rule: try .threeYears()).light(of: series, indicator: 0, area: 0, month: 38)
/// ```
///
/// ## Source
/// The rule's; see ``LightRule``.
public struct TrafficLight: Hashable, Sendable {
    public var rule: LightRule

    public init(rule: LightRule) { self.rule = rule }

    /// The lights of a whole series.
    /// - Complexity: O(figures) and one band for each distinct base; 20 bytes a figure. The lights of 2,475 areas,
    ///   10 indicators and 120 months take 60 MB, and a quarter of a second on one core.
    public func lights(of series: MonthlySeries) -> LightTable {
        var table = LightTable(rule: rule, series: series)
        var bands = ChanceBands()
        for indicator in series.indicators.indices {
            let starts = (0..<series.monthCount).map { series.start(of: indicator, before: $0) }
            for area in series.areas.indices {
                let row = LightRow(series.row(indicator, area))
                for month in 0..<series.monthCount {
                    table.lights.append(light(row, month, from: starts[month], series, &bands))
                }
            }
        }
        return table
    }

    /// One light.
    public func light(of series: MonthlySeries, indicator: Int, area: Int, month: Int) -> Light {
        guard series.indicators.indices.contains(indicator), series.areas.indices.contains(area),
            (0..<series.monthCount).contains(month)
        else { return Light() }
        var bands = ChanceBands()
        return light(
            LightRow(series.row(indicator, area)), month, from: series.start(of: indicator, before: month), series,
            &bands)
    }

    private func light(
        _ row: LightRow, _ month: Int, from start: Int, _ series: MonthlySeries, _ bands: inout ChanceBands
    ) -> Light {
        var light = Light()
        let months = baseMonths(of: month, in: series)
        let span = max(start, months.lowerBound)..<max(start, months.upperBound)
        guard !row.isWithheld(span) else {
            light.count = row.counts[row.counts.startIndex + month]
            light.step = Light.withheldStep
            return light
        }
        let (sum, known) = row.sum(span)
        light.baseSum = Int32(clamping: sum)
        light.baseMonths = Int16(clamping: known)
        light.count = row.counts[row.counts.startIndex + month]
        if known > 0 {
            (light.low, light.high) = bands.band(sum: sum, months: known)
        }
        guard known >= rule.leastMonths else { return light }
        light.isBased = true
        if light.count >= 0, let step = rule.step(count: Int(light.count), baseSum: sum, months: known) {
            light.step = Int8(clamping: step)
        }
        return light
    }

    /// The places of the months that make the base of one, as far as the series has them.
    private func baseMonths(of month: Int, in series: MonthlySeries) -> Range<Int> {
        switch rule.base {
        case .rollingMonths: return max(0, month - rule.baseMonths)..<month
        case .calendarYears:
            let index = Int(series.months.lowerBound.index) + month
            let january = month - (index >= 0 ? index % 12 : (index % 12 + 12) % 12)
            return max(0, january - rule.baseMonths)..<max(0, january)
        }
    }
}

/// One light with what it was judged by. Small, since there are millions.
public struct Light: Hashable, Sendable {
    var count: Int32 = -1
    var baseSum: Int32 = 0
    var low: Int32 = 0
    var high: Int32 = 0
    public internal(set) var baseMonths: Int16 = 0
    var step: Int8 = -1
    var isBased = false

    /// One without a figure and without a base.
    public init() {}

    /// Where the count lies beside the band of chance.
    public enum Chance: String, Hashable, Sendable, Codable, CaseIterable {
        case below, within, above
    }

    /// Why there is no light.
    public enum Absence: String, Hashable, Sendable, Codable, CaseIterable {
        /// The month has no figure.
        case noFigure = "no_figure"
        /// Too few months before it have one.
        case noBase = "no_base"
        /// The month's figure, or one of its base, is not shown.
        case withheld
    }

    static let withheldStep: Int8 = -2

    /// The month's figure.
    public var figure: Int? { count < 0 ? nil : Int(count) }
    /// The mean of the base's known months; nil without any.
    public var base: Double? { baseMonths > 0 ? Double(baseSum) / Double(baseMonths) : nil }
    /// Index into the rule's steps; nil without a light.
    public var stepIndex: Int? { step < 0 ? nil : Int(step) }
    /// Counts that chance alone explains; nil where no month of the base is known.
    public var band: ClosedRange<Int>? { baseMonths > 0 ? Int(low)...Int(max(low, high)) : nil }
    /// nil without a figure or a band.
    public var chance: Chance? {
        guard let figure, let band else { return nil }
        return figure < band.lowerBound ? .below : figure > band.upperBound ? .above : .within
    }
    /// nil where there is a light.
    public var absence: Absence? {
        step >= 0
            ? nil
            : step == Self.withheldStep || count == MonthlySeries.withheld
                ? .withheld : count < 0 ? .noFigure : .noBase
    }
}

/// The lights of a series: what a sheet, a table and a map read.
public struct LightTable: Hashable, Sendable {
    public let rule: LightRule
    public let indicatorCount: Int
    public let areaCount: Int
    public let months: ClosedRange<Period>
    private let monthCount: Int
    /// By indicator, area and month.
    var lights: [Light] = []

    init(rule: LightRule, series: MonthlySeries) {
        self.rule = rule
        indicatorCount = series.indicators.count
        areaCount = series.areas.count
        months = series.months
        monthCount = series.monthCount
        lights.reserveCapacity(indicatorCount * areaCount * monthCount)
    }

    public var count: Int { lights.count }

    /// A light by the places of its indicator, area and month; one without anything outside the table.
    public subscript(_ indicator: Int, _ area: Int, _ month: Int) -> Light {
        guard (0..<indicatorCount).contains(indicator), (0..<areaCount).contains(area),
            (0..<monthCount).contains(month)
        else { return Light() }
        return lights[(indicator * areaCount + area) * monthCount + month]
    }

    /// The level of a light; nil where there is none.
    public func level(_ light: Light) -> LightLevel? { light.stepIndex.map { rule.steps[$0].level } }

    /// Whether a light is of fewer months than the rule wants.
    public func isShort(_ light: Light) -> Bool { light.isBased && Int(light.baseMonths) < rule.baseMonths }

    /// The score of an area in a month over some indicators, by the rule's scores and weights.
    public func score(area: Int, month: Int, indicators: [Int]) -> LightScore {
        var score = LightScore()
        for indicator in indicators {
            guard let step = self[indicator, area, month].stepIndex else {
                score.without += 1
                continue
            }
            score.lights += 1
            score.counts[rule.steps[step].level, default: 0] += 1
            score.points += rule.steps[step].score * rule.steps[step].weight
            score.weight += rule.steps[step].weight
        }
        return score
    }
}

/// What the lights of an area come to.
public struct LightScore: Hashable, Sendable {
    /// Lights that count.
    public internal(set) var lights = 0
    /// Indicators without a light.
    public internal(set) var without = 0
    /// Lights of each level.
    public internal(set) var counts: [LightLevel: Int] = [:]
    var points = 0.0
    var weight = 0.0

    /// From 0, all red, to 1, all green; nil without a light.
    public var value: Double? { weight > 0 ? points / weight : nil }
}

/// A row of counts with running sums, so that a base costs two look-ups.
private struct LightRow {
    let counts: ArraySlice<Int32>
    private var sums: [Int] = [0]
    private var known: [Int] = [0]
    /// Running counts of withheld months; empty where none is.
    private var withheld: [Int] = []

    init(_ counts: ArraySlice<Int32>) {
        self.counts = counts
        sums.reserveCapacity(counts.count + 1)
        known.reserveCapacity(counts.count + 1)
        var (sum, months) = (0, 0)
        if counts.contains(MonthlySeries.withheld) {
            withheld = counts.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 == MonthlySeries.withheld ? 1 : 0)) }
        }
        for count in counts {
            if count >= 0 {
                sum += Int(count)
                months += 1
            }
            sums.append(sum)
            known.append(months)
        }
    }

    func sum(_ months: Range<Int>) -> (sum: Int, months: Int) {
        let (low, high) = (min(months.lowerBound, sums.count - 1), min(months.upperBound, sums.count - 1))
        return (sums[high] - sums[low], known[high] - known[low])
    }

    func isWithheld(_ months: Range<Int>) -> Bool {
        guard let last = withheld.indices.last else { return false }
        return withheld[min(months.upperBound, last)] > withheld[min(months.lowerBound, last)]
    }
}

/// Bands by base: most areas are small, and few bases are distinct.
private struct ChanceBands {
    private struct Base: Hashable {
        var sum: Int
        var months: Int
    }

    private var known: [Base: (low: Int32, high: Int32)] = [:]

    mutating func band(sum: Int, months: Int) -> (low: Int32, high: Int32) {
        let base = Base(sum: sum, months: months)
        if let band = known[base] { return band }
        let interval = PoissonPrediction(total: min(sum, PoissonPrediction.greatestTotal), periods: months)?.interval()
        let band = (Int32(clamping: interval?.lowerBound ?? 0), Int32(clamping: interval?.upperBound ?? 0))
        known[base] = band
        return band
    }
}
