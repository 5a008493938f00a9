/// Answers which places are nearest, and how far away the k-th nearest incident is: a k-d tree over places.
///
/// ## Source
/// Bentley (1975), *Multidimensional Binary Search Trees Used for Associative Searching*.
struct NeighbourTree: Sendable {
    /// Another place and the square of its distance.
    struct Neighbour: Hashable, Sendable {
        var place: Int
        var square: Double
    }

    /// Places in the tree's order: a node is a range of it, split at its middle.
    private let place: [Int32]
    private let x: [Double]
    private let y: [Double]
    private let multiplicity: [Int32]
    /// Where in the tree's order a place stands.
    private let position: [Int32]
    /// Per middle of a node: whether it is split by x, not by y.
    private let splitsByX: [Bool]

    private static let leafSize = 8

    init(_ pattern: PointPattern) {
        self.init(x: pattern.x, y: pattern.y, multiplicity: pattern.multiplicity)
    }

    /// - Parameter multiplicity: how many incidents each place stands for; nil for one.
    /// - Complexity: O(*n* log² *n*).
    init(x: [Double], y: [Double], multiplicity: [Int32]? = nil) {
        var order = Array(0..<Int32(min(x.count, y.count)))
        var splitsByX = [Bool](repeating: false, count: order.count)
        Self.build(&order, 0..<order.count, x, y, &splitsByX)
        var position = [Int32](repeating: 0, count: order.count)
        for (index, place) in order.enumerated() { position[Int(place)] = Int32(index) }
        self.x = order.map { x[Int($0)] }
        self.y = order.map { y[Int($0)] }
        self.multiplicity = order.map { multiplicity?[Int($0)] ?? 1 }
        place = order
        self.position = position
        self.splitsByX = splitsByX
    }

    private static func build(
        _ order: inout [Int32], _ node: Range<Int>, _ x: [Double], _ y: [Double], _ splitsByX: inout [Bool]
    ) {
        guard node.count > leafSize else { return }
        var (west, east) = (Double.infinity, -Double.infinity)
        var (south, north) = (Double.infinity, -Double.infinity)
        for place in order[node] {
            (west, east) = (min(west, x[Int(place)]), max(east, x[Int(place)]))
            (south, north) = (min(south, y[Int(place)]), max(north, y[Int(place)]))
        }
        let byX = east - west > north - south
        let values = byX ? x : y
        // Sorting a node takes one log n more than selecting its middle would, and has no bad case.
        order[node].sort { values[Int($0)] < values[Int($1)] }
        let middle = node.lowerBound + node.count / 2
        splitsByX[middle] = byX
        build(&order, node.lowerBound..<middle, x, y, &splitsByX)
        build(&order, middle + 1..<node.upperBound, x, y, &splitsByX)
    }

    /// The distance from a place to its `k`-th nearest incident, itself not counted; infinite where there are no more than
    /// k incidents, 0 for k below 1.
    func distance(from place: Int, toNeighbour k: Int) -> Double {
        guard k > 0 else { return 0 }
        let start = Int(position[place])
        var nearest = Nearest(k: k)
        // An incident's companions at its own place.
        nearest.insert(Neighbour(place: place, square: 0), times: Int(multiplicity[start]) - 1)
        search(0..<x.count, from: start, countsIncidents: true, &nearest)
        return nearest.greatest.squareRoot()
    }

    /// The `k` places nearest to a place, itself left out, from the nearest on; of places equally far the ones with the
    /// lowest numbers. Fewer where there are fewer.
    func neighbours(of place: Int, count k: Int) -> [Neighbour] {
        guard k > 0 else { return [] }
        var nearest = Nearest(k: k)
        search(0..<x.count, from: Int(position[place]), countsIncidents: false, &nearest)
        return nearest.found
    }

    /// The places at most so far from a place, itself left out, in no particular order.
    func neighbours(of place: Int, within reach: Double) -> [Neighbour] {
        var found: [Neighbour] = []
        collect(0..<x.count, from: Int(position[place]), squaredReach: reach * reach, &found)
        return found
    }

    private func collect(_ node: Range<Int>, from start: Int, squaredReach: Double, _ found: inout [Neighbour]) {
        func visit(_ other: Int) {
            let square = squaredDistance(start, other)
            guard square <= squaredReach, other != start else { return }
            found.append(Neighbour(place: Int(place[other]), square: square))
        }
        guard node.count > Self.leafSize else { return node.forEach(visit) }
        let middle = node.lowerBound + node.count / 2
        visit(middle)
        let offset = offset(of: start, from: middle)
        let isNear = offset * offset <= squaredReach
        if offset <= 0 || isNear {
            collect(node.lowerBound..<middle, from: start, squaredReach: squaredReach, &found)
        }
        if offset >= 0 || isNear {
            collect(middle + 1..<node.upperBound, from: start, squaredReach: squaredReach, &found)
        }
    }

    private func search(
        _ node: Range<Int>, from start: Int, countsIncidents: Bool, _ nearest: inout Nearest
    ) {
        guard node.count > Self.leafSize else {
            for other in node { visit(other, from: start, countsIncidents, &nearest) }
            return
        }
        let middle = node.lowerBound + node.count / 2
        visit(middle, from: start, countsIncidents, &nearest)
        let offset = offset(of: start, from: middle)
        let (low, high) = (node.lowerBound..<middle, middle + 1..<node.upperBound)
        search(offset < 0 ? low : high, from: start, countsIncidents: countsIncidents, &nearest)
        // Whoever asks which places are nearest must also be shown those as far as the farthest.
        let isNear = countsIncidents ? offset * offset < nearest.greatest : offset * offset <= nearest.greatest
        if isNear { search(offset < 0 ? high : low, from: start, countsIncidents: countsIncidents, &nearest) }
    }

    private func visit(_ other: Int, from start: Int, _ countsIncidents: Bool, _ nearest: inout Nearest) {
        guard other != start else { return }
        let neighbour = Neighbour(place: Int(place[other]), square: squaredDistance(start, other))
        nearest.insert(neighbour, times: countsIncidents ? Int(multiplicity[other]) : 1)
    }

    /// How far a place lies beyond the line that splits a node, against which it is told apart.
    private func offset(of start: Int, from middle: Int) -> Double {
        splitsByX[middle] ? x[start] - x[middle] : y[start] - y[middle]
    }

    private func squaredDistance(_ a: Int, _ b: Int) -> Double {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        return dx * dx + dy * dy
    }
}

extension NeighbourTree.Neighbour: Comparable {
    /// The nearer first; of two equally far, the one with the lower number.
    static func < (a: Self, b: Self) -> Bool { a.square != b.square ? a.square < b.square : a.place < b.place }
}

/// The k nearest seen so far, in order.
private struct Nearest {
    private let k: Int
    private(set) var found: [NeighbourTree.Neighbour] = []

    init(k: Int) { self.k = k }

    /// The squared distance of the k-th; infinite before there are k.
    var greatest: Double { found.count < k ? .infinity : found[k - 1].square }

    mutating func insert(_ neighbour: NeighbourTree.Neighbour, times: Int) {
        for _ in 0..<max(0, min(times, k)) {
            if found.count == k {
                guard neighbour < found[k - 1] else { return }
                found.removeLast()
            }
            var hole = found.count
            while hole > 0, neighbour < found[hole - 1] { hole -= 1 }
            found.insert(neighbour, at: hole)
        }
    }
}
