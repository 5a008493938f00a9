/// How often something happens that happens independently, `mean` times on average.
///
/// ## Accuracy
/// That of ``GammaFunction``.
///
/// ## Source
/// Johnson, Kemp & Kotz (2005), *Univariate Discrete Distributions*, chapter 4.
public struct PoissonDistribution: Hashable, Sendable {
    public let mean: Double

    /// A mean above this is refused: its sums would take too long.
    public static let greatestMean = 1e9

    /// - Returns: nil unless the mean is 0 to ``greatestMean``.
    public init?(mean: Double) {
        guard mean >= 0, mean <= Self.greatestMean else { return nil }
        self.mean = mean
    }

    /// The probability of exactly k.
    public func probability(of k: Int) -> Double { k < 0 ? 0 : GammaFunction.poisson(Double(k), mean) }

    /// The probability of at most k.
    public func cumulative(_ k: Int) -> Double {
        k < 0 ? 0 : GammaFunction.upperShare(shape: Double(k) + 1, mean)
    }

    /// The probability of at least k, without loss where it is small.
    public func probability(ofAtLeast k: Int) -> Double {
        k <= 0 ? 1 : GammaFunction.lowerShare(shape: Double(k), mean)
    }

    /// The least k with a probability of at most k that reaches the share.
    /// - Returns: nil unless the share is at least 0 and below 1.
    /// - Complexity: O(√mean · log mean) at most.
    public func quantile(of share: Double) -> Int? {
        guard share >= 0, share < 1 else { return nil }
        guard share > 0, mean > 0 else { return 0 }
        let z = NormalDistribution.quantile(of: share)
        // Cornish & Fisher's expansion is off by a few at most; where the share is extreme, the steps double.
        let deviation = mean.squareRoot()
        let guess = mean + deviation * z + (z * z - 1) / 6
        var high = Int(min(max(0, guess.rounded(.up)), 4 * Self.greatestMean))
        var step = 1
        while cumulative(high) < share, high < Int(8 * Self.greatestMean) {
            high += step
            step *= 2
        }
        var low = high
        step = 1
        while low >= 0, cumulative(low) >= share {
            high = low
            low -= step
            step *= 2
        }
        while high - max(low, -1) > 1 {
            let middle = max(low, -1) + (high - max(low, -1)) / 2
            if cumulative(middle) >= share { high = middle } else { low = middle }
        }
        return high
    }
}
