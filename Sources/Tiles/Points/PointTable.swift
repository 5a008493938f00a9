import SimpleFeatures

/// Points in Morton order, with their attributes row by row, ready to be written.
///
/// Each cell knows the cell before it, in the order of the table, that has the same value. A tile is a stretch of rows: a
/// value is new to the tile where that earlier cell lies before the stretch, which makes each distinct value of a tile
/// stand once without a search.
struct PointTable: Sendable {
    enum Kind: UInt8, Sendable {
        case number, integer, text
    }

    static let mostCells = Int(UInt32.max) - 2

    private(set) var keys: [UInt64] = []
    private(set) var ids: [Int64] = []
    private(set) var millionths: [Int64] = []
    private(set) var names: [String] = []
    private(set) var kinds: [Kind] = []
    /// Row by row: the bits of numbers and integers, places in ``texts`` of texts.
    private(set) var cells: [UInt64] = []
    /// Of each cell the one before with the same value, plus one; 0 where there is none, ``absent`` for no value.
    private(set) var earlier: [UInt32] = []
    private(set) var texts = TextValues()

    static let absent = UInt32.max

    var count: Int { keys.count }
    var width: Int { kinds.count }

    /// - Parameter isLinked: whether cells know their earlier ones, which only writing points one by one needs.
    /// - Throws: ``PointPyramidError/tooManyValues(_:)``.
    /// - Complexity: O(points · attributes).
    init(_ points: consuming PointColumns, isLinked: Bool) throws(PointPyramidError) {
        var points = points
        let count = points.count
        let cellCount = count.multipliedReportingOverflow(by: max(1, points.attributes.count))
        guard !cellCount.overflow, cellCount.partialValue <= Self.mostCells else {
            throw .tooManyValues(cellCount.overflow ? Int.max : cellCount.partialValue)
        }
        let order = sort(&points)
        ids = Self.gathered(points.takeIDs(), order)
        millionths = Self.gathered(points.takeMillionths(), order)
        let width = points.attributes.count
        cells = [UInt64](repeating: 0, count: count * width)
        earlier = [UInt32](repeating: 0, count: count * width)
        while let column = points.takeAttribute() { add(column, order, width: width) }
        if isLinked {
            var chain = ValueChain()
            chain.link(cells, kinds, &earlier)
        }
    }

    /// The rows of a tile.
    /// - Complexity: O(log points).
    func rows(of tile: TileID) -> Range<Int> {
        let shift = UInt64(64 - 2 * tile.zoom)
        let number = Morton.number(x: UInt32(tile.x), y: UInt32(tile.y))
        let start = firstRow(from: 0) { $0 >> shift >= number }
        return start..<firstRow(from: start) { $0 >> shift > number }
    }

    /// How many cells of a grid of 2^bits cells to the world's side a stretch of rows lies in.
    func cellCount(_ rows: Range<Int>, bits: Int) -> Int {
        guard !rows.isEmpty else { return 0 }
        let shift = UInt64(64 - 2 * bits)
        return keys.withUnsafeBufferPointer { keys in
            rows.dropFirst().reduce(1) { $0 + ((keys[$1] ^ keys[$1 - 1]) >> shift == 0 ? 0 : 1) }
        }
    }

