/// The arcs of a layer on the grid of one zoom, simplified for it.
struct GridArcs {
    /// The points of all arcs, one after the other, no point twice in a row.
    private(set) var points: [GridPoint] = []
    /// Arc `a` is `points[starts[a]..<starts[a + 1]]`; an arc that collapses is a single point.
    private(set) var starts: [Int] = [0]

    /// - Parameters:
    ///   - shift: ``GridPoint/shift(zoom:)``.
    ///   - coarsening: how many times the tolerance is doubled.
    ///   - isWanted: the arcs that will be looked at; the others are single points.
    /// - Complexity: O(positions).
    init(_ arcs: SharedArcs, _ detail: ArcDetail, shift: Int, coarsening: Int, isWanted: [Bool]? = nil) {
        starts.reserveCapacity(arcs.arcCount + 1)
        let least = shift + coarsening
        for arc in 0..<arcs.arcCount {
            let range = arcs.arcStarts[arc]..<arcs.arcStarts[arc + 1]
            if let isWanted, !isWanted[arc] {
                points.append(GridPoint(arcs.positions[range.lowerBound], shift: shift))
            } else {
                let start = points.count
                for index in range where Int(detail.levels[index]) > least {
                    append(GridPoint(arcs.positions[index], shift: shift), from: start)
                }
            }
            starts.append(points.count)
        }
    }

    /// Appends a point to the arc that begins at `start`, and drops what it makes needless: a point in the middle of a
    /// straight line, or the tip of a way there and back.
    private mutating func append(_ point: GridPoint, from start: Int) {
        while points.count - start >= 2, points[points.count - 1] != point,
            GridTurn.side(points[points.count - 2], points[points.count - 1], point) == 0
        {
            points.removeLast()
        }
        if points.count == start || points[points.count - 1] != point { points.append(point) }
    }

    /// A point to be put into the segment that begins at a place of ``points``.
    struct Node {
        var segment: Int32
        var point: GridPoint
    }

    /// Puts points into segments.
    /// - Returns: which arcs have changed.
    /// - Complexity: O(points + nodes · log nodes).
    mutating func insert(_ nodes: [Node]) -> [Bool] {
        let sorted = nodes.map { (node: $0, along: along($0)) }.sorted {
            ($0.node.segment, $0.along, $0.node.point) < ($1.node.segment, $1.along, $1.node.point)
        }
        var old = points
        swap(&old, &points)
        points.removeAll()
        points.reserveCapacity(old.count + nodes.count)
        var hasChanged = [Bool](repeating: false, count: starts.count - 1)
        var next = 0
        for arc in hasChanged.indices {
            let range = starts[arc]..<starts[arc + 1]
            starts[arc] = points.count
            for index in range {
                if points.count == starts[arc] || points[points.count - 1] != old[index] { points.append(old[index]) }
                while next < sorted.count, Int(sorted[next].node.segment) == index {
                    if points[points.count - 1] != sorted[next].node.point { points.append(sorted[next].node.point) }
                    hasChanged[arc] = true
                    next += 1
                }
            }
        }
        starts[starts.count - 1] = points.count
        return hasChanged
    }

    private func along(_ node: Node) -> Double {
        let (start, end) = (points[Int(node.segment)], points[Int(node.segment) + 1])
        return (Double(node.point.x) - Double(start.x)) * (Double(end.x) - Double(start.x))
            + (Double(node.point.y) - Double(start.y)) * (Double(end.y) - Double(start.y))
    }
}

/// The rings of one area on the grid, as they are put together from arcs; reused from area to area.
struct AreaOutline {
    /// The points of all rings, none closed.
    private(set) var points: [GridPoint] = []
    /// Of the side from each point to the next of its ring, the place in ``GridArcs/points`` at which it begins.
    private(set) var segments: [Int32] = []
    /// Ring `r` is `points[ringStarts[r]..<ringStarts[r + 1]]`. Rings that collapse to a point are missing.
    private(set) var ringStarts: [Int] = [0]
    private(set) var isHole: [Bool] = []

    /// - Complexity: O(points of the area).
    mutating func load(_ area: Int, of arcs: SharedArcs, on grid: GridArcs) {
        points.removeAll(keepingCapacity: true)
        segments.removeAll(keepingCapacity: true)
        ringStarts.removeAll(keepingCapacity: true)
        isHole.removeAll(keepingCapacity: true)
        ringStarts.append(0)
        for ring in arcs.areaStarts[area]..<arcs.areaStarts[area + 1] {
            for use in arcs.uses[arcs.useStarts[ring]..<arcs.useStarts[ring + 1]] { append(use, grid) }
            guard let start = ringStarts.last, points.count > start else { continue }
            ringStarts.append(points.count)
            isHole.append(arcs.isHole[ring])
        }
    }

    private mutating func append(_ use: Int32, _ grid: GridArcs) {
        let arc = Int(use < 0 ? ~use : use)
        let (first, last) = (grid.starts[arc], grid.starts[arc + 1] - 1)
        guard last > first else { return }
        if use >= 0 {
            for index in first..<last {
                points.append(grid.points[index])
                segments.append(Int32(truncatingIfNeeded: index))
            }
        } else {
            for index in (first..<last).reversed() {
                points.append(grid.points[index + 1])
                segments.append(Int32(truncatingIfNeeded: index))
            }
        }
    }
}
