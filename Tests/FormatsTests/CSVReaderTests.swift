import Bytes
import Compression
import Formats
import Testing

/// A row as a test sees it.
struct ReadRow: Equatable {
    var fields: [String]
    var line: Int64
    var raw: String
    var problem: CSVRowProblem?
}

/// All rows after the header; also checks that they are numbered one by one.
func readRows(_ reader: CSVReader) throws -> [ReadRow] {
    var rows: [ReadRow] = []
    while try reader.next() {
        let row = reader.row
        let fields = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
        rows.append(ReadRow(fields: fields, line: reader.line, raw: reader.rawRow, problem: reader.problem))
        #expect(reader.rowNumber == Int64(rows.count))
    }
    return rows
}

func csv(_ bytes: [UInt8], _ options: CSVReader.Options = .init(), chunkSize: Int = 1 << 18) throws -> CSVReader {
    try CSVReader(source: ByteSource(bytes: bytes, name: "test.csv", chunkSize: chunkSize), options: options)
}

func csv(_ text: String, _ options: CSVReader.Options = .init()) throws -> CSVReader {
    try csv(Array(text.utf8), options)
}

@Suite struct CSVReaderTests {
    @Test func `Rows are split into fields, numbered, and located by line`() throws {
        let reader = try csv("fecha,delito,colonia\n2024-01-02,Robo,Centro\n2024-01-03,,\n")
        #expect(reader.header == ["fecha", "delito", "colonia"])
        #expect(reader.headerLine == 1 && reader.delimiter == UInt8(ascii: ",") && reader.rowNumber == 0)
        #expect(reader.row.count == 0)
        let rows = try readRows(reader)
        #expect(rows.map(\.fields) == [["2024-01-02", "Robo", "Centro"], ["2024-01-03", "", ""]])
        #expect(rows.map(\.line) == [2, 3])
        #expect(rows.map(\.raw) == ["2024-01-02,Robo,Centro", "2024-01-03,,"])
        #expect(try !reader.next() && !reader.next())
        #expect(reader.row.count == 0 && reader.rawRow == "" && reader.rowNumber == 2)
    }

    @Test func `Quoted fields hold delimiters, line ends and doubled quotes`() throws {
        let text = "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\n\"\"\"\",\"a\"\"\"\nlast,row"
        let expected = [["x,y", "say \"hi\""], ["two\r\nlines", ""], ["\"", "a\""], ["last", "row"]]
        let rows = try readRows(csv(text))
        #expect(rows.map(\.fields) == expected)
        #expect(rows.map(\.line) == [2, 3, 5, 6])
        #expect(rows.map(\.raw).first == "\"x,y\",\"say \"\"hi\"\"\"")
        #expect(rows.allSatisfy { $0.problem == nil })
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `Rows end at any line end, and the last one needs none`(lineEnd: String) throws {
        for last in ["", lineEnd] {
            let rows = try readRows(csv(["a,b", "1,2", "3,4"].joined(separator: lineEnd) + last))
            #expect(rows.map(\.fields) == [["1", "2"], ["3", "4"]])
            #expect(rows.map(\.line) == [2, 3])
        }
    }

    @Test func `Blank lines are no rows, but they are lines`() throws {
        let reader = try csv("\n\r\n\ra,b\n\n1,2\r\r\r\n\n3,4\n \n\"\"\n\n")
        #expect(reader.header == ["a", "b"] && reader.headerLine == 4)
        let rows = try readRows(reader)
        #expect(rows.map(\.fields) == [["1", "2"], ["3", "4"], [" "], [""]])
        #expect(rows.map(\.line) == [6, 10, 11, 12])
    }

    @Test func `A quote inside an unquoted field is a character like any other`() throws {
        let rows = try readRows(csv("a,b\n5\" tubo,x\"y\"\n \"z\",\n"))
        #expect(rows.map(\.fields) == [["5\" tubo", "x\"y\""], [" \"z\"", ""]])
        #expect(rows.allSatisfy { $0.problem == nil })
    }

    @Test func `Text after a closing quote is kept and flagged`() throws {
        let rows = try readRows(csv("a,b,c\n\"x\" y,\"p\"\"q\"r\"s,3\n1,2,3\n"))
        #expect(rows.map(\.fields) == [["x y", "p\"qr\"s", "3"], ["1", "2", "3"]])
        #expect(rows.map(\.problem) == [.textAfterQuote, nil])
    }

    @Test func `A quote that is never closed costs its own line and swallows no other`() throws {
        let text = "id,delito,colonia\n1,Robo,Centro\n2,\"Fraude,Del Valle\n3,Robo,Roma\n\n4,\"a,b\",Juarez\n5,\"x"
        // Of the quote in row 2 the one that opens in row 4 is the end, by the grammar; so let there be none after it.
        let only = text.replacing("\"a,b\"", with: "ab").replacing("\"x", with: "x")
        for bufferSize in [1, 7, 64, 1 << 20] {
            var options = CSVReader.Options(delimiter: UInt8(ascii: ","), headerRow: .line(1))
            options.bufferSize = bufferSize
            let rows = try readRows(csv(only, options))
            #expect(
                rows.map(\.fields) == [
                    ["1", "Robo", "Centro"], ["2", "Fraude,Del Valle"], ["3", "Robo", "Roma"], ["4", "ab", "Juarez"],
                    ["5", "x"],
                ])
            #expect(rows.map(\.problem) == [nil, .unterminatedQuote, nil, nil, nil])
            #expect(rows.map(\.line) == [2, 3, 4, 6, 7])
            #expect(rows[1].raw == "2,\"Fraude,Del Valle")
        }
        // With it, rows 2 to 4 run together, and that is flagged too; every line is still in exactly one raw row.
        let rows = try readRows(csv(text))
        #expect(rows.map(\.problem) == [nil, .severalRows, .unterminatedQuote])
        #expect(rows[1].raw == "2,\"Fraude,Del Valle\n3,Robo,Roma\n\n4,\"a,b\",Juarez")
        #expect(rows[2] == ReadRow(fields: ["5", "x"], line: 7, raw: "5,\"x", problem: .unterminatedQuote))
    }

