/// Tells whether high values lie near each other, or low ones: Getis and Ord's general G.
///
/// *G* = ΣΣ*wᵢⱼxᵢxⱼ* / ΣΣ*xᵢxⱼ*, over all *i* ≠ *j*. Above its expectation the high values are clustered, below it the low
/// ones. Unlike Moran's I it needs values of 0 or more, and weights that are binary and symmetric say most.
///
/// ## Example
/// ```swift
/// let general = try GeneralG().test(of: counts, weights: SpatialWeights(.distanceBand(.metres(500)), of: colonias))
/// ```
///
/// ## Source
/// Getis & Ord (1992), *The Analysis of Spatial Association by Use of Distance Statistics*, Geographical Analysis 24,
/// 189–206, equations 5–9; under randomisation, the only hypothesis it has.
public struct GeneralG: Hashable, Codable, Sendable {
    /// Nil for no permutations.
    public var permutations: Permutations?

    public init(permutations: Permutations? = nil) { self.permutations = permutations }

    /// - Parameters:
    ///   - values: one per unit, 0 or more.
    ///   - weights: units count as neighbours of others only.
    ///   - threads: how many may work at once on permutations; nil for one per active processor.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Throws: as ``GlobalMoran/test(of:weights:threads:progress:)``; ``HotspotError/noVariation(_:)`` too where only
    ///   one value is not 0.
    /// - Complexity: as ``GlobalMoran/test(of:weights:threads:progress:)``.
    public func test(
        of values: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> GlobalAssociation {
        _ = try CentredValues(values, units: weights.count, atLeast: 4)
        for (unit, value) in values.enumerated() where value < 0 {
            throw .valueNotUsable(unit: unit, value: value, needed: "0 or more")
        }
        // The greatest becomes 1: G does not change, and no power overflows.
        let greatest = values.max() ?? 1
        let values = values.map { $0 / greatest }
        let weights = try weights.forGlobalTest()
        let totals = WeightTotals(weights)
        let n = Double(values.count)
        let expected = totals.s0 / (n * (n - 1))
        let powers = PowerSums(values)
        guard powers.pairs > 0 else { throw .noVariation(0) }
        let test = GlobalTest(
            weights: weights, expected: expected,
            variance: powers.expectedSquare(totals, n) - expected * expected
        ) { values in
            zip(values, weights.sums(of: values)).reduce(0) { $0 + $1.0 * $1.1 } / powers.pairs
        }
        return try test.run(values, .randomisation, permutations, threads: threads, progress: progress)
    }
}

/// Σ*x*, Σ*x²*, Σ*x³* and Σ*x⁴*.
private struct PowerSums {
    let m1, m2, m3, m4: Double

    init(_ values: [Double]) {
        m1 = values.reduce(0) { $0 + $1 }
        m2 = values.reduce(0) { $0 + $1 * $1 }
        m3 = values.reduce(0) { $0 + $1 * $1 * $1 }
        m4 = values.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    }

    /// ΣΣ*xᵢxⱼ* over all *i* ≠ *j*; 0 where rounding is all there is.
    var pairs: Double { m1 * m1 - m2 > 1e-12 * m1 * m1 ? m1 * m1 - m2 : 0 }

    func expectedSquare(_ w: WeightTotals, _ n: Double) -> Double {
        let square = w.s0 * w.s0
        let b0 = (n * n - 3 * n + 3) * w.s1 - n * w.s2 + 3 * square
        let b1 = -((n * n - n) * w.s1 - 2 * n * w.s2 + 6 * square)
        let b2 = -(2 * n * w.s1 - (n + 3) * w.s2 + 6 * square)
        let b3 = 4 * (n - 1) * w.s1 - 2 * (n + 1) * w.s2 + 8 * square
        let b4 = w.s1 - w.s2 + square
        let sum = b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1
        return sum / (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
    }
}
