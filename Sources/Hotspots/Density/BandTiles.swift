/// The points near a band of rows, dealt out to the tiles they may reach: a counting sort that keeps their order.
struct BandTiles {
    let count: Int
    private let ends: UnsafeMutablePointer<Int>
    private let columns: UnsafeMutablePointer<Double>
    private let rows: UnsafeMutablePointer<Double>
    private let weights: UnsafeMutablePointer<SIMD2<Double>>
    private let radii: UnsafeMutablePointer<Double>?

    init(_ points: CellPoints, rows band: Range<Int>, columns gridColumns: Int, painter: some TilePainter) {
        let (width, reach) = (painter.tileColumns, painter.reach)
        let lastColumn = Double(gridColumns - 1)
        /// The tiles with cell centres within reach; a tile too many does no harm. None where the first comes after the last.
        @inline(__always)
        func tiles(around column: Double) -> (first: Int, last: Int) {
            guard column - reach < lastColumn + 1, column + reach > -1 else { return (1, 0) }
            return (Int(max(0, column - reach)) / width, Int(max(0, min(lastColumn, column + reach))) / width)
        }
        let near = points.indices(within: reach, of: band)
        let count = (gridColumns + width - 1) / width
        let ends = UnsafeMutablePointer<Int>.allocate(capacity: count + 1)
        ends.initialize(repeating: 0, count: count + 1)
        points.withColumns { x, _, _ in
            for i in near {
                var (tile, last) = tiles(around: points.column(of: x[i]))
                while tile <= last {
                    ends[tile &+ 1] &+= 1
                    tile &+= 1
                }
            }
        }
        for tile in 0..<count { ends[tile + 1] += ends[tile] }
        self.count = count
        self.ends = ends
        // One more for the second of a pair.
        let columns = UnsafeMutablePointer<Double>.allocate(capacity: ends[count] + 1)
        let rows = UnsafeMutablePointer<Double>.allocate(capacity: ends[count] + 1)
        let weights = UnsafeMutablePointer<SIMD2<Double>>.allocate(capacity: ends[count] + 1)
        (columns + ends[count]).initialize(to: 0)
        (rows + ends[count]).initialize(to: 0)
        (weights + ends[count]).initialize(to: .zero)
        let radius = points.radius
        let radii = radius.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: ends[count]) }
        points.withColumns { x, y, weight in
            for i in near {
                let column = points.column(of: x[i])
                let row = points.row(of: y[i]) - Double(band.lowerBound)
                var (tile, last) = tiles(around: column)
                while tile <= last {
                    let slot = ends[tile]
                    (columns + slot).initialize(to: column - Double(tile &* width))
                    (rows + slot).initialize(to: row)
                    (weights + slot).initialize(to: SIMD2(weight[i], 1))
                    if let radii, let radius { (radii + slot).initialize(to: radius[i]) }
                    ends[tile] = slot &+ 1
                    tile &+= 1
                }
            }
        }
        (self.columns, self.rows, self.weights, self.radii) = (columns, rows, weights, radii)
    }

    /// After the dealing, `ends[t]` is where tile *t* ends.
    func points(at tile: Int) -> TilePoints {
        let start = tile == 0 ? 0 : ends[tile - 1]
        return TilePoints(
            column: columns + start, row: rows + start, weight: weights + start,
            radius: radii.map { UnsafePointer($0 + start) }, count: ends[tile] - start)
    }

    func deallocate() {
        ends.deallocate()
        columns.deallocate()
        rows.deallocate()
        weights.deallocate()
        radii?.deallocate()
    }
}
