public import SimpleFeatures

/// Which cells of a grid lie in the study area.
///
/// A cell belongs when its centre lies inside the area by the even-odd rule: a hole is outside, and so is what two
/// polygons of one area both cover. A centre exactly on the border belongs if the area lies to the east of it (on a
/// horizontal border, to the north), so that areas sharing a border share no cell and leave none out. Where a border
/// passes a centre is computed in double precision: to about 10⁻⁹ m for coordinates of millions of metres.
public struct Mask: Hashable, Sendable {
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
    public init(grid: Grid, area: MultiPolygon<PlanarPoint>) {
        var flips = [Bool](repeating: false, count: grid.cellCount)
        flips.withUnsafeMutableBufferPointer { flips in
            for polygon in area.polygons {
                Self.flip(flips, alongBorder: polygon.exterior, of: grid)
                for hole in polygon.holes { Self.flip(flips, alongBorder: hole, of: grid) }
            }
            for row in 0..<grid.rows {
                var isInside = false
                for cell in row * grid.columns..<(row + 1) * grid.columns {
                    isInside = isInside != flips[cell]
                    flips[cell] = isInside
                }
            }
        }
        self.init(grid: grid, isInside: flips)
    }

    public func contains(column: Int, row: Int) -> Bool { isInside[row * grid.columns + column] }

    /// Square kilometres of the cells that belong.
    public var areaKm2: Double { Double(count) * grid.cellAreaKm2 }

    /// For each row of centres that an edge crosses, notes that cells from the crossing eastwards change sides.
    private static func flip(
        _ flips: UnsafeMutableBufferPointer<Bool>, alongBorder ring: [PlanarPoint], of grid: Grid
    ) {
        let size = grid.cellSize.metres
        guard var last = ring.last.map({ centred($0, grid.origin, size) }) else { return }
        for point in ring {
            let next = centred(point, grid.origin, size)
            defer { last = next }
            let (low, high) = last.y <= next.y ? (last, next) : (next, last)
            // Rows from low.y (included) to high.y (excluded): a vertex on a row counts once.
            guard low.y < high.y, low.y < Double(grid.rows), high.y > 0, (low.x - low.x) + (high.x - high.x) == 0,
                high.y - low.y < .infinity
            else { continue }
            let rows = Int(max(0, low.y).rounded(.up))..<max(0, Int(min(Double(grid.rows), high.y).rounded(.up)))
            guard !rows.isEmpty else { continue }
            let slope = (high.x - low.x) / (high.y - low.y)
            for row in rows {
                let crossing = low.x + (Double(row) - low.y) * slope
                guard crossing <= Double(grid.columns - 1) else { continue }
                let column = Int(max(0, crossing).rounded(.up))
                flips[row * grid.columns + column].toggle()
            }
        }
    }

    /// A point in units of cells, the centre of cell (column, row) at (column, row).
    @inline(__always)
    private static func centred(_ point: PlanarPoint, _ origin: PlanarPoint, _ size: Double) -> PlanarPoint {
        PlanarPoint(x: (point.x - origin.x) / size - 0.5, y: (point.y - origin.y) / size - 0.5)
    }
}
