import Statistics
import TestSupport
import Testing

@Suite struct QuantileTests {
    /// `numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], q)`, NumPy 2 with its default method `linear` (R's type 7).
    @Test(arguments: [(0, 1.0), (0.1, 1), (0.25, 2.5), (0.5, 4), (0.9, 6), (1, 9)])
    func `Quantiles agree with NumPy`(share: Double, expected: Double) {
        let sorted = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5].sorted()
        #expect(Quantile.value(at: share, ofSorted: sorted) == expected)
    }

    @Test func `Between two values a quantile stands in proportion`() {
        // Position (5 − 1) · 0.3125 = 1.25: a quarter of the way from 20 to 40.
        #expect(Quantile.value(at: 0.3125, ofSorted: [10, 20, 40, 50, 60]) == 25)
        #expect(Quantile.value(at: 7, ofSorted: [10, 20]) == 20)
        #expect(Quantile.value(at: -1, ofSorted: [10, 20]) == 10)
    }

    @Test func `Nothing has no quantile`() {
        #expect(Quantile.value(at: 0.5, ofSorted: []) == nil)
        #expect(Quantile.value(at: .nan, ofSorted: [1]) == nil)
        #expect(Quantile.median(of: [.nan]) == nil)
    }

    @Test func `The median leaves out NaN and averages the middle two`() {
        #expect(Quantile.median(of: [5, .nan, 1, 3]) == 3)
        #expect(Quantile.median(of: [4, 1, 3, 2]) == 2.5)
    }
}
