import Glibc

/// Gives each distinct text a number, by its bytes: a million rows of sixty categories make sixty strings.
struct TextInterner {
    /// All distinct texts, one after the other.
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    private var hashes: [UInt64] = []
    /// Open addressing over a power of two: a text's number, −1 where free.
    private var slots = [Int32](repeating: -1, count: 256)

    var count: Int { hashes.count }

    /// The number of a text, counted from 0 in the order of first appearance.
    mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = Self.hash(text)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let found = slots[slot]
            if found < 0 { break }
            if hashes[Int(found)] == hash, equals(Int(found), text) { return found }
            slot = (slot + 1) & mask
        }
        return add(text, hash, slot)
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slot: Int) -> Int32 {
        let number = Int32(truncatingIfNeeded: count)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        hashes.append(hash)
        slots[slot] = number
        if count * 2 > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: number)
        }
    }

    private func equals(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let (start, end) = (ends[number], ends[number + 1])
        guard end - start == text.count, let other = text.baseAddress else { return end == start && text.isEmpty }
        return bytes.withUnsafeBufferPointer {
            $0.baseAddress.map { memcmp($0 + start, other, text.count) == 0 } ?? false
        }
    }

    /// FNV-1a over words of eight bytes, with a last mixing so that the low bits depend on all.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: text.count)
        let raw = UnsafeRawBufferPointer(text)
        var index = 0
        while index + 8 <= raw.count {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index += 8
        }
        while index < raw.count {
            hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3
            index += 1
        }
        hash ^= hash >> 32
        return hash &* 0x9E37_79B9_7F4A_7C15 >> 20
    }
}

extension TextInterner {
    /// The distinct texts sorted by their bytes, as SQLite sorts them, and for each number its place among them.
    func sorted() -> (texts: [String], rank: [Int32]) {
        let order = (0..<count).sorted {
            bytes[ends[$0]..<ends[$0 + 1]].lexicographicallyPrecedes(bytes[ends[$1]..<ends[$1 + 1]])
        }
        var rank = [Int32](repeating: 0, count: count)
        for (place, number) in order.enumerated() { rank[number] = Int32(truncatingIfNeeded: place) }
        return (order.map { String(decoding: bytes[ends[$0]..<ends[$0 + 1]], as: UTF8.self) }, rank)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of an array.
    func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count, let baseAddress else { return count == other.count }
        return other.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp(baseAddress, $0, count) == 0 } ?? true }
    }
}
