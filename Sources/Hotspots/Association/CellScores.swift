import Grids

/// Gi* or Gi of every cell of a study area, from the sums over the discs around them.
struct CellScores {
    /// Per cell of the grid; NaN outside the study area.
    private(set) var z: [Double] = []
    /// Cells without any other within the distance.
    private(set) var islands = 0
    private let form: GetisOrd.Form
    private let cells: CellValues
    /// Per cell of the study area, only where permutations need them: the others within the distance, and the sum of
    /// their values less the mean.
    private var counts: [Int32] = []
    private var sums: [Double] = []

    init(form: GetisOrd.Form, cells: CellValues, disc: CellDisc, keepsSums: Bool) {
        self.form = form
        self.cells = cells
        let covered = CoveredCells(disc, cells.mask)
        switch cells.column {
        case .whole(let values): score(values, disc, covered, keepsSums)
        case .real(let values): score(values, disc, covered, keepsSums)
        }
    }

    private mutating func score<Element: RunningSummand>(
        _ values: [Element], _ disc: CellDisc, _ covered: consuming CoveredCells, _ keepsSums: Bool
    ) {
        let grid = cells.mask.grid
        var discs = DiscRows<Element>(disc, columns: grid.columns, rows: grid.rows)
        defer { discs.deallocate() }
        var coefficients = ScoreTable(cells)
        z = [Double](unsafeUninitializedCapacity: grid.cellCount) { output, count in
            count = grid.cellCount
            values.withUnsafeBufferPointer { values in
                guard let values = values.baseAddress, let output = output.baseAddress else { return }
                for row in 0..<grid.rows {
                    let sums = discs.sums(aroundRow: row, of: values)
                    let isNew = covered.update(row)
                    let (own, z) = (values + row * grid.columns, output + row * grid.columns)
                    switch form {
                    case .giStar:
                        if isNew { coefficients.update(covered.counts) }
                        coefficients.score(sums, covered.counts, into: z)
                    case .gi: coefficients.scoreOthers(own, sums, covered.counts, into: z)
                    }
                    finish(row, own, sums, covered.counts, keepsSums, z)
                }
            }
        }
    }

    /// Blanks what is outside, counts islands, and keeps what permutations need.
    private mutating func finish<Element: RunningSummand>(
        _ row: Int, _ own: UnsafePointer<Element>, _ sums: UnsafePointer<Element>, _ covered: [Int32],
        _ keepsSums: Bool, _ z: UnsafeMutablePointer<Double>
    ) {
        let first = row * covered.count
        let isWhole = cells.mask.count == cells.mask.isInside.count
        guard keepsSums || !isWhole else {
            if let least = covered.min(), least <= 1 { islands += covered.count { $0 == 1 } }
            return
        }
        for column in covered.indices {
            guard cells.mask.isInside[first + column] else {
                z[column] = .nan
                continue
            }
            if covered[column] == 1 { islands += 1 }
            guard keepsSums else { continue }
            let others = covered[column] - 1
            counts.append(others)
            self.sums.append(Element.minus(sums[column], own[column]).asDouble - Double(others) * cells.mean)
        }
    }

    /// Per cell of the grid; NaN outside the study area.
    func permutedP(
        _ permutations: Permutations, threads: Int?, progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> [Double] {
        let inside = cells.mask.insideCells
        let centred =
            switch cells.column {
            case .whole(let values): inside.map { Double(values[$0]) - cells.mean }
            case .real(let values): inside.map { values[$0] - cells.mean }
            }
        let p = try ConditionalPermutations.p(
            counts: counts, sums: sums, centred, permutations, threads: threads, progress: progress)
        var spread = [Double](repeating: .nan, count: z.count)
        for (cell, p) in zip(inside, p) { spread[cell] = p }
        return spread
    }
}
