import Bytes
import Formats
import SimpleFeatures
import Testing

private typealias Fixture = ShapefileFixture

/// Opens a table beside as many null shapes.
private func open(
    _ dbf: [UInt8], rows: Int, cpg: String? = nil, encoding: TextEncoding? = nil
) throws(ShapefileError) -> ShapefileReader {
    let shp = Fixture.shp(type: 1, [[UInt8]](repeating: Fixture.null, count: rows))
    return try ShapefileReader(shp: shp, dbf: dbf, cpg: cpg, encoding: encoding)
}

private func values(
    _ reader: ShapefileReader
) throws -> (rows: [[PropertyValue]], notes: ShapefileReader.Notes) {
    var rows: [[PropertyValue]] = []
    let notes = try reader.features { rows.append($0.properties.map(\.value)) }
    return (rows, notes)
}

/// A table of one text column.
private func table(_ cells: [[UInt8]], width: Int = 12, codePage: UInt8 = 0) -> [UInt8] {
    Fixture.dbf([("NOMBRE", "C", width)], cells.map { [$0] }, codePage: codePage)
}

private let latin1: [UInt8] = [0x50, 0x65, 0xF1, 0xF3, 0x6E]  // Peñón
private let utf8 = Array("Peñón".utf8)

@Suite struct DBFTableTests {
    @Test(
        arguments: [
            ("C", "  Centro", .text("  Centro")), ("C", "", .text("")), ("N", "  12", .integer(12)),
            ("N", "-1.50", .number(-1.5)), ("N", "", .null), ("N", "************", .null),
            ("F", "1.25e+002", .number(125)),
            ("N", "09015", .integer(9015)), ("L", "T", .bool(true)), ("L", "y", .bool(true)), ("L", "F", .bool(false)),
            ("L", "n", .bool(false)), ("L", "?", .null), ("L", "", .null), ("D", "20240229", .text("2024-02-29")),
            ("D", "", .null), ("D", "00000000", .null),
        ] as [(Character, String, PropertyValue)])
    func `A cell becomes what its type says`(type: Character, cell: String, value: PropertyValue) throws {
        let (rows, notes) = try values(open(Fixture.dbf([("X", type, 12)], [[Array(cell.utf8)]]), rows: 1))
        #expect(rows == [[value]])
        #expect(notes.unreadableValues == 0)
    }

    @Test(arguments: [("N", "12 345"), ("N", "nan"), ("L", "x"), ("D", "2024-3-1")] as [(Character, String)])
    func `A cell that is not what its type says is kept as text and counted`(type: Character, cell: String) throws {
        let (rows, notes) = try values(open(Fixture.dbf([("X", type, 12)], [[Array(cell.utf8)]]), rows: 1))
        #expect(rows == [[.text(cell)]])
        #expect(notes.unreadableValues == 1)
    }

    @Test func `A binary integer is read, memos and unknown types are named and left out`() throws {
        let dbf = Fixture.dbf(
            [("I", "I", 4), ("MEMO", "M", 10), ("B", "B", 8), ("N", "N", 4)],
            [[[0xFE, 0xFF, 0xFF, 0xFF], Array("1".utf8), [], Array("5".utf8)]])
        let reader = try open(dbf, rows: 1)
        #expect(reader.fieldNames == ["I", "N"])
        #expect(reader.skippedFieldNames == ["MEMO", "B"])
        #expect(try values(reader).rows == [[.integer(-2), .integer(5)]])
    }

    @Test func `A name that occurs twice gets a number`() throws {
        let dbf = Fixture.dbf([("A", "N", 1), ("A", "N", 1), ("A", "N", 1)], [])
        #expect(try open(dbf, rows: 0).fieldNames == ["A", "A_2", "A_3"])
    }

    // MARK: Text

