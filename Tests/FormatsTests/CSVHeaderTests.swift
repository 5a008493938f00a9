import Formats
import Testing

/// As the national statistics office exports tables: title and blank lines first, the source last.
private let table = """
    "Población total"
    ""

    "Consulta de: Población total   Por: Entidad"
    "","","Total","Hombres",""
    " ","Total","126,014,024","61,473,390"
    " 01 001 ","Aguascalientes","948,990","462,073"
    " 01 002 ","Asientos","51,536","25,261"

    "FUENTE: INEGI."
    """

@Suite struct CSVHeaderTests {
    @Test func `Titles and blank lines before the header are passed over`() throws {
        let reader = try csv(table)
        #expect(reader.header == ["", "", "Total", "Hombres", ""])
        #expect(reader.headerLine == 5)
        let rows = try readRows(reader)
        #expect(rows.map(\.fields.first) == [" ", " 01 001 ", " 01 002 ", "FUENTE: INEGI."])
        #expect(rows.map(\.line) == [6, 7, 8, 10])
    }

    @Test func `A title that a spreadsheet has padded with delimiters is no header`() throws {
        let rows = "id,fecha,delito,nota\n1,2024-01-01,Robo,\n2,2024-01-02,Fraude,\n"
        let reader = try csv("Reportes 2024,,,\n,,,\n" + rows)
        #expect(reader.header == ["id", "fecha", "delito", "nota"])
        #expect(try readRows(reader).count == 2)
    }

    @Test func `A single data row with too many fields does not become the header`() throws {
        let reader = try csv("a,b,c\n1,2,3\n1,2,3,4,5\n1,2,3\n")
        #expect(reader.header == ["a", "b", "c"])
        #expect(try readRows(reader).count == 3)
    }

    @Test func `A header a little narrower than its rows is still the header`() throws {
        let reader = try csv("Fecha de corte:,2024-01-31\nid,fecha,delito\n1,2024-01-01,Robo,x\n2,2024-01-02,Robo,y\n")
        #expect(reader.header == ["id", "fecha", "delito"])
        #expect(try readRows(reader).count == 2)
    }

    @Test func `A table of one column begins with its header`() throws {
        let reader = try csv("colonia\nCentro\nRoma\n")
        #expect(reader.header == ["colonia"])
        #expect(try readRows(reader).map(\.fields) == [["Centro"], ["Roma"]])
    }

    @Test func `A header alone is a table without rows`() throws {
        let reader = try csv("a,b,c")
        #expect(reader.header == ["a", "b", "c"])
        #expect(try !reader.next())
    }

