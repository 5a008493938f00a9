/// The order in which an ``IncidentTable`` keeps its rows: by cell, and in one cell by key.
enum CellOrder {
    /// The rows' positions in the order of their cells; rows of one cell keep their order.
    ///
    /// A radix sort from the lowest digit: rows that come in the order of their keys leave in the order (cell, key).
    /// - Complexity: O(*n*) for each eleven bits of the cells' range: three passes for the tiles of zoom 14.
    static func permutation(of cells: [Int64]) -> [UInt32] {
        guard let lowest = cells.min(), let highest = cells.max() else { return [] }
        var order = cells.indices.map { UInt32(truncatingIfNeeded: $0) }
        let range = UInt64(bitPattern: highest &- lowest)
        var keys = cells.map { UInt64(bitPattern: $0 &- lowest) }
        var nextOrder = order
        var nextKeys = keys
        var shift: UInt64 = 0
        while shift < 64, range >> shift > 0 {
            scatter(keys, order, into: &nextKeys, &nextOrder, by: shift)
            swap(&keys, &nextKeys)
            swap(&order, &nextOrder)
            shift += digitBits
        }
        return order
    }

    private static let digitBits: UInt64 = 11

    private static func scatter(
        _ keys: [UInt64], _ order: [UInt32], into nextKeys: inout [UInt64], _ nextOrder: inout [UInt32],
        by shift: UInt64
    ) {
        let mask: UInt64 = 1 << digitBits - 1
        var starts = [Int](repeating: 0, count: Int(mask) + 1)
        for key in keys { starts[Int(key >> shift & mask)] += 1 }
        var start = 0
        for digit in starts.indices {
            let count = starts[digit]
            starts[digit] = start
            start += count
        }
        for index in keys.indices {
            let digit = Int(keys[index] >> shift & mask)
            let place = starts[digit]
            starts[digit] = place + 1
            nextKeys[place] = keys[index]
            nextOrder[place] = order[index]
        }
    }

    /// A column with its values in another order.
    static func apply<T>(_ order: [UInt32], to column: [T]) -> [T] {
        [T](unsafeUninitializedCapacity: order.count) { buffer, count in
            column.withUnsafeBufferPointer { values in
                for (place, index) in order.enumerated() { buffer.initializeElement(at: place, to: values[Int(index)]) }
            }
            count = order.count
        }
    }
}