    @Test(arguments: ["UTF-8", "utf8", "65001", "UTF-8\r\n", "\u{FEFF}UTF-8"])
    func `A code page file may say UTF-8`(cpg: String) throws {
        let reader = try open(table([utf8]), rows: 1, cpg: cpg)
        #expect(reader.encoding == .utf8)
        #expect(try values(reader).rows == [[.text("Peñón")]])
    }

    @Test(arguments: [
        "1252", "ANSI 1252", "CP1252", "ISO 88591", "ISO-8859-1", "LATIN1", "88591", "windows-1252\n",
    ])
    func `A code page file may say windows-1252 or Latin-1`(cpg: String) throws {
        let reader = try open(table([latin1, [0x80]]), rows: 2, cpg: cpg)
        #expect(reader.encoding == .windows1252)
        #expect(try values(reader).rows == [[.text("Peñón")], [.text("€")]])
    }

    @Test func `A code page that is not known is refused, unless the encoding is given`() throws {
        #expect(throws: ShapefileError.unsupportedEncoding("CP850")) {
            try open(table([latin1]), rows: 1, cpg: "cp850")
        }
        let reader = try open(table([latin1]), rows: 1, cpg: "cp850", encoding: .windows1252)
        #expect(try values(reader).rows == [[.text("Peñón")]])
    }

    @Test func `Without a code page file, valid UTF-8 is UTF-8 and anything else windows-1252`() throws {
        for codePage in [0, 0x03, 0x57] as [UInt8] {
            #expect(try values(open(table([utf8], codePage: codePage), rows: 1)).rows == [[.text("Peñón")]])
            #expect(try values(open(table([latin1], codePage: codePage), rows: 1)).rows == [[.text("Peñón")]])
        }
        #expect(throws: ShapefileError.unsupportedEncoding("code page byte 0x2")) {
            try open(table([latin1], codePage: 0x02), rows: 1)
        }
        #expect(try open(table([Array("Centro".utf8)], codePage: 0x02), rows: 1).encoding == .utf8)
    }

    @Test func `A character cut off at the width of its field does not spoil the encoding`() throws {
        // "Colonia Peñ" in eleven bytes: the second byte of ñ fell off the end.
        let cut = Array("Colonia Peñ".utf8.prefix(11))
        let reader = try open(table([cut, utf8], width: 11), rows: 2)
        #expect(reader.encoding == .utf8)
        #expect(try values(reader).rows == [[.text("Colonia Pe")], [.text("Peñón")]])
        // The same byte, where nothing else in the file is UTF-8, is the Ã of windows-1252.
        #expect(try values(open(table([cut], width: 11), rows: 1)).rows == [[.text("Colonia PeÃ")]])
    }

    @Test func `Latin-1 in a table that claims UTF-8 is read as windows-1252`() throws {
        let reader = try open(table([latin1, utf8]), rows: 2, cpg: "UTF-8")
        #expect(try values(reader).rows == [[.text("Peñón")], [.text("Peñón")]])
    }

    // MARK: Damage

    @Test func `Damaged tables are refused with what is wrong`() {
        func error(_ dbf: [UInt8]) -> ShapefileError? {
            do throws(ShapefileError) {
                _ = try open(dbf, rows: 1)
                return nil
            } catch { return error }
        }
        let good = table([utf8])
        #expect(error(good) == nil)
        #expect(error([]) == .truncated(file: .dbf, needed: 32, found: 0))
        #expect(error(Array(good.dropLast(2))) == .truncated(file: .dbf, needed: 65 + 13, found: 65 + 12))
        #expect(error([0x04] + good.dropFirst()) == .unsupportedTable(version: 4))
        var absurd = good
        absurd.replaceSubrange(4..<8, with: [255, 255, 255, 255])
        #expect(error(absurd) == .truncated(file: .dbf, needed: 65 + 0xFFFF_FFFF * 13, found: good.count))
        absurd = good
        absurd[48] = 200  // the width of the first field
        #expect(error(absurd) == .fieldsPastRecord(needed: 201, recordLength: 13))
    }
}
