import Synchronization

/// Fills tiles as ``PolynomialSweep`` does, but sweeps over every `pitch`-th row only and puts cubics through the rest.
///
/// Between rows a surface is smooth but for the rims of kernels, so a cubic through four swept rows comes close. How close
/// is measured: in each tile the rows in the middles of the gaps beside the greatest fourth difference, where cubics have
/// most to miss, are swept too, and what they show goes into `worst`.
///
/// Tiles are larger than those of ``PolynomialSweep``, since rounding need not be as small.
struct SparseRowSweep<Sums: SweepSums>: TilePainter {
    let reach: Double
    let tileColumns: Int
    let tileRows: Int
    /// Rows from one swept row to the next.
    let pitch: Int
    /// The greatest difference found in the rows that were measured, not yet in the surface's unit.
    let worst: GreatestValue
    private let radius: Double

    init(radius: Double, pitch: Int, worst: GreatestValue) {
        self.radius = radius
        self.pitch = pitch
        // Cubics at a tile's northern end need swept rows two pitches beyond it.
        reach = radius + Double(2 * pitch)
        tileColumns = Int(min(max(16, radius * 12), 1e6))
        tileRows = (256 + pitch - 1) / pitch * pitch
        self.worst = worst
    }

    func paint(_ points: TilePoints, onto tile: Tile) {
        let sweep = RowSweep<Sums>(radius: radius, columns: tile.columns)
        defer { sweep.deallocate() }
        // One swept row south of the tile, two north of it.
        let gaps = (tile.rows + pitch - 1) / pitch
        withUnsafeTemporaryAllocation(of: Double.self, capacity: (gaps + 4) * tile.columns) { swept in
            guard let base = swept.baseAddress else { return }
            var window = RowWindow(radius: radius)
            for index in 0..<gaps + 3 {
                let row = Double((index - 1) * pitch)
                sweep.add(points, window.points(around: row, of: points), row: row)
                sweep.integrate(into: base + index * tile.columns)
            }
            for row in 0..<tile.rows { fill(row, of: tile, from: base) }
            measure(points, sweep, tile, base, spare: base + (gaps + 3) * tile.columns)
        }
    }

    private func fill(_ row: Int, of tile: Tile, from swept: UnsafePointer<Double>) {
        let south = swept + row / pitch * tile.columns
        let cells = tile.base + row * tile.stride
        if row.isMultiple(of: pitch) {
            cells.update(from: south + tile.columns, count: tile.columns)
        } else {
            let cubic = CubicWeights(at: Double(row % pitch) / Double(pitch))
            cubic.apply(to: south, stride: tile.columns, count: tile.columns, into: cells)
        }
    }

    private func measure(
        _ points: TilePoints, _ sweep: RowSweep<Sums>, _ tile: Tile, _ swept: UnsafePointer<Double>,
        spare: UnsafeMutablePointer<Double>
    ) {
        var (roughest, roughestRow) = (0.0, 0)
        for row in stride(from: pitch, to: max(tile.rows, pitch + 1), by: pitch) {
            let roughness = roughness(around: swept + (row / pitch + 1) * tile.columns, tile.columns)
            if roughness > roughest { (roughest, roughestRow) = (roughness, row) }
        }
        guard roughest > 0 else { return }
        var window = RowWindow(radius: radius)
        for row in [roughestRow - (pitch + 1) / 2, roughestRow + pitch / 2] where row < tile.rows {
            sweep.add(points, window.points(around: Double(row), of: points), row: Double(row))
            sweep.integrate(into: spare)
            let cells = tile.base + row * tile.stride
            var error = 0.0
            for column in 0..<tile.columns { error = max(error, abs(spare[column] - cells[column])) }
            worst.include(error)
        }
    }

    /// The square of the greatest fourth difference around a swept row.
    private func roughness(around row: UnsafePointer<Double>, _ columns: Int) -> Double {
        let bytes = UnsafeRawPointer(row)
        let stride = columns * MemoryLayout<Double>.stride
        var greatest = SIMD2<Double>.zero
        var offset = 0
        // An odd tile's last column is left out: it is the next tile's neighbour.
        while offset + MemoryLayout<SIMD2<Double>>.stride <= stride {
            let outer =
                bytes.loadUnaligned(fromByteOffset: offset - 2 * stride, as: SIMD2<Double>.self)
                + bytes.loadUnaligned(fromByteOffset: offset + 2 * stride, as: SIMD2<Double>.self)
            let inner =
                bytes.loadUnaligned(fromByteOffset: offset - stride, as: SIMD2<Double>.self)
                + bytes.loadUnaligned(fromByteOffset: offset + stride, as: SIMD2<Double>.self)
            let centre = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD2<Double>.self)
            let difference = (outer - 4 * inner) + 6 * centre
            greatest = larger(greatest, difference * difference)
            offset += MemoryLayout<SIMD2<Double>>.stride
        }
        return max(greatest[0], greatest[1])
    }
}

/// The points within a radius of a row, for rows asked for from south to north.
private struct RowWindow {
    let radius: Double
    private var first = 0
    private var end = 0

    init(radius: Double) { self.radius = radius }

    mutating func points(around row: Double, of points: TilePoints) -> Range<Int> {
        while first < points.count, points.row[first] <= row - radius { first += 1 }
        while end < points.count, points.row[end] < row + radius { end += 1 }
        return first..<max(first, end)
    }
}

/// The weights of four equally spaced values in the cubic through them, at a share of the way from the second to the third.
private struct CubicWeights {
    private let weights: SIMD4<Double>

    init(at t: Double) {
        weights = SIMD4(
            -t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2,
            (t + 1) * t * (t - 1) / 6)
    }

    @inline(__always)
    func apply(
        to rows: UnsafePointer<Double>, stride: Int, count: Int, into cells: UnsafeMutablePointer<Double>
    ) {
        var column = 0
        while column + 4 <= count {
            let row = UnsafeRawPointer(rows + column)
            let step = stride * MemoryLayout<Double>.stride
            let south =
                weights[0] * row.loadUnaligned(as: SIMD4<Double>.self)
                + weights[1] * row.loadUnaligned(fromByteOffset: step, as: SIMD4<Double>.self)
            let north =
                weights[2] * row.loadUnaligned(fromByteOffset: 2 * step, as: SIMD4<Double>.self)
                + weights[3] * row.loadUnaligned(fromByteOffset: 3 * step, as: SIMD4<Double>.self)
            UnsafeMutableRawPointer(cells + column).storeBytes(of: south + north, as: SIMD4<Double>.self)
            column += 4
        }
        while column < count {
            let (a, b) = (rows[column], rows[column + stride])
            let (c, d) = (rows[column + 2 * stride], rows[column + 3 * stride])
            cells[column] = (weights[0] * a + weights[1] * b) + (weights[2] * c + weights[3] * d)
            column += 1
        }
    }
}

/// The greatest number that any thread has seen: the same whichever thread is first.
final class GreatestValue: Sendable {
    private let greatest = Mutex(0.0)

    var value: Double { greatest.withLock { $0 } }

    /// Brings it to another unit, once all have been seen.
    func multiply(by factor: Double) { greatest.withLock { $0 *= factor } }

    func include(_ value: Double) { greatest.withLock { $0 = max($0, value) } }
}
