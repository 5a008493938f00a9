/// Whether a series rises or falls, by the order of its values alone: Mann and Kendall's test.
///
/// Every later value is compared with every earlier one; *S* is how many more are greater than less. Its variance is
/// corrected for ties, and one is taken off |*S*| for continuity. Values of successive periods are taken to be
/// independent: a series with memory is called a trend more often than it should be.
///
/// ## Example
/// ```swift
/// MannKendall([1, 3, 2, 5, 4, 6, 7, 8])?.z  // 2.8455
/// ```
///
/// ## Source
/// Mann (1945), *Nonparametric tests against trend*, Econometrica 13, 245–259; Kendall (1975), *Rank Correlation
/// Methods*, 4th edition, chapter 4.
public struct MannKendall: Hashable, Sendable {
    /// Pairs that rise less pairs that fall.
    public let s: Int
    /// Of *s*, were the order random: [*n*(*n*−1)(2*n*+5) − Σ*t*(*t*−1)(2*t*+5)] / 18 over groups of *t* equal values.
    public let variance: Double
    /// (*s* ∓ 1) / √variance; 0 where *s* is 0.
    public let z: Double
    /// Two-sided, from the normal distribution; 1 where all values are equal.
    public let p: Double

    /// The longest series: its pairs are compared one by one.
    public static let greatestCount = 100_000

    /// - Parameter values: at equal distances in time.
    /// - Returns: nil for fewer than two values or more than ``greatestCount``, and where one is NaN.
    /// - Complexity: O(*n²*).
    public init?(_ values: some RandomAccessCollection<Double>) {
        let values = Array(values)
        guard (2...Self.greatestCount).contains(values.count), !values.contains(where: \.isNaN) else { return nil }
        var s = 0
        for later in 1..<values.count {
            for earlier in 0..<later {
                s += (values[later] > values[earlier] ? 1 : 0) - (values[later] < values[earlier] ? 1 : 0)
            }
        }
        self.s = s
        variance = Self.variance(values)
        z = s == 0 || variance == 0 ? 0 : Double(s - s.signum()) / variance.squareRoot()
        p = min(1, NormalDistribution.twoSidedP(z))
    }

    private static func variance(_ values: [Double]) -> Double {
        func term(_ count: Int) -> Double { Double(count) * Double(count - 1) * Double(2 * count + 5) }
        var ties = 0.0
        let sorted = values.sorted()
        var first = 0
        for index in 1...sorted.count where index == sorted.count || sorted[index] != sorted[first] {
            ties += term(index - first)
            first = index
        }
        return (term(sorted.count) - ties) / 18
    }
}
