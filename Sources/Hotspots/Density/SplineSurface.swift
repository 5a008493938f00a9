import Grids

/// A density surface as a cubic spline in both directions: coefficients at nodes some cells apart.
struct SplineSurface: Sendable {
    private let run: RasterRun
    private let nodes: SplineNodes
    /// Row by row; the first node lies one south-west of the one on the first cell's centre.
    private let coefficients: [Float]
    private let columns: Int
    private let rows: Int

    /// - Throws: ``HotspotError/cancelled``.
    init(_ run: RasterRun, _ nodes: SplineNodes, _ kernel: SplineKernel) throws(HotspotError) {
        self.run = run
        self.nodes = nodes
        let columns = (run.grid.columns - 1) / nodes.pitch + 4
        let rows = (run.grid.rows - 1) / nodes.pitch + 4
        (self.columns, self.rows) = (columns, rows)
        let work = ParallelWork(threads: run.threads, progress: ParallelWork.part(of: run.progress, from: 0, length: 0.3))
        let shares = try nodes.shares(of: run.points, by: work)
        let weighing = NodeWeighing(kernel: kernel, nodes: nodes, shares: shares, columns: columns)
        let rest = ParallelWork(threads: run.threads, progress: ParallelWork.part(of: run.progress, from: 0.3, length: 0.3))
        coefficients = try rest.numbers(rows * columns, piece: 16 * columns) { range, output in
            weighing.fill(range.lowerBound / columns..<range.upperBound / columns, output.base)
        }
    }

    /// The spline's values at the cells' centres.
    /// - Parameter scale: the value of a kernel's peak.
    /// - Throws: ``HotspotError/cancelled``.
    func raster(scale: Double) throws(HotspotError) -> Raster {
        let pitch = nodes.pitch
        let scale = scale * run.points.weight
        var run = run
        run.progress = ParallelWork.part(of: run.progress, from: 0.6, length: 0.4)
        return try run.raster(bandRows: pitch * max(1, 64 / pitch)) { [run] band, output in
            let width = run.grid.columns
            let first = band.lowerBound / pitch
            let count = (band.upperBound - 1) / pitch + 4 - first
            withUnsafeTemporaryAllocation(of: Float.self, capacity: count * width) { lines in
                guard let base = lines.baseAddress else { return }
                for line in 0..<count { widen(first + line, into: base + line * width) }
                for row in band {
                    let cells = UnsafeMutableBufferPointer(start: output.cells + row * width, count: width)
                    combine(base + (row / pitch - first) * width, at: row, into: cells)
                    run.finish(cells, firstColumn: 0, row: row, scale, &output.rowMass[row])
                }
            }
        }
    }

    /// A row of nodes as a spline along the row: its values in all columns of cells.
    private func widen(_ row: Int, into line: UnsafeMutablePointer<Float>) {
        let (pitch, width) = (nodes.pitch, run.grid.columns)
        coefficients.withUnsafeBufferPointer { coefficients in
            guard let base = coefficients.baseAddress else { return }
            let node = base + row * columns
            for phase in 0..<min(pitch, width) {
                let weights = SIMD4<Float>(splineWeights(at: Double(phase) / Double(pitch)))
                var (column, index) = (phase, 0)
                while column < width {
                    line[column] =
                        (weights[0] * node[index] + weights[1] * node[index &+ 1])
                        + (weights[2] * node[index &+ 2] + weights[3] * node[index &+ 3])
                    column &+= pitch
                    index &+= 1
                }
            }
        }
    }

    /// A row of cells from the four lines around it.
    private func combine(
        _ lines: UnsafePointer<Float>, at row: Int, into cells: UnsafeMutableBufferPointer<Double>
    ) {
        let width = cells.count
        let weights = SIMD4<Float>(splineWeights(at: Double(row % nodes.pitch) / Double(nodes.pitch)))
        var column = 0
        while column + 4 <= width {
            @inline(__always)
            func line(_ index: Int) -> SIMD4<Float> {
                UnsafeRawPointer(lines + index &* width + column).loadUnaligned(as: SIMD4<Float>.self)
            }
            let value =
                (weights[0] * line(0) + weights[1] * line(1)) + (weights[2] * line(2) + weights[3] * line(3))
            let address = UnsafeMutableRawPointer(cells.baseAddress.unsafelyUnwrapped + column)
            address.storeBytes(of: SIMD4<Double>(value), as: SIMD4<Double>.self)
            column += 4
        }
        while column < width {
            let (a, b) = (lines[column], lines[column + width])
            let (c, d) = (lines[column + 2 * width], lines[column + 3 * width])
            cells[column] = Double((weights[0] * a + weights[1] * b) + (weights[2] * c + weights[3] * d))
            column += 1
        }
    }
}

