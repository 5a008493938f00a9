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

    /// From this many cells to a radius, integrals along rows take the place of sums over cells.
    private static let leastRadiusToIntegrate = 24.0
    /// Up to this many rows, the whole kernel is summed by rows too, so that it errs as its parts do.
    private static let greatestReachToSum = 4096.0

    /// The share of a kernel around a place of the study area, in units of cells.
    /// - Complexity: O(*k*) with *k* cells under the kernel where those are few, otherwise O(*r*) with *r* runs of cells of the
    ///   study area along the rows under it.
    func share(column: Double, row: Double, radius: Double) -> Double {
        let reach = radius * kernel.support
        if isWhollyInside(column, row, reach) { return 1 }
        let curve = KernelRow(kernel: kernel, radius: radius)
        let integrates = radius >= Self.leastRadiusToIntegrate
        let (south, north) = ((row - reach).rounded(.up), (row + reach).rounded(.down))
        var whole = 0.0
        if reach <= Self.greatestReachToSum {
            var r = south
            while r <= north {
                let chord = max(0, reach * reach - (r - row) * (r - row)).squareRoot()
                whole += part(curve, integrates, from: column - chord, to: column + chord, column, dy: r - row, chord)
                r += 1
            }
        } else {
            whole = curve.integral
        }
        var inside = 0.0
        for r in stride(from: max(0, south), through: min(Double(grid.rows - 1), north), by: 1) {
            let chord = max(0, reach * reach - (r - row) * (r - row)).squareRoot()
            var runs = ends(of: Int(r))[...]
            while let first = runs.popFirst(), let end = runs.popFirst() {
                // Cells reach half a cell beyond their centres.
                let (west, east) =
                    integrates ? (Double(first) - 0.5, Double(end) - 0.5) : (Double(first), Double(end) - 1)
                inside += part(curve, integrates, from: west, to: east, column, dy: r - row, chord)
            }
        }
        // A kernel that reaches no cell centre weighs nothing either way.
        return inside > 0 ? min(1, inside / whole) : 1
    }

    /// A kernel's row from a column to another: integrated, or summed over the whole columns.
    private func part(
        _ curve: KernelRow, _ integrates: Bool, from west: Double, to east: Double, _ column: Double, dy: Double,
        _ chord: Double
    ) -> Double {
        let (low, high) = (max(west, column - chord), min(east, column + chord))
        guard low <= high else { return 0 }
        if integrates { return curve.integral(to: high - column, dy: dy) - curve.integral(to: low - column, dy: dy) }
        return stride(from: low.rounded(.up), through: high, by: 1).reduce(0) {
            $0 + curve.value(dx: $1 - column, dy: dy)
        }
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
    /// Along a row of cells, what a run of cells from a to b adds changes from one cell to the next by the kernel's row around
    /// a less that around b.
    /// - Complexity: O(*b*·*k* + *c*) with *b* cells at the mask's western and eastern borders, *k* under the kernel, *c* cells.
    func shares(radius: Double, threads: Int?) -> [Double] {
        let table = KernelTable(KernelRow(kernel: kernel, radius: radius), columns: grid.columns, rows: grid.rows)
        let columns = grid.columns
        var shares = [Double](repeating: 0, count: grid.cellCount)
        shares.withUnsafeMutableBufferPointer { shares in
            guard let base = shares.baseAddress else { return }
            let output = SharedNumbers(base: base)
            _ = ParallelWork(threads: threads, progress: nil).run(grid.rows) { row in
                fill(output.base + row * columns, row: row, table)
            }
        }
        return shares
    }

    private func fill(_ cells: UnsafeMutablePointer<Double>, row: Int, _ table: KernelTable) {
        let (columns, reach) = (grid.columns, table.columns - 1)
        for source in max(0, row - table.rows + 1)...min(grid.rows - 1, row + table.rows - 1) {
            let dy = abs(source - row)
            for (index, end) in ends(of: source).enumerated() {
                let (end, sign) = (Int(end), index.isMultiple(of: 2) ? 1.0 : -1)
                // What reaches the first column from the cells before an end, taken off where a run begins.
                for column in 0..<min(end, table.columns) { cells[0] -= sign * table.value(column, dy) }
                for column in max(1, end - reach)..<max(1, end - reach, min(columns, end + reach + 1)) {
                    cells[column] += sign * table.value(abs(column - end), dy)
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

    /// Over the row from x = 0 to `dx`, both within the reach at `dy`; times −1 for −x.
    func integral(to dx: Double, dy: Double) -> Double {
        let (r, c) = (radius * radius, radius * radius - dy * dy)
        switch kernel {
        case .quartic: return dx * (c * c - dx * dx * (2 * c / 3 - dx * dx / 5)) / (r * r)
        case .epanechnikov: return dx * (c - dx * dx / 3) / r
        case .triangular:
            let distance = (dx * dx + dy * dy).squareRoot()
            let middle = dy == 0 ? 0 : dy * dy * asinh(dx / abs(dy))
            return dx - (dx * distance + middle) / (2 * radius)
        case .uniform: return dx
        case .gaussian:
            return exp(-0.5 * dy * dy / r) * radius * (Double.pi / 2).squareRoot()
                * erf(dx / (radius * 2.0.squareRoot()))
        }
    }

    /// Over the centres of the cells of the plane, around one of them; an integral for kernels of very many cells.
    var sum: Double {
        let reach = radius * kernel.support
        guard reach <= 1024 else { return integral }
        var sum = 0.0
        for dy in 0...Int(reach) {
            for dx in 0...Int(reach) {
                sum += value(dx: Double(dx), dy: Double(dy)) * (dx > 0 ? 2 : 1) * (dy > 0 ? 2 : 1)
            }
        }
        return sum
    }

    /// Over the plane.
    var integral: Double {
        let area = Double.pi * radius * radius
        return switch kernel {
        case .quartic, .triangular: area / 3
        case .epanechnikov: area / 2
        case .uniform: area
        case .gaussian: 2 * area * (1 - exp(-0.5 * kernel.support * kernel.support))
        }
    }
}

/// A kernel around the centre of a cell, at the centres of cells to the north-east, as far as a grid goes.
private struct KernelTable {
    let columns: Int
    let rows: Int
    /// Over all cells of the plane.
    let sum: Double
    private let values: [Double]

    init(_ curve: KernelRow, columns: Int, rows: Int) {
        let reach = curve.radius * curve.kernel.support
        self.columns = Int(min(reach, Double(columns))) + 1
        self.rows = Int(min(reach, Double(rows))) + 1
        var values: [Double] = []
        var sum = 0.0
        for dy in 0..<self.rows {
            for dx in 0..<self.columns {
                let value = curve.value(dx: Double(dx), dy: Double(dy))
                sum += value * (dx > 0 ? 2 : 1) * (dy > 0 ? 2 : 1)
                values.append(value)
            }
        }
        self.values = values
        // Of a kernel that reaches beyond the table; it is then many cells wide.
        let isWhole = reach <= Double(min(columns, rows))
        self.sum = isWhole ? sum : curve.sum
    }

    /// The value `dx` columns and `dy` rows away.
    @inline(__always)
    func value(_ dx: Int, _ dy: Int) -> Double { values[dy * columns + dx] }
}
