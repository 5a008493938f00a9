import Bytes

extension JSONScanner {
    /// A string of the text that has been checked but not yet copied or decoded.
    public struct Text: Hashable, Sendable {
        /// The bytes between the quotes.
        public var range: Range<Int>
        /// Whether it holds escapes, so that its bytes are not its text.
        public var isEscaped: Bool
    }

    /// Goes past a string, holding it to the grammar.
    /// - Complexity: O(bytes), eight at a time where nothing special stands.
    public mutating func string() throws(JSONError) -> Text {
        skipWhitespace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw unexpected(.string) }
        let start = offset + 1
        offset = start
        var isEscaped = false
        var isASCII = true
        while true {
            skipPlain()
            guard offset < bytes.count else { throw unexpected(.closingQuote) }
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                try skipEscape()
            } else if byte < 0x20 {
                throw .controlCharacter(byte, at: place(offset))
            } else {
                isASCII = isASCII && byte < 0x80
                offset += 1
            }
        }
        let text = Text(range: start..<offset, isEscaped: isEscaped)
        guard isASCII || TextEncoding.isUTF8(slice(text.range)) else { throw .notUTF8(at: place(start)) }
        offset += 1
        followsValue = true
        return text
    }

    /// The characters of a string that this scanner returned.
    public func string(_ text: Text) -> String {
        let raw = slice(text.range)
        guard text.isEscaped else { return String(decoding: raw, as: UTF8.self) }
        return String(decoding: unescaped(raw), as: UTF8.self)
    }

    /// Whether a string that this scanner returned has these characters.
    public func text(_ text: Text, equals name: StaticString) -> Bool {
        let characters = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard text.isEscaped else { return Self.equal(slice(text.range), characters) }
        return string(text) == String(decoding: characters, as: UTF8.self)
    }

    /// The bytes of a range as they stand, such as a value that was skipped.
    public func rawText(_ range: Range<Int>) -> String { String(decoding: slice(range), as: UTF8.self) }

    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)])
    }

    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        for index in 0..<a.count where a[index] != b[index] { return false }
        return true
    }

    /// Goes on while eight bytes at once are ASCII that needs no look.
    @inline(__always)
    private mutating func skipPlain() {
        guard let base = bytes.baseAddress else { return }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while offset + 8 <= bytes.count {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let special =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- (ones &* 0x20)) & ~word)
                | word
            guard special & highs == 0 else {
                // The lowest mark is exact: a borrow only ever runs upwards from a true one.
                offset += (special & highs).trailingZeroBitCount / 8
                return
            }
            offset += 8
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return }
            offset += 1
        }
    }

    private mutating func skipEscape() throws(JSONError) {
        guard offset + 1 < bytes.count else {
            offset = bytes.count
            throw unexpected(.closingQuote)
        }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            guard let unit = Self.hexUnit(bytes, at: offset) else { throw .unknownEscape(at: place(offset)) }
            if 0xD800..<0xDC00 ~= unit {
                guard let low = Self.hexUnit(bytes, at: offset + 6), 0xDC00..<0xE000 ~= low else {
                    throw .loneSurrogate(at: place(offset))
                }
                offset += 6
            } else if 0xDC00..<0xE000 ~= unit {
                throw .loneSurrogate(at: place(offset))
            }
            offset += 6
        default: throw .unknownEscape(at: place(offset))
        }
    }

    /// The text of a string whose escapes have been checked.
    private func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            guard raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count else {
                output.append(raw[index])
                index += 1
                continue
            }
            switch raw[index + 1] {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = Self.hexUnit(raw, at: index) ?? 0xFFFD
                index += 4
                if 0xD800..<0xDC00 ~= scalar, let low = Self.hexUnit(raw, at: index + 2) {
                    scalar = 0x1_0000 + (scalar - 0xD800) << 10 + (low &- 0xDC00)
                    index += 6
                }
                output.append(contentsOf: String(UnicodeScalar(scalar) ?? "\u{FFFD}").utf8)
            default: output.append(raw[index + 1])
            }
            index += 2
        }
        return output
    }

    /// The code unit of the `\uXXXX` at an index; nil where none stands there.
    private static func hexUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }
}
