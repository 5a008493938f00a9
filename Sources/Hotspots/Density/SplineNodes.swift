import Grids

/// A square lattice of nodes over a grid, one on the centre of every `pitch`-th cell of every `pitch`-th row, and a margin.
struct SplineNodes: Sendable {
    /// Cells from one node to the next.
    let pitch: Int
    /// The node on the first cell's centre is so many nodes from the lattice's edge.
    let margin: Int
    /// With the margins.
    let columns: Int
    let rows: Int

    /// nil where there would be as many nodes as cells.
    init?(kernel: SplineKernel, pitch: Int, grid: Grid) {
        self.pitch = pitch
        // Two nodes beyond the grid are computed, from all in the kernel's reach; points in between have all their nodes.
        margin = kernel.reach + 5
        columns = (grid.columns - 1) / pitch + 2 * margin + 2
        rows = (grid.rows - 1) / pitch + 2 * margin + 2
        guard columns < grid.cellCount / rows else { return nil }
    }

    /// Nodes in a band that one thread works on.
    private static let bandRows = 32

    /// The weight at each node, row by row, as a share of that of all points.
    /// - Throws: ``HotspotError/cancelled``.
    func shares(of points: CellPoints, by work: ParallelWork) throws(HotspotError) -> [Float] {
        try work.numbers(rows * columns, piece: Self.bandRows * columns) { range, output in
            let band = range.lowerBound / columns..<range.upperBound / columns
            withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { sums in
                sums.initialize(repeating: 0)
                guard let base = sums.baseAddress else { return }
                spread(points, over: band, base)
                for index in 0..<range.count { output.base[range.lowerBound + index] = Float(base[index]) }
            }
        }
    }

    /// Adds each point's share to the nodes of a band of rows around it.
    private func spread(_ points: CellPoints, over band: Range<Int>, _ sums: UnsafeMutablePointer<Double>) {
        let cells = (band.lowerBound - margin) * pitch..<(band.upperBound - 1 - margin) * pitch + 1
        let near = points.indices(within: Double(2 * pitch), of: cells)
        let (perCell, margin) = (1 / Double(pitch), Double(margin))
        let share = points.weight > 0 ? 1 / points.weight : 0
        let (columnLimit, rowLimit) = (Double(columns - 2), Double(rows - 2))
        points.withColumns { x, y, weight in
            for i in near {
                let column = points.column(of: x[i]) * perCell + margin
                let row = points.row(of: y[i]) * perCell + margin
                // Beyond are points out of reach.
                guard column >= 1, row >= 1, column < columnLimit, row < rowLimit else { continue }
                let (firstColumn, firstRow) = (Int(column) &- 1, Int(row) &- 1)
                let across = splineWeights(at: column - Double(firstColumn &+ 1)) * (weight[i] * share)
                let along = splineWeights(at: row - Double(firstRow &+ 1))
                for step in 0..<4 {
                    let row = firstRow &+ step
                    guard row >= band.lowerBound, row < band.upperBound else { continue }
                    let nodes = sums + (row &- band.lowerBound) &* columns + firstColumn
                    let address = UnsafeMutableRawPointer(nodes)
                    let sum = address.loadUnaligned(as: SIMD4<Double>.self) + across * along[step]
                    address.storeBytes(of: sum, as: SIMD4<Double>.self)
                }
            }
        }
    }
}
