import CivilTime
import Grids
import Hotspots
public import SimpleFeatures

/// Which bandwidth and cell size would have forecast best: the job behind `faro evaluate bandwidth`.
///
/// Every choice forecasts the same periods one after the other, each from what had happened before it. The best one over
/// the first half of them is chosen; what it is worth is told by the second half, which the choice has not seen.
public struct BandwidthChoice: Sendable {
    /// Whose bandwidth is chosen: of ``ForecastMap/Method/longRun``, ``ForecastMap/Method/recent`` and
    /// ``ForecastMap/Method/nearRepeat``.
    public var map: ForecastMap
    /// Nil for 1, 2, 4, 6 and 8 cells.
    public var bandwidths: [Length]?
    /// Nil for the usual one.
    public var cellSizes: [Length]?
    /// How long a period is that is forecast.
    public var period: PeriodCutting
    /// How many periods at the end are forecast, at least two.
    public var periods: Int
    /// The share of the area at which forecasts are compared.
    public var areaShare: Double

    /// More choices than these are refused.
    public static let greatestChoiceCount = 200

    /// All fields as given; ``run(on:studyArea:control:)`` checks them.
    public init(
        map: ForecastMap, bandwidths: [Length]? = nil, cellSizes: [Length]? = nil, period: PeriodCutting = .months(1),
        periods: Int = 12, areaShare: Double = 0.05
    ) {
        self.map = map
        self.bandwidths = bandwidths
        self.cellSizes = cellSizes
        self.period = period
        self.periods = periods
        self.areaShare = areaShare
    }

    private struct Choice {
        var cellSize: Length
        /// Nil for the cells that were hot in the last period, which have none.
        var bandwidth: Length?
        /// PAI over the first and the second half.
        var first: Double
        var second: Double
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    public func run(
        on points: DatedPoints, studyArea: StudyArea?, control: JobControl = .silent
    ) throws -> SpaceTimeTable {
        var choices: [Choice] = []
        let sizes = cellSizes.map { $0.map { Optional($0) } } ?? [nil]
        guard sizes.count * ((bandwidths?.count ?? 5) + 1) <= Self.greatestChoiceCount, !sizes.isEmpty,
            bandwidths?.isEmpty != true, map.method != .lastPeriod, map.method != .selfExciting
        else {
            throw JobError.usage(
                "there must be 1 to \(Self.greatestChoiceCount) choices, of a method that has a bandwidth, but there are "
                    + "\(sizes.count) cell sizes and \(bandwidths?.count ?? 5) bandwidths for \(map.method.rawValue)")
        }
        var last: SpaceTimeSupport?
        for size in sizes {
            let support = try SpaceTimeSupport(of: points, cellSize: size, studyArea: studyArea)
            choices += try self.choices(support, control)
            last = support
        }
        guard let support = last else { throw JobError.usage("there must be a cell size") }
        let best = Self.best(choices.filter { $0.bandwidth != nil }) { $0.first }
        let result = SpaceTimeTable(
            table: table(choices, best, support), account: account(choices, best), explanation: Self.explanation)
        return map.method.uncertainTimes.told(in: result, of: support)
    }

