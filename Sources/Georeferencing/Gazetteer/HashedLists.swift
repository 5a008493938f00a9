/// Lists of numbers by a 64-bit hash, frozen: open addressing over one run of values.
///
/// Hashes are no proof: whoever asks compares what the numbers stand for.
struct HashedLists: Sendable {
    private struct Slot {
        var key: UInt64 = 0
        var start: Int32 = 0
        /// 0 in an empty slot: no list is empty.
        var end: Int32 = 0
    }

    private var slots: [Slot] = []
    private(set) var values: [Int32] = []
    private let mask: Int

    /// Equal entries are kept once; the values of a key are sorted.
    init(_ entries: [(key: UInt64, value: Int32)]) {
        let sorted = entries.sorted { ($0.key, $0.value) < ($1.key, $1.value) }
        var keys = 0
        var last: UInt64?
        for entry in sorted where entry.key != last {
            keys += 1
            last = entry.key
        }
        var capacity = 8
        while capacity < keys * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = [Slot](repeating: Slot(), count: capacity)
        values.reserveCapacity(sorted.count)
        var index = 0
        while index < sorted.count {
            let key = sorted[index].key
            let start = values.count
            while index < sorted.count, sorted[index].key == key {
                if values.count == start || values[values.count - 1] != sorted[index].value {
                    values.append(sorted[index].value)
                }
                index += 1
            }
            insert(key, start..<values.count)
        }
    }

    private mutating func insert(_ key: UInt64, _ range: Range<Int>) {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].end > 0 { slot = (slot &+ 1) & mask }
        slots[slot] = Slot(key: key, start: Int32(clamping: range.lowerBound), end: Int32(clamping: range.upperBound))
    }

    /// Where the values of a key stand in ``values``.
    func range(of key: UInt64) -> Range<Int> {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].end > 0 {
            if slots[slot].key == key { return Int(slots[slot].start)..<Int(slots[slot].end) }
            slot = (slot &+ 1) & mask
        }
        return 0..<0
    }

    /// A hash of bytes, one after the other.
    struct Hash {
        private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

        mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

        var value: UInt64 { HashedLists.mixed(state) }
    }

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = Hash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    /// Spreads a number over 64 bits (the finaliser of SplitMix64).
    static func mixed(_ number: UInt64) -> UInt64 {
        var z = number &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
