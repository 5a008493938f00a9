public import Bytes
import Files

/// Reads comma-separated text row by row (RFC 4180, made total: every file is a sequence of rows).
///
/// ```swift
/// let reader = try CSVReader(source: ByteSource(path: "reportes.csv.gz"))
/// while try reader.next() {
///     let date = reader.row[0]  // bytes, valid until the next call
/// }
/// ```
///
/// ## Rows
/// A row ends at LF, CR LF or CR outside quotes; the last one needs no line end. Blank lines are no rows: they are
/// skipped and not counted, while ``line`` goes on counting them. A row may have fewer or more fields than the header,
/// as the line that names the source below a table has; it is given as it stands.
///
/// ## Quotes
/// A field that begins with a quote ends at the next quote that is not doubled. A quote inside an unquoted field is
/// a character like any other. Text after a closing quote is kept and the row is flagged
/// (``CSVRowProblem/textAfterQuote``; ``CSVRowProblem/severalRows`` where the field goes over several lines, since then
/// its quote is most likely a stray one). Where a quote is never closed, the row ends with the first line
/// that ends inside its quotes and is flagged (``CSVRowProblem/unterminatedQuote``); reading goes on with the next line,
/// and from there on every quoted field must end on its line. So no line is swallowed, and every one is accounted for.
/// A header in that state is an error.
///
/// ## Encoding
/// A row that is valid UTF-8 is UTF-8; any other is Windows-1252 and given in UTF-8. A byte-order mark is removed.
///
/// ## Limits
/// A row holds at most 16 MiB and 10,000 fields; more is an error that names the limit, as is an unclosed quote with
/// more than that behind it. Memory is bounded by a small multiple of the longest row.
///
/// A reader belongs to one thread at a time.
public final class CSVReader {
    /// Which encodings the data rows turned out to have.
    public struct EncodingCounts: Hashable, Sendable {
        /// Rows that read the same in every encoding.
        public var ascii: Int64 = 0
        /// Rows that hold more than ASCII, in valid UTF-8 or said to be.
        public var utf8: Int64 = 0
        public var windows1252: Int64 = 0
    }

    private enum RowEncoding { case ascii, utf8, windows1252 }

    public let source: ByteSource
    /// What separates the fields, as given or found.
    public var delimiter: UInt8 { scanner.delimiter }
    /// The fields of the header row, as they stand.
    public private(set) var header: [String] = []
    /// The line on which the header row begins. What stands before it is passed over.
    public private(set) var headerLine: Int64 = 0
    /// The number of the current row; 1 is the first row after the header, 0 says that none has been read.
    public private(set) var rowNumber: Int64 = 0
    /// The line on which the current row begins, as an editor counts: the first is 1.
    public private(set) var line: Int64 = 0
    /// What is wrong with the current row; where several things are, the gravest.
    public private(set) var problem: CSVRowProblem?
    /// The encodings of the rows so far, without the header.
    public private(set) var encodingCounts = EncodingCounts()

    private let options: Options
    private let buffer: TextBuffer
    private let fields = UnsafeMutablePointer<FieldRow.Field>.allocate(capacity: CSVScanner.columnLimit)
    private var scanner: CSVScanner
    private var nextLine: Int64 = 1
    private var failure: (any Error)?

    // The current row: as it stands in the buffer, and as its fields point into, which is the same or the decoder's.
    private var raw = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var content = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var fieldCount = 0
    private var encoding = RowEncoding.ascii
    private let decoder = CSVFieldDecoder()

    /// Finds delimiter and header, and stands before the first row after it.
    /// - Throws: ``CSVError``, ``FileError``.
    public init(source: ByteSource, options: Options = Options()) throws {
        self.source = source
        self.options = options
        buffer = TextBuffer(source: source, capacity: options.bufferSize)
        scanner = CSVScanner(delimiter: options.delimiter ?? UInt8(ascii: ","), fields: fields)
        try open()
    }

    deinit { fields.deallocate() }