    @Test func `A row may be shorter or longer than the header, and is given as it stands`() throws {
        let rows = try readRows(csv("a,b,c\n1,2,3\n1,2\n1,2,3,4\nFuente: INEGI\n"))
        #expect(rows.map(\.fields.count) == [3, 2, 4, 1])
    }

    @Test func `A field beyond the row's end is empty`() throws {
        let reader = try csv("a,b\n1\n")
        #expect(try reader.next())
        #expect(reader.row[1].isEmpty && reader.row[-1].isEmpty && reader.row[99].isEmpty)
    }

    @Test func `Gzip data are read like the text they hold`() throws {
        let text = "a,b\n" + (0..<10_000).map { "\($0),\"x\($0)\"\n" }.joined()
        let rows = try readRows(csv(Gzip.compress(Array(text.utf8))))
        #expect(try rows == readRows(csv(text)))
        #expect(rows.count == 10_000 && rows[9_999].fields == ["9999", "x9999"])
    }
}

@Suite struct CSVEncodingTests {
    @Test func `Each row is UTF-8 where it can be and Windows-1252 otherwise, and both are counted`() throws {
        var bytes = Array("año,delito\n1,Daño €\n2,Robo\n3,".utf8)
        bytes += [0x44, 0x61, 0xF1, 0x6F, 0x20, 0x80, 0x0A]  // "Daño €" in Windows-1252
        bytes += Array("4,\"Narvarte \"\"".utf8) + [0xC1] + Array("\"\"\"\n".utf8)
        let reader = try csv(bytes)
        let rows = try readRows(reader)
        #expect(reader.header == ["año", "delito"])
        #expect(rows.map(\.fields) == [["1", "Daño €"], ["2", "Robo"], ["3", "Daño €"], ["4", "Narvarte \"Á\""]])
        #expect(rows.map(\.raw) == ["1,Daño €", "2,Robo", "3,Daño €", "4,\"Narvarte \"\"Á\"\"\""])
        #expect(reader.encodingCounts.ascii == 1)
        #expect(reader.encodingCounts.utf8 == 1)
        #expect(reader.encodingCounts.windows1252 == 2)
    }

    @Test func `A stated encoding holds for all rows`() throws {
        let bytes = Array("a,b\n1,ñ\n2,".utf8) + [0xF1, 0x0A]
        let windows = try csv(bytes, .init(encoding: .windows1252))
        #expect(try readRows(windows).map(\.fields) == [["1", "Ã±"], ["2", "ñ"]])
        #expect(windows.encodingCounts.windows1252 == 2 && windows.encodingCounts.utf8 == 0)
        let utf8 = try csv(bytes, .init(encoding: .utf8))
        let rows = try readRows(utf8)
        #expect(rows.map(\.fields) == [["1", "ñ"], ["2", "\u{FFFD}"]])
        #expect(rows.map(\.problem) == [nil, .notUTF8])
        #expect(utf8.encodingCounts.utf8 == 2 && utf8.encodingCounts.windows1252 == 0)
    }

    @Test func `A byte-order mark is no part of the first name`() throws {
        let reader = try csv([0xEF, 0xBB, 0xBF] + Array("\"id\",b\n1,2\n".utf8))
        #expect(reader.header == ["id", "b"])
        #expect(try readRows(reader).map(\.fields) == [["1", "2"]])
    }

