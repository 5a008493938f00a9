#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// ``PolynomialSweep`` for points that each have a radius of their own, none of them much smaller than the greatest.
///
/// Coefficients of a point are of the order of the tile's width over its radius, to the fourth power: so radii far below the
/// greatest would cost digits.
struct AdaptiveSweep<Sums: SweepSums>: TilePainter {
    /// The greatest radius.
    let reach: Double
    let tileColumns: Int
    let tileRows = 128

    init(reach: Double) {
        self.reach = reach
        tileColumns = Int(min(max(16, reach * 3), 1e6))
    }

    func paint(_ points: TilePoints, onto tile: Tile) {
        let sweep = RowSweep<Sums>(radius: reach, columns: tile.columns)
        defer { sweep.deallocate() }
        var (first, end) = (0, 0)
        for row in 0..<tile.rows {
            while first < points.count, points.row[first] <= Double(row) - reach { first += 1 }
            while end < points.count, points.row[end] < Double(row) + reach { end += 1 }
            for i in first..<max(first, end) {
                let (dy, radius) = (Double(row) - points.row[i], points.radius?[i] ?? reach)
                let squaredReach = radius * radius - dy * dy
                guard squaredReach > 0 else { continue }
                sweep.add(column: points.column[i], squaredReach: squaredReach, weight: points.weight[i])
            }
            sweep.integrate(into: tile.base + row * tile.stride)
        }
    }
}

/// ``GaussianScatter`` for points that each have a deviation of their own.
///
/// Along a row, the ratio of a value to the one before is itself multiplied by exp(−1/σ²) from one cell to the next. Steps
/// go away from the cell nearest to the point, so that rounding grows with the square of the distance while values shrink.
struct AdaptiveGaussianScatter: TilePainter {
    let reach: Double
    let tileColumns: Int
    let tileRows: Int

    /// - Parameter reach: of the point with the greatest deviation.
    init(reach: Double) {
        self.reach = reach
        (tileColumns, tileRows) = TileBuffer.shape(reach: reach)
    }

    func paint(_ points: TilePoints, onto tile: Tile) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.columns + tile.rows) { curves in
            guard let alongRow = curves.baseAddress, let radius = points.radius else { return }
            let alongColumn = alongRow + tile.columns
            TileBuffer.paint(onto: tile) { buffer in
                for i in 0..<points.count {
                    let (column, row, reach) = (points.column[i], points.row[i], radius[i] * Kernel.gaussian.support)
                    guard let rows = buffer.rows(from: row - reach, to: row + reach),
                        let columns = buffer.columns(from: column - reach, to: column + reach)
                    else { continue }
                    trace(alongRow, centre: column, deviation: radius[i], over: columns)
                    trace(alongColumn, centre: row, deviation: radius[i], over: rows)
                    for r in rows {
                        let dy = Double(r) - row
                        let width = max(0, reach * reach - dy * dy).squareRoot() - 0x1p-36
                        guard let inside = buffer.columns(from: column - width, to: column + width) else { continue }
                        let (cells, factor) = (buffer.row(r), points.weight[i][0] * alongColumn[r])
                        for c in inside { cells[c] += alongRow[c] * factor }
                    }
                }
            }
        }
    }

    /// Sets `curve[k]` to exp(−(k − centre)²/2σ²) over a range.
    @inline(__always)
    private func trace(
        _ curve: UnsafeMutablePointer<Double>, centre: Double, deviation: Double, over range: Range<Int>
    ) {
        let half = 0.5 / (deviation * deviation)
        let nearest = Int(min(max(centre.rounded(), Double(range.lowerBound)), Double(range.upperBound - 1)))
        let offset = Double(nearest) - centre
        let start = exp(-half * offset * offset)
        let bend = exp(-2 * half)
        var (value, ratio) = (start, exp(-half * (2 * offset + 1)))
        for k in nearest..<range.upperBound {
            curve[k] = value
            value *= ratio
            ratio *= bend
        }
        (value, ratio) = (start, exp(-half * (1 - 2 * offset)))
        for k in stride(from: nearest - 1, through: range.lowerBound, by: -1) {
            value *= ratio
            ratio *= bend
            curve[k] = value
        }
    }
}