    /// The current row. It borrows the reader's memory and is valid until the next call of ``next()``.
    public var row: FieldRow {
        FieldRow(bytes: content, fields: UnsafeBufferPointer(start: fields, count: fieldCount))
    }

    /// The current row as it stands in the file, quotes included, without its line end.
    public var rawRow: String {
        guard encoding == .windows1252 else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        TextEncoding.appendWindows1252(raw, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Moves to the next row.
    /// - Returns: false at the end.
    /// - Throws: ``CSVError``, ``FileError``; once it has, every further call throws the same.
    /// - Complexity: O(length of the row), without allocation but for rows longer than all before them.
    public func next() throws -> Bool {
        if let failure { throw failure }
        do {
            guard try load() else { return false }
        } catch {
            failure = error
            throw error
        }
        rowNumber += 1
        switch encoding {
        case .ascii: encodingCounts.ascii += 1
        case .utf8: encodingCounts.utf8 += 1
        case .windows1252: encodingCounts.windows1252 += 1
        }
        return true
    }

    private func open() throws {
        if let delimiter = options.delimiter {
            guard delimiter < 0x80, ![0, 0x0A, 0x0D, 0x22].contains(delimiter) else {
                throw CSVError.delimiterUnusable(delimiter)
            }
        }
        try checkBeginning()
        if case .line(let number) = options.headerRow { try skipLines(before: number) }
        if options.delimiter == nil {
            try fillPreview()
            scanner = CSVScanner(delimiter: CSVPreview.delimiter(of: buffer, fields: fields), fields: fields)
        }
        try moveToHeader()
        // Such a header would take rows with it that nobody would count.
        if problem == .unterminatedQuote || problem == .severalRows {
            throw CSVError.headerUnterminated(file: source.name, line: line)
        }
        header = currentFields
        headerLine = line
        clearRow()
    }

    /// Refuses what is no text, and passes the byte-order mark.
    private func checkBeginning() throws {
        while !buffer.isLast, buffer.end < FileKind.magicLength { try buffer.refill() }
        let start = buffer.rest
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw CSVError.utf16(file: source.name)
        }
        let kind = FileKind(prefix: UnsafeRawBufferPointer(start))
        guard kind == .text || kind == .other || kind == .empty else {
            throw CSVError.notText(file: source.name, kind: kind)
        }
        if let zero = buffer.firstZero(from: 0) { throw zeroByte(at: zero) }
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.position += 3 }
    }

    /// Passes lines as an editor shows them, whatever quotes they hold.
    private func skipLines(before number: Int) throws {
        while nextLine < number {
            let rest = buffer.rest
            let lineEnd = rest.firstIndex { $0 == 0x0A || $0 == 0x0D }
            if let lineEnd, lineEnd + 1 < rest.count || buffer.isLast {
                let isPair = rest[lineEnd] == 0x0D && lineEnd + 1 < rest.count && rest[lineEnd + 1] == 0x0A
                buffer.position += lineEnd + (isPair ? 2 : 1)
                nextLine += 1
            } else if buffer.isLast {
                throw CSVError.headerBeyondEnd(file: source.name, line: number)
            } else {
                try refill()
            }
        }
    }

    private func moveToHeader() throws {
        let file = source.name
        switch options.headerRow {
        case .line(let number):
            guard try load() else {
                throw number > 1 ? CSVError.headerBeyondEnd(file: file, line: number) : CSVError.empty(file: file)
            }
        case .automatic:
            try fillPreview()
            if let row = CSVPreview(buffer, scanner: scanner).headerRow { move(to: row, firstLine: nextLine) }
            guard try load() else { throw CSVError.empty(file: file) }
        case .matching(let isHeader):
            try fillPreview()
            let rows = CSVPreview(buffer, scanner: scanner).rows
            guard !rows.isEmpty else { throw CSVError.empty(file: file) }
            let firstLine = nextLine
            for row in rows {
                move(to: row, firstLine: firstLine)
                if try load(), isHeader(currentFields) { return }
            }
            throw CSVError.headerNotFound(file: file, rowsSearched: rows.count)
        }
    }

