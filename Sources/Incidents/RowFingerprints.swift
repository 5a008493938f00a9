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
            state ^= Self.last(left, at: at)
        }
        value = Self.mix(state)
    }

    /// The last bytes of a text, fewer than eight, in one word; with the text's length known, no two texts share it.
    @inline(__always)
    private static func last(_ count: Int, at start: UnsafeRawPointer) -> UInt64 {
        if count >= 4 {
            let end = start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            return UInt64(start.loadUnaligned(as: UInt32.self)) | UInt64(end) << 32
        }
        if count == 0 { return 0 }
        let middle = UInt64(start.load(fromByteOffset: count / 2, as: UInt8.self)) << 8
        let end = UInt64(start.load(fromByteOffset: count - 1, as: UInt8.self)) << 16
        return UInt64(start.load(as: UInt8.self)) | middle | end
    }

    @inline(__always)
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

    /// Adds the hashes of many rows, none of them 0.
    /// - Parameter repeated: is told the index of each hash that had been added before.
    /// - Complexity: O(hashes), amortised; growing moves hashes and reads no text.
    mutating func insert(_ hashes: [UInt64], repeated: (Int) -> Void) {
        makeRoom(for: count + hashes.count)
        slots.withUnsafeMutableBufferPointer { slots in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.blockSize) { found in
                for start in stride(from: 0, to: hashes.count, by: Self.blockSize) {
                    let block = start..<min(start + Self.blockSize, hashes.count)
                    // None of these loads has to wait for another, as those of finding a place do.
                    for index in block {
                        let slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
                        found.initializeElement(at: index - start, to: slots[slot])
                    }
                    for index in block {
                        if found[index - start] != hashes[index], Self.place(hashes[index], in: slots) {
                            count += 1
                        } else {
                            repeated(index)
                        }
                    }
                }
            }
        }
    }

    /// How many slots are looked at together: their cache lines fit into the first-level cache.
    private static let blockSize = 128

    /// Grows in one step until this many hashes fill at most three quarters.
    mutating func makeRoom(for hashes: Int) {
        var size = slots.count
        while hashes * 4 > size * 3 { size *= 2 }
        guard size > slots.count else { return }
        var larger = [UInt64](repeating: 0, count: size)
        larger.withUnsafeMutableBufferPointer { larger in
            for hash in slots where hash != 0 { _ = Self.place(hash, in: larger) }
        }
        slots = larger
    }

    @inline(__always)
    private static func place(_ hash: UInt64, in slots: UnsafeMutableBufferPointer<UInt64>) -> Bool {
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
