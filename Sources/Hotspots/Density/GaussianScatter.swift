#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fills tiles for the gaussian kernel, as a product of one curve along the row and one along the column.
///
/// A curve takes three exponentials per point and tile: with m the tile's cell nearest to the point s, and δ = s − m,
/// exp(−(m + k − s)²/2σ²) is exp(−δ²/2σ²) times a table's exp(−k²/2σ²) times the k-th power of exp(δ/σ²).
struct GaussianScatter: TilePainter {
    let reach: Double
    let tileColumns: Int
    let tileRows: Int
    private let inverseVariance: Double
    /// exp(−k²/2σ²) from one end of a tile to the other: k from −`middle` to `middle`, and a margin for whole vectors.
    private let table: [Double]
    private let middle: Int

    init(deviation: Double, reach: Double) {
        self.reach = reach
        (tileColumns, tileRows) = TileBuffer.shape(reach: reach)
        let inverseVariance = 1 / (deviation * deviation)
        let middle = max(tileColumns, tileRows)
        self.inverseVariance = inverseVariance
        self.middle = middle
        table = (-middle...middle + 3).map { exp(-0.5 * Double($0) * Double($0) * inverseVariance) }
    }

    /// The share of the kernel that lies within its reach.
    var massWithinReach: Double { 1 - exp(-0.5 * reach * reach * inverseVariance) }

    func paint(_ points: TilePoints, onto tile: Tile) {
        let reach = reach
        withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.columns + tile.rows + 6) { curves in
            guard let alongRow = curves.baseAddress else { return }
            let alongColumn = alongRow + tile.columns + 3
            TileBuffer.paint(onto: tile) { buffer in
                for i in 0..<points.count {
                    let (column, row) = (points.column[i], points.row[i])
                    guard let rows = buffer.rows(from: row - reach, to: row + reach),
                        let columns = buffer.columns(from: column - reach, to: column + reach)
                    else { continue }
                    trace(alongRow, centre: column, over: columns, of: tile.columns)
                    trace(alongColumn, centre: row, over: rows, of: tile.rows)
                    for r in rows {
                        let dy = Double(r) - row
                        // Less a sliver: what is exactly at the reach is not within it, whatever rounding does.
                        let width = max(0, reach * reach - dy * dy).squareRoot() - 0x1p-36
                        guard let inside = buffer.columns(from: column - width, to: column + width) else { continue }
                        add(alongRow, times: points.weight[i][0] * alongColumn[r], over: inside, to: buffer.row(r))
                    }
                }
            }
        }
    }

    @inline(__always)
    private func add(
        _ curve: UnsafeMutablePointer<Double>, times factor: Double, over columns: Range<Int>,
        to cells: UnsafeMutablePointer<Double>
    ) {
        var k = columns.lowerBound
        while k + 4 <= columns.upperBound {
            let term = UnsafeRawPointer(curve + k).loadUnaligned(as: SIMD4<Double>.self) * factor
            let address = UnsafeMutableRawPointer(cells + k)
            address.storeBytes(of: address.loadUnaligned(as: SIMD4<Double>.self) + term, as: SIMD4<Double>.self)
            k += 4
        }
        while k < columns.upperBound {
            cells[k] += curve[k] * factor
            k += 1
        }
    }

    /// Sets `curve[k]` to exp(−(k − centre)²/2σ²) over a range, and up to three values after it to anything.
    @inline(__always)
    private func trace(_ curve: UnsafeMutablePointer<Double>, centre: Double, over range: Range<Int>, of count: Int) {
        let nearest = min(max(centre.rounded(), 0), Double(count - 1))
        let offset = centre - nearest
        let slope = offset * inverseVariance
        let first = range.lowerBound - Int(nearest)
        let start = exp(-0.5 * offset * offset * inverseVariance) * exp(slope * Double(first))
        let ratio = exp(slope)
        var powers = SIMD4(1, ratio, ratio * ratio, ratio * ratio * ratio) * start
        let stride = ratio * ratio * ratio * ratio
        table.withUnsafeBytes { table in
            for k in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 4) {
                let index = (middle + first + k - range.lowerBound) * MemoryLayout<Double>.stride
                let values = table.loadUnaligned(fromByteOffset: index, as: SIMD4<Double>.self) * powers
                UnsafeMutableRawPointer(curve + k).storeBytes(of: values, as: SIMD4<Double>.self)
                powers *= stride
            }
        }
    }
}
