import Grids

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
