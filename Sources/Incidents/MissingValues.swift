/// Recognises the words that stand for "nothing is known", without regard to case.
struct MissingValues: Sendable {
    /// ASCII letters in upper case.
    private let words: [[UInt8]]
    /// Bit n: some word has n bytes; longer words set bit 63.
    private let lengths: UInt64

    init(_ values: [String]) {
        words = values.map { $0.utf8.map(Self.upper) }.filter { !$0.isEmpty }
        lengths = words.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    }

    @inline(__always)
    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard lengths & 1 << UInt64(min(text.count, 63)) != 0 else { return false }
        return matches(text)
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = Self.upper(text[0])
        return words.contains { word in
            word[0] == first && word.count == text.count
                && word.indices.allSatisfy { word[$0] == Self.upper(text[$0]) }
        }
    }

    private static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte & 0xDF : byte }
}

extension UnsafeBufferPointer<UInt8> {
    /// The text without blanks, control bytes and no-break spaces (U+00A0) around it.
    @inline(__always)
    package var trimmed: UnsafeBufferPointer<UInt8> {
        guard let first, let last, first <= 0x20 || first == 0xC2 || last <= 0x20 || last == 0xA0 else { return self }
        return slowlyTrimmed
    }

    private var slowlyTrimmed: UnsafeBufferPointer<UInt8> {
        var (low, high) = (0, count)
        while low < high {
            if self[low] <= 0x20 {
                low += 1
            } else if low + 1 < high, self[low] == 0xC2, self[low + 1] == 0xA0 {
                low += 2
            } else {
                break
            }
        }
        while low < high {
            if self[high - 1] <= 0x20 {
                high -= 1
            } else if low + 1 < high, self[high - 2] == 0xC2, self[high - 1] == 0xA0 {
                high -= 2
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: self[low..<high])
    }
}
