import SimpleFeatures
import Statistics

/// A study area made ready to be asked often: which points lie in it, how far its border is, what a point drawn at random is.
///
/// The even-odd rule tells inside from outside, and the border belongs to the inside. Coordinates are measured from the
/// envelope's south-west corner.
struct StudyWindow: Sendable {
    let origin: PlanarPoint
    let width: Double
    let height: Double
    let squareMetres: Double
    /// The inside lies to the left of every edge. Edges without length are left out.
    let edges: [Edge]
    private let lattice: WindowLattice

    struct Edge: Sendable {
        var a: PlanarPoint
        var b: PlanarPoint

        /// The squared distance from a point to the nearest point of the edge.
        func squaredDistance(x: Double, y: Double) -> Double {
            let (ex, ey) = (b.x - a.x, b.y - a.y)
            let share = ((x - a.x) * ex + (y - a.y) * ey) / (ex * ex + ey * ey)
            let (dx, dy) = (a.x + min(1, max(0, share)) * ex - x, a.y + min(1, max(0, share)) * ey - y)
            return dx * dx + dy * dy
        }
    }

    init(_ area: MultiPolygon<PlanarPoint>, method: String) throws(HotspotError) {
        let envelope = area.envelope
        guard envelope.width > 0, envelope.height > 0 else { throw .studyAreaWithoutArea }
        try WeighedPlaces.requireSquares(of: envelope, method)
        let origin = PlanarPoint(x: envelope.minX, y: envelope.minY)
        var edges: [Edge] = []
        for polygon in area.polygons {
            Self.add(polygon.exterior, interiorInside: true, origin, &edges)
            for hole in polygon.holes { Self.add(hole, interiorInside: false, origin, &edges) }
        }
        squareMetres = area.squareMetres
        guard squareMetres > 0, squareMetres.isFinite,
            edges.allSatisfy({ ($0.a.x - $0.b.x + $0.a.y - $0.b.y).isFinite })
        else { throw .studyAreaWithoutArea }
        (self.origin, width, height) = (origin, envelope.width, envelope.height)
        self.edges = edges
        lattice = WindowLattice(edges: edges, width: envelope.width, height: envelope.height)
    }

    private static func add(
        _ ring: [PlanarPoint], interiorInside: Bool, _ origin: PlanarPoint, _ edges: inout [Edge]
    ) {
        var ring = ring.map { PlanarPoint(x: $0.x - origin.x, y: $0.y - origin.y) }
        if ring.first != ring.last, let first = ring.first { ring.append(first) }
        if (Predicates.winding(of: ring) == .counterClockwise) != interiorInside { ring.reverse() }
        for (a, b) in zip(ring, ring.dropFirst()) where a != b { edges.append(Edge(a: a, b: b)) }
    }

    /// Whether a point, measured from the origin, lies in the window or on its border.
    func contains(x: Double, y: Double) -> Bool { lattice.contains(x: x, y: y) }

    /// A point drawn at random, every place in the window equally likely; nil where the window is too thin to be hit.
    func draw(_ generator: inout SplitMix64) -> PlanarPoint? { lattice.draw(&generator) }
}

extension StudyWindow {
    /// Places in the window, measured from its origin, in the pattern's order.
    struct Places: Sendable {
        var x: [Double] = []
        var y: [Double] = []
        var multiplicity: [Int32] = []
        /// Incidents: the multiplicities' sum.
        var count = 0
    }

    /// - Parameter area: what the window was made from; one made from the pattern itself has all places in it.
    func places(of pattern: PointPattern, area: StudyArea) -> Places {
        var (places, holdsAll) = (Places(), true)
        if case .polygon = area { holdsAll = false }
        for index in pattern.x.indices {
            let (x, y) = (pattern.x[index] - origin.x, pattern.y[index] - origin.y)
            guard holdsAll || contains(x: x, y: y) else { continue }
            places.x.append(x)
            places.y.append(y)
            places.multiplicity.append(pattern.multiplicity[index])
            places.count += Int(pattern.multiplicity[index])
        }
        return places
    }
}

/// Cells over a window, so that few points must be held against its edges.
struct WindowLattice: Sendable {
    private enum Cell: UInt8, Sendable {
        case outside, inside, onBorder
    }

