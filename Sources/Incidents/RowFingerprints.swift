/// A 64-bit hash of the fields of one row, in order.
///
/// Two different rows among a million share a hash with a probability of 3 in 10⁸. It is no defence against somebody
/// who makes rows to collide; all that could gain is a wrong duplicate mark.
struct RowHash {
    private(set) var value: UInt64 = 0x2D35_8DCC_AA6C_78A5

    /// Takes in a field, and where it ends: `ab`, `c` is not `a`, `bc`.
    @inline(__always)
    mutating func combine(_ text: UnsafeBufferPointer<UInt8>) {
        var state = value ^ (UInt64(text.count) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        if let base = UnsafeRawPointer(text.baseAddress) {
            var left = text.count
            var at = base
            while left >= 8 {
                state = Self.mix(state ^ at.loadUnaligned(as: UInt64.self))
                at += 8
                left -= 8
            }
            var rest: UInt64 = 0
            for index in 0..<left {
                rest |= UInt64(at.load(fromByteOffset: index, as: UInt8.self)) << UInt64(index * 8)
            }
            state ^= rest
        }
        value = Self.mix(state)
    }

    private static func mix(_ state: UInt64) -> UInt64 {
        let product = state.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low ^ (state >> 32)
    }
}

/// The hashes of the rows seen so far: eight bytes a slot, at most three quarters full.
struct RowFingerprints: Sendable {
    private var slots: [UInt64]
    private(set) var count = 0

    init() { slots = Array(repeating: 0, count: 1024) }

    /// Adds a hash.
    /// - Returns: whether it is new.
    /// - Complexity: O(1), amortised; growing moves hashes and reads no text.
    mutating func insert(_ hash: UInt64) -> Bool {
        let hash = hash == 0 ? 1 : hash  // 0 marks a free slot
        if (count + 1) * 4 > slots.count * 3 { grow() }
        guard Self.place(hash, in: &slots) else { return false }
        count += 1
        return true
    }

    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        for hash in slots where hash != 0 { _ = Self.place(hash, in: &larger) }
        slots = larger
    }

    private static func place(_ hash: UInt64, in slots: inout [UInt64]) -> Bool {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = hash
        return true
    }
}
