public import SimpleFeatures

/// Which hexagons lie in the study area, by the rule of ``Mask``: a cell belongs when its centre does.
///
/// Even-odd rule; a centre exactly on the border belongs if the area lies to the east of it (on a horizontal border, to
/// the north).
public struct HexMask: Hashable, Sendable {
    /// The grid whose cells are told apart.
    public let grid: HexGrid
    /// Per cell, in the grid's order: whether it belongs.
    public let isInside: [Bool]
    /// How many cells belong.
    public let count: Int

    /// - Parameter isInside: per cell, in the grid's order; missing ones are outside, extra ones are cut.
    public init(grid: HexGrid, isInside: [Bool]) {
        var isInside = Array(isInside.prefix(grid.cellCount))
        isInside += Array(repeating: false, count: grid.cellCount - isInside.count)
        self.grid = grid
        self.isInside = isInside
        count = isInside.count { $0 }
    }

    /// - Complexity: O(*c* + *r*) with *c* cells, and *r* the lines of centres that the edges cross, summed.
    public init(grid: HexGrid, area: MultiPolygon<PlanarPoint>) { self.init(grid: grid, areas: [area]) }

    /// The cells that belong to at least one of several areas.
    /// - Complexity: O(areas · *c* + *r*).
    public init(grid: HexGrid, areas: [MultiPolygon<PlanarPoint>]) {
        let lines = CentreLines(grid)
        var isInside = [Bool](repeating: false, count: grid.cellCount)
        for area in areas {
            let crossings = lines.crossings(of: area)
            for (line, xs) in crossings.enumerated() where !xs.isEmpty {
                lines.forEachCentre(inLine: line, insideOf: xs.sorted()) { isInside[$0] = true }
            }
        }
        self.init(grid: grid, isInside: isInside)
    }

    /// Square kilometres of the cells that belong.
    public var areaKm2: Double { Double(count) * grid.cellAreaKm2 }
}

/// The horizontal lines that the centres of a grid's cells lie on; with a flat top each holds every second cell of a
/// row.
private struct CentreLines {
    let grid: HexGrid
    let count: Int
    private let isFlat: Bool
    private let south: Double
    private let distance: Double

    init(_ grid: HexGrid) {
        self.grid = grid
        isFlat = grid.orientation == .flatTop
        count = isFlat ? 2 * grid.rows : grid.rows
        south = grid.anchor.y
        distance = isFlat ? grid.cellSize.metres / 2 : grid.cellSize.metres * 3.0.squareRoot() / 2
    }

    /// The cells of a line from the west: the first column, the row, and the step in columns.
    private func cells(ofLine line: Int) -> (column: Int, row: Int, step: Int) {
        guard isFlat else { return (0, line, 1) }
        let isShifted = !line.isMultiple(of: 2)
        return (isShifted == grid.isFirstLineShifted ? 0 : 1, line / 2, 2)
    }

    private func y(ofLine line: Int) -> Double {
        let cells = cells(ofLine: line)
        return grid.centre(column: cells.column, row: cells.row).y
    }

    /// Per line, where the borders of an area cross it.
    func crossings(of area: MultiPolygon<PlanarPoint>) -> [[Double]] {
        var crossings = [[Double]](repeating: [], count: count)
        for ring in area.polygons.lazy.flatMap(\.rings) {
            guard var last = ring.last else { continue }
            for next in ring {
                defer { last = next }
                let (low, high) = last.y <= next.y ? (last, next) : (next, last)
                guard low.x.isFinite, high.x.isFinite, low.y.isFinite, high.y.isFinite else { continue }
                // One more on either side, since dividing rounds; the comparison decides.
                let first = index(low.y) - 1, end = index(high.y) + 2
                for line in min(count, max(0, first))..<max(0, min(count, end)) {
                    let y = y(ofLine: line)
                    guard low.y <= y, y < high.y else { continue }
                    crossings[line].append(low.x + (y - low.y) * ((high.x - low.x) / (high.y - low.y)))
                }
            }
        }
        return crossings
    }

    private func index(_ y: Double) -> Int {
        Int(min(max(-2, ((y - south) / distance).rounded(.down)), Double(count) + 2))
    }

    /// Visits the centres with an odd number of crossings to the west, or at the same place.
    func forEachCentre(inLine line: Int, insideOf sorted: [Double], _ body: (_ cell: Int) -> Void) {
        let cells = cells(ofLine: line)
        var passed = 0
        for column in stride(from: cells.column, to: grid.columns, by: cells.step) {
            let x = grid.centre(column: column, row: cells.row).x
            while passed < sorted.count, sorted[passed] <= x { passed += 1 }
            if !passed.isMultiple(of: 2) { body(cells.row * grid.columns + column) }
        }
    }
}