    private let columns: Int
    private let rows: Int
    private let cellWidth: Double
    private let cellHeight: Double
    private let width: Double
    private let height: Double
    private var cells: [Cell]
    /// Per row the edges that reach it.
    private var rowEdges: [[StudyWindow.Edge]]
    /// Cells not outside.
    private(set) var drawable: [Int32] = []

    init(edges: [StudyWindow.Edge], width: Double, height: Double) {
        // Rows enough that few edges meet each.
        let side = min(1024, max(32, Int(Double(min(edges.count, 1 << 20)).squareRoot()) * 8))
        (columns, rows) = (side, side)
        (self.width, self.height) = (width, height)
        (cellWidth, cellHeight) = (width / Double(side), height / Double(side))
        cells = [Cell](repeating: .outside, count: side * side)
        rowEdges = Array(repeating: [], count: side)
        for edge in edges { mark(edge) }
        for row in 0..<rows { fill(row) }
        drawable = cells.indices.filter { cells[$0] != .outside }.map { Int32($0) }
    }

    private func column(_ x: Double) -> Int { Int(min(Double(columns - 1), max(0, x / cellWidth))) }
    private func row(_ y: Double) -> Int { Int(min(Double(rows - 1), max(0, y / cellHeight))) }

    /// Cells that the edge may pass, a hair's breadth more than it does.
    private mutating func mark(_ edge: StudyWindow.Edge) {
        let (low, high) = edge.a.y <= edge.b.y ? (edge.a, edge.b) : (edge.b, edge.a)
        let slope = (high.x - low.x) / (high.y - low.y)
        let hair = 1e-9 * (width + height)
        for row in row(low.y - hair)...row(high.y + hair) {
            rowEdges[row].append(edge)
            let (south, north) = (Double(row) * cellHeight - hair, Double(row + 1) * cellHeight + hair)
            var (from, to) = (min(low.x, high.x), max(low.x, high.x))
            if slope.isFinite {
                let ends = (low.x + (max(south, low.y) - low.y) * slope, low.x + (min(north, high.y) - low.y) * slope)
                (from, to) = (max(from, min(ends.0, ends.1)), min(to, max(ends.0, ends.1)))
            }
            for column in column(min(from, to) - hair)...column(max(from, to) + hair) {
                cells[row * columns + column] = .onBorder
            }
        }
    }

    /// Between two cells on the border all are on one side.
    private mutating func fill(_ row: Int) {
        var side: Cell?
        for column in 0..<columns {
            let cell = row * columns + column
            guard cells[cell] != .onBorder else {
                side = nil
                continue
            }
            let (x, y) = ((Double(column) + 0.5) * cellWidth, (Double(row) + 0.5) * cellHeight)
            let found = side ?? (isInside(x: x, y: y, row) ? .inside : .outside)
            cells[cell] = found
            side = found
        }
    }

    func contains(x: Double, y: Double) -> Bool {
        guard x >= 0, y >= 0, x <= width, y <= height else { return false }
        let row = row(y)
        switch cells[row * columns + column(x)] {
        case .inside: return true
        case .outside: return false
        case .onBorder: return isInside(x: x, y: y, row)
        }
    }

    /// Crossings to the west of the point, counted without rounding.
    private func isInside(x: Double, y: Double, _ row: Int) -> Bool {
        let point = PlanarPoint(x: x, y: y)
        var inside = false
        for edge in rowEdges[row] {
            let (low, high) = edge.a.y <= edge.b.y ? (edge.a, edge.b) : (edge.b, edge.a)
            guard low.y <= y, y <= high.y else { continue }
            guard low.y < high.y else {
                if min(low.x, high.x) <= x, x <= max(low.x, high.x) { return true }
                continue
            }
            let side = Predicates.orientation(low, high, point)
            if side == .collinear { return true }
            if y < high.y, side == .clockwise { inside.toggle() }
        }
        return inside
    }

    func draw(_ generator: inout SplitMix64) -> PlanarPoint? {
        for _ in 0..<100_000 where !drawable.isEmpty {
            let cell = Int(drawable[Int(generator.next(below: UInt64(drawable.count)))])
            let (row, column) = (cell / columns, cell % columns)
            let x = (Double(column) + generator.unit()) * cellWidth
            let y = (Double(row) + generator.unit()) * cellHeight
            if cells[cell] == .inside || isInside(x: x, y: y, row) { return PlanarPoint(x: x, y: y) }
        }
        return nil
    }
}