    /// The first row from one on whose key a condition holds for, which then holds for all that follow.
    func firstRow(from start: Int, where isReached: (UInt64) -> Bool) -> Int {
        var step = 1
        var low = start
        while low + step <= count, !isReached(keys[low + step - 1]) {
            low += step
            step *= 2
        }
        var high = min(count, low + step - 1)
        while low < high {
            let middle = (low + high) / 2
            if isReached(keys[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Sorts the places, those at one place by id; leaves the sorted keys in ``keys``.
    private mutating func sort(_ points: inout PointColumns) -> [UInt32] {
        var rows = (0..<UInt32(points.count)).map { $0 }
        if zip(points.ids, points.ids.dropFirst()).contains(where: { $0 > $1 }) {
            rows = SortedRows(keys: points.ids.map { UInt64(bitPattern: $0) ^ 1 << 63 }, rows: rows).rows
        }
        let (x, y) = points.takePlaces()
        let keys = rows.map { Morton.number(x: x[Int($0)], y: y[Int($0)]) }
        let sorted = SortedRows(keys: keys, rows: rows)
        self.keys = sorted.keys
        return sorted.rows
    }

    private static func gathered<Value>(_ values: [Value], _ order: [UInt32]) -> [Value] {
        values.isEmpty ? [] : order.map { values[Int($0)] }
    }

    private mutating func add(_ column: AttributeColumn, _ order: [UInt32], width: Int) {
        var cell = kinds.count
        names.append(column.name)
        switch column.values {
        case .codes(let codes, let columnTexts):
            kinds.append(.text)
            let places = columnTexts.map { UInt64(texts.place(of: $0)) }
            for row in order {
                let code = Int(codes[Int(row)])
                if places.indices.contains(code) { cells[cell] = places[code] } else { earlier[cell] = Self.absent }
                cell += width
            }
        case .integers(let integers):
            kinds.append(.integer)
            for row in order {
                cells[cell] = UInt64(bitPattern: integers[Int(row)])
                cell += width
            }
        case .numbers(let numbers):
            kinds.append(.number)
            for row in order {
                let number = numbers[Int(row)]
                if number.isNaN { earlier[cell] = Self.absent } else { cells[cell] = number.bitPattern }
                cell += width
            }
        }
    }
}

/// The distinct texts of a table, with the messages that they are in a tile.
struct TextValues: Sendable {
    private(set) var texts: [String] = []
    private(set) var bytes: [UInt8] = []
    private(set) var starts: [Int] = [0]
    private var places: [String: Int] = [:]

    mutating func place(of text: String) -> Int {
        if let known = places[text] { return known }
        places[text] = texts.count
        texts.append(text)
        let length = text.utf8.count
        bytes.append(TileTag.value)
        bytes.appendVarint(UInt64(1 + varintLength(UInt64(length)) + length))
        bytes.appendField(TileTag.text, text.utf8)
        starts.append(bytes.count)
        return texts.count - 1
    }

    func message(_ place: Int) -> ArraySlice<UInt8> { bytes[starts[place]..<starts[place + 1]] }
}

/// Finds for each cell the one before it that has the same value: open addressing, each slot the last cell of its value.
private struct ValueChain {
    /// Cells plus one; 0 where free.
    private var slots = [UInt32](repeating: 0, count: 1 << 12)
    private var used = 0

    mutating func link(_ cells: [UInt64], _ kinds: [PointTable.Kind], _ earlier: inout [UInt32]) {
        cells.withUnsafeBufferPointer { cells in
            earlier.withUnsafeMutableBufferPointer { earlier in
                var (cell, column) = (0, 0)
                while cell < cells.count {
                    if earlier[cell] != PointTable.absent {
                        if 2 * used >= slots.count { grow(cells, kinds) }
                        let slot = slot(of: cell, kinds[column], cells, kinds)
                        let last = slots[slot]
                        if last == 0 { used += 1 }
                        earlier[cell] = last
                        slots[slot] = UInt32(truncatingIfNeeded: cell + 1)
                    }
                    cell += 1
                    column = column + 1 == kinds.count ? 0 : column + 1
                }
            }
        }
    }

    private func slot(
        of cell: Int, _ kind: PointTable.Kind, _ cells: UnsafeBufferPointer<UInt64>, _ kinds: [PointTable.Kind]
    ) -> Int {
        let bits = cells[cell]
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: ((bits ^ UInt64(kind.rawValue) << 61) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while true {
            let last = Int(slots[slot])
            if last == 0 || cells[last - 1] == bits && kinds[(last - 1) % kinds.count] == kind { return slot }
            slot = (slot + 1) & mask
        }
    }

    private mutating func grow(_ cells: UnsafeBufferPointer<UInt64>, _ kinds: [PointTable.Kind]) {
        let old = slots
        slots = [UInt32](repeating: 0, count: 4 * old.count)
        for last in old where last != 0 {
            let cell = Int(last) - 1
            slots[slot(of: cell, kinds[cell % kinds.count], cells, kinds)] = last
        }
    }
}