    private func move(to row: CSVPreview.Row, firstLine: Int64) {
        scanner.quotesSpanLines = true
        buffer.position = row.position
        nextLine = firstLine + row.linesBefore
    }

    private var currentFields: [String] {
        let row = row
        return (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
    }

    /// Moves to the next row that is not blank, without counting it.
    private func load() throws -> Bool {
        clearRow()
        while true {
            let begin = buffer.position
            let scan = scanner.scan(buffer.bytes, from: begin, to: buffer.end, isLast: buffer.isLast)
            switch scan.outcome {
            case .tooManyColumns:
                throw CSVError.tooManyColumns(file: source.name, line: nextLine, limit: CSVScanner.columnLimit)
            case .incomplete: try refill(openQuote: scan.openQuote)
            case .complete where scan.openQuote != nil && scanner.quotesSpanLines:
                // The quote is open at the end of the file: the row is read again, to the end of the line.
                scanner.quotesSpanLines = false
            case .complete:
                guard scan.end - begin <= options.rowLimit else { throw rowTooLong(openQuote: nil) }
                line = nextLine
                nextLine += Int64(scan.lineEnds)
                buffer.position = scan.next
                if scan.end > begin {
                    accept(scan, from: begin)
                    return true
                }
                if scan.lineEnds == 0 { return false }
            }
        }
    }

    private func clearRow() {
        raw = UnsafeBufferPointer(start: nil, count: 0)
        content = raw
        fieldCount = 0
        problem = nil
        encoding = .ascii
    }

    private func fillPreview() throws {
        while !buffer.isLast, buffer.end - buffer.position < CSVPreview.byteLimit { try refill() }
    }

    private func refill(openQuote: Int? = nil) throws {
        let known = buffer.end - buffer.position
        guard known <= options.rowLimit else { throw rowTooLong(openQuote: openQuote) }
        try buffer.refill()
        if let zero = buffer.firstZero(from: known) { throw zeroByte(at: zero) }
    }

    private func accept(_ scan: CSVScanner.Row, from begin: Int) {
        raw = UnsafeBufferPointer(start: buffer.bytes + begin, count: scan.end - begin)
        content = raw
        fieldCount = scan.fieldCount
        if scan.mayExceedASCII, TextEncoding.asciiPrefix(raw, from: 0) < raw.count { findEncoding() }
        if scan.hasTextAfterQuote { problem = .textAfterQuote }
        if scan.mayHoldSeveralRows { problem = .severalRows }
        if scan.openQuote != nil { problem = .unterminatedQuote }
        if scan.needsUnquoting || encoding == .windows1252 {
            let row = UnsafeMutableBufferPointer(start: fields, count: fieldCount)
            content = decoder.decode(raw, fields: row, isWindows1252: encoding == .windows1252)
        }
    }

    private func findEncoding() {
        switch options.encoding {
        case nil: encoding = TextEncoding.isUTF8(raw) ? .utf8 : .windows1252
        case .windows1252: encoding = .windows1252
        case .utf8:
            encoding = .utf8
            if !TextEncoding.isUTF8(raw) { problem = .notUTF8 }
        }
    }

    private func rowTooLong(openQuote: Int?) -> CSVError {
        let quoteLine = openQuote.map { nextLine + Int64($0) }
        return .rowTooLong(file: source.name, line: nextLine, quoteLine: quoteLine, limit: options.rowLimit)
    }

    private func zeroByte(at index: Int) -> CSVError {
        let before = UnsafeBufferPointer(start: buffer.bytes + buffer.position, count: index - buffer.position)
        var lineEnds: Int64 = 0
        for (byte, following) in zip(before, before.dropFirst() + [0]) {
            if byte == 0x0A || (byte == 0x0D && following != 0x0A) { lineEnds += 1 }
        }
        return .zeroByte(file: source.name, line: nextLine + lineEnds)
    }
}
