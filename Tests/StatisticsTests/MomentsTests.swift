import Statistics
import TestSupport
import Testing

@Suite struct MomentsTests {
    /// `numpy.var(v)` and `numpy.var(v, ddof=1)` of these eleven numbers.
    @Test func `Variances agree with NumPy`() throws {
        let moments = try #require(Moments(of: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]))
        #expect(moments.mean == 4)
        #expect(abs(moments.variance - 5.090909090909091) < 1e-14)
        #expect(abs((moments.sampleVariance ?? 0) - 5.6) < 1e-14)
    }

    @Test func `A weight counts a value as often`() {
        #expect(Moments(of: [2, 7], weights: [3, 1]) == Moments(of: [2, 2, 2, 7]))
    }

    @Test func `Millions of metres lose no digits`() throws {
        // Deviations of −1, 0 and 1 about a mean that is exactly representable: variance 2/3.
        let moments = try #require(Moments(of: [2_840_000_000_000_001, 2_840_000_000_000_002, 2_840_000_000_000_003]))
        #expect(moments.mean == 2_840_000_000_000_002)
        #expect(abs(moments.variance - 2.0 / 3) < 1e-15)
    }

    @Test func `What is not there has no moments`() throws {
        #expect(Moments(of: []) == nil)
        #expect(Moments(of: [1, 2], weights: [0, 0]) == nil)
        let one = try #require(Moments(of: [5]))
        #expect(one.variance == 0)
        #expect(one.sampleVariance == nil)
    }

    @Test func `A compensated sum keeps what a plain one loses`() {
        // Neumaier's example: the plain sum is 0.
        var sum = CompensatedSum()
        for term in [1, 1e100, 1, -1e100] { sum.add(term) }
        #expect(sum.value == 2)
    }

    @Test func `Weighted moments are those of the repeated values`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20 {
            let values = (0..<30).map { _ in Double.random(in: -1e6...1e6, using: &generator) }
            let counts = values.map { _ in Int.random(in: 0...4, using: &generator) }
            let repeated = zip(values, counts).flatMap { repeatElement($0, count: $1) }
            let mean = repeated.reduce(0, +) / Double(repeated.count)
            let variance = repeated.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(repeated.count - 1)
            let moments = try #require(Moments(of: values, weights: counts.map(Double.init)))
            #expect(abs(moments.mean - mean) < 1e-9)
            #expect(abs((moments.sampleVariance ?? 0) / variance - 1) < 1e-12)
        }
    }
}
