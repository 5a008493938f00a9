import SimpleFeatures

/// Keys and the rows that they came from, sorted together.
struct SortedRows {
    private(set) var keys: [UInt64]
    private(set) var rows: [UInt32]

    /// Sorts by key; equal keys stay in the order of `rows`.
    /// - Complexity: O(rows) for each group of 11 bits in which keys differ; memory for a second copy.
    init(keys: [UInt64], rows: [UInt32]) {
        (self.keys, self.rows) = (keys, rows)
        let differing = keys.reduce((any: 0, all: UInt64.max)) { ($0.any | $1, $0.all & $1) }
        var spareKeys = [UInt64](repeating: 0, count: keys.count)
        var spareRows = [UInt32](repeating: 0, count: rows.count)
        for shift in stride(from: 0, to: 64, by: 11) where (differing.any ^ differing.all) >> shift & 0x7FF != 0 {
            pass(shift: UInt64(shift), &spareKeys, &spareRows)
            swap(&self.keys, &spareKeys)
            swap(&self.rows, &spareRows)
        }
    }

    private func pass(shift: UInt64, _ sortedKeys: inout [UInt64], _ sortedRows: inout [UInt32]) {
        var places = [Int](repeating: 0, count: 2049)
        for key in keys { places[Int(key >> shift & 0x7FF) + 1] += 1 }
        for digit in 1..<2049 { places[digit] += places[digit - 1] }
        let count = keys.count
        keys.withUnsafeBufferPointer { keys in
            rows.withUnsafeBufferPointer { rows in
                sortedKeys.withUnsafeMutableBufferPointer { sortedKeys in
                    sortedRows.withUnsafeMutableBufferPointer { sortedRows in
                        for index in 0..<count {
                            let digit = Int(keys[index] >> shift & 0x7FF)
                            let place = places[digit]
                            places[digit] = place + 1
                            sortedKeys[place] = keys[index]
                            sortedRows[place] = rows[index]
                        }
                    }
                }
            }
        }
    }
}
