import Bytes

/// The columns beside the street that say where a place is, and the one text they become with it.
///
/// Each part appears only where the row has it, in this order and form, so that a person reads an address and a parser
/// finds its parts:
/// ```
/// STREET 123 y CROSSING entre A y B, C.P. 32000, ref. LANDMARK
/// ```
/// - The house number follows the street; without a street, or where it is zero, it says nothing and is left out.
/// - A crossing without a street stands alone, as a street does.
/// - Of two streets between which the place lies one alone gives `entre A`; a column that holds both gives `entre A y B`
///   as it stands.
/// - A postal code of four or five digits, also as `1000.0`, gets its five digits back: `C.P. 01000`. Only zeros are none;
///   anything else stands as it is behind `C.P.`, once.
struct PlaceWords {
    private let crossing, number, between, and, postalCode, landmark: UnsafeBufferPointer<UInt8>

    init(_ row: FieldRow, _ fields: FieldIndexes, _ missing: MissingValues) {
        let columns = fields.placeParts
        func value(_ part: Int) -> UnsafeBufferPointer<UInt8> {
            RowValues.value(row, part < columns.count ? columns[part] : -1, missing)
        }
        crossing = value(0)
        number = value(1)
        between = value(2)
        and = value(3)
        postalCode = value(4)
        landmark = value(5)
    }

    func combine(into hash: inout RowHash) {
        for part in [crossing, number, between, and, postalCode, landmark] { hash.combine(part) }
    }

    /// Appends the whole text to a column; no text where no part has any.
    /// - Complexity: O(length).
    func append(after street: UnsafeBufferPointer<UInt8>, to column: inout TextColumn) {
        var text: [UInt8] = []
        text.reserveCapacity(street.count + crossing.count + between.count + and.count + landmark.count + 48)
        text.append(contentsOf: street)
        if !street.isEmpty, !Self.isZero(number) { Self.join(" ", number, to: &text) }
        Self.join(" y ", crossing, to: &text)
        Self.join(text.isEmpty ? "entre " : " entre ", between.isEmpty ? and : between, to: &text, isOpening: true)
        if !between.isEmpty { Self.join(" y ", and, to: &text) }
        appendPostalCode(to: &text)
        Self.join(text.isEmpty ? "ref. " : ", ref. ", landmark, to: &text, isOpening: true)
        if text.isEmpty { column.appendAbsent() } else { text.withUnsafeBufferPointer { column.append($0) } }
    }

    private func appendPostalCode(to text: inout [UInt8]) {
        let digits =
            postalCode.count > 2 && postalCode.suffix(2).elementsEqual(".0".utf8)
            ? postalCode.dropLast(2) : postalCode[...]
        guard !digits.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return }
        text.append(contentsOf: (text.isEmpty ? "" : ", ").utf8)
        let first = postalCode[0] & 0xDF
        if first != UInt8(ascii: "C") { text.append(contentsOf: "C.P. ".utf8) }
        let isNumber = digits.allSatisfy { (48...57).contains($0) }
        if isNumber, digits.count == 4 { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: isNumber ? digits : postalCode[...])
    }

    /// - Parameter isOpening: whether the link stands also where nothing is before it.
    private static func join(
        _ link: StaticString, _ part: UnsafeBufferPointer<UInt8>, to text: inout [UInt8], isOpening: Bool = false
    ) {
        guard !part.isEmpty else { return }
        if isOpening || !text.isEmpty {
            text.append(contentsOf: UnsafeBufferPointer(start: link.utf8Start, count: link.utf8CodeUnitCount))
        }
        text.append(contentsOf: part)
    }

    private static func isZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }
}