    @Test func `The header can be given by its line`() throws {
        let reader = try csv(table, .init(headerRow: .line(7)))
        #expect(reader.header == [" 01 001 ", "Aguascalientes", "948,990", "462,073"])
        #expect(reader.headerLine == 7)
        #expect(try readRows(reader).map(\.line) == [8, 10])
        let crlf = try csv("\"title\r\nx\r\na;b\r\n1;2\r\n", .init(headerRow: .line(3)))
        #expect(crlf.header == ["a", "b"] && crlf.headerLine == 3)
        for (text, line) in [(table, 12), ("a\nb\nc\n", 4)] {
            #expect(throws: CSVError.headerBeyondEnd(file: "test.csv", line: line)) {
                try csv(text, .init(headerRow: .line(line)))
            }
        }
    }

    @Test func `The header can be given by a condition on its fields`() throws {
        let reader = try csv(table, .init(headerRow: .matching { $0.contains("Aguascalientes") }))
        #expect(reader.headerLine == 7)
        #expect(try readRows(reader).map(\.line) == [8, 10])
        #expect(throws: CSVError.headerNotFound(file: "test.csv", rowsSearched: 8)) {
            try csv(Array(table.utf8), .init(headerRow: .matching { $0.contains("nada") }))
        }
    }

    @Test func `A stray quote in a title does not draw the header into it`() throws {
        for title in ["\"Reportes de 2024\n", "\"Reportes de \"2024\"\n\"Mesa\n"] {
            let text = title + "id,delito,lugar\n1,\"Robo, a negocio\",\"dos\nlineas\"\n2,Fraude,Centro\n3,Robo,Roma\n"
            let isHeader: ([String]) -> Bool = { $0.contains("delito") }
            for headerRow: CSVReader.HeaderRow in [.automatic, .matching(isHeader)] {
                let reader = try csv(text, .init(headerRow: headerRow))
                #expect(reader.header == ["id", "delito", "lugar"])
                let rows = try readRows(reader)
                #expect(rows.map(\.fields.first) == ["1", "2", "3"])
                #expect(rows[0].fields == ["1", "Robo, a negocio", "dos\nlineas"] && rows[0].problem == nil)
            }
        }
    }

    @Test func `A header with a stray quote is an error, since rows would run into it`() throws {
        for text in ["id,\"delito,lugar\n1,Robo,Centro\n", "id,\"delito,lugar\n1,\"Robo\",Centro\n2,Robo,Roma\n"] {
            for headerRow: CSVReader.HeaderRow in [.line(1), .matching { $0.first == "id" }] {
                #expect(throws: CSVError.headerUnterminated(file: "test.csv", line: 1)) {
                    try csv(text, .init(delimiter: UInt8(ascii: ","), headerRow: headerRow))
                }
            }
        }
        let harmless = try csv("\"id\" ,\"two\nlines\"\n1,2\n")
        #expect(harmless.header == ["id ", "two\nlines"])
        #expect(try readRows(harmless).map(\.line) == [3])
    }

    @Test func `A condition sees fields without quotes and in the right encoding`() throws {
        let bytes = Array("x,y\n\"a\u{F1}\u{F1}o\",\"a \"\"b\"\"\"\n".unicodeScalars.map { UInt8($0.value) })
        let reader = try csv(bytes, .init(headerRow: .matching { $0 == ["añño", "a \"b\""] }))
        #expect(reader.headerLine == 2)
    }

    @Test(arguments: ["", "\n\n\r\n", "\u{FEFF}", "\u{FEFF}\n"])
    func `A file without rows is empty`(text: String) {
        for headerRow: CSVReader.HeaderRow in [.automatic, .line(1), .matching { _ in true }] {
            #expect(throws: CSVError.empty(file: "test.csv")) { try csv(text, .init(headerRow: headerRow)) }
        }
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `The delimiter is found among four`(delimiter: String) throws {
        let rows = [["id", "texto", "x"], ["1", "a", "2"], ["2", "b", "3"], ["3", "c", "4"]]
        let reader = try csv(rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n"))
        #expect(reader.delimiter == delimiter.utf8.first)
        #expect(reader.header == rows[0])
        #expect(try readRows(reader).map(\.fields) == Array(rows[1...]))
    }

    @Test func `Decimal commas, prose and titles do not mislead the search for the delimiter`() throws {
        let decimals = try csv("id;lat;lon\n1;19,43;-99,13\n2;19,44;-99,14\n3;19,45;-99,15\n")
        #expect(decimals.delimiter == UInt8(ascii: ";"))
        let prose = try csv("Reporte, enero, 2024\n\nid\tnota\n1\tuno, dos, tres\n2\tcuatro\n3\t\"a\tb\"\n")
        #expect(prose.delimiter == UInt8(ascii: "\t") && prose.header == ["id", "nota"])
        let quoted = try csv("a,b\n\"1;2\",\"3;4\"\n\"5;6\",\"7;8\"\n")
        #expect(quoted.delimiter == UInt8(ascii: ","))
    }

    @Test func `A given delimiter is taken, and one that cannot be is refused`() throws {
        #expect(try csv("a,b;c\n1,2;3\n", .init(delimiter: UInt8(ascii: ";"))).header == ["a,b", "c"])
        #expect(try csv("a:b\n1:2\n", .init(delimiter: UInt8(ascii: ":"))).header == ["a", "b"])
        for byte: UInt8 in [0, 0x0A, 0x0D, 0x22, 0x80, 0xFF] {
            #expect(throws: CSVError.delimiterUnusable(byte)) { try csv("a,b\n", .init(delimiter: byte)) }
        }
    }
}
