import Grids

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Answers which part of a kernel lies in the study area.
struct KernelCover: Sendable {
    private let grid: Grid
    private let mask: Mask?
    private let kernel: Kernel
    /// Where the mask begins or ends along a row, in each row: even ones begin.
    private let ends: [Int32]
    private let firstEnd: [Int]

    init(grid: Grid, mask: Mask?, kernel: Kernel) {
        self.grid = grid
        self.mask = mask
        self.kernel = kernel
        var ends: [Int32] = []
        var firstEnd = [0]
        for row in 0..<grid.rows {
            if let mask {
                var isInside = false
                for column in 0..<grid.columns where mask.contains(column: column, row: row) != isInside {
                    isInside.toggle()
                    ends.append(Int32(column))
                }
                if isInside { ends.append(Int32(grid.columns)) }
            } else {
                ends += [0, Int32(grid.columns)]
            }
            firstEnd.append(ends.count)
        }
        self.ends = ends
        self.firstEnd = firstEnd
    }

    /// The share of a kernel around a place of the study area, in units of cells.
    /// - Complexity: O(*k*) with *k* cells under the kernel, O(*r*) with *r* rows where none is outside.
    func share(column: Double, row: Double, radius: Double) -> Double {
        let reach = radius * kernel.support
        // So wide a kernel is flat over the grid; a limit keeps the loops short.
        guard reach < 1e5 else { return 1 }
        if isWhollyInside(column, row, reach) { return 1 }
        let curve = KernelRow(kernel: kernel, radius: radius)
        var (inside, whole) = (0.0, 0.0)
        var r = (row - reach).rounded(.up)
        while r <= row + reach {
            let chord = max(0, reach * reach - (r - row) * (r - row)).squareRoot()
            let (first, last) = ((column - chord).rounded(.up), (column + chord).rounded(.down))
            let runs = r >= 0 && r < Double(grid.rows) ? ends(of: Int(r)) : ends[0..<0]
            var next = runs.startIndex
            var c = first
            while c <= last {
                let value = curve.value(dx: c - column, dy: r - row)
                while next < runs.endIndex, Double(runs[next]) <= c { next += 1 }
                whole += value
                if !(next - runs.startIndex).isMultiple(of: 2) { inside += value }
                c += 1
            }
            r += 1
        }
        // A kernel that reaches no cell centre weighs nothing either way.
        return inside > 0 ? inside / whole : 1
    }

    private func ends(of row: Int) -> ArraySlice<Int32> { ends[firstEnd[row]..<firstEnd[row + 1]] }

    /// Whether one run of cells holds the kernel in every row of its square.
    private func isWhollyInside(_ column: Double, _ row: Double, _ reach: Double) -> Bool {
        guard row - reach >= 0, row + reach <= Double(grid.rows - 1), column - reach >= 0 else { return false }
        for r in Int((row - reach).rounded(.down))...Int((row + reach).rounded(.up)) {
            let runs = ends(of: r)
            var index = runs.startIndex
            while index + 1 < runs.endIndex, Double(runs[index + 1] - 1) < column + reach { index += 2 }
            guard index < runs.endIndex, Double(runs[index]) <= column - reach else { return false }
        }
        return true
    }

    /// The share of a kernel around the centre of each cell.
    ///
    /// A run of cells from a to b adds to the cells of a row the kernel's row summed over a to b, whose differences from cell
    /// to cell are the kernel's row around a less that around b.
    /// - Complexity: O(*b*·*k* + *c*) with *b* cells at the mask's western and eastern borders, *k* under the kernel, *c* cells.
    func shares(radius: Double, threads: Int?) -> [Double] {
        let reach = Int(min(radius * kernel.support, Double(2 * max(grid.columns, grid.rows))))
        let table = KernelTable(kernel: kernel, radius: radius, reach: reach)
        let columns = grid.columns
        var shares = [Double](repeating: 0, count: grid.cellCount)
        shares.withUnsafeMutableBufferPointer { shares in
            guard let base = shares.baseAddress else { return }
            let output = SharedNumbers(base: base)
            _ = ParallelWork.run(grid.rows, threads: threads, progress: nil) { row in
                fill(output.base + row * columns, row: row, table)
            }
        }
        return shares
    }

    private func fill(_ cells: UnsafeMutablePointer<Double>, row: Int, _ table: KernelTable) {
        let columns = grid.columns
        for source in max(0, row - table.reach)...min(grid.rows - 1, row + table.reach) {
            let dy = abs(source - row)
            for (index, end) in ends(of: source).enumerated() {
                let sign = index.isMultiple(of: 2) ? 1.0 : -1
                let (first, last) = (Int(end) - table.reach, Int(end) + table.reach)
                // What begins west of the grid has all arrived at its first column.
                for column in min(first, 0)..<max(min(first, 0), min(0, last + 1)) {
                    cells[0] += sign * table.value(abs(column - Int(end)), dy)
                }
                for column in max(first, 0)..<max(0, first, min(columns, last + 1)) {
                    cells[column] += sign * table.value(abs(column - Int(end)), dy)
                }
            }
        }
        var sum = 0.0
        for column in 0..<columns {
            sum += cells[column]
            cells[column] = min(1, max(0, sum / table.sum))
        }
    }
}

/// A kernel as a function of a distance in cells, not brought to any unit.
struct KernelRow {
    let kernel: Kernel
    let radius: Double

    @inline(__always)
    func value(dx: Double, dy: Double) -> Double {
        let u = (dx * dx + dy * dy) / (radius * radius)
        switch kernel {
        case .quartic: return u < 1 ? (1 - u) * (1 - u) : 0
        case .epanechnikov: return u < 1 ? 1 - u : 0
        case .triangular: return u < 1 ? 1 - u.squareRoot() : 0
        case .uniform: return u < 1 ? 1 : 0
        case .gaussian: return u < 36 ? exp(-0.5 * u) : 0
        }
    }
}

/// A kernel around the centre of a cell, at the centres of cells to the north-east.
private struct KernelTable {
    let reach: Int
    /// Over all cells around.
    let sum: Double
    private let values: [Double]

    init(kernel: Kernel, radius: Double, reach: Int) {
        let curve = KernelRow(kernel: kernel, radius: radius)
        self.reach = reach
        var values: [Double] = []
        var sum = 0.0
        for dy in 0...reach {
            for dx in 0...reach {
                let value = curve.value(dx: Double(dx), dy: Double(dy))
                sum += value * (dx > 0 ? 2 : 1) * (dy > 0 ? 2 : 1)
                values.append(value)
            }
        }
        self.values = values
        self.sum = sum
    }

    /// The value `dx` columns and `dy` rows away.
    @inline(__always)
    func value(_ dx: Int, _ dy: Int) -> Double { values[dy * (reach + 1) + dx] }
}
