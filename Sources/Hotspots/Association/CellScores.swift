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

/// How many cells of the study area lie within the disc of each cell of a row.
struct CoveredCells: ~Copyable {
    private(set) var counts: [Int32]
    private let disc: CellDisc
    private let rows: Int
    /// Ones and zeros, and their sums; nil where the study area is the whole grid.
    private let inside: [Int32]?
    private var discs: DiscRows<Int32>
    private var lastCut: Range<Int>?

    init(_ disc: CellDisc, _ mask: Mask) {
        self.disc = disc
        rows = mask.grid.rows
        counts = [Int32](repeating: 0, count: mask.grid.columns)
        inside = mask.count == mask.isInside.count ? nil : mask.isInside.map { $0 ? 1 : 0 }
        discs = DiscRows(disc, columns: inside == nil ? 1 : mask.grid.columns, rows: rows)
    }

    deinit { discs.deallocate() }

    /// - Returns: whether the counts are others than those of the row before.
    mutating func update(_ row: Int) -> Bool {
        if let inside {
            inside.withUnsafeBufferPointer { inside in
                guard let inside = inside.baseAddress else { return }
                let sums = discs.sums(aroundRow: row, of: inside)
                for column in counts.indices { counts[column] = sums[column] }
            }
            return true
        }
        let cut = max(0, row - disc.rows) - row..<min(rows, row + disc.rows + 1) - row
        guard cut != lastCut else { return false }
        lastCut = cut
        for column in counts.indices {
            counts[column] = 0
            for offset in cut {
                let width = disc.halfWidths[abs(offset)]
                let covered = min(counts.count - 1, column + width) - max(0, column - width) + 1
                counts[column] += Int32(truncatingIfNeeded: covered)
            }
        }
        return true
    }
}

/// Turns sums into scores.
struct ScoreTable {
    private let count: Double
    private let mean: Double
    private let squaredDeviations: Double
    /// By how many cells were summed: one over the sum's standard deviation; NaN before it was needed.
    private var byCount: [Double]
    /// Of the row at hand: a score is sum · scale − shift.
    private var scale: [Double]
    private var shift: [Double]

    init(_ cells: CellValues) {
        count = Double(cells.mask.count)
        (mean, squaredDeviations) = (cells.mean, cells.squaredDeviations)
        byCount = [Double](repeating: -1, count: min(cells.mask.count + 1, 1 << 16))
        scale = [Double](repeating: 0, count: cells.mask.grid.columns)
        shift = scale
    }

    mutating func update(_ covered: [Int32]) {
        for column in covered.indices {
            scale[column] = inverseDeviation(Int(covered[column]))
            shift[column] = scale[column] * mean * Double(covered[column])
        }
    }

    private mutating func inverseDeviation(_ covered: Int) -> Double {
        if covered < byCount.count, !(byCount[covered] < 0) { return byCount[covered] }
        let weight = Double(covered)
        let spread = (count - weight) * weight
        let inverse = spread > 0 ? 1 / (squaredDeviations / count * spread / (count - 1)).squareRoot() : .nan
        if covered < byCount.count { byCount[covered] = inverse }
        return inverse
    }

    func score<Element: RunningSummand>(
        _ sums: UnsafePointer<Element>, _ covered: [Int32], into z: UnsafeMutablePointer<Double>
    ) {
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                for column in covered.indices { z[column] = sums[column].asDouble * scale[column] - shift[column] }
            }
        }
    }

    /// Leaving each cell out of its own sum, and out of mean and variance.
    func scoreOthers<Element: RunningSummand>(
        _ own: UnsafePointer<Element>, _ sums: UnsafePointer<Element>, _ covered: [Int32],
        into z: UnsafeMutablePointer<Double>
    ) {
        let others = count - 1
        for column in covered.indices {
            let (own, weight) = (own[column].asDouble - mean, Double(covered[column]) - 1)
            let ownMean = -own / others
            let variance = (squaredDeviations - own * own) / others - ownMean * ownMean
            let spread = (others - weight) * weight
            guard spread > 0, others > 1, variance > 1e-13 * squaredDeviations / count else {
                z[column] = .nan
                continue
            }
            let sum = sums[column].asDouble - own - mean - weight * mean
            z[column] = (sum - weight * ownMean) / (variance * spread / (others - 1)).squareRoot()
        }
    }
}
