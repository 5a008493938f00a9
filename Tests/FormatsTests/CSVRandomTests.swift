import Bytes
import Compression
import Formats
import TestSupport
import Testing

/// The reader's grammar, written down character by character: the slow obvious version.
private struct SlowParser {
    /// A line end is one token, whatever bytes it has.
    enum Token: Equatable {
        case byte(UInt8)
        case lineEnd([UInt8])

        var bytes: [UInt8] {
            switch self {
            case .byte(let byte): [byte]
            case .lineEnd(let bytes): bytes
            }
        }
    }

    private enum State { case start, unquoted, quoted, afterQuote }

    let tokens: [Token]
    let delimiter: UInt8

    init(_ text: [UInt8], delimiter: UInt8) {
        self.delimiter = delimiter
        var tokens: [Token] = []
        for byte in text {
            switch (byte, tokens.last) {
            case (0x0A, .lineEnd([0x0D])): tokens[tokens.count - 1] = .lineEnd([0x0D, 0x0A])
            case (0x0A, _), (0x0D, _): tokens.append(.lineEnd([byte]))
            default: tokens.append(.byte(byte))
            }
        }
        self.tokens = tokens
    }

    /// All rows that are not blank.
    var rows: [ReadRow] {
        var rows: [ReadRow] = []
        var at = 0
        var line: Int64 = 1
        var quotesSpanLines = true
        while at < tokens.count {
            let (row, next, isOpenAtEnd) = row(from: at, line: line, quotesSpanLines: quotesSpanLines)
            if isOpenAtEnd, quotesSpanLines {
                quotesSpanLines = false
                continue
            }
            if row.raw != "" { rows.append(row) }
            for token in tokens[at..<next] { if case .lineEnd = token { line += 1 } }
            at = next
        }
        return rows
    }

    private func row(from begin: Int, line: Int64, quotesSpanLines: Bool) -> (ReadRow, next: Int, isOpenAtEnd: Bool) {
        var fields: [[UInt8]] = [[]]
        var problem: CSVRowProblem?
        var state = State.start
        var holdsLineEnd = false
        var at = begin
        rowLoop: while at < tokens.count {
            let token = tokens[at]
            switch (state, token) {
            case (.start, .byte(0x22)):
                state = .quoted
                holdsLineEnd = false
            case (.quoted, .byte(0x22)): state = .afterQuote
            case (.afterQuote, .byte(0x22)):
                fields[fields.count - 1].append(0x22)
                state = .quoted
            case (.quoted, .lineEnd) where !quotesSpanLines: break rowLoop
            case (.quoted, .lineEnd):
                fields[fields.count - 1] += token.bytes
                holdsLineEnd = true
            case (.quoted, _): fields[fields.count - 1] += token.bytes
            case (_, .lineEnd): break rowLoop
            case (_, .byte(delimiter)):
                fields.append([])
                state = .start
            case (_, .byte(let byte)):
                if state == .afterQuote, problem != .severalRows {
                    problem = holdsLineEnd ? .severalRows : .textAfterQuote
                }
                fields[fields.count - 1].append(byte)
                state = .unquoted
            }
            at += 1
        }
        if state == .quoted { problem = .unterminatedQuote }
        let raw = tokens[begin..<at].flatMap(\.bytes)
        let isUTF8 = String(validating: raw, as: UTF8.self) != nil
        let row = ReadRow(
            fields: fields.map { decode($0, isUTF8) }, line: line, raw: decode(raw, isUTF8), problem: problem)
        return (row, min(at + 1, tokens.count), state == .quoted && at == tokens.count)
    }

    /// The random documents hold no bytes beyond ASCII but those of the table.
    private func decode(_ bytes: [UInt8], _ isUTF8: Bool) -> String {
        let windows1252: [UInt8: String] = [0xF1: "ñ", 0xC3: "Ã", 0xB1: "±", 0xBA: "º", 0x80: "€"]
        if isUTF8 { return String(decoding: bytes, as: UTF8.self) }
        return bytes.map { windows1252[$0] ?? String(UnicodeScalar($0)) }.joined()
    }
}

