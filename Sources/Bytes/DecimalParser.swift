/// Reads numbers from bytes, without a `String`.
public enum DecimalParser {
    /// The number that the whole of `text` spells: sign, digits, point, exponent; nothing around it.
    ///
    /// Correctly rounded. Up to 19 digits without an exponent, which is what coordinates are, cost one division; anything
    /// else goes to the standard library. Hexadecimal, `nan` and `inf` are not numbers here.
    /// - Returns: nil where the text is no number, or a number beyond `Double`.
    /// - Complexity: O(length).
    public static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var index = 0
        let end = text.count
        guard end > 0 else { return nil }
        var negative = false
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            negative = text[0] == UInt8(ascii: "-")
            index = 1
        }
        var mantissa: UInt64 = 0
        var significant = 0
        var scale = 0
        var digits = 0
        while index < end, let digit = digitValue(text[index]) {
            if significant < 19 {
                mantissa = mantissa &* 10 &+ digit
                significant += mantissa == 0 ? 0 : 1
            } else {
                return slow(text)
            }
            digits += 1
            index += 1
        }
        if index < end, text[index] == UInt8(ascii: ".") {
            index += 1
            while index < end, let digit = digitValue(text[index]) {
                guard significant < 19 else { return slow(text) }
                mantissa = mantissa &* 10 &+ digit
                significant += mantissa == 0 ? 0 : 1
                scale -= 1
                digits += 1
                index += 1
            }
        }
        guard digits > 0 else { return nil }
        if index < end {
            guard text[index] == UInt8(ascii: "e") || text[index] == UInt8(ascii: "E") else { return nil }
            return slow(text)
        }
        guard scale >= -19 else { return slow(text) }
        let magnitude = quotient(mantissa, byTenToThe: -scale)
        return negative ? -magnitude : magnitude
    }

    /// `mantissa` / 10^`scale`, correctly rounded, for a scale from 0 to 19.
    ///
    /// Below 2⁵³ one division of exact floats is enough. Above, the integer quotient is taken to at least 63 bits, with
    /// the lowest one set where a remainder is left, so that the one rounding to 53 bits sees what was cut off.
    @inline(__always)
    public static func quotient(_ mantissa: UInt64, byTenToThe scale: Int) -> Double {
        let divisor = powersOfTen[scale]
        if mantissa < 1 << 53 { return Double(mantissa) / Double(divisor) }
        let (shift, ownShift) = (divisor.leadingZeroBitCount, mantissa.leadingZeroBitCount)
        let dividend = mantissa << ownShift
        let (quotient, remainder) = (divisor << shift).dividingFullWidth((dividend >> 1, dividend << 63))
        let scaleOfTwo = Double(bitPattern: UInt64(truncatingIfNeeded: 1023 + shift - ownShift - 63) << 52)
        return Double(quotient | (remainder == 0 ? 0 : 1)) * scaleOfTwo
    }

    /// The integer that the whole of `text` spells; nil where it is none or does not fit.
    public static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard !text.isEmpty else { return nil }
        let negative = text[0] == UInt8(ascii: "-")
        var index = negative || text[0] == UInt8(ascii: "+") ? 1 : 0
        guard index < text.count else { return nil }
        var value: Int64 = 0
        while index < text.count {
            guard let digit = digitValue(text[index]) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.subtractingReportingOverflow(Int64(digit))
            if overflow || overflow2 { return nil }
            value = sum  // counted downwards, since the negative range is the larger one
            index += 1
        }
        if negative { return value }
        return value == .min ? nil : -value
    }

    private static func digitValue(_ byte: UInt8) -> UInt64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }

    private static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        // Only what JSON and CSV call a number may reach the library, which also knows "nan", "inf" and "0x1p3".
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                continue
            default: return nil
            }
        }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    private static let powersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
