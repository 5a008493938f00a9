import Statistics

/// What ``LocalMoran`` found, and how.
public struct LocalMoranResult: Sendable {
    /// The parameters it was made with.
    public let method: LocalMoran
    /// Who counted as a neighbour.
    public let neighbours: NeighbourRule
    /// How many units went in.
    public let units: Int
    /// The units without neighbours, which have no result.
    public let islands: [Int]
    /// The statistic of each unit; NaN for islands.
    public let i: [Double]
    /// The weighted sum of the neighbours' values, less the mean of all; NaN for islands.
    public let lag: [Double]
    /// How far I lies above its expectation, in standard deviations, when the other values are dealt at random; NaN for
    /// islands, 0 where no deal would change it.
    public let z: [Double]
    /// NaN for islands.
    public let p: [Double]
    /// p adjusted for the number of units; NaN for islands. p itself where no correction was asked for.
    public let q: [Double]
    public let classes: [LocalMoranClass]
    /// What must be told with the result.
    public let warnings: [AssociationWarning]

    init(
        method: LocalMoran, weights: SpatialWeights, centred: CentredValues, rows: [LocalRow], scores: [Double],
        p: [Double]
    ) {
        let divisor = method.divisor == .units ? centred.count : centred.count - 1
        let scale = divisor / centred.sum
        // At the mean I is 0 whatever the neighbours: nothing can be significant.
        let p = zip(p, centred.values).map { $0.isNaN ? .nan : $1 == 0 ? 1 : $0 }
        let q = method.correction?.adjusted(p) ?? p
        self.method = method
        neighbours = weights.rule
        units = weights.count
        islands = weights.islands
        i = rows.indices.map { rows[$0].count > 0 ? centred.values[$0] * rows[$0].sum * scale : .nan }
        lag = rows.map { $0.count > 0 ? $0.sum : .nan }
        z = scores
        self.p = p
        self.q = q
        classes = rows.indices.map { unit in
            guard rows[unit].count > 0 else { return .noNeighbours }
            guard q[unit] <= method.level else { return .notSignificant }
            return LocalMoranClass(value: centred.values[unit], lag: rows[unit].sum)
        }
        var warnings = AssociationWarning.all(units: weights.count, islands: weights.islands.count)
        if case .permutation(let permutations) = method.inference {
            let least = 1 / Double(permutations.count + 1)
            let hasLeast = p.contains { $0 <= least }
            if hasLeast, !q.contains(where: { $0 <= method.level }) {
                warnings.append(.permutationsTooFew(count: permutations.count))
            }
        }
        self.warnings = warnings
    }
}

/// A unit's value and its neighbours', where together they are more than chance.
public enum LocalMoranClass: String, Hashable, Codable, Sendable, CaseIterable {
    /// High among high: a hot spot.
    case highHigh
    /// Low among low: a cold spot.
    case lowLow
    /// High among low.
    case highLow
    /// Low among high.
    case lowHigh
    case notSignificant
    case noNeighbours

    /// - Parameters:
    ///   - value: less the mean; at it counts as not significant, as does a lag at the mean.
    ///   - lag: of values less their mean.
    init(value: Double, lag: Double) {
        self =
            switch (value > 0, value < 0, lag > 0, lag < 0) {
            case (true, _, true, _): .highHigh
            case (_, true, _, true): .lowLow
            case (true, _, _, true): .highLow
            case (_, true, true, _): .lowHigh
            default: .notSignificant
            }
    }
}
