import Statistics

/// What a statistic of association over all units says, and how it was judged.
public struct GlobalAssociation: Hashable, Sendable {
    /// What is taken to be random where expectation and variance are worked out.
    public enum Hypothesis: String, Hashable, Codable, Sendable, CaseIterable {
        /// The values are given; every way to deal them to the units is equally likely.
        case randomisation
        /// The values are drawn from one normal distribution.
        case normality
    }

    /// The observed value.
    public let statistic: Double
    /// Its expectation where values do not depend on place.
    public let expected: Double
    /// Its variance there, by the hypothesis.
    public let variance: Double
    /// How far it lies from the expectation, in standard deviations, positive where like lies near like.
    public let z: Double
    /// Two-sided, from the normal distribution.
    public let p: Double
    public let hypothesis: Hypothesis
    /// What permutations say, where they were asked for.
    public let permuted: Permuted?
    /// Who counted as a neighbour.
    public let neighbours: NeighbourRule
    /// How many units went in; those without neighbours are counted.
    public let units: Int
    /// How many units have no neighbours.
    public let islands: Int
    /// What must be told with the result.
    public var warnings: [AssociationWarning] { AssociationWarning.all(units: units, islands: islands) }

    /// The statistic of values dealt to the units at random.
    public struct Permuted: Hashable, Sendable {
        public let permutations: Permutations
        public let mean: Double
        /// With divisor M.
        public let variance: Double
        /// (R + 1) / (M + 1), with R the deals at least as extreme.
        public let p: Double
    }
}

/// A statistic over all units: how it is computed, and what chance would make of it.
struct GlobalTest {
    var weights: SpatialWeights
    /// 1 where great values mean clustering, -1 where small ones do.
    var direction = 1.0
    var expected: Double
    var variance: Double
    var statistic: @Sendable ([Double]) -> Double

    /// Expectation and variance of what comes out are finite, and the variance is positive.
    func run(
        _ values: [Double], _ hypothesis: GlobalAssociation.Hypothesis, _ permutations: Permutations?, threads: Int?,
        progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> GlobalAssociation {
        let observed = statistic(values)
        // Where all are each other's neighbours every deal gives the same.
        guard variance > 1e-13 * expected * expected else { throw .noVariation(observed) }
        let z = direction * (observed - expected) / variance.squareRoot()
        var permuted: GlobalAssociation.Permuted?
        if let permutations {
            permuted = try permute(values, permutations, observed: observed, threads: threads, progress: progress)
        }
        return GlobalAssociation(
            statistic: observed, expected: expected, variance: variance, z: z, p: NormalDistribution.twoSidedP(z),
            hypothesis: hypothesis, permuted: permuted, neighbours: weights.rule, units: weights.count,
            islands: weights.islands.count)
    }

    private func permute(
        _ values: [Double], _ permutations: Permutations, observed: Double, threads: Int?,
        progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> GlobalAssociation.Permuted {
        guard (1...ConditionalPermutations.greatestCount).contains(permutations.count) else {
            throw .permutationsOutOfRange(permutations.count)
        }
        var generator = SplitMix64(seed: permutations.seed)
        let seeds = (0..<permutations.count).map { _ in generator.next() }
        // One permutation a piece: each takes as long as a pass over all units.
        let work = ParallelWork(threads: threads, progress: progress)
        let drawn = try work.products(seeds.count) { index in
            var generator = SplitMix64(seed: seeds[index])
            return statistic(generator.permutation(of: values.count).map { values[$0] })
        }
        let limits = TallyLimits(observed: observed, expected: expected, slack: 1e-10 * variance.squareRoot())
        var tally = Tally()
        for value in drawn { limits.add(value, times: 1, to: &tally) }
        let moments = Moments(of: drawn)
        return GlobalAssociation.Permuted(
            permutations: permutations, mean: moments?.mean ?? observed, variance: moments?.variance ?? 0,
            p: tally.p(permutations))
    }
}

extension SpatialWeights {
    /// Without the units themselves, and not empty.
    func forGlobalTest() throws(HotspotError) -> SpatialWeights {
        let weights = includingSelf(false)
        guard weights.islands.count < weights.count else { throw .noNeighbours(units: weights.count) }
        return weights
    }
}
