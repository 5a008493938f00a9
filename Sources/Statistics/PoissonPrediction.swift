import Glibc

/// How often something is expected to happen next, told from how often it has happened so far: a prediction interval for
/// one period from the total of earlier ones.
///
/// Both the coming count and the earlier total vary, and the interval takes both into account: given both together, the
/// coming count is binomial with a share of 1/(n + 1), so that a count belongs to the interval unless as few, or as many,
/// have a probability of at most `(1 − level)/2`. With many earlier periods it is the interval of a Poisson count around
/// their mean; with few it is wider. It holds *at least* the level, as counts are whole.
///
/// ## Example
/// ```swift
/// PoissonPrediction(total: 108, periods: 36)?.interval()  // 0...7, around a mean of 3
/// ```
///
/// ## Source
/// Nelson (1970), *Confidence intervals for the ratio of two Poisson means and Poisson predictor intervals*, IEEE
/// Transactions on Reliability R-19, 42–49. Hahn & Meeker (1991), *Statistical Intervals*, section 7.6.
public struct PoissonPrediction: Hashable, Sendable {
    /// How often it happened in the earlier periods together.
    public let total: Int
    /// How many they were.
    public let periods: Int

    /// A total above this is refused: its sums would take too long.
    public static let greatestTotal = 1_000_000_000

    /// - Returns: nil unless the total is 0 to ``greatestTotal`` and there is a period, and no more than 10⁶.
    public init?(total: Int, periods: Int) {
        guard (0...Self.greatestTotal).contains(total), (1...1_000_000).contains(periods) else { return nil }
        self.total = total
        self.periods = periods
    }

    /// The counts of one further period that are no surprise.
    /// - Parameter level: between 0 and 1; otherwise 95 % is taken.
    /// - Complexity: O(√(*total*/*periods*)).
    public func interval(level: Double = 0.95) -> ClosedRange<Int> {
        let share = (1 - (level > 0 && level < 1 ? level : 0.95)) / 2
        let low = total == 0 ? 0 : leastCount(failures: total) { $0 > share }
        // The count at least as great of which has a probability above the share: one before the upper sum falls to it.
        let high = leastCount(failures: total + 1) { 1 - $0 <= share }
        return min(low, high)...max(low, high)
    }

    /// The least count at which the sum of the negative binomial distribution is as asked: of successes before a number of
    /// failures, where a trial fails with a probability of n/(n + 1).
    private func leastCount(failures: Int, _ isReached: (Double) -> Bool) -> Int {
        let (n, r) = (Double(periods), Double(failures))
        let mean = r / n
        let deviation = (mean * (1 + 1 / n)).squareRoot()
        // Ten deviations below the mean nothing is left to add, as long as the distribution is near to normal there.
        var count = Int(max(0, (mean - 10 * deviation).rounded(.down)))
        let last = Int(mean + 60 * deviation + 200)
        var term = exp(Self.logProbability(Double(count), failures: r, periods: n))
        var sum = CompensatedSum()
        sum.add(term)
        while !isReached(sum.value), count < last {
            term *= (r + Double(count)) / Double(count + 1) / (n + 1)
            count += 1
            sum.add(term)
        }
        return count
    }

    private static func logProbability(_ count: Double, failures r: Double, periods n: Double) -> Double {
        var sign: Int32 = 0
        let ways = lgamma_r(count + r, &sign) - lgamma_r(r, &sign) - lgamma_r(count + 1, &sign)
        return ways + r * (log(n) - log1p(n)) - count * log1p(n)
    }
}
