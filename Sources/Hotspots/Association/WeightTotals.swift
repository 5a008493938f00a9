/// The sums over all weights that the moments of the global statistics are made of; units are not their own neighbours.
///
/// ## Source
/// Cliff & Ord (1981), *Spatial Processes: Models and Applications*, chapter 2.
struct WeightTotals {
    /// Σ*wᵢⱼ*.
    let s0: Double
    /// ½ Σ(*wᵢⱼ* + *wⱼᵢ*)².
    let s1: Double
    /// Σ(*wᵢ.* + *w.ᵢ*)².
    let s2: Double

    /// - Parameter weights: without the units themselves.
    init(_ weights: SpatialWeights) {
        var (s0, products) = (0.0, 0.0)
        var both = [Double](repeating: 0, count: weights.count)
        for unit in 0..<weights.count {
            for link in weights.starts[unit]..<weights.starts[unit + 1] {
                let (other, weight) = (Int(weights.neighbours[link]), weights.weights[link])
                s0 += weight
                both[unit] += weight
                both[other] += weight
                products += weight * (weight + Self.weight(from: other, to: unit, weights))
            }
        }
        self.s0 = s0
        // ½ Σ(a² + 2ab + b²) over ordered pairs is Σ(a² + ab).
        s1 = products
        s2 = both.reduce(0) { $0 + $1 * $1 }
    }

    private static func weight(from unit: Int, to other: Int, _ weights: SpatialWeights) -> Double {
        var (low, high) = (weights.starts[unit], weights.starts[unit + 1])
        while low < high {
            let middle = (low + high) / 2
            if weights.neighbours[middle] < other { low = middle + 1 } else { high = middle }
        }
        guard low < weights.starts[unit + 1], weights.neighbours[low] == other else { return 0 }
        return weights.weights[low]
    }
}
