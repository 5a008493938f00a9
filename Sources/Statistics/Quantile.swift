/// Quantiles by linear interpolation between order statistics.
///
/// R's type 7, the default of R, NumPy and spreadsheets: of *n* sorted values, the quantile *p* stands at position
/// (n − 1)p, counted from 0, and between two values in proportion.
///
/// ## Source
/// Hyndman & Fan (1996), *Sample Quantiles in Statistical Packages*, definition 7.
public enum Quantile {
    /// - Parameters:
    ///   - share: 0 for the least value, 0.5 for the median, 1 for the greatest; clamped to 0...1.
    ///   - sorted: values in ascending order, none of them NaN.
    /// - Returns: nil where there are no values, or the share is NaN.
    /// - Complexity: O(1).
    public static func value(at share: Double, ofSorted sorted: some RandomAccessCollection<Double>) -> Double? {
        guard !sorted.isEmpty, !share.isNaN else { return nil }
        let position = Double(sorted.count - 1) * min(max(share, 0), 1)
        let below = Int(position)
        let low = sorted[sorted.index(sorted.startIndex, offsetBy: below)]
        guard below + 1 < sorted.count else { return low }
        let high = sorted[sorted.index(sorted.startIndex, offsetBy: below + 1)]
        return low + (position - Double(below)) * (high - low)
    }

    /// The middle value, or the mean of the two middle ones; NaN among the values is left out.
    /// - Returns: nil where there are no values.
    /// - Complexity: O(*n* log *n*).
    public static func median(of values: some Sequence<Double>) -> Double? {
        value(at: 0.5, ofSorted: values.filter { !$0.isNaN }.sorted())
    }
}
