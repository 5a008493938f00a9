@testable import Hotspots
import TestSupport
import Testing

@Suite struct NeighbourTests {
    private struct Pair: Hashable {
        var first: Int
        var second: Int
        var square: Double
    }

    /// Whole numbers, so that distances tie and places repeat; one far away.
    private func places(_ count: Int, seed: UInt64) -> (x: [Double], y: [Double]) {
        var generator = SeededGenerator(seed: seed)
        var x = (0..<count).map { _ in Double(Int.random(in: 0...40, using: &generator)) }
        var y = (0..<count).map { _ in Double(Int.random(in: 0...30, using: &generator)) }
        (x[0], y[0]) = (1e7, -1e9)
        for index in stride(from: 1, to: count, by: 3) { x[index] += Double.random(in: 0...1, using: &generator) }
        for index in stride(from: 1, to: count, by: 4) { y[index] += Double.random(in: 0...1, using: &generator) }
        return (x, y)
    }

    private func square(_ x: [Double], _ y: [Double], _ a: Int, _ b: Int) -> Double {
        (x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b])
    }

    @Test(arguments: [0.0, 0.5, 1, 3, 7.3, 100, 1e10], [0, 0.01, 1, 5, 1e9])
    func `Places within a distance are those of measuring all`(radius: Double, reach: Double) {
        let (x, y) = places(200, seed: 5)
        let grid = NeighbourGrid(x: x, y: y, reach: reach)
        var expected: Set<Pair> = []
        for a in x.indices {
            var found: [Pair] = []
            grid.forEachNeighbour(of: a, within: radius) { found.append(Pair(first: a, second: $0, square: $1)) }
            let near = x.indices.filter { $0 != a && square(x, y, a, $0) <= radius * radius }
            #expect(Set(found) == Set(near.map { Pair(first: a, second: $0, square: square(x, y, a, $0)) }))
            #expect(found.count == near.count)
            for b in near where grid.position[a] < grid.position[b] {
                expected.insert(Pair(first: a, second: b, square: square(x, y, a, b)))
            }
        }
        var pairs: [Pair] = []
        grid.forEachPair(within: radius) { pairs.append(Pair(first: $0, second: $1, square: $2)) }
        #expect(pairs.count == expected.count)
        #expect(Set(pairs) == expected)
    }

    @Test func `The nearest are those of sorting all by distance, then number`() {
        let (x, y) = places(300, seed: 6)
        let tree = NeighbourTree(x: x, y: y)
        for k in [0, 1, 2, 9, 299, 400] {
            for place in stride(from: 0, to: 300, by: 7) {
                let all = x.indices.filter { $0 != place }
                    .map { NeighbourTree.Neighbour(place: $0, square: square(x, y, place, $0)) }.sorted()
                #expect(tree.neighbours(of: place, count: k) == Array(all.prefix(k)))
                let distance = k == 0 ? 0 : k > all.count ? .infinity : all[k - 1].square.squareRoot()
                #expect(tree.distance(from: place, toNeighbour: k) == distance)
            }
        }
    }

    @Test func `None, one, and all at one place have the neighbours they have`() {
        let none = NeighbourGrid(x: [], y: [], reach: 1)
        none.forEachPlace(within: 5, ofX: 0, y: 0) { _, _ in Issue.record("there are no places") }
        none.forEachPair(within: 5) { _, _, _ in Issue.record("there are no pairs") }
        #expect(NeighbourTree(x: [3], y: [4]).neighbours(of: 0, count: 2).isEmpty)
        #expect(NeighbourTree(x: [3], y: [4]).distance(from: 0, toNeighbour: 1) == .infinity)
        let heap = NeighbourGrid(x: [1, 1, 1, 1], y: [2, 2, 2, 2], reach: 0)
        var pairs = 0
        heap.forEachPair(within: 0) { _, _, square in pairs += square == 0 ? 1 : 0 }
        #expect(pairs == 6)
        let tree = NeighbourTree(x: [Double](repeating: 1, count: 50), y: [Double](repeating: 2, count: 50))
        #expect(tree.neighbours(of: 9, count: 3).map(\.place) == [0, 1, 2])
    }

    @Test func `Coordinates near the ends of what a number can hold do no harm`() {
        let huge = Double.greatestFiniteMagnitude
        let grid = NeighbourGrid(x: [0, huge, -huge, 1], y: [huge, -huge, 1, 1], reach: .leastNonzeroMagnitude)
        for radius in [0, 1, huge] { grid.forEachPair(within: radius) { _, _, _ in } }
        #expect(NeighbourTree(x: [0, huge], y: [huge, -huge]).neighbours(of: 0, count: 1).count == 1)
    }
}
