/// Tells whether like values lie near each other: Moran's I of all units.
///
/// *I* = (*n* / *S₀*) ΣΣ*wᵢⱼzᵢzⱼ* / Σ*zᵢ²*, with *z* the values less their mean and *S₀* the sum of the weights. Above
/// −1/(*n* − 1) like lies near like, below it near unlike.
///
/// ## Example
/// ```swift
/// let moran = try GlobalMoran().test(of: rates, weights: weights)
/// print(moran.statistic, moran.z, moran.p)
/// ```
///
/// ## Source
/// Moran (1950), *Notes on continuous stochastic phenomena*, Biometrika 37, 17–23; moments of Cliff & Ord (1981),
/// *Spatial Processes: Models and Applications*, pages 42–46.
public struct GlobalMoran: Hashable, Codable, Sendable {
    public var hypothesis: Hypothesis
    /// Nil for no permutations.
    public var permutations: Permutations?

    public typealias Hypothesis = GlobalAssociation.Hypothesis

    public init(hypothesis: Hypothesis = .randomisation, permutations: Permutations? = nil) {
        self.hypothesis = hypothesis
        self.permutations = permutations
    }

    /// - Parameters:
    ///   - values: one per unit, finite.
    ///   - weights: units count as neighbours of others only.
    ///   - threads: how many may work at once on permutations; nil for one per active processor.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/tooFewUnits(needed:found:)`` below 4 units, ``HotspotError/noVariation(_:)`` where the values, or
    ///   the statistic of any arrangement of them, are all equal, ``HotspotError/noNeighbours(units:)``,
    ///   ``HotspotError/permutationsOutOfRange(_:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*l* log *k*) with *l* links, *k* to a unit; O(*M*(*n* + *l*)) more with *M* permutations.
    public func test(
        of values: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> GlobalAssociation {
        let centred = try CentredValues(values, units: weights.count, atLeast: 4)
        let weights = try weights.forGlobalTest()
        let totals = WeightTotals(weights)
        let expected = -1 / (centred.count - 1)
        let (scale, sum) = (centred.count / totals.s0, centred.sum)
        let test = GlobalTest(
            weights: weights, expected: expected, variance: square(totals, centred) - expected * expected
        ) { values in
            scale * zip(values, weights.sums(of: values)).reduce(0) { $0 + $1.0 * $1.1 } / sum
        }
        return try test.run(centred.values, hypothesis, permutations, threads: threads, progress: progress)
    }

    /// The expectation of I².
    private func square(_ w: WeightTotals, _ centred: CentredValues) -> Double {
        let n = centred.count
        switch hypothesis {
        case .normality:
            return (n * n * w.s1 - n * w.s2 + 3 * w.s0 * w.s0) / ((n * n - 1) * w.s0 * w.s0)
        case .randomisation:
            let first = n * ((n * n - 3 * n + 3) * w.s1 - n * w.s2 + 3 * w.s0 * w.s0)
            let second = centred.kurtosis * ((n * n - n) * w.s1 - 2 * n * w.s2 + 6 * w.s0 * w.s0)
            return (first - second) / ((n - 1) * (n - 2) * (n - 3) * w.s0 * w.s0)
        }
    }
}

extension CentredValues {
    /// The fourth moment over the squared second, both with divisor n.
    var kurtosis: Double {
        let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 }
        return count * fourth / (sum * sum)
    }
}
