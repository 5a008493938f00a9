/// Answers how far away the k-th nearest incident is: a k-d tree over the places of a pattern.
///
/// ## Source
/// Bentley (1975), *Multidimensional Binary Search Trees Used for Associative Searching*.
struct NeighbourDistances {
    /// Places in the tree's order: a node is a range of it, split at its middle.
    private let x: [Double]
    private let y: [Double]
    private let multiplicity: [Int32]
    /// Where in the tree's order a place of the pattern stands.
    private let position: [Int32]
    /// Per middle of a node: whether it is split by x, not by y.
    private let splitsByX: [Bool]

    private static let leafSize = 8

    init(_ pattern: PointPattern) {
        var order = Array(0..<Int32(pattern.x.count))
        var splitsByX = [Bool](repeating: false, count: order.count)
        Self.build(&order, 0..<order.count, pattern, &splitsByX)
        var position = [Int32](repeating: 0, count: order.count)
        for (place, index) in order.enumerated() { position[Int(index)] = Int32(place) }
        x = order.map { pattern.x[Int($0)] }
        y = order.map { pattern.y[Int($0)] }
        multiplicity = order.map { pattern.multiplicity[Int($0)] }
        self.position = position
        self.splitsByX = splitsByX
    }

    private static func build(
        _ order: inout [Int32], _ node: Range<Int>, _ pattern: PointPattern, _ splitsByX: inout [Bool]
    ) {
        guard node.count > leafSize else { return }
        var (west, east) = (Double.infinity, -Double.infinity)
        var (south, north) = (Double.infinity, -Double.infinity)
        for index in order[node] {
            (west, east) = (min(west, pattern.x[Int(index)]), max(east, pattern.x[Int(index)]))
            (south, north) = (min(south, pattern.y[Int(index)]), max(north, pattern.y[Int(index)]))
        }
        let byX = east - west > north - south
        let values = byX ? pattern.x : pattern.y
        // Sorting a node takes one log n more than selecting its middle would, and has no bad case.
        order[node].sort { values[Int($0)] < values[Int($1)] }
        let middle = node.lowerBound + node.count / 2
        splitsByX[middle] = byX
        build(&order, node.lowerBound..<middle, pattern, &splitsByX)
        build(&order, middle + 1..<node.upperBound, pattern, &splitsByX)
    }

    /// The distance from a place of the pattern to its `k`-th nearest incident, itself not counted; infinite where there
    /// are no more than k incidents.
    func distance(from place: Int, toNeighbour k: Int) -> Double {
        let start = Int(position[place])
        var nearest = Nearest(k: k)
        // An incident's companions at its own place.
        nearest.insert(0, times: Int(multiplicity[start]) - 1)
        search(0..<x.count, from: start, &nearest)
        return nearest.greatest.squareRoot()
    }

    private func search(_ node: Range<Int>, from start: Int, _ nearest: inout Nearest) {
        guard node.count > Self.leafSize else {
            for other in node where other != start {
                nearest.insert(squaredDistance(start, other), times: Int(multiplicity[other]))
            }
            return
        }
        let middle = node.lowerBound + node.count / 2
        if middle != start { nearest.insert(squaredDistance(start, middle), times: Int(multiplicity[middle])) }
        let offset = splitsByX[middle] ? x[start] - x[middle] : y[start] - y[middle]
        let (low, high) = (node.lowerBound..<middle, middle + 1..<node.upperBound)
        search(offset < 0 ? low : high, from: start, &nearest)
        if offset * offset < nearest.greatest { search(offset < 0 ? high : low, from: start, &nearest) }
    }

    private func squaredDistance(_ a: Int, _ b: Int) -> Double {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        return dx * dx + dy * dy
    }
}

/// The k least numbers seen so far, in order.
private struct Nearest {
    private let k: Int
    private var values: [Double] = []

    init(k: Int) { self.k = k }

    /// The k-th least; infinite before there are k.
    var greatest: Double { values.count < k ? .infinity : values[k - 1] }

    mutating func insert(_ value: Double, times: Int) {
        for _ in 0..<min(times, k) where value < greatest {
            var hole = values.count
            if values.count < k { values.append(value) } else { hole = k - 1 }
            while hole > 0, values[hole - 1] > value {
                values[hole] = values[hole - 1]
                hole -= 1
            }
            values[hole] = value
        }
    }
}
