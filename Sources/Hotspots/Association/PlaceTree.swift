import SimpleFeatures

/// Finds the places around a place: a k-d tree.
///
/// ## Source
/// Bentley (1975), *Multidimensional Binary Search Trees Used for Associative Searching*.
struct PlaceTree {
    typealias Found = (place: Int32, squared: Double)

    let places: [PlanarPoint]
    /// Places in the tree's order: a node is a range of it, split at its middle.
    private let order: [Int32]
    /// Per middle of a node: whether it is split by x, not by y.
    private let splitsByX: [Bool]

    private static let leafSize = 8

    init(_ places: [PlanarPoint]) {
        var order = Array(0..<Int32(truncatingIfNeeded: places.count))
        var splitsByX = [Bool](repeating: false, count: order.count)
        Self.build(&order, 0..<order.count, places, &splitsByX)
        (self.places, self.order, self.splitsByX) = (places, order, splitsByX)
    }

    var count: Int { places.count }

    private static func build(
        _ order: inout [Int32], _ node: Range<Int>, _ places: [PlanarPoint], _ splitsByX: inout [Bool]
    ) {
        guard node.count > leafSize else { return }
        let box = Envelope(order[node].lazy.map { places[Int($0)] })
        let byX = box.width > box.height
        if byX {
            order[node].sort { places[Int($0)].x < places[Int($1)].x }
        } else {
            order[node].sort { places[Int($0)].y < places[Int($1)].y }
        }
        let middle = node.lowerBound + node.count / 2
        splitsByX[middle] = byX
        build(&order, node.lowerBound..<middle, places, &splitsByX)
        build(&order, middle + 1..<node.upperBound, places, &splitsByX)
    }

    /// Adds the places at most so far from a place, itself left out, in no particular order.
    func collect(within reach: Double, of place: Int, into found: inout [Found]) {
        collect(0..<count, reach * reach, place, &found)
    }

    private func collect(_ node: Range<Int>, _ reach: Double, _ place: Int, _ found: inout [Found]) {
        guard node.count > Self.leafSize else {
            for other in order[node] { add(other, reach, place, &found) }
            return
        }
        let middle = node.lowerBound + node.count / 2
        add(order[middle], reach, place, &found)
        let offset = self.offset(of: place, from: middle)
        let isNear = offset * offset <= reach
        if offset <= 0 || isNear { collect(node.lowerBound..<middle, reach, place, &found) }
        if offset >= 0 || isNear { collect(middle + 1..<node.upperBound, reach, place, &found) }
    }

    private func add(_ other: Int32, _ reach: Double, _ place: Int, _ found: inout [Found]) {
        let squared = squaredDistance(place, Int(other))
        if squared <= reach, Int(other) != place { found.append((other, squared)) }
    }

    /// Fills in the nearest places, itself left out, by distance and then by number.
    func collectNearest(_ wanted: Int, to place: Int, into found: inout [Found]) {
        nearest(0..<count, wanted, place, &found)
    }

    private func nearest(_ node: Range<Int>, _ wanted: Int, _ place: Int, _ found: inout [Found]) {
        guard node.count > Self.leafSize else {
            for other in order[node] { insert(other, wanted, place, &found) }
            return
        }
        let middle = node.lowerBound + node.count / 2
        insert(order[middle], wanted, place, &found)
        let offset = self.offset(of: place, from: middle)
        let (low, high) = (node.lowerBound..<middle, middle + 1..<node.upperBound)
        nearest(offset < 0 ? low : high, wanted, place, &found)
        // Just as far is near enough: it may be an equally distant place of a lower number.
        if found.count < wanted || offset * offset <= found[found.count - 1].squared {
            nearest(offset < 0 ? high : low, wanted, place, &found)
        }
    }

    private func insert(_ other: Int32, _ wanted: Int, _ place: Int, _ found: inout [Found]) {
        guard Int(other) != place else { return }
        let new: Found = (other, squaredDistance(place, Int(other)))
        func isBefore(_ a: Found, _ b: Found) -> Bool { (a.squared, a.place) < (b.squared, b.place) }
        if found.count >= wanted {
            guard let last = found.last, isBefore(new, last) else { return }
            found.removeLast()
        }
        var place = found.count
        while place > 0, isBefore(new, found[place - 1]) { place -= 1 }
        found.insert(new, at: place)
    }

    private func offset(of place: Int, from middle: Int) -> Double {
        let other = places[Int(order[middle])]
        return splitsByX[middle] ? places[place].x - other.x : places[place].y - other.y
    }

    private func squaredDistance(_ a: Int, _ b: Int) -> Double {
        let (dx, dy) = (places[a].x - places[b].x, places[a].y - places[b].y)
        return dx * dx + dy * dy
    }
}
