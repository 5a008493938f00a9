import Dispatch
import Grids
import SimpleFeatures
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Something that can fill a tile of cells from the points around it.
///
/// A cell's value may depend on the points and their order only, never on the thread that fills it.
protocol TilePainter: Sendable {
    /// How many cells away a point still counts.
    var reach: Double { get }
    var tileColumns: Int { get }
    var tileRows: Int { get }
    /// Sets every cell of the tile.
    func paint(_ points: TilePoints, onto tile: Tile)
}

/// The points that may reach a tile, by row; its south-west cell's centre is at (0, 0).
struct TilePoints {
    var column: UnsafePointer<Double>
    var row: UnsafePointer<Double>
    /// (weight, 1): the second lane counts points where weights are summed.
    var weight: UnsafePointer<SIMD2<Double>>
    /// Nil where all have the painter's.
    var radius: UnsafePointer<Double>?
    /// One more may be read, as the second of a pair.
    var count: Int
}

/// A rectangle of cells of the raster under way.
struct Tile {
    var base: UnsafeMutablePointer<Double>
    /// From a cell to its northern neighbour.
    var stride: Int
    var columns: Int
    var rows: Int
}

struct Raster {
    var values: [Double]
    var massOnGrid: Double
    var massInArea: Double
}

/// Fills a raster tile by tile, bands of rows side by side on several threads.
///
/// Bands and tiles are cut by the grid and the painter alone, and each tile is filled by one thread from points in
/// canonical order, so the number of threads changes nothing in the values. Threads take the next band when they are
/// done with one, which evens out crowded bands.
struct RasterRun: Sendable {
    let points: CellPoints
    let grid: Grid
    let mask: Mask?
    let threads: Int?
    var progress: (@Sendable (Double) -> Bool)?

    func raster(by painter: some TilePainter, scale: Double) throws(HotspotError) -> Raster {
        try raster(bandRows: painter.tileRows) { rows, output in fill(rows, of: output, scale: scale, by: painter) }
    }

    /// - Parameter fill: sets and finishes the cells of a band of rows.
    func raster(
        bandRows: Int, _ fill: @Sendable (_ rows: Range<Int>, RasterOutput) -> Void
    ) throws(HotspotError) -> Raster {
        let bands = (grid.rows - 1) / bandRows + 1
        var rowMass = [RowMass](repeating: RowMass(), count: grid.rows)
        var isComplete = false
        let values = [Double](unsafeUninitializedCapacity: grid.cellCount) { values, count in
            guard let base = values.baseAddress else { return }
            rowMass.withUnsafeMutableBufferPointer { rowMass in
                guard let rowMass = rowMass.baseAddress else { return }
                let output = RasterOutput(cells: base, rowMass: rowMass)
                isComplete = ParallelWork(threads: threads, progress: progress).run(bands) { band in
                    fill(band * bandRows..<min(grid.rows, (band + 1) * bandRows), output)
                }
            }
            count = isComplete ? grid.cellCount : 0
        }
        guard isComplete else { throw .cancelled }
        // Row by row in their order, whichever thread filled them.
        let onGrid = rowMass.reduce(0) { $0 + $1.onGrid } * grid.cellAreaKm2
        let inArea = rowMass.reduce(0) { $0 + $1.inArea } * grid.cellAreaKm2
        return Raster(values: values, massOnGrid: onGrid, massInArea: inArea)
    }
}

/// What the threads write to. No two write to the same place: each row belongs to one band, and each band to one thread.
struct RasterOutput: @unchecked Sendable {
    let cells: UnsafeMutablePointer<Double>
    let rowMass: UnsafeMutablePointer<RowMass>
}

/// Sums of the values of a row.
struct RowMass {
    var onGrid = 0.0
    var inArea = 0.0
}

extension RasterRun {
    private func fill(
        _ rows: Range<Int>, of output: RasterOutput, scale: Double, by painter: some TilePainter
    ) {
        let tiles = BandTiles(points, rows: rows, columns: grid.columns, painter: painter)
        defer { tiles.deallocate() }
        for index in 0..<tiles.count {
            let first = index * painter.tileColumns
            let tile = Tile(
                base: output.cells + rows.lowerBound * grid.columns + first, stride: grid.columns,
                columns: min(painter.tileColumns, grid.columns - first), rows: rows.count)
            painter.paint(tiles.points(at: index), onto: tile)
            for row in 0..<tile.rows {
                let cells = UnsafeMutableBufferPointer(start: tile.base + row * tile.stride, count: tile.columns)
                finish(
                    cells, firstColumn: first, row: rows.lowerBound + row, scale, &output.rowMass[rows.lowerBound + row]
                )
            }
        }
    }

    /// Brings values to their unit, sums them, and blanks the cells outside the study area.
    @inline(__always)
    func finish(
        _ cells: UnsafeMutableBufferPointer<Double>, firstColumn: Int, row: Int, _ scale: Double, _ mass: inout RowMass
    ) {
        var sum = SIMD4<Double>.zero
        var column = 0
        while column + 4 <= cells.count {
            let address = UnsafeMutableRawPointer(cells.baseAddress.unsafelyUnwrapped + column)
            // What rounding leaves of sums that should be 0 may fall on either side of it.
            let values = notNegative(address.loadUnaligned(as: SIMD4<Double>.self)) * scale
            address.storeBytes(of: values, as: SIMD4<Double>.self)
            sum += values
            column += 4
        }
        while column < cells.count {
            cells[column] = max(0, cells[column]) * scale
            sum[0] += cells[column]
            column += 1
        }
        mass.onGrid += sum.sum()
        guard let mask else {
            mass.inArea = mass.onGrid
            return
        }
        for column in 0..<cells.count {
            if mask.contains(column: firstColumn + column, row: row) {
                mass.inArea += cells[column]
            } else {
                cells[column] = .nan
            }
        }
    }
}
