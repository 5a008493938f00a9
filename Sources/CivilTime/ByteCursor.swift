/// Reads digits and marks from a run of bytes, one after the other, and never past its end.
package struct ByteCursor {
    package let text: UnsafeBufferPointer<UInt8>
    package var index: Int

    package init(_ text: UnsafeBufferPointer<UInt8>, at index: Int = 0) {
        self.text = text
        self.index = index
    }

    package var isAtEnd: Bool { index >= text.count }

    /// The next byte; 0 at the end.
    package var next: UInt8 { index < text.count ? text[index] : 0 }

    /// Steps over `byte` where it comes next.
    package mutating func take(_ byte: UInt8) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    /// Steps over an ASCII letter, in either case, where it comes next.
    package mutating func takeLetter(_ upper: UInt8) -> Bool {
        guard index < text.count, text[index] & 0xDF == upper else { return false }
        index += 1
        return true
    }

    /// The number that up to `limit` digits spell, and how many they are; nil where no digit comes next.
    package mutating func digits(atMost limit: Int) -> (value: Int, count: Int)? {
        var value = 0
        let start = index
        while index < text.count, index - start < limit, text[index] &- 48 < 10 {
            value = value &* 10 &+ Int(text[index] &- 48)
            index += 1
        }
        return index > start ? (value, index - start) : nil
    }

    /// Steps over blanks: space, tab, and the no-break spaces U+00A0 and U+202F that spreadsheets put before "p. m.".
    package mutating func skipBlanks() {
        while index < text.count {
            if text[index] == 0x20 || text[index] == 0x09 {
                index += 1
            } else if index + 1 < text.count, text[index] == 0xC2, text[index + 1] == 0xA0 {
                index += 2
            } else if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x80, text[index + 2] == 0xAF {
                index += 3
            } else {
                return
            }
        }
    }
}
