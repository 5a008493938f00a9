/// Numbers the distinct positions of many rings in the order in which they come.
struct VertexTable {
    private(set) var positions: [MercatorPosition] = []
    private var slots: [Int32]
    private var mask: Int

    /// - Parameter capacity: how many positions will be asked for at most.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        mask = size - 1
        positions.reserveCapacity(capacity)
    }

    /// The position's number, a new one where it has none yet.
    mutating func number(of position: MercatorPosition) -> Int32 {
        var key = UInt64(position.x) << 32 | UInt64(position.y)
        key = (key ^ (key >> 31)) &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: key >> 20) & mask
        while true {
            let number = slots[slot]
            if number < 0 { break }
            if positions[Int(number)] == position { return number }
            slot = (slot + 1) & mask
        }
        let number = Int32(truncatingIfNeeded: positions.count)
        slots[slot] = number
        positions.append(position)
        return number
    }
}
