import Glibc

/// Whether two counts of independent events differ by more than chance would make them: the E-test of two Poisson means.
///
/// The counts are taken to come from one common rate, the one estimated from both. The p-value is the probability, over
/// all pairs of counts that this rate could give, of a standardised difference at least as great as the one seen. The
/// test is nearer to its nominal level, and stronger, than the conditional binomial test, above all for small counts.
///
/// ## Example
/// ```swift
/// PoissonETest(20, 10)?.p  // 0.0688
/// ```
///
/// ## Accuracy
/// About 10⁻¹² absolute: the double sum is taken over all counts that are not less likely than 10⁻²⁰, not cut shorter.
///
/// ## Source
/// Krishnamoorthy & Thomson (2004), *A more powerful test for comparing two Poisson means*, Journal of Statistical
/// Planning and Inference 119, 23–35, equations 3.2 to 3.4.
public struct PoissonETest: Hashable, Sendable {
    /// The difference of the rates over its estimated standard error; positive where the first rate is greater, 0 for
    /// equal rates.
    public let statistic: Double
    /// The two-sided probability; 1 for equal rates.
    public let p: Double

    /// A count above this is refused: its sums would take too long.
    public static let greatestCount = 1_000_000_000

    /// The test that the two rates are equal.
    /// - Parameter exposures: over how long, how many people or how large an area each count was made; only their ratio
    ///   matters.
    /// - Returns: nil unless both counts are 0 to ``greatestCount`` and the ratio of the exposures is 10⁻⁹ to 10⁹.
    /// - Complexity: O(√*n*) time and memory for counts of *n* in all.
    public init?(_ first: Int, _ second: Int, exposures: (first: Double, second: Double) = (1, 1)) {
        let ratio = exposures.first / exposures.second
        guard (0...Self.greatestCount).contains(first), (0...Self.greatestCount).contains(second),
            exposures.first > 0, exposures.second > 0, ratio >= 1e-9, ratio <= 1e9
        else { return nil }
        statistic = Self.statistic(Double(first), Double(second), ratio)
        guard statistic != 0 else {
            p = 1
            return
        }
        let total = Double(first + second)
        let means = (total * (ratio / (1 + ratio)), total / (1 + ratio))
        p = Self.p(LikelyCounts(mean: means.0), LikelyCounts(mean: means.1), ratio, statistic)
    }

    /// (x₁/t₁ − x₂/t₂) / √(x₁/t₁² + x₂/t₂²), both parts times t₁; 0 where both counts are 0.
    @inline(__always)
    private static func statistic(_ first: Double, _ second: Double, _ ratio: Double) -> Double {
        let variance = first + ratio * ratio * second
        return variance > 0 ? (first - ratio * second) / variance.squareRoot() : 0
    }

    /// The statistic grows with the first count and falls with the second, so that for each first count those second
    /// counts are as extreme that lie below one limit or above another, and both limits rise with it.
    private static func p(
        _ first: LikelyCounts, _ second: LikelyCounts, _ ratio: Double, _ observed: Double
    ) -> Double {
        // Pairs that are exactly as extreme count, whatever the roundings.
        let limit = abs(observed) * (1 - 1e-12)
        var below = second.range.lowerBound
        var above = second.range.lowerBound
        var sum = 0.0
        for x in first.range {
            let count = Double(x)
            while below < second.range.upperBound, statistic(count, Double(below), ratio) >= limit { below += 1 }
            above = max(above, below)
            while above < second.range.upperBound, statistic(count, Double(above), ratio) > -limit { above += 1 }
            sum += first.probability(of: x) * (second.sum(below: below) + second.sum(from: above))
        }
        return min(1, sum)
    }
}

/// The counts of a Poisson distribution that are not too unlikely to matter, with running sums from both ends.
private struct LikelyCounts {
    let range: Range<Int>
    private let probabilities: [Double]
    /// Up to and without the count, and from it on: each summed from its small end, so that small tails keep all digits.
    private let lower: [Double]
    private let upper: [Double]

    /// - Parameter mean: 0 to 2 · 10⁹.
    init(mean: Double) {
        let reach = 10 * mean.squareRoot() + 40
        let first = Int(max(0, mean - reach))
        range = first..<Int(mean + reach) + 1
        probabilities = range.map { GammaFunction.poisson(Double($0), mean) }
        var lower = [0.0]
        for probability in probabilities { lower.append(lower[lower.count - 1] + probability) }
        self.lower = lower
        var upper = [0.0]
        for probability in probabilities.reversed() { upper.append(upper[upper.count - 1] + probability) }
        self.upper = upper.reversed()
    }

    func probability(of count: Int) -> Double { probabilities[count - range.lowerBound] }
    func sum(below count: Int) -> Double { lower[count - range.lowerBound] }
    func sum(from count: Int) -> Double { upper[count - range.lowerBound] }
}
