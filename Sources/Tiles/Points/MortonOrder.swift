/// Numbers of a place on the square by interleaving the bits of its axes: the upper 2*z* bits are its tile at zoom *z*, so
/// that every tile of every zoom is one stretch of the sorted numbers.
///
/// ## Source
/// Morton (1966), *A computer oriented geodetic data base*.
enum Morton {
    /// `x` in the even bits, `y` in the odd ones.
    static func number(x: UInt32, y: UInt32) -> UInt64 { spread(x) | spread(y) << 1 }

    static func x(_ number: UInt64) -> UInt32 { gather(number) }
    static func y(_ number: UInt64) -> UInt32 { gather(number >> 1) }

    private static func spread(_ value: UInt32) -> UInt64 {
        var bits = UInt64(value)
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    private static func gather(_ number: UInt64) -> UInt32 {
        var bits = number & 0x5555_5555_5555_5555
        bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: bits | bits >> 16)
    }
}

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
