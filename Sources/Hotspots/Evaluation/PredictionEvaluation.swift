/// How well a map said beforehand where incidents would happen.
///
/// Units (cells or areas) are taken in the order of what was predicted per area until a share of the whole area is
/// reached; what happened in them is compared with what happened everywhere. Among units that were predicted alike, those
/// where less happened come first: a forecast gets no credit for luck.
///
/// ## Units
/// Areas in any unit, the same for all. Shares between 0 and 1.
///
/// ## Example
/// ```swift
/// let scores = try PredictionEvaluation(areaShares: [0.01, 0.05]).scores(predicted: map, observed: counts)
/// ```
///
/// ## Source
/// Chainey, Tompson & Uhlig (2008), *The utility of hotspot mapping for predicting spatial patterns of crime*, Security
/// Journal 21, 4–28, for PAI; Hunt (2016), *Do crime hot spots move?*, and the NIJ Real-Time Crime Forecasting Challenge
/// (2017) for PEI; Levine (2008), Security Journal 21, 295–302, and Wheeler's ptools for the two indices called RRI.
public struct PredictionEvaluation: Hashable, Codable, Sendable {
    /// Shares of the whole area at which the prediction is judged.
    public var areaShares: [Double]

    /// All parameters as given; those out of range are refused where they are used.
    public init(areaShares: [Double] = [0.01, 0.02, 0.05, 0.1, 0.2]) { self.areaShares = areaShares }

    /// What the prediction is worth at one share of the area. NaN where it is not defined: no unit is small enough to be
    /// taken whole, nothing happened, or nothing was predicted.
    public struct Score: Hashable, Codable, Sendable {
        /// The share asked for.
        public let areaShare: Double
        /// The share of the units taken: as many as fit whole.
        public let takenShare: Double
        public let units: Int
        /// Incidents in the units taken.
        public let hits: Double
        /// Share of all incidents: (*n*/*N*).
        public let hitRate: Double
        /// Prediction accuracy index: (*n*/*N*) / (*a*/*A*).
        public let pai: Double
        /// Prediction efficiency index: PAI over the best there is at the same area.
        public let pei: Double
        /// What was predicted for the units taken.
        public let expectedHits: Double
        /// Incidents in the units taken in the period before; NaN where it was not given.
        public let hitsBefore: Double
        /// RRI as ptools has it: predicted over observed in the units taken.
        public let predictedToObserved: Double
        /// RRI as Levine has it, the recapture rate index: (*n₂*/*n₁*) / (*N₂*/*N₁*), 1 being the period before.
        public let recaptureRate: Double
    }

    /// - Parameters:
    ///   - predicted: one per unit, as ``Forecast/expected``: how many incidents, not how many per area. Only the order
    ///     counts, but for the ratio of predicted to observed. NaN is last.
    ///   - observed: incidents per unit in the time predicted, 0 or more.
    ///   - areas: per unit; nil for units of equal area.
    ///   - before: incidents per unit in the period before, for the recapture rate.
    /// - Returns: one per share.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/numberOutOfRange(name:must:found:)``.
    /// - Complexity: O(*n* log *n* + *ns*) with *s* shares.
    public func scores(
        predicted: [Double], observed: [Double], areas: [Double]? = nil, before: [Double]? = nil
    ) throws(HotspotError) -> [Score] {
        let areas = areas ?? Array(repeating: 1, count: predicted.count)
        for column in [observed, areas, before ?? observed] where column.count != predicted.count {
            throw .valuesDiffer(units: predicted.count, values: column.count)
        }
        for share in areaShares where !(share > 0 && share <= 1) {
            throw .numberOutOfRange(name: "share of the area", must: "above 0 and at most 1", found: share)
        }
        for unit in predicted.indices {
            for value in [observed[unit], before?[unit] ?? 0] where !(0...1e12 ~= value) {
                throw .valueNotUsable(unit: unit, value: value, needed: "counts, 0 or more and finite")
            }
            guard areas[unit] > 0, areas[unit] <= 1e12 else {
                throw .valueNotUsable(unit: unit, value: areas[unit], needed: "areas above 0 and finite")
            }
        }
        let density = zip(observed, areas).map { $0 / $1 }
        // A large unit must not come first for being large.
        let ranks = zip(predicted, areas).map { $0.isNaN ? -Double.infinity : $0 / $1 }
        let order = predicted.indices.sorted { a, b in
            if ranks[a] != ranks[b] { return ranks[a] > ranks[b] }
            // The worse order: what happened less, on as much area, comes first.
            return density[a] != density[b] ? density[a] < density[b] : a < b
        }
        let best = predicted.indices.sorted { density[$0] != density[$1] ? density[$0] > density[$1] : $0 < $1 }
        return areaShares.map { share in
            score(share, order: order, best: best, (predicted, observed, areas, before))
        }
    }

    private func score(
        _ share: Double, order: [Int], best: [Int],
        _ columns: (predicted: [Double], observed: [Double], areas: [Double], before: [Double]?)
    ) -> Score {
        let whole = columns.areas.reduce(0, +)
        let limit = share * whole * (1 + 1e-12)
        var (area, taken) = (0.0, [Int]())
        for unit in order {
            guard area + columns.areas[unit] <= limit else { break }
            area += columns.areas[unit]
            taken.append(unit)
        }
        func sum(_ values: [Double]) -> Double { taken.reduce(0) { $0 + values[$1] } }
        let (hits, all) = (sum(columns.observed), columns.observed.reduce(0, +))
        let most = Self.most(best, columns.observed, columns.areas, within: area)
        let hitRate = all > 0 && !taken.isEmpty ? hits / all : .nan
        var recapture = Double.nan
        if let before = columns.before, sum(before) > 0, all > 0 {
            recapture = (hits / sum(before)) / (all / before.reduce(0, +))
        }
        return Score(
            areaShare: share, takenShare: whole > 0 ? area / whole : .nan, units: taken.count, hits: hits,
            hitRate: hitRate, pai: area > 0 ? hitRate / (area / whole) : .nan,
            pei: most > 0 && !taken.isEmpty ? hits / most : .nan,
            expectedHits: sum(columns.predicted), hitsBefore: columns.before.map(sum) ?? .nan,
            predictedToObserved: hits > 0 ? sum(columns.predicted) / hits : .nan, recaptureRate: recapture)
    }

    /// The most incidents that as much area can hold; the last unit counts in part, so that none can hold more.
    private static func most(_ best: [Int], _ observed: [Double], _ areas: [Double], within area: Double) -> Double {
        var (left, sum) = (area, 0.0)
        for unit in best {
            guard areas[unit] < left * (1 + 1e-12) else { return sum + observed[unit] * max(0, left) / areas[unit] }
            left -= areas[unit]
            sum += observed[unit]
        }
        return sum
    }
}
