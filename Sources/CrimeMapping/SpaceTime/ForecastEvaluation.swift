import CivilTime
import Grids
import Hotspots
import SimpleFeatures

/// How well forecasts would have done, period after period: the job behind `faro evaluate`.
public struct ForecastEvaluation: Sendable {
    /// Each beside the naive ones, which are always judged too.
    public var methods: [ForecastMap]
    public var period: PeriodCutting
    /// How many periods at the end are forecast.
    public var periods: Int
    public var areaShares: [Double]
    public var threads: Int?

    public init(
        methods: [ForecastMap], period: PeriodCutting = .months(1), periods: Int = 6,
        areaShares: [Double] = [0.01, 0.05, 0.1], threads: Int? = nil
    ) {
        self.methods = methods
        self.period = period
        self.periods = periods
        self.areaShares = areaShares
        self.threads = threads
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    public func run(on support: SpaceTimeSupport, control: JobControl = .silent) throws -> SpaceTimeTable {
        let limits = try period.limits(within: support.days)
        guard periods >= 1, periods < limits.count - 1 else {
            throw JobError.usage(
                "the periods to forecast must be 1 to \(limits.count - 2), so that one at least lies before them, but are \(periods)"
            )
        }
        let mask = try support.mask()
        let tested = limits.suffix(periods + 1).map { Double($0.daysSince1970) }
        let length = Int((tested[1] - tested[0]).rounded())
        var all: [Prediction] = []
        for var map in [ForecastMap(method: .lastPeriod), ForecastMap(method: .longRun)] + methods {
            map.days = length
            map.bandwidth = map.bandwidth ?? methods.first?.bandwidth
            let prediction = map.prediction(cellSize: mask.grid.cellSize)
            if !all.contains(prediction) { all.append(prediction) }
        }
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: areaShares))
        // All are judged by the same incidents: by whole ones where one method needs those.
        let times: UncertainTimes = methods.contains { $0.method.uncertainTimes == .middle } ? .middle : .spread
        let pattern = try support.pattern(times)
        let results = try interruptible(control, "walking forward") {
            try walk.evaluate(
                all, on: pattern, limits: tested, over: mask, threads: threads, progress: $0)
        }
        let result = SpaceTimeTable(
            table: table(results, support, first: limits[limits.count - periods - 1]), account: account(results),
            explanation: Self.explanation)
        return times.told(in: result, of: support)
    }

    private func table(
        _ results: [WalkForward.Result], _ support: SpaceTimeSupport, first: CalendarDate
    ) -> FeatureTable {
        let members = [
            Property("method", .text("walk-forward evaluation")), Property("period", .text(period.description)),
            Property("periods", .integer(Int64(periods))), Property("first_forecast", .text(first.description)),
        ]
        let columns = [
            "forecast", "naive", "area_share", "hit_rate", "pai", "pei", "expected", "observed",
            "rri_predicted_to_observed", "rri_recapture",
        ]
        var table = FeatureTable(crs: support.counts.crs, columns: columns, members: members + support.members)
        for result in results {
            for score in result.pooled() {
                table.append(
                    nil,
                    [
                        .text(result.prediction.method.name), .bool(result.prediction.method.isNaive),
                        .number(score.areaShare), .number(score.hitRate), .number(score.pai), .number(score.pei),
                        .number(result.expected.reduce(0, +)), .number(result.observed.reduce(0, +)),
                        .number(score.predictedToObserved), .number(score.recaptureRate),
                    ])
            }
        }
        return table
    }

    private func account(_ results: [WalkForward.Result]) -> [String] {
        var lines = ["walk-forward over \(periods) periods (\(period)): PAI at shares of the area"]
        let naive = areaShares.indices.map { index in
            results.filter { $0.prediction.method.isNaive }.compactMap { $0.pooled()[index].pai }.max() ?? .nan
        }
        for result in results {
            let scores = result.pooled().enumerated().map { index, score -> String in
                let wins = !result.prediction.method.isNaive && score.pai > naive[index]
                return "\((score.areaShare * 100).inWords) %: \((score.pai * 100).rounded() / 100)\(wins ? "*" : "")"
            }
            let name = result.prediction.method.name + (result.prediction.method.isNaive ? " (naive)" : "")
            lines.append("  \(name): \(scores.joined(separator: "  "))")
        }
        lines.append("  * better than both naive ones")
        return lines
    }

    private static let explanation = Explanation(
        spanish: """
            Cada periodo se pronosticó sólo con lo ocurrido antes y se juzgó con lo ocurrido en él: PAI = (n/N)/(a/A) (Chainey et al. 2008), PEI = PAI \
            entre el mejor posible en la misma área; los empates toman el peor orden. De los dos índices llamados RRI, rri_predicted_to_observed es lo \
            pronosticado entre lo ocurrido en las celdas elegidas (ptools) y rri_recapture, (n₂/n₁)/(N₂/N₁) frente al periodo anterior (Levine 2008).
            """,
        english: """
            Each period was forecast from what had happened before it only, and judged by what happened in it: PAI = (n/N)/(a/A) (Chainey et al. \
            2008), PEI = PAI over the best there is at the same area; ties take the worse order. Of the two indices called RRI, \
            rri_predicted_to_observed is the predicted over the observed in the cells taken (ptools), and rri_recapture is (n₂/n₁)/(N₂/N₁) against the \
            period before (Levine 2008).
            """)
}
