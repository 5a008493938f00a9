public import Grids

/// Judges forecasts as they would have been made: before each period by what had happened until then, and by what
/// happened in it.
///
/// The units are the cells of the study area, whole squares of equal area: a cell belongs by its centre and then counts
/// everything in it, beyond the border of the area too. To weigh it by its part within the border would compare the incidents of
/// the whole with the area of the part. Areas that are not alike are judged by ``PredictionEvaluation`` itself, which
/// takes their sizes.
///
/// ## Units
/// Days; limits of periods as a ``SpaceTimeCube`` has them.
///
/// ## Example
/// ```swift
/// let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.05]))
/// let results = try walk.evaluate([Prediction(.lastDays(30))], on: robberies, limits: months, over: mask)
/// ```
///
/// ## Source
/// Adepeju, Rosser & Cheng (2016), *Novel evaluation metrics for sparse spatio-temporal point process hotspot
/// predictions*, International Journal of Geographical Information Science 30, 2133–2154, for evaluation period by period.
public struct WalkForward: Hashable, Codable, Sendable {
    public var evaluation: PredictionEvaluation

    public init(evaluation: PredictionEvaluation = PredictionEvaluation()) { self.evaluation = evaluation }

    /// How one method did.
    public struct Result: Sendable {
        public let prediction: Prediction
        /// By period, then by share of the area.
        public let scores: [[PredictionEvaluation.Score]]
        /// Per period: incidents expected and seen in the study area.
        public let expected: [Double]
        public let observed: [Double]

        /// Over all periods, by share: all hits over all incidents, so that busy periods count as much as they hold; over
        /// the mean share of the area.
        public func pooled() -> [Pooled] { pooled(over: scores.indices) }

        /// The same over some of the periods; empty where there is none of them.
        public func pooled(over periods: Range<Int>) -> [Pooled] {
            let periods = periods.clamped(to: scores.indices)
            let scores = scores[periods]
            guard let first = scores.first else { return [] }
            let all = observed[periods].reduce(0, +)
            // The first period of all has none before it.
            let later = periods.filter { $0 > 0 }
            let change = later.reduce(0) { $0 + observed[$1] } / later.reduce(0) { $0 + observed[$1 - 1] }
            return first.indices.map { index in
                let column = scores.map { $0[index] }
                let hits = column.reduce(0) { $0 + $1.hits }
                let area = column.reduce(0) { $0 + $1.takenShare } / Double(column.count)
                let best = column.reduce(0) { $0 + ($1.pei > 0 ? $1.hits / $1.pei : 0) }
                let rate = all > 0 ? hits / all : .nan
                let caught = later.reduce((0, 0)) { sum, period in
                    (sum.0 + scores[period][index].hits, sum.1 + scores[period][index].hitsBefore)
                }
                return Pooled(
                    areaShare: first[index].areaShare, hitRate: rate, pai: area > 0 ? rate / area : .nan,
                    pei: best > 0 ? hits / best : .nan,
                    predictedToObserved: hits > 0 ? column.reduce(0) { $0 + $1.expectedHits } / hits : .nan,
                    recaptureRate: caught.1 > 0 && change > 0 ? caught.0 / caught.1 / change : .nan)
            }
        }
    }

    /// What a method is worth at one share of the area over several periods; NaN where it is not defined. The measures are those of
    /// ``PredictionEvaluation/Score``.
    public struct Pooled: Hashable, Sendable {
        /// The share of the area that was to be taken.
        public let areaShare: Double
        /// Points in the taken cells as a share of all points of these periods.
        public let hitRate: Double
        /// The hit rate over the mean share of the area that was taken.
        public let pai: Double
        /// Hits as a share of the most that cells of that number held.
        public let pei: Double
        /// Points expected in the taken cells, per point found there.
        public let predictedToObserved: Double
        /// Hits per hit of the period before, over the change of all points from the period before; the first period has none.
        public let recaptureRate: Double
    }

    /// - Parameters:
    ///   - limits: of the periods that are forecast one after the other, ascending.
    ///   - progress: told the share of forecasts that is made; the work is given up when it returns false.
    /// - Returns: one result per prediction, in their order.
    /// - Throws: as ``Prediction/forecast(from:days:over:threads:progress:)``, ``SpaceTimeCube`` and
    ///   ``PredictionEvaluation``.
    public func evaluate(
        _ predictions: [Prediction], on pattern: SpaceTimePattern, limits: [Double], over mask: Mask,
        threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> [Result] {
        let cube = try SpaceTimeCube(of: pattern, over: mask, limits: limits)
        let inside = mask.insideCells.map { Int($0) }
        var results: [Result] = []
        for (index, prediction) in predictions.enumerated() {
            var scores: [[PredictionEvaluation.Score]] = []
            var expected: [Double] = []
            for period in 0..<cube.periods {
                let days = limits[period]..<limits[period + 1]
                let forecast = try prediction.forecast(from: pattern, days: days, over: mask, threads: threads)
                let seen = Array(cube.period(period))
                scores.append(
                    try evaluation.scores(
                        predicted: inside.map { forecast.expected[$0] }, observed: inside.map { seen[$0] },
                        before: period > 0 ? inside.map { cube.values[(period - 1) * seen.count + $0] } : nil))
                expected.append(forecast.total)
                let done = Double(index * cube.periods + period + 1) / Double(predictions.count * cube.periods)
                if let progress, !progress(done) { throw .cancelled }
            }
            let observed = (0..<cube.periods).map { cube.period($0).reduce(0, +) }
            results.append(Result(prediction: prediction, scores: scores, expected: expected, observed: observed))
        }
        return results
    }
}
