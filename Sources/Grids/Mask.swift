public import SimpleFeatures

/// Which cells of a grid lie in the study area.
///
/// A cell belongs when its centre lies inside the area by the even-odd rule: a hole is outside, and so is what two
/// polygons of one area both cover. A centre exactly on the border belongs if the area lies to the east of it (on a
/// horizontal border, to the north), so that areas sharing a border share no cell and leave none out. Where a border
/// passes a centre is computed in double precision: to about 10⁻⁹ m for coordinates of millions of metres.
public struct Mask: Hashable, Sendable {
    /// The grid whose cells are told apart; a surface over another grid cannot be masked by it.
    public let grid: Grid
    /// Per cell, in the grid's order: whether it belongs.
    public let isInside: [Bool]
    /// How many cells belong.
    public let count: Int

    /// - Parameter isInside: per cell, in the grid's order; missing ones are outside, extra ones are cut.
    public init(grid: Grid, isInside: [Bool]) {
        var isInside = isInside
        if isInside.count != grid.cellCount {
            isInside = Array(isInside.prefix(grid.cellCount))
            isInside += Array(repeating: false, count: grid.cellCount - isInside.count)
        }
        self.grid = grid
        self.isInside = isInside
        count = isInside.reduce(0) { $0 + ($1 ? 1 : 0) }
    }

    /// - Complexity: O(*c* + *r*) with *c* cells, and *r* the rows that the edges cross, summed.
    public init(grid: Grid, area: MultiPolygon<PlanarPoint>) { self.init(grid: grid, areas: [area]) }

    /// The cells that belong to at least one of several areas.
    /// - Complexity: O(*c* + *r*) with *c* the cells of the rows that each area spans, summed, and *r* the rows that the
    ///   edges cross.
    public init(grid: Grid, areas: [MultiPolygon<PlanarPoint>]) {
        var isInside = [Bool](repeating: false, count: grid.cellCount)
        var flips = isInside
        isInside.withUnsafeMutableBufferPointer { isInside in
            flips.withUnsafeMutableBufferPointer { flips in
                for area in areas {
                    let rows = Self.flip(flips, alongBordersOf: area, in: grid)
                    for row in rows { Self.fill(isInside, flips, row * grid.columns..<(row + 1) * grid.columns) }
                }
            }
        }
        self.init(grid: grid, isInside: isInside)
    }

    /// Whether a cell belongs to the area.
    /// - Precondition: the cell is one of the grid's.
    public func contains(column: Int, row: Int) -> Bool { isInside[row * grid.columns + column] }

    /// Square kilometres of the cells that belong.
    public var areaKm2: Double { Double(count) * grid.cellAreaKm2 }

    /// Sets the cells of a row that lie after an odd number of flips, and takes the flips back.
    private static func fill(
        _ isInside: UnsafeMutableBufferPointer<Bool>, _ flips: UnsafeMutableBufferPointer<Bool>, _ cells: Range<Int>
    ) {
        var inside = false
        for cell in cells {
            inside = inside != flips[cell]
            isInside[cell] = isInside[cell] || inside
            flips[cell] = false
        }
    }

    /// - Returns: the rows with flips in them.
    private static func flip(
        _ flips: UnsafeMutableBufferPointer<Bool>, alongBordersOf area: MultiPolygon<PlanarPoint>, in grid: Grid
    ) -> Range<Int> {
        var rows = 0..<0
        for polygon in area.polygons {
            for ring in polygon.rings {
                let crossed = flip(flips, along: ring, of: grid)
                guard !crossed.isEmpty else { continue }
                rows =
                    rows.isEmpty
                    ? crossed : min(rows.lowerBound, crossed.lowerBound)..<max(rows.upperBound, crossed.upperBound)
            }
        }
        return rows
    }

    /// For each row of centres that an edge crosses, notes that cells from the crossing eastwards change sides.
    /// - Returns: a range that holds those rows.
    private static func flip(
        _ flips: UnsafeMutableBufferPointer<Bool>, along ring: [PlanarPoint], of grid: Grid
    ) -> Range<Int> {
        let size = grid.cellSize.metres
        guard var last = ring.last.map({ centred($0, grid.origin, size) }) else { return 0..<0 }
        var (firstRow, endRow) = (grid.rows, 0)
        for point in ring {
            let next = centred(point, grid.origin, size)
            defer { last = next }
            let (low, high) = last.y <= next.y ? (last, next) : (next, last)
            // A difference with itself is 0, but NaN for NaN and infinities.
            guard (low.x - low.x) + (high.x - high.x) + (low.y - low.y) + (high.y - high.y) == 0 else { continue }
            // Rows from low.y (included) to high.y (excluded): a vertex on a row counts once.
            let rows = (Self.row(notBelow: low.y, grid), Self.row(notBelow: high.y, grid))
            guard rows.0 < rows.1 else { continue }
            (firstRow, endRow) = (min(firstRow, rows.0), max(endRow, rows.1))
            let slope = (high.x - low.x) / (high.y - low.y)
            for row in rows.0..<rows.1 {
                let crossing = low.x + (Double(row) - low.y) * slope
                guard crossing <= Double(grid.columns - 1) else { continue }
                flips[row * grid.columns + Int(max(0, crossing).rounded(.up))].toggle()
            }
        }
        return firstRow < endRow ? firstRow..<endRow : 0..<0
    }

    private static func row(notBelow y: Double, _ grid: Grid) -> Int {
        Int(min(max(0, y), Double(grid.rows)).rounded(.up))
    }

    /// A point in units of cells, the centre of cell (column, row) at (column, row).
    @inline(__always)
    private static func centred(_ point: PlanarPoint, _ origin: PlanarPoint, _ size: Double) -> PlanarPoint {
        PlanarPoint(x: (point.x - origin.x) / size - 0.5, y: (point.y - origin.y) / size - 0.5)
    }
}
