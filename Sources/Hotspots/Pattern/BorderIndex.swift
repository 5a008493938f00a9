import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The edges of a study area by where they matter: for each cell of the window those within reach of it.
struct BorderIndex: Sendable {
    private let edges: [StudyWindow.Edge]
    private let reach: Double
    private let columns: Int
    private let rows: Int
    private let cellWidth: Double
    private let cellHeight: Double
    private var near: [[Int32]]

    init(_ window: StudyWindow, reach: Double) {
        edges = window.edges
        self.reach = reach
        // So many cells that an edge is entered into few enough of them, all together.
        var side = 64
        while side > 1 {
            let across = Double(side) * 2 * reach / max(window.width, window.height) + 3
            if min(across * across, Double(side * side)) * Double(edges.count) < 4e6 { break }
            side /= 2
        }
        (columns, rows) = (side, side)
        (cellWidth, cellHeight) = (window.width / Double(side), window.height / Double(side))
        near = Array(repeating: [], count: side * side)
        for index in edges.indices { enter(index) }
    }

    private func column(_ x: Double) -> Int { Int(min(Double(columns - 1), max(0, x / cellWidth))) }
    private func row(_ y: Double) -> Int { Int(min(Double(rows - 1), max(0, y / cellHeight))) }

    private mutating func enter(_ index: Int) {
        let (a, b) = (edges[index].a, edges[index].b)
        // From a cell's middle to its farthest corner, and a hair more.
        let grown = reach + (cellWidth * cellWidth + cellHeight * cellHeight).squareRoot() / 2 * 1.000001
        for row in row(min(a.y, b.y) - grown)...row(max(a.y, b.y) + grown) {
            for column in column(min(a.x, b.x) - grown)...column(max(a.x, b.x) + grown) {
                let (x, y) = ((Double(column) + 0.5) * cellWidth, (Double(row) + 0.5) * cellHeight)
                if edges[index].squaredDistance(x: x, y: y) <= grown * grown * 1.000001 {
                    near[row * columns + column].append(Int32(index))
                }
            }
        }
    }

    private func edges(nearX x: Double, y: Double) -> [Int32] { near[row(y) * columns + column(x)] }

    /// How far the border is from a point of the window; infinite where it is beyond reach.
    func distance(x: Double, y: Double) -> Double {
        var least = Double.infinity
        for index in edges(nearX: x, y: y) { least = min(least, edges[Int(index)].squaredDistance(x: x, y: y)) }
        return least <= reach * reach ? least.squareRoot() : .infinity
    }

    /// The circles about a point of the window, cut by the border.
    func circles(x: Double, y: Double) -> CutCircles {
        CutCircles(edges(nearX: x, y: y).lazy.map { edges[Int($0)] }, x: x, y: y, reach: reach)
    }
}

/// The circles about one point, and which share of each lies in the study area.
///
/// Going round the circle counter-clockwise, an edge that leaves it marks where the inside begins, one that enters it where the
/// inside ends: edges have the inside to their left.
struct CutCircles {
    private struct Cut {
        /// Nearest point of the edge's line, seen from the centre; its squared distance.
        var footX, footY, footSquare: Double
        /// The edge's direction, of length 1, and where on it the ends lie, from the foot.
        var directionX, directionY, start, end: Double
        var startSquare, endSquare, leastSquare: Double
    }

    private var cuts: [Cut] = []

    init(_ edges: some Sequence<StudyWindow.Edge>, x: Double, y: Double, reach: Double) {
        for edge in edges {
            let least = edge.squaredDistance(x: x, y: y)
            guard least < reach * reach else { continue }
            let (ax, ay, bx, by) = (edge.a.x - x, edge.a.y - y, edge.b.x - x, edge.b.y - y)
            let length = ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).squareRoot()
            let (east, north) = ((bx - ax) / length, (by - ay) / length)
            let across = ax * north - ay * east
            cuts.append(
                Cut(
                    footX: across * north, footY: -across * east, footSquare: across * across, directionX: east,
                    directionY: north, start: ax * east + ay * north, end: bx * east + by * north,
                    startSquare: ax * ax + ay * ay, endSquare: bx * bx + by * by, leastSquare: least))
        }
        cuts.sort { $0.leastSquare < $1.leastSquare }
    }

    /// Of the circle through a point of the study area.
    /// - Parameters:
    ///   - x: from the centre to that point.
    ///   - square: its squared distance from the centre.
    func shareInside(towardsX x: Double, y: Double, square: Double) -> Double {
        // Angles are measured from the point, which is inside: 2π less what lies between beginnings and ends.
        var inside = 2 * Double.pi
        for cut in cuts {
            guard cut.leastSquare < square else { break }
            let (startsInside, endsInside) = (cut.startSquare < square, cut.endSquare < square)
            if startsInside, endsInside { continue }
            let half = max(0, square - cut.footSquare).squareRoot()
            if !startsInside, !endsInside, !(cut.start < 0 && cut.end > 0) { continue }
            if !startsInside { inside += Self.angle(cut, -half, x, y) }
            if !endsInside { inside -= Self.angle(cut, half, x, y) }
        }
        if inside > 2 * .pi { inside -= 2 * .pi }
        if inside <= 0 { inside += 2 * .pi }
        return min(1, inside / (2 * .pi))
    }

    /// Where a line meets the circle, counter-clockwise from the point: 0 ..< 2π.
    private static func angle(_ cut: Cut, _ along: Double, _ x: Double, _ y: Double) -> Double {
        let (px, py) = (cut.footX + along * cut.directionX, cut.footY + along * cut.directionY)
        let angle = atan2(x * py - y * px, x * px + y * py)
        return angle < 0 ? angle + 2 * .pi : angle
    }
}
