import Bytes
import SimpleFeatures

/// What one cell of a `.dbf` file means.
enum DBFValue {
    /// The value of a cell; nil where the cell does not hold what its field's type asks.
    static func value(
        _ cell: UnsafeBufferPointer<UInt8>, type: UInt8, encoding: TextEncoding
    ) -> PropertyValue? {
        switch type {
        case UInt8(ascii: "C"): .text(DBFText.string(cell, encoding, fillsField: true))
        case UInt8(ascii: "N"), UInt8(ascii: "F"): number(trimmed(cell))
        case UInt8(ascii: "L"): truth(cell)
        case UInt8(ascii: "D"): date(trimmed(cell))
        case UInt8(ascii: "I"): integer(cell)
        default: nil
        }
    }

    /// A number; null where there is nothing, or the asterisks of a number too wide for its field.
    private static func number(_ cell: UnsafeBufferPointer<UInt8>) -> PropertyValue? {
        if cell.isEmpty || cell.allSatisfy({ $0 == UInt8(ascii: "*") }) { return .null }
        if let integer = DecimalParser.integer(cell) { return .integer(integer) }
        return DecimalParser.double(cell).map { .number($0) }
    }

    private static func truth(_ cell: UnsafeBufferPointer<UInt8>) -> PropertyValue? {
        guard let byte = cell.first else { return .null }
        return switch byte {
        case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Y"), UInt8(ascii: "y"): .bool(true)
        case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "N"), UInt8(ascii: "n"): .bool(false)
        case UInt8(ascii: "?"), UInt8(ascii: " "), 0: .null
        default: nil
        }
    }

    /// `20240301` as the text `2024-03-01`; null where there is no date, or only zeros.
    private static func date(_ cell: UnsafeBufferPointer<UInt8>) -> PropertyValue? {
        if cell.allSatisfy({ $0 == UInt8(ascii: "0") }) { return .null }
        guard cell.count == 8, cell.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        let digits = String(decoding: cell, as: UTF8.self)
        return .text("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }

    private static func integer(_ cell: UnsafeBufferPointer<UInt8>) -> PropertyValue? {
        guard cell.count == 4 else { return nil }
        let word = UnsafeRawBufferPointer(cell).loadUnaligned(as: Int32.self)
        return .integer(Int64(Int32(littleEndian: word)))
    }

    /// The cell without blanks and zero bytes around it.
    private static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, cell.count)
        while start < end, cell[start] == 0x20 || cell[start] == 0 { start += 1 }
        while end > start, cell[end - 1] == 0x20 || cell[end - 1] == 0 { end -= 1 }
        return UnsafeBufferPointer(rebasing: cell[start..<end])
    }
}