    @Test func `UTF-16, zero bytes and files of other kinds are refused by name`() throws {
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            #expect(throws: CSVError.utf16(file: "test.csv")) { try csv(mark + [0x61, 0, 0x2C, 0]) }
        }
        #expect(throws: CSVError.zeroByte(file: "test.csv", line: 3)) { try csv(Array("a,b\r\n1,2\r\n3,\0\n".utf8)) }
        let kinds: [(FileKind, [UInt8])] = [
            (.zip, [0x50, 0x4B, 3, 4]), (.sqlite, Array("SQLite format 3\0".utf8)), (.shapefile, [0, 0, 0x27, 0x0A]),
        ]
        for (kind, magic) in kinds {
            #expect(throws: CSVError.notText(file: "test.csv", kind: kind)) { try csv(magic + [0, 1, 2]) }
        }
        let twice = try Gzip.compress(Gzip.compress(Array("a,b\n".utf8)))
        #expect(throws: CSVError.notText(file: "test.csv", kind: .gzip)) { try csv(twice) }
    }

    @Test func `A zero byte far into the file is an error with its line, and stays one`() throws {
        var options = CSVReader.Options(delimiter: UInt8(ascii: ","), headerRow: .line(1))
        options.bufferSize = 64
        let text = "a,b\n" + String(repeating: "1,2\n", count: 100) + "x\0,2\n"
        let reader = try csv(Array(text.utf8), options)
        let expected = CSVError.zeroByte(file: "test.csv", line: 102)
        #expect(throws: expected) { try readRows(reader) }
        #expect(throws: expected) { try reader.next() }
    }
}

@Suite struct CSVLimitTests {
    private func limited(_ limit: Int) -> CSVReader.Options {
        var options = CSVReader.Options(delimiter: UInt8(ascii: ","), headerRow: .line(1))
        options.rowLimit = limit
        options.bufferSize = 8
        return options
    }

    @Test func `A row of exactly the limit is read, one byte more is refused with its line`() throws {
        let long = String(repeating: "x", count: 98)
        #expect(try readRows(csv("a,b\n1,\(long)\n2,3", limited(100))).count == 2)
        #expect(throws: CSVError.rowTooLong(file: "test.csv", line: 2, quoteLine: nil, limit: 100)) {
            try readRows(csv("a,b\n1,x\(long)\n2,3", limited(100)))
        }
    }

    @Test func `An unclosed quote with more than the limit behind it is named with its line`() throws {
        let text = "a,b\n1,2\n\"two\nlines\",\"open\n" + String(repeating: "1,2\n", count: 50)
        #expect(throws: CSVError.rowTooLong(file: "test.csv", line: 3, quoteLine: 4, limit: 100)) {
            try readRows(csv(text, limited(100)))
        }
    }

    @Test func `A field of 40 MB is refused at 16 MiB, plain or packed`() throws {
        #expect(CSVReader.Options().rowLimit == 16_777_216)
        let bytes = Array("a,b\n1,".utf8) + [UInt8](repeating: 0x78, count: 40_000_000)
        let expected = CSVError.rowTooLong(file: "test.csv", line: 2, quoteLine: nil, limit: 16_777_216)
        for bytes in [bytes, try Gzip.compress(bytes, level: 1)] {
            let source = try ByteSource(bytes: bytes, name: "test.csv")
            let reader = try CSVReader(source: source)
            #expect(throws: expected) { try reader.next() }
            #expect(source.isGzipped || source.bytesRead < 34_000_000)
        }
        let header = Array("\"".utf8) + bytes
        #expect(throws: CSVError.rowTooLong(file: "test.csv", line: 1, quoteLine: 1, limit: 16_777_216)) {
            try csv(header)
        }
    }

    @Test func `A row of 10,000 fields is read, one more is refused`() throws {
        let commas = String(repeating: ",", count: 9_999)
        let reader = try csv("a,b\n\(commas)\n,\(commas)\n", .init(headerRow: .line(1)))
        #expect(try reader.next())
        #expect(reader.row.count == 10_000)
        #expect(throws: CSVError.tooManyColumns(file: "test.csv", line: 3, limit: 10_000)) { try reader.next() }
    }

    @Test func `Quotes that open on every line are read in time that grows with the file`() throws {
        // Seen from inside a quote or from outside, this line ends inside one: each could look for its end to the last,
        // which would be 9 GB.
        let line = "a\",b,\"" + String(repeating: "c", count: 1_000)
        let rows = try readRows(csv("a,b,c\n" + String(repeating: line + "\n", count: 4_200)))
        #expect(rows.count == 4_200)
        #expect(rows.allSatisfy { $0.fields.count == 3 && $0.raw == line && $0.problem == .unterminatedQuote })
    }

    @Test func `Errors are one sentence with the evidence`() {
        let error = CSVError.rowTooLong(file: "a.csv", line: 7, quoteLine: 8, limit: 100)
        #expect(
            "\(error)"
                == "a.csv:7: a row must be at most 100 bytes long, but this one is longer; "
                + "the quote opened on line 8 may lack its end")
        #expect(
            "\(CSVError.notText(file: "a.csv", kind: .zip))"
                == "a.csv must be comma-separated text, but its content is a ZIP archive")
        #expect(
            "\(CSVError.zeroByte(file: "a.csv", line: 3))"
                == "a.csv:3: text must hold no zero bytes, but one stands here; the file is binary or UTF-16")
    }
}
