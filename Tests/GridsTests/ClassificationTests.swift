import Grids
import TestSupport
import Testing

@Suite struct ClassificationTests {
    @Test func `Equal intervals divide the range`() throws {
        let classes = try Classification(of: [0, 3, 10, .nan, 7], by: .equalInterval(4))
        #expect(classes.lowest == 0)
        #expect(classes.upperLimits == [2.5, 5, 7.5, 10])
        #expect([0, 2.5, 2.6, 10].map { classes.classIndex(of: $0) } == [0, 0, 1, 3])
        #expect([-0.1, 10.1, Double.nan].allSatisfy { classes.classIndex(of: $0) == nil })
    }

    @Test func `Quantiles share the values out evenly`() throws {
        // Type 7 at ¼, ½ and ¾ of 1...9: positions 2, 4 and 6.
        let classes = try Classification(of: (1...9).map(Double.init), by: .quantile(4))
        #expect(classes.upperLimits == [3, 5, 7, 9])
    }

    @Test func `Repeated values leave fewer quantile classes`() throws {
        let classes = try Classification(of: [0, 0, 0, 0, 0, 0, 5, 9], by: .quantile(4))
        #expect(classes.upperLimits == [0, 1.25, 9])
        #expect(classes.classIndex(of: 0) == 0)
    }

    /// The example of the manual of R's Ckmeans.1d.dp: clusters {−1}, {2}, {4, 5, 6}.
    @Test func `Natural breaks find the published optimum`() throws {
        let classes = try Classification(of: [-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], by: .naturalBreaks(3))
        #expect(classes.lowest == -1)
        #expect(classes.upperLimits == [-1, 2, 6])
    }

    @Test func `Natural breaks are as good as the best of all partitions`() throws {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<200 {
            let count = Int.random(in: 1...14, using: &generator)
            // Small numbers repeat; large ones test the sums.
            let values = (0..<count).map { _ in
                round.isMultiple(of: 2)
                    ? Double(Int.random(in: 0...9, using: &generator))
                    : 1e7 + Double.random(in: 0...100, using: &generator)
            }
            let wanted = Int.random(in: 1...5, using: &generator)
            let classes = try Classification(of: values, by: .naturalBreaks(wanted))
            let sorted = values.sorted()
            let groups = (0..<classes.count).map { index in sorted.filter { classes.classIndex(of: $0) == index } }
            let cost = groups.reduce(0) { $0 + Self.deviations($1[...]) }
            let best = Self.leastCost(sorted[...], wanted)
            #expect(abs(cost - best) <= 1e-9 * (1 + best))
            #expect(classes.count == min(wanted, Set(values).count))
        }
    }

    private static func deviations(_ values: ArraySlice<Double>) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    private static func leastCost(_ values: ArraySlice<Double>, _ classes: Int) -> Double {
        guard classes > 1, values.count > 1 else { return deviations(values) }
        return values.indices.dropFirst().reduce(deviations(values)) { best, cut in
            min(best, deviations(values[..<cut]) + leastCost(values[cut...], classes - 1))
        }
    }

    /// Worked by hand: with a cell of range / n, the step is 1, 2, 5 or 10 times the power of ten U below it, going on to
    /// 2U and 10U where they exceed the cell by less than 1.5 times, to 5U by less than 2.75 times, what is lacking so far.
    @Test func `Round breaks follow the rule of R`() throws {
        func limits(_ low: Double, _ high: Double, _ count: Int) throws -> [Double] {
            let classes = try Classification(of: [low, high], by: .pretty(count))
            return [classes.lowest] + classes.upperLimits
        }
        #expect(try limits(1, 10, 5) == [0, 2, 4, 6, 8, 10])
        #expect(try limits(1, 10, 21) == stride(from: 1, through: 10, by: 0.5).map { $0 })
        #expect(try limits(2, 40, 5) == [0, 10, 20, 30, 40])
        #expect(try limits(1, 20, 2) == [0, 10, 20])
        #expect(try limits(0, 1, 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(try limits(0.3, 0.9, 6) == [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
        #expect(try limits(-3.2, 131, 5) == [-20, 0, 20, 40, 60, 80, 100, 120, 140])
    }

    @Test func `Round breaks hold all values, whatever they are`() throws {
        var generator = SeededGenerator(seed: 8)
        var ranges = (0..<300).map { _ in
            let scale = Double(sign: .plus, exponent: Int.random(in: -60...60, using: &generator), significand: 1)
            return (
                Double.random(in: -1...1, using: &generator) * scale,
                Double.random(in: -1...1, using: &generator) * scale
            )
        }
        ranges += [(0, 0), (5, 5), (-2, -2), (1e300, -1e300), (1e15, 1e15 + 2), (.leastNonzeroMagnitude, 0)]
        for (a, b) in ranges {
            let classes = try Classification(of: [a, b], by: .pretty(5))
            #expect(classes.lowest <= min(a, b))
            #expect(classes.upperLimits.last ?? -.infinity >= max(a, b))
            #expect(classes.count <= 12)
        }
    }

    @Test func `Given limits stand as they are`() throws {
        let classes = try Classification(of: [3], by: .fixed([0, 1, 5, 20]))
        #expect(classes.lowest == 0)
        #expect([0, 1, 1.5, 20, 21].map { classes.classIndex(of: $0) } == [0, 0, 1, 2, nil])
    }

    @Test func `One value makes one class`() throws {
        for method in [Classification.Method.equalInterval(5), .quantile(5), .naturalBreaks(5)] {
            let classes = try Classification(of: [4, 4, 4], by: method)
            #expect(classes.upperLimits == [4])
            #expect(classes.classIndex(of: 4) == 0)
        }
    }

    @Test func `What cannot be classified is refused with its reason`() {
        #expect(throws: GridError.noValuesToClassify) { try Classification(of: [.nan, .infinity], by: .quantile(3)) }
        #expect(throws: GridError.classCountOutOfRange(0)) { try Classification(of: [1], by: .naturalBreaks(0)) }
        #expect(throws: GridError.breaksNotAscending([1, 1])) { try Classification(of: [1], by: .fixed([1, 1])) }
        #expect(throws: GridError.breaksNotAscending([1])) { try Classification(of: [1], by: .fixed([1])) }
        #expect(throws: GridError.classCountOutOfRange(.max)) { try Classification(of: [1], by: .equalInterval(.max)) }
        #expect(
            GridError.classCountOutOfRange(0).description
                == "a classification must have 1 to 1000 classes, but 0 were asked for")
    }
}
