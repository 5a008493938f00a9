import Grids

/// A density surface as a cubic spline in both directions: coefficients at nodes some cells apart.
struct SplineSurface: Sendable {
    let run: RasterRun
    let nodes: SplineNodes
    /// Row by row; the first node lies two rows south and two columns west of the one on the first cell's centre.
    let coefficients: [Float]
    let columns: Int
    let rows: Int

    /// What spreading the points and weighing the nodes take of the whole work, each.
    private static let share = 0.3

    /// - Throws: ``HotspotError/cancelled``.
    init(_ run: RasterRun, _ nodes: SplineNodes, _ kernel: SplineKernel) throws(HotspotError) {
        self.run = run
        self.nodes = nodes
        let columns = (run.grid.columns - 1) / nodes.pitch + 6
        let rows = (run.grid.rows - 1) / nodes.pitch + 6
        (self.columns, self.rows) = (columns, rows)
        func work(from start: Double) -> ParallelWork {
            ParallelWork(
                threads: run.threads, progress: ParallelWork.part(of: run.progress, from: start, length: Self.share))
        }
        let shares = try nodes.shares(of: run.points, by: work(from: 0))
        let weighing = NodeWeighing(kernel: kernel, nodes: nodes, shares: shares, columns: columns)
        coefficients = try work(from: Self.share).numbers(rows * columns, piece: 16 * columns) { range, output in
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
        run.progress = ParallelWork.part(of: run.progress, from: 2 * Self.share, length: 1 - 2 * Self.share)
        return try run.raster(bandRows: pitch * max(1, 64 / pitch)) { [run] band, output in
            let width = run.grid.columns
            // Each cell has a node to the south of its own, and two to the north.
            let first = band.lowerBound / pitch + 1
            let count = (band.upperBound - 1) / pitch + 5 - first
            withUnsafeTemporaryAllocation(of: Float.self, capacity: count * width) { lines in
                guard let base = lines.baseAddress else { return }
                for line in 0..<count { widen(first + line, into: base + line * width) }
                for row in band {
                    let cells = UnsafeMutableBufferPointer(start: output.cells + row * width, count: width)
                    combine(base + (row / pitch + 1 - first) * width, at: row, into: cells)
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
            let node = base + row * columns + 1
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
