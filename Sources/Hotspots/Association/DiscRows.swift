import Grids

/// A number whose sums can be taken from the difference of running sums.
protocol RunningSummand: Sendable {
    static var zero: Self { get }
    static func plus(_ a: Self, _ b: Self) -> Self
    static func minus(_ a: Self, _ b: Self) -> Self
    var asDouble: Double { get }
}

/// Running sums may wrap round: a difference that fits is still right.
extension Int32: RunningSummand {
    @inline(__always)
    static func plus(_ a: Int32, _ b: Int32) -> Int32 { a &+ b }
    @inline(__always)
    static func minus(_ a: Int32, _ b: Int32) -> Int32 { a &- b }
    @inline(__always)
    var asDouble: Double { Double(self) }
}

extension Double: RunningSummand {
    @inline(__always)
    static func plus(_ a: Double, _ b: Double) -> Double { a + b }
    @inline(__always)
    static func minus(_ a: Double, _ b: Double) -> Double { a - b }
    @inline(__always)
    var asDouble: Double { self }
}

/// Sums over the disc of cells around every cell of a row, row after row.
///
/// Each row of cells is turned into running sums once; what a disc covers of it is then one difference, however wide the
/// disc. The running sums go on beyond either end of the row, so that no disc needs to be cut.
///
/// Frees its memory by ``deallocate()``.
struct DiscRows<Element: RunningSummand> {
    private let disc: CellDisc
    private let columns: Int
    private let rows: Int
    /// How far the running sums go on beyond the row.
    private let margin: Int
    private let stride: Int
    /// How many rows of running sums are kept.
    private let slots: Int
    private let running: UnsafeMutablePointer<Element>
    private let sums: UnsafeMutablePointer<Element>
    /// The next row to be turned into running sums.
    private var nextRow = 0

    init(_ disc: CellDisc, columns: Int, rows: Int) {
        self.disc = disc
        self.columns = columns
        self.rows = rows
        margin = disc.halfWidths[0]
        stride = columns + 1 + 2 * margin
        slots = min(2 * disc.rows + 1, rows)
        running = .allocate(capacity: stride * slots)
        sums = .allocate(capacity: columns)
    }

    func deallocate() {
        running.deallocate()
        sums.deallocate()
    }

    /// The sums around the cells of a row; valid until the next call.
    /// - Parameters:
    ///   - row: rows must be asked for in ascending order, each once.
    ///   - cells: all rows of the grid.
    mutating func sums(aroundRow row: Int, of cells: UnsafePointer<Element>) -> UnsafePointer<Element> {
        while nextRow <= min(rows - 1, row + disc.rows) {
            run(cells + nextRow * columns, into: slot(nextRow))
            nextRow += 1
        }
        set(slot(row), disc.halfWidths[0])
        for offset in 1..<max(1, disc.halfWidths.count) {
            let (south, north) = (row - offset, row + offset)
            switch (south >= 0, north < rows) {
            case (true, true): add(slot(south), slot(north), disc.halfWidths[offset])
            case (true, false): add(slot(south), disc.halfWidths[offset])
            case (false, true): add(slot(north), disc.halfWidths[offset])
            case (false, false): break
            }
        }
        return UnsafePointer(sums)
    }

    private func slot(_ row: Int) -> UnsafeMutablePointer<Element> { running + row % slots * stride }

    private func run(_ cells: UnsafePointer<Element>, into output: UnsafeMutablePointer<Element>) {
        for place in 0...margin { output[place] = .zero }
        var sum = Element.zero
        for column in 0..<columns {
            sum = .plus(sum, cells[column])
            output[margin + column + 1] = sum
        }
        for place in margin + columns + 1..<max(stride, margin + columns + 1) { output[place] = sum }
    }

    private func set(_ a: UnsafePointer<Element>, _ halfWidth: Int) {
        let (right, left) = (a + margin + halfWidth + 1, a + margin - halfWidth)
        for column in 0..<columns { sums[column] = .minus(right[column], left[column]) }
    }

    private func add(_ a: UnsafePointer<Element>, _ halfWidth: Int) {
        let (right, left) = (a + margin + halfWidth + 1, a + margin - halfWidth)
        for column in 0..<columns {
            sums[column] = .plus(sums[column], .minus(right[column], left[column]))
        }
    }

    private func add(_ a: UnsafePointer<Element>, _ b: UnsafePointer<Element>, _ halfWidth: Int) {
        let (rightA, leftA) = (a + margin + halfWidth + 1, a + margin - halfWidth)
        let (rightB, leftB) = (b + margin + halfWidth + 1, b + margin - halfWidth)
        for column in 0..<columns {
            let both = Element.plus(
                .minus(rightA[column], leftA[column]), .minus(rightB[column], leftB[column]))
            sums[column] = .plus(sums[column], both)
        }
    }
}
