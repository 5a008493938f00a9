/// Builds text as bytes: literals, numbers, JSON strings, CSV fields.
public struct ByteWriter: Sendable {
    /// What has been appended since the start or the last ``removeAll()``.
    public private(set) var bytes: [UInt8]

    /// - Parameter capacity: bytes to make room for at once; it grows beyond them by itself.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// How many bytes it holds.
    public var count: Int { bytes.count }
    /// The bytes read as UTF-8; what is none becomes U+FFFD.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Empties it and keeps its memory, for the next stretch of a stream.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends one byte as it is.
    public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    /// Appends text as it stands.
    public mutating func text(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends text as it stands.
    public mutating func text(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

    /// Appends bytes as they are, without quoting or escaping.
    public mutating func raw(_ bytes: some Sequence<UInt8>) { self.bytes.append(contentsOf: bytes) }

    /// Appends an integer of any width in decimal, with `-` below zero and without separators.
    public mutating func integer(_ value: some BinaryInteger) {
        guard let value = Int64(exactly: value) else { return text(String(value)) }
        _ = inPlace { cursor in
            cursor.integer(value)
            return true
        }
    }

    /// Appends a number rounded to `decimals` places (at most 15), without trailing zeros: `-99.13`, `0`, `12`.
    ///
    /// Numbers too large for exact scaling, and the few that are not finite, are written in the shortest form that
    /// reads back the same; callers that write JSON reject what is not finite first.
    public mutating func fixed(_ value: Double, decimals: Int) {
        let wasWritten = inPlace { $0.fixed(value, decimals: max(0, min(15, decimals))) }
        if !wasWritten { shortest(value) }
    }

    /// Appends the shortest decimal that reads back as the same `Double`; whole numbers without a point.
    public mutating func shortest(_ value: Double) {
        if value == value.rounded(), value.magnitude < 1e15 {
            integer(Int64(value))
        } else {
            text(value.description)
        }
    }

    /// Appends a quoted JSON string with its escapes.
    public mutating func jsonString(_ text: some StringProtocol) {
        bytes.append(UInt8(ascii: "\""))
        // Byte by byte a text of any kind is read through a table of functions; most lie in one piece.
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { escapedJSON($0) }
        if isWritten == nil {
            for byte in text.utf8 { escapedJSON(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends one CSV field, quoted where RFC 4180 asks for it.
    public mutating func csvField(_ text: some StringProtocol) {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
        quotedCSVField(text)
    }

    /// Appends one CSV field in quotes: a key such as `"09015"`, which must not be taken for a number.
    public mutating func quotedCSVField(_ text: some StringProtocol) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends the number that `write` writes, if it does.
    @inline(__always)
    private mutating func inPlace(_ write: (inout DigitCursor) -> Bool) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DigitCursor.longestNumber) { digits in
            guard let start = digits.baseAddress else { return false }
            var cursor = DigitCursor(start)
            guard write(&cursor) else { return false }
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: cursor.at - start))
            return true
        }
    }

    /// Stretches without escapes at once.
    private mutating func escapedJSON(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            escapedJSON(byte)
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    private mutating func escapedJSON(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: text("\\n" as StaticString)
        case 0x0D: text("\\r" as StaticString)
        case 0x09: text("\\t" as StaticString)
        case 0..<0x20:
            text("\\u00" as StaticString)
            bytes.append(Self.hexDigits[Int(byte >> 4)])
            bytes.append(Self.hexDigits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