extension SplineSurface {
    /// The greatest difference between a raster and the exact one in the rows where it must be sought: in the middle of
    /// the gaps beside the roughest rows of nodes.
    /// - Throws: ``HotspotError/cancelled``.
    func error(
        of raster: Raster, by painter: some TilePainter, scale: Double
    ) throws(HotspotError) -> Double {
        let rows = rowsToMeasure()
        let width = run.grid.columns
        let work = ParallelWork(threads: run.threads, progress: nil)
        let errors = try work.products(rows.count) { index -> Double in
            let row = rows[index]
            var exact = [Double](repeating: 0, count: width)
            let tiles = BandTiles(run.points, rows: row..<row + 1, columns: width, painter: painter)
            defer { tiles.deallocate() }
            exact.withUnsafeMutableBufferPointer { exact in
                guard let base = exact.baseAddress else { return }
                for index in 0..<tiles.count {
                    let first = index * painter.tileColumns
                    let columns = min(painter.tileColumns, width - first)
                    painter.paint(
                        tiles.points(at: index),
                        onto: Tile(base: base + first, stride: width, columns: columns, rows: 1))
                }
            }
            var worst = 0.0
            for column in 0..<width {
                let difference = abs(raster.values[row * width + column] - max(0, exact[column]) * scale)
                // Not so for the NaN of a cell outside the study area.
                if difference > worst { worst = difference }
            }
            return worst
        }
        return errors.max() ?? 0
    }

    /// In each eighth of the grid, the rows beside the node where the fourth difference in either direction is greatest;
    /// not where it is too small to compete with that of other eighths.
    private func rowsToMeasure() -> [Int] {
        let shown = 2..<rows - 2
        let roughness = shown.map { self.roughness(ofRow: $0) }
        let length = (shown.count + 7) / 8
        let greatest = roughness.max() ?? 0
        var measured: [Int] = []
        for start in stride(from: 0, to: shown.count, by: max(1, length)) {
            let eighth = start..<min(shown.count, start + length)
            guard let roughest = eighth.max(by: { roughness[$0] < roughness[$1] }), roughness[roughest] > greatest / 3
            else { continue }
            let row = (roughest + 1) * nodes.pitch
            for row in [row - (nodes.pitch + 1) / 2, row + nodes.pitch / 2] where row >= 0 && row < run.grid.rows {
                if row != measured.last { measured.append(row) }
            }
        }
        return measured
    }

    private func roughness(ofRow row: Int) -> Float {
        coefficients.withUnsafeBufferPointer { coefficients in
            guard let base = coefficients.baseAddress else { return 0 }
            let (nodes, stride) = (base + row * columns, columns)
            var greatest: Float = 0
            for column in 2..<max(3, columns - 2) {
                let node = nodes + column
                let across = (node[-2] + node[2]) - 4 * (node[-1] + node[1])
                let along = (node[-2 &* stride] + node[2 &* stride]) - 4 * (node[-stride] + node[stride])
                let difference = abs(across + 6 * node[0]) + abs(along + 6 * node[0])
                if difference > greatest { greatest = difference }
            }
            return greatest
        }
    }
}

/// The sums of a kernel's coefficients over the nodes around each.
private struct NodeWeighing: Sendable {
    let kernel: SplineKernel
    let nodes: SplineNodes
    let shares: [Float]
    /// Of the nodes to compute.
    let columns: Int

    private typealias Lane = SIMD8<Float>

    /// Rows to the north and south count alike, as do columns: their shares are added before they are weighed.
    func fill(_ rows: Range<Int>, _ output: UnsafeMutablePointer<Float>) {
        let blocks = (columns + Lane.scalarCount - 1) / Lane.scalarCount
        let capacity = blocks * Lane.scalarCount + 2 * nodes.margin
        withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { pairs in
            pairs.initialize(repeating: 0)
            withUnsafeTemporaryAllocation(of: Lane.self, capacity: blocks) { sums in
                guard let pairs = pairs.baseAddress, let sums = sums.baseAddress else { return }
                for row in rows {
                    sums.initialize(repeating: .zero, count: blocks)
                    for dy in 0...kernel.reach {
                        pair(row + nodes.margin - 1, dy, into: pairs)
                        weigh(pairs + nodes.margin - 1, dy, into: sums, blocks)
                    }
                    for column in 0..<columns {
                        output[row * columns + column] = sums[column / Lane.scalarCount][column % Lane.scalarCount]
                    }
                }
            }
        }
    }

    private func pair(_ row: Int, _ dy: Int, into pairs: UnsafeMutablePointer<Float>) {
        shares.withUnsafeBufferPointer { shares in
            guard let base = shares.baseAddress else { return }
            let (south, north) = (base + (row - dy) * nodes.columns, base + (row + dy) * nodes.columns)
            if dy == 0 {
                pairs.update(from: south, count: nodes.columns)
            } else {
                for column in 0..<nodes.columns { pairs[column] = south[column] + north[column] }
            }
        }
    }

    private func weigh(_ pairs: UnsafePointer<Float>, _ dy: Int, into sums: UnsafeMutablePointer<Lane>, _ blocks: Int) {
        kernel.coefficients.withUnsafeBufferPointer { coefficients in
            guard let base = coefficients.baseAddress else { return }
            let weights = base + dy * (kernel.reach + 1)
            for block in 0..<blocks {
                let middle = UnsafeRawPointer(pairs + block * Lane.scalarCount)
                var sum = sums[block] + weights[0] * middle.loadUnaligned(as: Lane.self)
                for dx in 1...kernel.reach {
                    let offset = dx &* MemoryLayout<Float>.stride
                    let west = middle.loadUnaligned(fromByteOffset: -offset, as: Lane.self)
                    let east = middle.loadUnaligned(fromByteOffset: offset, as: Lane.self)
                    sum += weights[dx] * (west + east)
                }
                sums[block] = sum
            }
        }
    }
}