    private func choices(_ support: SpaceTimeSupport, _ control: JobControl) throws -> [Choice] {
        let limits = try period.limits(within: support.days)
        guard periods >= 2, periods < limits.count - 1 else {
            throw JobError.usage(
                "the periods to forecast must be 2 to \(limits.count - 2), so that one at least lies before them, but are \(periods)"
            )
        }
        let mask = try support.mask()
        let size = mask.grid.cellSize
        let tested = limits.suffix(periods + 1).map { Double($0.daysSince1970) }
        let bandwidths = bandwidths ?? [1, 2, 4, 6, 8].map { .metres(size.metres * $0) }
        var maps: [(Length?, ForecastMap)] = bandwidths.map { bandwidth in
            var map = map
            map.bandwidth = bandwidth
            return (bandwidth, map)
        }
        maps.append((nil, ForecastMap(method: .lastPeriod, days: Int((tested[1] - tested[0]).rounded()))))
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [areaShare]))
        let pattern = try support.pattern(map.method.uncertainTimes)
        let results = try interruptible(control, "walking forward in cells of \(size)") {
            try walk.evaluate(
                maps.map { $0.1.prediction(cellSize: size) }, on: pattern, limits: tested, over: mask,
                threads: map.threads, progress: $0)
        }
        let half = periods / 2
        return zip(maps, results).map { map, result in
            Choice(
                cellSize: size, bandwidth: map.0, first: result.pooled(over: 0..<half).first?.pai ?? .nan,
                second: result.pooled(over: half..<periods).first?.pai ?? .nan)
        }
    }

    /// Of equal ones the first; one that is not defined is no choice.
    private static func best(_ choices: [Choice], _ value: (Choice) -> Double) -> Choice? {
        var best: Choice?
        for choice in choices where value(choice) > best.map(value) ?? -.infinity { best = choice }
        return best
    }

    private func table(_ choices: [Choice], _ best: Choice?, _ support: SpaceTimeSupport) -> FeatureTable {
        let own = [
            Property("method", .text("bandwidth chosen by walk-forward evaluation: \(map.method.rawValue)")),
            Property("period", .text(period.description)), Property("periods", .integer(Int64(periods))),
            Property("area_share", .number(areaShare)),
        ]
        // The grid is another for each cell size.
        let names: Set = ["cell_size_m", "cell_size_rule", "columns", "rows", "cells", "grid"]
        var table = FeatureTable(
            crs: support.counts.crs,
            columns: ["cell_size_m", "bandwidth_m", "naive", "pai_first_half", "pai_second_half", "chosen"],
            members: own + support.members.filter { !names.contains($0.name) })
        for choice in choices {
            let isChosen = best.map { $0.cellSize == choice.cellSize && $0.bandwidth == choice.bandwidth } ?? false
            table.append(
                nil,
                [
                    .number(choice.cellSize.metres), choice.bandwidth.map { .number($0.metres) } ?? .null,
                    .bool(choice.bandwidth == nil), .number(choice.first), .number(choice.second), .bool(isChosen),
                ])
        }
        return table
    }

    private func account(_ choices: [Choice], _ best: Choice?) -> [String] {
        func rounded(_ value: Double?) -> String {
            guard let value, value.isFinite else { return "-" }
            return ((value * 100).rounded() / 100).inWords
        }
        let share = (areaShare * 100).inWords
        guard let best, let bandwidth = best.bandwidth else { return ["no choice has a PAI: nothing happened"] }
        let possible = Self.best(choices.filter { $0.bandwidth != nil }) { $0.second }
        let naive = Self.best(choices.filter { $0.bandwidth == nil }) { $0.second }
        return [
            "bandwidth chosen by \(periods / 2) of \(periods) periods (\(period)), PAI at \(share) % of the area, \(map.method.rawValue)",
            "  chosen       \(bandwidth) on cells of \(best.cellSize): PAI \(rounded(best.first))",
            "  unseen       \(rounded(best.second)) in the periods that the choice has not seen",
            "  best there   \(rounded(possible?.second)) (\(possible?.bandwidth.map(\.description) ?? "-") on cells of "
                + "\(possible?.cellSize.description ?? "-")), had one known",
            "  naive        \(rounded(naive?.second)) for the hot cells of the last period",
        ]
    }

    private static let explanation = Explanation(
        spanish: """
            Cada combinación de ancho de banda y celda pronosticó los mismos periodos sólo con lo ocurrido antes; se eligió por el PAI (Chainey et al. \
            2008) de la primera mitad y se informa el de la segunda, que la elección no vio.
            """,
        english: """
            Every pair of bandwidth and cell size forecast the same periods from what had happened before; the choice was made by the PAI (Chainey et al. \
            2008) of the first half, and the one of the second half, which the choice has not seen, is told.
            """)
}
