public import SimpleFeatures

/// A surface and its means over ever larger cells, for pictures and tiles that show it from afar.
///
/// Level 0 is the surface itself; a cell of level *k* covers 2ᵏ × 2ᵏ of its cells, from the same south-west corner, and
/// has the mean of those that have a value. The last level is one cell. A mean counts every cell of the surface once,
/// whatever lies between: the mean over an area, and so its events, are the same at every level.
///
/// Complexity: O(cells) time, a third of the surface's memory and a sixth more for the counts.
public struct SurfacePyramid: Sendable {
    /// From the surface itself to a single cell; at least one.
    public let levels: [Surface]
    /// Of each level but the first: how many cells of the surface with a value a cell covers.
    private let counts: [[UInt32]]

    public init(_ surface: Surface) {
        // Its values can be set; making it anew brings them to the number of its cells.
        var levels = [Surface(grid: surface.grid, values: surface.values)]
        var counts: [[UInt32]] = []
        while let last = levels.last, last.grid.cellCount > 1,
            let next = Self.folded(last, counts.last)
        {
            levels.append(next.surface)
            counts.append(next.counts)
        }
        self.levels = levels
        self.counts = counts
    }

    /// The finest level whose cells are not smaller than a pixel; the last where all are.
    public func level(forPixelSize size: Length) -> Int {
        levels.firstIndex { $0.grid.cellSize >= size } ?? levels.count - 1
    }

    /// The value at a place, between the centres of the cells around it; nil outside the grid, and in cells without a
    /// value. Levels beyond the last are the last.
    public func value(at point: PlanarPoint, level: Int = 0) -> Double? {
        levels[min(max(level, 0), levels.count - 1)].interpolatedValue(at: point)
    }

    /// The number of events that a level accounts for, the same at every level but for rounding.
    /// - Complexity: O(cells of the level).
    public func mass(level: Int) -> Double {
        let level = min(max(level, 0), levels.count - 1)
        guard level > 0 else { return levels[0].mass }
        var sum = 0.0
        for (value, count) in zip(levels[level].values, counts[level - 1]) where count > 0 {
            sum += value * Double(count)
        }
        return sum * levels[0].grid.cellAreaKm2
    }

    private static func folded(_ surface: Surface, _ counts: [UInt32]?) -> (surface: Surface, counts: [UInt32])? {
        let fine = surface.grid
        let grid = try? Grid(
            crs: fine.crs, origin: fine.origin, cellSize: .metres(fine.cellSize.metres * 2),
            columns: (fine.columns + 1) / 2, rows: (fine.rows + 1) / 2)
        guard let grid else { return nil }
        var sums = [Double](repeating: 0, count: grid.cellCount)
        var totals = [UInt32](repeating: 0, count: grid.cellCount)
        for row in 0..<fine.rows {
            for column in 0..<fine.columns {
                let value = surface.values[row * fine.columns + column]
                guard !value.isNaN else { continue }
                let count = counts?[row * fine.columns + column] ?? 1
                let cell = row / 2 * grid.columns + column / 2
                sums[cell] += value * Double(count)
                // A grid has at most 2²⁸ cells, so that their number fits.
                totals[cell] += count
            }
        }
        for cell in sums.indices { sums[cell] = totals[cell] > 0 ? sums[cell] / Double(totals[cell]) : .nan }
        return (Surface(grid: grid, values: sums), totals)
    }
}

extension Surface {
    /// The value at a place, bilinear between the centres of the four cells around it; nil outside the grid, and in
    /// cells without a value.
    ///
    /// Neighbours without a value, or beyond the grid, do not count: the others share their weight. So values near the
    /// border of a study area stay those inside it, and change without a step along it.
    public func interpolatedValue(at point: PlanarPoint) -> Double? {
        guard values.count == grid.cellCount else { return nil }
        let x = (point.x - grid.origin.x) / grid.cellSize.metres - 0.5
        let y = (point.y - grid.origin.y) / grid.cellSize.metres - 0.5
        let value = values.withUnsafeBufferPointer {
            Self.interpolated($0, columns: grid.columns, rows: grid.rows, x: x, y: y)
        }
        return value.isNaN ? nil : value
    }

    /// The same for many places: `x` and `y` in cells from the centre of cell (0, 0), NaN where there is no value.
    /// - Precondition: as many values as columns × rows.
    @inlinable @inline(__always)
    public static func interpolated(
        _ values: UnsafeBufferPointer<Double>, columns: Int, rows: Int, x: Double, y: Double
    ) -> Double {
        guard x >= -0.5, y >= -0.5, x < Double(columns) - 0.5, y < Double(rows) - 0.5 else { return .nan }
        let (west, south) = (x.rounded(.down), y.rounded(.down))
        let (column, row) = (Int(west), Int(south))
        let (right, up) = (x - west, y - south)
        guard column >= 0, row >= 0, column + 1 < columns, row + 1 < rows else {
            return sharedValue(values, columns: columns, rows: rows, column: column, row: row, right: right, up: up)
        }
        let cell = row * columns + column
        let below = values[cell] * (1 - right) + values[cell + 1] * right
        let above = values[cell + columns] * (1 - right) + values[cell + columns + 1] * right
        let value = below * (1 - up) + above * up
        guard value.isNaN else { return value }
        return sharedValue(values, columns: columns, rows: rows, column: column, row: row, right: right, up: up)
    }

    /// With neighbours that have no value.
    @usableFromInline
    static func sharedValue(
        _ values: UnsafeBufferPointer<Double>, columns: Int, rows: Int, column: Int, row: Int, right: Double, up: Double
    ) -> Double {
        func value(_ column: Int, _ row: Int) -> Double {
            guard column >= 0, row >= 0, column < columns, row < rows else { return .nan }
            return values[row * columns + column]
        }
        // The cell that holds the place: a centre is half a cell from its cell's borders.
        guard !value(right < 0.5 ? column : column + 1, up < 0.5 ? row : row + 1).isNaN else { return .nan }
        var (sum, weights) = (0.0, 0.0)
        for (stepUp, weightUp) in [(0, 1 - up), (1, up)] {
            for (stepRight, weightRight) in [(0, 1 - right), (1, right)] {
                let (value, weight) = (value(column + stepRight, row + stepUp), weightUp * weightRight)
                guard !value.isNaN, weight > 0 else { continue }
                sum += value * weight
                weights += weight
            }
        }
        return sum / weights
    }
}
