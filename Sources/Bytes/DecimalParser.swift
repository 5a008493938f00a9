/// Reads numbers from bytes, without a `String`.
public enum DecimalParser {
    /// The number that the whole of `text` spells: sign, digits, point, exponent; nothing around it.
    ///
    /// Correctly rounded: a mantissa below 2⁵³ with a power of ten within ±22 needs one exact operation, anything else
    /// goes to the standard library. Hexadecimal, `nan` and `inf` are not numbers here.
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
        guard mantissa < 1 << 53, scale >= -22 else { return slow(text) }
        let magnitude = Double(mantissa) / powersOfTen[-scale]
        return negative ? -magnitude : magnitude
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

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
        1e21, 1e22,
    ]
}