private func randomDocument(using generator: inout SeededGenerator) -> [UInt8] {
    let pieces = ["a", "b", " ", ",", ",", ",", "\"", "\"", "\n", "\n", "\r", "\r\n", ";", "ñ", "palabras y números"]
    let clusters = ["\",\"", "\"\"", ",\"", "\"\n"]
    let alphabet = (pieces + clusters).map { Array($0.utf8) } + [[0xF1], [0x80]]
    return (0..<Int.random(in: 0...60, using: &generator)).flatMap { _ in
        alphabet.randomElement(using: &generator) ?? []
    }
}

@Suite struct CSVRandomTests {
    @Test func `Twenty thousand random documents read as the obvious parser reads them, at any chunk size`() throws {
        var generator = SeededGenerator(seed: 4180)
        var problems: [CSVRowProblem?: Int] = [:]
        for number in 0..<20_000 {
            let document = randomDocument(using: &generator)
            let expected = SlowParser(document, delimiter: 0x2C).rows
            var options = CSVReader.Options(delimiter: 0x2C, headerRow: .line(1))
            options.bufferSize = number % 3 == 0 ? 1 : Int.random(in: 1...80, using: &generator)
            let chunkSize = number % 2 == 0 ? 1 : Int.random(in: 1...50, using: &generator)
            guard let header = expected.first else {
                #expect(throws: CSVError.empty(file: "test.csv")) {
                    try csv(document, options, chunkSize: chunkSize)
                }
                continue
            }
            if header.problem == .unterminatedQuote || header.problem == .severalRows {
                #expect(throws: CSVError.headerUnterminated(file: "test.csv", line: header.line)) {
                    try csv(document, options, chunkSize: chunkSize)
                }
                continue
            }
            let reader = try csv(document, options, chunkSize: chunkSize)
            let rows = try readRows(reader)
            guard reader.header == header.fields, reader.headerLine == header.line, rows == Array(expected[1...]) else {
                Issue.record("\(String(reflecting: document)): \(rows) instead of \(expected)")
                return
            }
            for row in rows { problems[row.problem, default: 0] += 1 }
        }
        // The documents are worth something only when they hold every case often.
        #expect(problems[nil, default: 0] > 20_000)
        for problem in [CSVRowProblem.textAfterQuote, .severalRows, .unterminatedQuote] {
            #expect(problems[problem, default: 0] > 1_000)
        }
    }

    @Test(arguments: [false, true])
    func `Twenty thousand damaged files never trap and always end`(isPacked: Bool) throws {
        var generator = SeededGenerator(seed: isPacked ? 2 : 1)
        var text = Array("Título\n\nfecha,delito,colonia,x,y\r\n".utf8)
        for row in 0..<25 { text += Array("2024-01-02,\"Robo, \"\"a\"\" negocio\",Ñandú \(row),-99.1,19.4\r\n".utf8) }
        let original = isPacked ? try Gzip.compress(text) : text
        var completed = 0
        for _ in 0..<20_000 {
            var damaged = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: damaged.indices, using: &generator)
                damaged[index] = .random(in: .min ... .max, using: &generator)
            }
            if Bool.random(using: &generator) {
                damaged.removeLast(Int.random(in: 0...damaged.count, using: &generator))
            }
            if let rows = try? count(damaged) {
                completed += 1
                #expect(rows <= damaged.count)
            }
        }
        #expect(isPacked ? completed < 2_000 : completed > 15_000)
    }

    private func count(_ bytes: [UInt8]) throws -> Int {
        let reader = try csv(bytes)
        var rows = 0
        while try reader.next() {
            rows += 1
            for field in 0..<reader.row.count { _ = reader.row[field].reduce(0, &+) }
        }
        return rows
    }
}
