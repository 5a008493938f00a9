import SimpleFeatures

/// The points of a stretch of a table merged into the cells of a square grid whose side is a power of two.
///
/// A cell is a stretch of rows as well, so its count is known from where it starts. All sums are whole numbers: a level
/// folded from a finer one equals the level counted from the points.
struct CellLevel: Sendable {
    /// The world has 2^bits cells along an axis.
    let bits: Int
    /// The first row of each cell in ascending order, and one more: the end of the last.
    private(set) var starts: [UInt32] = []
    private(set) var sumX: [UInt64] = []
    private(set) var sumY: [UInt64] = []
    /// Sums of weights in millionths; empty where points have none.
    private(set) var weights: [Int64] = []
    /// Where the counts by group of each cell start, and one more.
    private(set) var groupStarts: [UInt32] = [0]
    /// Ascending within a cell.
    private(set) var groups: [UInt32] = []
    private(set) var groupCounts: [UInt32] = []

    var count: Int { sumX.count }

    /// Counts points.
    /// - Complexity: O(rows · groupings).
    init(_ table: PointTable, _ rows: Range<Int>, bits: Int, _ groupings: PointGroups) {
        self.bits = bits
        let shift = UInt64(64 - 2 * bits)
        var tally = GroupTally(groupings.names.count)
        var last: UInt64?
        for row in rows {
            let cell = table.keys[row] >> shift
            if cell != last {
                if last != nil { close(&tally) }
                open(at: UInt32(row), isWeighted: !table.millionths.isEmpty)
                last = cell
            }
            let (key, current) = (table.keys[row], sumX.count - 1)
            sumX[current] += UInt64(Morton.x(key))
            sumY[current] += UInt64(Morton.y(key))
            if !weights.isEmpty { weights[current] += table.millionths[row] }
            groupings.forEachGroup(of: row, in: table) { tally.add($0, 1) }
        }
        if last != nil { close(&tally) }
        starts.append(UInt32(rows.upperBound))
    }

    /// Merges the cells of a stretch of a finer level.
    /// - Complexity: O(cells and their groups).
    init(folding finer: CellLevel, _ cells: Range<Int>, bits: Int, _ table: PointTable, _ groupings: PointGroups) {
        self.bits = bits
        let shift = UInt64(64 - 2 * bits)
        var tally = GroupTally(groupings.names.count)
        var last: UInt64?
        for child in cells {
            let cell = table.keys[Int(finer.starts[child])] >> shift
            if cell != last {
                if last != nil { close(&tally) }
                open(at: finer.starts[child], isWeighted: !finer.weights.isEmpty)
                last = cell
            }
            let current = sumX.count - 1
            sumX[current] += finer.sumX[child]
            sumY[current] += finer.sumY[child]
            if !weights.isEmpty { weights[current] += finer.weights[child] }
            finer.forEachGroup(of: child) { tally.add($0, $1) }
        }
        if last != nil { close(&tally) }
        starts.append(finer.starts[cells.upperBound])
    }

    /// How many points a cell has.
    func size(of cell: Int) -> Int { Int(starts[cell + 1] - starts[cell]) }

    func forEachGroup(of cell: Int, _ body: (UInt32, UInt32) -> Void) {
        for index in Int(groupStarts[cell])..<Int(groupStarts[cell + 1]) { body(groups[index], groupCounts[index]) }
    }

    /// The cells that make up a stretch of rows whose ends are ends of cells.
    func cells(of rows: Range<Int>) -> Range<Int> { cell(at: rows.lowerBound)..<cell(at: rows.upperBound) }

    /// How many cells of a coarser grid a stretch of cells lies in.
    func cellCount(_ cells: Range<Int>, bits: Int, _ table: PointTable) -> Int {
        let shift = UInt64(64 - 2 * bits)
        var (count, last) = (0, UInt64.max)
        for cell in cells {
            let coarser = table.keys[Int(starts[cell])] >> shift
            if count == 0 || coarser != last { (count, last) = (count + 1, coarser) }
        }
        return count
    }

    private func cell(at row: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) >= row { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func open(at row: UInt32, isWeighted: Bool) {
        starts.append(row)
        sumX.append(0)
        sumY.append(0)
        if isWeighted { weights.append(0) }
    }

    private mutating func close(_ tally: inout GroupTally) {
        tally.takeAll {
            groups.append($0)
            groupCounts.append($1)
        }
        groupStarts.append(UInt32(truncatingIfNeeded: groups.count))
    }
}

/// By what merged points are counted: the texts of some columns, each a group with a property of its own.
struct PointGroups: Sendable {
    /// The property of each group.
    private(set) var names: [String] = []
    /// The columns counted by, and of each text of the table its group in that column, or −1.
    private var columns: [(column: Int, groups: [Int32])] = []

    /// - Throws: ``PointPyramidError/noTexts(_:)``.
    init(_ table: PointTable, by columnNames: [String]) throws(PointPyramidError) {
        for name in columnNames {
            guard let column = table.names.firstIndex(of: name), table.kinds[column] == .text else {
                throw .noTexts(name)
            }
            var used = [Bool](repeating: false, count: table.texts.texts.count)
            for row in 0..<table.count {
                let cell = row * table.width + column
                if table.earlier[cell] != PointTable.absent { used[Int(table.cells[cell])] = true }
            }
            var groups = [Int32](repeating: -1, count: used.count)
            // By name, so that the order of the rows has no part in it.
            let texts = table.texts.texts
            for place in used.indices.filter({ used[$0] }).sorted(by: { texts[$0] < texts[$1] }) {
                groups[place] = Int32(names.count)
                names.append("count_" + texts[place])
            }
            columns.append((column, groups))
        }
    }

    func forEachGroup(of row: Int, in table: PointTable, _ body: (UInt32) -> Void) {
        for (column, groups) in columns {
            let cell = row * table.width + column
            guard table.earlier[cell] != PointTable.absent else { continue }
            body(UInt32(groups[Int(table.cells[cell])]))
        }
    }
}

/// Counts by group, for one cell after the other.
private struct GroupTally {
    private var counts: [UInt32]
    private var touched: [UInt32] = []

    init(_ count: Int) { counts = [UInt32](repeating: 0, count: count) }

    mutating func add(_ group: UInt32, _ count: UInt32) {
        if counts[Int(group)] == 0 { touched.append(group) }
        counts[Int(group)] += count
    }

    /// Hands over what has been counted, by ascending group, and starts anew.
    mutating func takeAll(_ body: (UInt32, UInt32) -> Void) {
        touched.sort()
        for group in touched {
            body(group, counts[Int(group)])
            counts[Int(group)] = 0
        }
        touched.removeAll(keepingCapacity: true)
    }
}
