/// Finds where the sides of an area's rings touch or cross each other, which rounding and simplifying make them do.
///
/// An area without contacts is valid as it stands. Others are cut at the contacts and traced anew by
/// ``OutlineTracing``.
struct OutlineContacts {
    /// Points to be put into the arcs, so that sides meet at their ends only.
    private(set) var nodes: [GridArcs.Node] = []
    private var sides: [Side] = []
    private var ordered: [Side] = []
    private var binStarts: [Int32] = []

    private struct Side {
        var start: GridPoint
        var end: GridPoint
        var minX: Int32
        var maxX: Int32
        var minY: Int32
        var maxY: Int32
        /// Its place in the outline, and the place of the next side of the ring.
        var place: Int32
        var next: Int32
        var segment: Int32
        var bin: Int32
    }

    /// Collects the nodes that an area needs.
    ///
    /// - Returns: whether any two sides meet otherwise than as neighbours in a ring do.
    /// - Complexity: O(sides) for outlines as they are: sides are put into as many vertical strips as there are sides,
    ///   and compared with those in the strips that they cross. O(sides²) where all cross the same strips.
    mutating func find(in outline: AreaOutline) -> Bool {
        guard outline.points.count > 1 else { return true }
        load(outline)
        sort()
        var touches = false
        for index in ordered.indices {
            let lastBin = bin(ordered[index].maxX)
            var other = index + 1
            while other < ordered.count, ordered[other].bin <= lastBin {
                if ordered[index].minY <= ordered[other].maxY, ordered[other].minY <= ordered[index].maxY,
                    meet(ordered[index], ordered[other])
                {
                    touches = true
                }
                other += 1
            }
        }
        return touches
    }

    mutating func removeAll() { nodes.removeAll(keepingCapacity: true) }

    private var west: Int32 = 0
    private var binsPerUnit = 0.0

    private func bin(_ x: Int32) -> Int32 { Int32((Double(x) - Double(west)) * binsPerUnit) }

    private mutating func load(_ outline: AreaOutline) {
        sides.removeAll(keepingCapacity: true)
        var (minX, maxX) = (Int32.max, Int32.min)
        for point in outline.points { (minX, maxX) = (min(minX, point.x), max(maxX, point.x)) }
        west = minX
        binsPerUnit = Double(outline.points.count - 1) / max(1, Double(maxX) - Double(minX))
        for ring in outline.isHole.indices {
            let range = outline.ringStarts[ring]..<outline.ringStarts[ring + 1]
            for place in range {
                let next = place + 1 < range.upperBound ? place + 1 : range.lowerBound
                let (start, end) = (outline.points[place], outline.points[next])
                sides.append(
                    Side(
                        start: start, end: end, minX: min(start.x, end.x), maxX: max(start.x, end.x),
                        minY: min(start.y, end.y), maxY: max(start.y, end.y),
                        place: Int32(truncatingIfNeeded: place), next: Int32(truncatingIfNeeded: next),
                        segment: outline.segments[place], bin: bin(min(start.x, end.x))))
            }
        }
    }

    /// Orders the sides by strip, by counting.
    private mutating func sort() {
        binStarts.removeAll(keepingCapacity: true)
        binStarts.append(contentsOf: repeatElement(0, count: sides.count + 1))
        for side in sides { binStarts[Int(side.bin) + 1] += 1 }
        for index in 1..<binStarts.count { binStarts[index] += binStarts[index - 1] }
        ordered.removeAll(keepingCapacity: true)
        ordered.append(contentsOf: sides)
        for side in sides {
            let slot = binStarts[Int(side.bin)]
            ordered[Int(slot)] = side
            binStarts[Int(side.bin)] = slot + 1
        }
    }

    private mutating func meet(_ one: Side, _ other: Side) -> Bool {
        if one.next == other.place { return turnsBack(one, other) }
        if other.next == one.place { return turnsBack(other, one) }
        guard one.minX <= other.maxX, other.minX <= one.maxX else { return false }
        let (a, b, c, d) = (one.start, one.end, other.start, other.end)
        let (sideOfC, sideOfD) = (GridTurn.side(a, b, c), GridTurn.side(a, b, d))
        guard sideOfC * sideOfD <= 0 else { return false }
        let (sideOfA, sideOfB) = (GridTurn.side(c, d, a), GridTurn.side(c, d, b))
        guard sideOfA * sideOfB <= 0 else { return false }
        if sideOfC == 0 { node(c, on: one) }
        if sideOfD == 0 { node(d, on: one) }
        if sideOfA == 0 { node(a, on: other) }
        if sideOfB == 0 { node(b, on: other) }
        if sideOfA * sideOfB < 0, sideOfC * sideOfD < 0 {
            let crossing = Self.crossing(a, b, c, d)
            node(crossing, on: one)
            node(crossing, on: other)
        }
        return true
    }

    /// Two sides of a ring in a row meet beyond their common end only where the second goes back along the first.
    private mutating func turnsBack(_ one: Side, _ other: Side) -> Bool {
        guard GridTurn.side(one.start, one.end, other.end) == 0, GridTurn.onward(one.start, one.end, other.end) < 0
        else { return false }
        node(other.end, on: one)
        node(one.start, on: other)
        return true
    }

    /// Puts a point into a side unless it is one of its ends, or beyond them.
    private mutating func node(_ point: GridPoint, on side: Side) {
        guard point != side.start, point != side.end, point.x >= side.minX, point.x <= side.maxX,
            point.y >= side.minY, point.y <= side.maxY
        else { return }
        nodes.append(GridArcs.Node(segment: side.segment, point: point))
    }

    /// The point of the grid next to the crossing of two lines, the same whichever way they run.
    private static func crossing(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> GridPoint {
        let ((a, b), (c, d)) = (a < b ? (a, b) : (b, a), c < d ? (c, d) : (d, c))
        let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
        let (ex, ey) = (Double(d.x) - Double(c.x), Double(d.y) - Double(c.y))
        let along = ((Double(c.x) - Double(a.x)) * ey - (Double(c.y) - Double(a.y)) * ex) / (dx * ey - dy * ex)
        return GridPoint(
            x: Int32(clamping: Int64((Double(a.x) + along * dx).rounded())),
            y: Int32(clamping: Int64((Double(a.y) + along * dy).rounded())))
    }
}
