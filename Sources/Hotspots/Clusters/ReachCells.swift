import SimpleFeatures

/// Places sorted into square cells so small that all places of a cell are in reach of each other.
///
/// Only cells with places are stored, row by row from the south, so that a place far from all others costs nothing. The
/// places in reach of a cell lie in at most five rows and five columns around it.
struct ReachCells {
    /// Places in the order of the cells; within a cell they ascend.
    let place: [Int32]
    let x: [Double]
    let y: [Double]
    /// Incidents at the places before each one in this order; one more at the end.
    let incidentsBefore: [Int]
    /// Per cell, where its places begin; one more at the end.
    let start: [Int32]
    let column: [Int32]
    /// Per row with places, where its cells begin; one more at the end.
    let rowStart: [Int32]
    let rowNumber: [Int32]
    let squaredReach: Double

    var count: Int { column.count }

    /// A little less than reach/√2, so that rounding cannot put places out of reach into one cell.
    private static let shrink = 1 - 0x1p-19
    private static let greatestColumn = 0x1p31 - 1

    init(_ pattern: PointPattern, reach: Length) throws(HotspotError) {
        let side = reach.metres / 2.0.squareRoot() * Self.shrink
        let box = pattern.envelope
        let (west, south) = (pattern.x.isEmpty ? 0 : box.minX, pattern.y.first ?? 0)
        guard max(box.width, box.height) / side < Self.greatestColumn, side.isFinite else {
            let least = max(box.width, box.height) / Self.greatestColumn * 2
            throw .distanceTooSmall(name: "reach", least: .metres(least), found: reach)
        }
        let rows = OccupiedRows(pattern.y, south: south, side: side)
        let order = Self.order(pattern.x, west: west, side: side, rows: rows)
        (place, column, start, rowStart) = Self.cells(order, rows)
        rowNumber = rows.number
        x = place.map { pattern.x[Int($0)] }
        y = place.map { pattern.y[Int($0)] }
        var before = [0]
        before.reserveCapacity(place.count + 1)
        var sum = 0
        for index in place {
            sum += Int(pattern.multiplicity[Int(index)])
            before.append(sum)
        }
        incidentsBefore = before
        squaredReach = reach.metres * reach.metres
    }

    /// The rows that hold places, which stand by y already.
    private struct OccupiedRows {
        var number: [Int32] = []
        var start: [Int32] = []
        /// Per place, which of the rows.
        var index: [Int32]

        init(_ y: [Double], south: Double, side: Double) {
            index = [Int32](repeating: 0, count: y.count)
            for place in y.indices {
                let row = Int32((y[place] - south) / side)
                if row != number.last {
                    number.append(row)
                    start.append(Int32(place))
                }
                index[place] = Int32(number.count - 1)
            }
        }
    }

    /// Places by row, then column, then number, each with its column in the upper half: a radix sort.
    private static func order(_ x: [Double], west: Double, side: Double, rows: OccupiedRows) -> [UInt64] {
        var order = x.indices.map { UInt64(UInt32((x[$0] - west) / side)) << 32 | UInt64($0) }
        var sorted = [UInt64](repeating: 0, count: order.count)
        let greatest = (order.max() ?? 0) >> 32
        for shift in stride(from: UInt64(0), to: 32, by: 12) where shift == 0 || greatest >> shift > 0 {
            var ends = [Int](repeating: 0, count: 4097)
            for key in order { ends[Int(key >> (32 + shift) & 4095) + 1] += 1 }
            for digit in 1..<ends.count { ends[digit] += ends[digit - 1] }
            for key in order {
                let digit = Int(key >> (32 + shift) & 4095)
                sorted[ends[digit]] = key
                ends[digit] += 1
            }
            swap(&order, &sorted)
        }
        var ends = rows.start
        for key in order {
            let row = Int(rows.index[Int(key & 0xFFFF_FFFF)])
            sorted[Int(ends[row])] = key
            ends[row] += 1
        }
        return sorted
    }

    /// Cuts the order into cells where the row or the column changes.
    private static func cells(
        _ order: [UInt64], _ rows: OccupiedRows
    ) -> (place: [Int32], column: [Int32], start: [Int32], rowStart: [Int32]) {
        var (column, start, rowStart) = ([Int32](), [Int32](), [Int32]())
        column.reserveCapacity(order.count)
        start.reserveCapacity(order.count + 1)
        for row in rows.start.indices {
            rowStart.append(Int32(column.count))
            let end = row + 1 < rows.start.count ? Int(rows.start[row + 1]) : order.count
            var last: Int32 = -1
            for index in Int(rows.start[row])..<end {
                let next = Int32(truncatingIfNeeded: order[index] >> 32)
                guard next != last else { continue }
                column.append(next)
                start.append(Int32(index))
                last = next
            }
        }
        start.append(Int32(order.count))
        rowStart.append(Int32(column.count))
        return (order.map { Int32(truncatingIfNeeded: $0) }, column, start, rowStart)
    }
}

extension ReachCells {
    /// The cells that may be in reach of a cell: up to five ranges, one per row.
    struct Surroundings {
        var first = InlineArray<5, Int>(repeating: 0)
        var end = InlineArray<5, Int>(repeating: 0)
        var count = 0
    }

    /// Visits the wanted cells of a row from the west, each with what surrounds it.
    @inline(__always)
    func forEachCell(
        inRow row: Int, where isWanted: (_ cell: Int) -> Bool,
        _ body: (_ cell: Int, _ around: borrowing Surroundings) -> Void
    ) {
        var around = Surroundings()
        var limit = InlineArray<5, Int>(repeating: 0)
        let near = max(0, row - 2)..<min(rowNumber.count, row + 3)
        for other in near where abs(Int(rowNumber[other]) - Int(rowNumber[row])) <= 2 {
            around.first[around.count] = Int(rowStart[other])
            around.end[around.count] = Int(rowStart[other])
            limit[around.count] = Int(rowStart[other + 1])
            around.count += 1
        }
        column.withUnsafeBufferPointer { column in
            for cell in Int(rowStart[row])..<Int(rowStart[row + 1]) where isWanted(cell) {
                let centre = Int(column[cell])
                for index in 0..<around.count {
                    var (first, end) = (around.first[index], around.end[index])
                    while end < limit[index], Int(column[end]) <= centre + 2 { end += 1 }
                    while first < end, Int(column[first]) < centre - 2 { first += 1 }
                    around.first[index] = first
                    around.end[index] = end
                }
                body(cell, around)
            }
        }
    }
}
