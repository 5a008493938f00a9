import Grids

/// Finds out how far a spline surface is from the exact one, where it must be farthest.
///
/// Between nodes a spline misses what is rough there: the rims of kernels, and sharp peaks. Where the fourth differences
/// of its coefficients are greatest, cells in all positions between nodes are computed exactly.
struct SplineCheck: Sendable {
    private let surface: SplineSurface
    private let radius: Double

    init(_ surface: SplineSurface, radius: Double) {
        self.surface = surface
        self.radius = radius
    }

    /// So many places are looked at, each the roughest of a block.
    private static let places = 16
    private static let blocksPerSide = 16

    /// - Parameter scale: what a sum of `QuarticSums` is multiplied by.
    /// - Returns: the greatest difference of a computed cell.
    /// - Throws: ``HotspotError/cancelled``.
    func error(of raster: Raster, scale: Double) throws(HotspotError) -> Double {
        let places = roughest()
        let work = ParallelWork(threads: surface.run.threads, progress: nil)
        let errors = try work.values(places.count, piece: 1) { index in
            self.error(of: raster, around: places[index], scale: scale)
        }
        return errors.max() ?? 0
    }

    // MARK: Where

    private struct Place {
        /// A cell on a node.
        var column: Int
        var row: Int
        var roughness: Float
    }

    private func roughest() -> [Place] {
        let (columns, rows) = (2..<surface.columns - 3, 2..<surface.rows - 3)
        let width = (columns.count - 1) / Self.blocksPerSide + 1
        let height = (rows.count - 1) / Self.blocksPerSide + 1
        var places: [Place] = []
        for south in stride(from: rows.lowerBound, to: rows.upperBound, by: height) {
            for west in stride(from: columns.lowerBound, to: columns.upperBound, by: width) {
                let block = west..<min(columns.upperBound, west + width)
                places.append(roughest(of: block, south..<min(rows.upperBound, south + height)))
            }
        }
        // Of equals the first: sorting does not keep their order.
        let sorted = places.indices.sorted {
            let (a, b) = (places[$0].roughness, places[$1].roughness)
            return a == b ? $0 < $1 : a > b
        }
        return sorted.prefix(Self.places).map { places[$0] }
    }

    private func roughest(of columns: Range<Int>, _ rows: Range<Int>) -> Place {
        var place = Place(column: 0, row: 0, roughness: -1)
        surface.coefficients.withUnsafeBufferPointer { coefficients in
            guard let base = coefficients.baseAddress else { return }
            let stride = surface.columns
            for row in rows {
                for column in columns {
                    let node = base + row * stride + column
                    let across = (node[-2] + node[2]) - 4 * (node[-1] + node[1])
                    let along = (node[-2 * stride] + node[2 * stride]) - 4 * (node[-stride] + node[stride])
                    let roughness = abs(across + 6 * node[0]) + abs(along + 6 * node[0])
                    guard roughness > place.roughness else { continue }
                    let pitch = surface.nodes.pitch
                    place = Place(column: (column - 2) * pitch, row: (row - 2) * pitch, roughness: roughness)
                }
            }
        }
        return place
    }

    // MARK: How far

    /// Looks at cells up to two nodes to the west and the east, in the node's row and in the middles of the gaps beside it.
    private func error(of raster: Raster, around place: Place, scale: Double) -> Double {
        let (grid, pitch) = (surface.run.grid, surface.nodes.pitch)
        let columns = max(0, place.column - 2 * pitch)..<min(grid.columns, place.column + 2 * pitch + 1)
        let (south, north) = (max(0, place.row - pitch / 2), min(grid.rows - 1, place.row + pitch / 2))
        guard !columns.isEmpty, south <= north else { return 0 }
        let points = Surroundings(surface.run.points, columns, south..<north + 1, radius)
        defer { points.deallocate() }
        let sweep = RowSweep<QuarticSums>(radius: radius, columns: columns.count)
        defer { sweep.deallocate() }
        var exact = [Double](repeating: 0, count: columns.count)
        var worst = 0.0
        for row in [south, place.row, north] {
            exact.withUnsafeMutableBufferPointer { exact in
                guard let base = exact.baseAddress else { return }
                points.add(to: sweep, row: row)
                sweep.integrate(into: base)
            }
            for (offset, column) in columns.enumerated() {
                let difference = abs(raster.values[row * grid.columns + column] - max(0, exact[offset]) * scale)
                // Not so for the NaN of a cell outside the study area.
                if difference > worst { worst = difference }
            }
        }
        return worst
    }
}

/// The points that reach some cells, by row.
private struct Surroundings {
    private let columns: UnsafeMutablePointer<Double>
    private let rows: UnsafeMutablePointer<Double>
    private let weights: UnsafeMutablePointer<SIMD2<Double>>
    private let count: Int
    private let radius: Double

    init(_ points: CellPoints, _ cells: Range<Int>, _ band: Range<Int>, _ radius: Double) {
        let near = points.indices(within: radius, of: band)
        // One more for the second of a pair.
        let columns = UnsafeMutablePointer<Double>.allocate(capacity: near.count + 1)
        let rows = UnsafeMutablePointer<Double>.allocate(capacity: near.count + 1)
        let weights = UnsafeMutablePointer<SIMD2<Double>>.allocate(capacity: near.count + 1)
        let first = Double(cells.lowerBound)
        // Generous by half a cell and more.
        let west = points.x(ofColumn: first - radius - 1)
        let east = points.x(ofColumn: Double(cells.upperBound) + radius)
        var count = 0
        points.withColumns { x, y, weight in
            for index in near where x[index] > west && x[index] < east {
                let column = points.column(of: x[index]) - first
                (columns + count).initialize(to: column)
                (rows + count).initialize(to: points.row(of: y[index]))
                (weights + count).initialize(to: SIMD2(weight[index], 1))
                count &+= 1
            }
        }
        (columns + count).initialize(to: 0)
        (rows + count).initialize(to: 0)
        (weights + count).initialize(to: .zero)
        (self.columns, self.rows, self.weights, self.count, self.radius) = (columns, rows, weights, count, radius)
    }

    func deallocate() {
        columns.deallocate()
        rows.deallocate()
        weights.deallocate()
    }

    func add(to sweep: RowSweep<QuarticSums>, row: Int) {
        let row = Double(row)
        var (first, end) = (0, count)
        while first < end, rows[first] <= row - radius { first += 1 }
        while end > first, rows[end - 1] >= row + radius { end -= 1 }
        let points = TilePoints(column: columns, row: rows, weight: weights, radius: nil, count: count)
        sweep.add(points, first..<end, row: row)
    }
}
