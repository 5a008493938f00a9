import Bytes
import Glibc

/// Gives each distinct label a small number that equal labels share, where equal means equal when folded.
///
/// Each spelling is folded once; after that its bytes lead to its code.
public struct LabelCodes: Sendable {
    private var codes: [[UInt8]: Int32] = [:]
    /// Spellings seen, one after the other, and what is known of each.
    private var bytes: [UInt8] = []
    private var spellings: [(range: Range<Int>, hash: UInt64, code: Int32)] = []
    /// Index into `spellings` plus one, by hash; 0 is free.
    private var slots = [Int32](repeating: 0, count: 256)
    private var latest = 0

    public init() {}

    /// How many distinct folded labels there are.
    public var count: Int { codes.count }

    /// The code of a label, new or known; −1 for one that folds to nothing.
    /// - Complexity: O(length).
    public mutating func code(for label: UnsafeBufferPointer<UInt8>) -> Int32 {
        if spellings.indices.contains(latest), isEqual(spellings[latest].range, label) { return spellings[latest].code }
        var hash = RowHash()
        hash.combine(label)
        var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if spellings[index].hash == hash.value, isEqual(spellings[index].range, label) {
                latest = index
                return spellings[index].code
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return learn(label, hash.value)
    }

    /// The code of a label, new or known.
    public mutating func code(for label: String) -> Int32 {
        var label = label
        return label.withUTF8 { code(for: $0) }
    }

    private mutating func learn(_ label: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int32 {
        let folded = LabelFolding.fold(label)
        let code = folded.isEmpty ? -1 : codes[folded] ?? Int32(clamping: codes.count)
        if code >= 0 { codes[folded] = code }
        let start = bytes.count
        bytes.append(contentsOf: label)
        spellings.append((start..<bytes.count, hash, code))
        latest = spellings.count - 1
        if spellings.count * 2 > slots.count {
            slots = Array(repeating: 0, count: slots.count * 2)
            for index in spellings.indices { place(index) }
        } else {
            place(latest)
        }
        return code
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: spellings[index].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(clamping: index + 1)
    }

    private func isEqual(_ range: Range<Int>, _ label: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == label.count, let start = label.baseAddress else { return range.count == label.count }
        return bytes.withUnsafeBytes { known in
            known.baseAddress.map { memcmp($0 + range.lowerBound, start, label.count) == 0 } ?? false
        }
    }
}
