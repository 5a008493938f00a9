/// The words that mean more than themselves, in one open-addressing table over their bytes.
///
/// A word of at most sixteen bytes is two machine words; looking one up compares those and copies nothing.
struct NameLexicon: Sendable {
    struct Entry: Sendable {
        var key: (UInt64, UInt64)
        var role: NameRole
        var payload: UInt8
        var value: Int32
        var isOrdinal: Bool
        var isPlural: Bool
        /// The canonical spelling, in ``NameLexicon/pool``.
        var text: Range<Int32>
    }

    static let shared = NameLexicon()
    static let longestWord = 16

    let pool: [UInt8]
    private let entries: [Entry]
    /// Indices into `entries` plus one; 0 is free.
    private let slots: [UInt16]

    private static let slotCount = 4096

    /// - Parameter word: a range of `bytes`, behind which sixteen more bytes can be read.
    func entry(of word: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Entry? {
        guard word.count <= Self.longestWord, let key = Self.key(of: word, in: bytes) else { return nil }
        var slot = Self.slot(of: key)
        while true {
            let index = Int(slots[slot])
            guard index > 0 else { return nil }
            let entry = entries[index - 1]
            if entry.key == key { return entry }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
    }

    /// The entry of a word known when the code was written.
    func entry(of word: StaticString) -> Entry? {
        entry(of: (0..<word.utf8CodeUnitCount).map { word.utf8Start[$0] })
    }

    /// The entry of a word that stands alone.
    func entry(of word: [UInt8]) -> Entry? {
        let padded = word + [UInt8](repeating: 0, count: FoldedSpelling.padding)
        return padded.withUnsafeBufferPointer { entry(of: 0..<word.count, in: $0) }
    }

    private static func key(of word: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
        guard word.lowerBound >= 0, word.lowerBound + 16 <= bytes.count, !word.isEmpty else { return nil }
        let raw = UnsafeRawBufferPointer(bytes)
        let low = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: word.lowerBound, as: UInt64.self))
        let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: word.lowerBound + 8, as: UInt64.self))
        let count = UInt64(word.count)
        return count < 8
            ? (low & ((1 << (count * 8)) &- 1), 0)
            : (low, count == 16 ? high : high & ((1 << ((count - 8) * 8)) &- 1))
    }

    private static func slot(of key: (UInt64, UInt64)) -> Int {
        let mixed = (key.0 ^ (key.1 &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 40) & (slotCount - 1)
    }

    private init() {
        var pool: [UInt8] = []
        var entries: [Entry] = []
        var slots = [UInt16](repeating: 0, count: Self.slotCount)
        for line in Self.lines {
            let start = Int32(pool.count)
            pool.append(contentsOf: line.canonical.utf8)
            for spelling in line.spellings {
                let bytes = Array(spelling.utf8) + [UInt8](repeating: 0, count: FoldedSpelling.padding)
                let word = 0..<spelling.utf8.count
                guard word.count <= Self.longestWord,
                    let key = bytes.withUnsafeBufferPointer({ Self.key(of: word, in: $0) })
                else { continue }
                var slot = Self.slot(of: key)
                // The first meaning given to a spelling stays.
                while slots[slot] > 0, entries[Int(slots[slot]) - 1].key != key {
                    slot = (slot + 1) & (Self.slotCount - 1)
                }
                guard slots[slot] == 0 else { continue }
                entries.append(
                    Entry(
                        key: key, role: line.role, payload: line.payload, value: line.value,
                        isOrdinal: line.isOrdinal, isPlural: line.role == .partWord && spelling.hasSuffix("S"),
                        text: start..<Int32(pool.count)))
                slots[slot] = UInt16(entries.count)
            }
        }
        self.pool = pool
        self.entries = entries
        self.slots = slots
    }
}
