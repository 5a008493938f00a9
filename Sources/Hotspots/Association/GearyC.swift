/// Tells whether neighbours differ less than units at large: Geary's C.
///
/// *C* = (*n* − 1) / (2*S₀*) ΣΣ*wᵢⱼ*(*xᵢ* − *xⱼ*)² / Σ(*xᵢ* − *x̄*)². Below 1 like lies near like, above 1 near unlike; *z* is
/// positive in the first case, as that of Moran's I.
///
/// ## Example
/// ```swift
/// let geary = try GearyC().test(of: rates, weights: weights)
/// ```
///
/// ## Source
/// Geary (1954), *The contiguity ratio and statistical mapping*, The Incorporated Statistician 5, 115–145; moments of
/// Cliff & Ord (1981), *Spatial Processes: Models and Applications*, page 21 and 46.
public struct GearyC: Hashable, Codable, Sendable {
    public var hypothesis: GlobalAssociation.Hypothesis
    /// Nil for no permutations.
    public var permutations: Permutations?

    public init(hypothesis: GlobalAssociation.Hypothesis = .randomisation, permutations: Permutations? = nil) {
        self.hypothesis = hypothesis
        self.permutations = permutations
    }

    /// - Parameters:
    ///   - values: one per unit, finite.
    ///   - weights: units count as neighbours of others only.
    ///   - threads: how many may work at once on permutations; nil for one per active processor.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Throws: as ``GlobalMoran/test(of:weights:threads:progress:)``.
    /// - Complexity: as ``GlobalMoran/test(of:weights:threads:progress:)``.
    public func test(
        of values: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> GlobalAssociation {
        let centred = try CentredValues(values, units: weights.count, atLeast: 4)
        let weights = try weights.forGlobalTest()
        let totals = WeightTotals(weights)
        let scale = (centred.count - 1) / (2 * totals.s0 * centred.sum)
        let test = GlobalTest(
            weights: weights, direction: -1, expected: 1, variance: variance(totals, centred)
        ) { scale * Self.squaredDifferences($0, weights) }
        return try test.run(centred.values, hypothesis, permutations, threads: threads, progress: progress)
    }

    private static func squaredDifferences(_ values: [Double], _ weights: SpatialWeights) -> Double {
        var sum = 0.0
        for unit in 0..<weights.count {
            for link in weights.starts[unit]..<weights.starts[unit + 1] {
                let difference = values[unit] - values[Int(weights.neighbours[link])]
                sum += weights.weights[link] * difference * difference
            }
        }
        return sum
    }

    private func variance(_ w: WeightTotals, _ centred: CentredValues) -> Double {
        let (n, k, square) = (centred.count, centred.kurtosis, w.s0 * w.s0)
        switch hypothesis {
        case .normality: return ((2 * w.s1 + w.s2) * (n - 1) - 4 * square) / (2 * (n + 1) * square)
        case .randomisation:
            let first = (n - 1) * w.s1 * (n * n - 3 * n + 3 - (n - 1) * k)
            let second = (n - 1) * w.s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k) / 4
            let third = square * (n * n - 3 - (n - 1) * (n - 1) * k)
            return (first - second + third) / (n * (n - 2) * (n - 3) * square)
        }
    }
}
