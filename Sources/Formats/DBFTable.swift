import Bytes

/// The attribute table of a shapefile (dBase III and its kin), laid out but not yet read.
struct DBFTable {
    /// A column of the table.
    struct Field {
        var name: String
        /// The type's letter, such as `C` for text.
        var type: UInt8
        /// Where the field lies in a record.
        var range: Range<Int>

        /// Whether values of this type lie in the table itself and can be read; memos lie in a file of their own.
        var isReadable: Bool {
            switch type {
            case UInt8(ascii: "C"), UInt8(ascii: "N"), UInt8(ascii: "F"), UInt8(ascii: "L"), UInt8(ascii: "D"): true
            case UInt8(ascii: "I"): range.count == 4
            default: false
            }
        }
    }

    let fields: [Field]
    let recordCount: Int
    let encoding: TextEncoding
    private let bytes: [UInt8]
    private let headerLength: Int
    private let recordLength: Int

    /// - Parameters:
    ///   - declared: the content of the `.cpg` file; nil where there is none.
    ///   - forced: the encoding whatever is declared; nil to go by declaration and content.
    init(_ bytes: [UInt8], declared: String?, forced: TextEncoding?) throws(ShapefileError) {
        guard bytes.count >= 32 else { throw .truncated(file: .dbf, needed: 32, found: bytes.count) }
        // The low three bits tell dBase III to V and FoxPro (3, or 0 in Visual FoxPro) from dBase 7 (4) and dBase II (2).
        guard bytes[0] & 7 == 3 || (0x30...0x32).contains(bytes[0]) else { throw .unsupportedTable(version: bytes[0]) }
        recordCount = Int(bytes[4]) | Int(bytes[5]) << 8 | Int(bytes[6]) << 16 | Int(bytes[7]) << 24
        headerLength = max(32, Int(bytes[8]) | Int(bytes[9]) << 8)
        recordLength = max(1, Int(bytes[10]) | Int(bytes[11]) << 8)
        let needed = headerLength + recordCount * recordLength
        guard needed <= bytes.count else { throw .truncated(file: .dbf, needed: needed, found: bytes.count) }
        self.bytes = bytes

        let layout = Self.layout(bytes[..<headerLength])
        let end = layout.last?.range.upperBound ?? 1
        guard end <= recordLength else { throw .fieldsPastRecord(needed: end, recordLength: recordLength) }
        let texts = TextCells(
            bytes: bytes, names: layout.map(\.name), start: headerLength, recordLength: recordLength,
            count: recordCount,
            fields: layout.filter { $0.type == UInt8(ascii: "C") }.map(\.range))
        encoding = try DBFText.encoding(declared: declared, forced: forced, codePage: bytes[29], cells: texts)
        fields = Self.named(layout, bytes, encoding)
    }

    /// Whether a record is marked as deleted, which leaves it in the file.
    func isDeleted(_ record: Int) -> Bool {
        guard record >= 0, record < recordCount else { return true }
        return bytes[headerLength + record * recordLength] == UInt8(ascii: "*")
    }

    /// The bytes of one field of one record.
    func withCell<Result>(
        _ field: Field, record: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            guard record >= 0, record < recordCount else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
            // The whole table was measured against the file, and the field against the record, when it was opened.
            let start = headerLength + record * recordLength
            return body(
                UnsafeBufferPointer(
                    rebasing: bytes[(start + field.range.lowerBound)..<(start + field.range.upperBound)]))
        }
    }

    /// The columns that a header describes, 32 bytes each up to a carriage return, with the place of their names.
    private static func layout(_ header: ArraySlice<UInt8>) -> [(name: Range<Int>, type: UInt8, range: Range<Int>)] {
        var fields: [(name: Range<Int>, type: UInt8, range: Range<Int>)] = []
        var position = 1  // behind the deletion mark
        for start in stride(from: 32, to: header.endIndex - 31, by: 32) {
            guard header[start] != 0x0D else { break }
            let name = header[start..<(start + 11)].prefix { $0 != 0 }
            let length = Int(header[start + 16])
            fields.append((name.indices, header[start + 11], position..<(position + length)))
            position += length
        }
        return fields
    }

    /// The columns with their names decoded; a name that is taken gets a number, as in `NOMBRE_2`.
    private static func named(
        _ layout: [(name: Range<Int>, type: UInt8, range: Range<Int>)], _ bytes: [UInt8], _ encoding: TextEncoding
    ) -> [Field] {
        var taken: Set<String> = []
        return bytes.withUnsafeBufferPointer { bytes in
            layout.map { field in
                let own = DBFText.string(
                    UnsafeBufferPointer(rebasing: bytes[field.name]), encoding, fillsField: field.name.count >= 10)
                var name = own
                var number = 2
                while !taken.insert(name).inserted {
                    name = "\(own)_\(number)"
                    number += 1
                }
                return Field(name: name, type: field.type, range: field.range)
            }
        }
    }
}
