import Statistics
import Testing

struct MannKendallTests {
    @Test func `The worked example has S 24 and z 2.8455`() throws {
        let test = try #require(MannKendall([1, 3, 2, 5, 4, 6, 7, 8]))
        #expect(test.s == 24)
        #expect(abs(test.z - 2.8455) < 0.00005)
    }

    /// pymannkendall 1.4.3, `original_test`, see tools/reference/emerging.py.
    @Test(arguments: [
        ([1.0, 3, 2, 5, 4, 6, 7, 8], 24, 65.33333333333333, 2.8455120410060126, 0.0044340083031007005),
        ([5, 5, 4, 4, 3, 9, 1, 1, 0, 0], -31, 121, -2.727272727272727, 0.006386023282707098),
        ([2, 2, 2, 2], 0, 0, 0, 1), ([1, 2], 1, 1, 0, 1),
        ([0, 0, 0, 1, 0, 2, 2, 3], 19, 55.666666666666664, 2.4125420786873595, 0.01584170871367041),
        ((0..<24).map { Double($0 * $0 * 7 % 11) }, 3, 1570.3333333333333, 0.05047008903793757, 0.9597477845070002),
    ])
    func `pymannkendall finds the same, ties included`(
        values: [Double], s: Int, variance: Double, z: Double, p: Double
    ) throws {
        let test = try #require(MannKendall(values))
        #expect(test.s == s)
        #expect(abs(test.variance - variance) < 1e-9)
        #expect(abs(test.z - z) < 1e-12)
        #expect(abs(test.p - p) < 1e-12)
    }

    @Test func `The variance is that of S over all orders of five values with a tie`() throws {
        let values = [1.0, 1, 2, 5, 9]
        var scores: [Double] = []
        for order in orders(of: 5) { scores.append(Double(try #require(MannKendall(order.map { values[$0] })).s)) }
        let variance = scores.reduce(0) { $0 + $1 * $1 } / 120
        #expect(scores.reduce(0, +) == 0)
        #expect(abs(try #require(MannKendall(values)).variance - variance) < 1e-12)
    }

    @Test func `Turned round, a series has the opposite trend`() throws {
        let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
        let (one, other) = (try #require(MannKendall(values)), try #require(MannKendall(values.reversed())))
        #expect(one.s == -other.s)
        #expect(one.p == other.p)
    }

    @Test func `A single value and a gap have no trend`() {
        #expect(MannKendall([]) == nil)
        #expect(MannKendall([1]) == nil)
        #expect(MannKendall([1, .nan, 2]) == nil)
        #expect(MannKendall([.infinity, -.infinity])?.s == -1)
    }

    private func orders(of count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return orders(of: count - 1).flatMap { order in
            (0...order.count).map { place in
                var longer = order
                longer.insert(count - 1, at: place)
                return longer
            }
        }
    }
}
