import Bytes

extension JSONScanner {
    /// A number of the text that has been checked but not yet converted.
    public struct Number: Hashable, Sendable {
        /// The bytes of the text it is spelled with.
        public var range: Range<Int>
        /// Whether it is written without point and exponent.
        public var isInteger: Bool
    }

    /// Goes past a number, holding it to the grammar.
    public mutating func numberExtent() throws(JSONError) -> Number {
        skipWhitespace()
        let start = offset
        var isInteger = true
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        guard offset < bytes.count, Self.isDigit(bytes[offset]) else {
            throw unexpected(offset == start ? .value : .digit)
        }
        if bytes[offset] == UInt8(ascii: "0") { offset += 1 } else { skipDigits() }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            guard skipDigits() else { throw unexpected(.digit) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            guard skipDigits() else { throw unexpected(.digit) }
        }
        followsValue = true
        return Number(range: start..<offset, isInteger: isInteger)
    }

    /// The next value as a number, correctly rounded.
    /// - Throws: ``JSONError/numberTooLarge(at:)`` for a number beyond the largest float.
    public mutating func number() throws(JSONError) -> Double {
        skipWhitespace()
        let start = offset
        if let value = plainDecimal() { return value }
        offset = start
        let extent = try numberExtent()
        guard let value = DecimalParser.double(slice(extent.range)) else { throw .numberTooLarge(at: place(start)) }
        return value
    }

    /// The integer that a number spells; nil where it has a point or an exponent, or does not fit.
    public func integer(_ number: Number) -> Int64? {
        number.isInteger ? DecimalParser.integer(slice(number.range)) : nil
    }

    /// The float that a number spells; nil beyond the largest one.
    public func double(_ number: Number) -> Double? { DecimalParser.double(slice(number.range)) }

    /// A number of at most 19 digits without an exponent, which is what coordinates are, in one pass.
    ///
    /// - Returns: nil for anything else, be it another number or none; the offset then means nothing.
    @inline(__always)
    private mutating func plainDecimal() -> Double? {
        var index = offset
        let end = bytes.count
        guard index < end else { return nil }
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let first = index
        var mantissa: UInt64 = 0
        while index < end, Self.isDigit(bytes[index]) {
            mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- UInt8(ascii: "0"))
            index += 1
        }
        guard index > first, index == first + 1 || bytes[first] != UInt8(ascii: "0") else { return nil }
        var digits = index - first
        var scale = 0
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let point = index
            while index < end, Self.isDigit(bytes[index]) {
                mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- UInt8(ascii: "0"))
                index += 1
            }
            scale = index - point
            guard scale > 0 else { return nil }
            digits += scale
        }
        guard digits <= 19, index == end || bytes[index] | 0x20 != UInt8(ascii: "e") else { return nil }
        offset = index
        followsValue = true
        let magnitude = DecimalParser.quotient(mantissa, byTenToThe: scale)
        return isNegative ? -magnitude : magnitude
    }

    @discardableResult
    private mutating func skipDigits() -> Bool {
        let start = offset
        while offset < bytes.count, Self.isDigit(bytes[offset]) { offset += 1 }
        return offset > start
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
