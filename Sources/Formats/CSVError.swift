/// Why a file cannot be read as comma-separated text at all. What is wrong with one row is a ``CSVRowProblem``.
public enum CSVError: Error, Hashable, CustomStringConvertible {
    /// The file holds nothing but blank lines.
    case empty(file: String)
    /// The content is of another kind, whatever the name says.
    case notText(file: String, kind: FileKind)
    /// The text is UTF-16.
    case utf16(file: String)
    /// A zero byte stands in the text, which no text has: the file is binary, or UTF-16 without its mark.
    case zeroByte(file: String, line: Int64)
    /// None of the first rows is the header that was looked for.
    case headerNotFound(file: String, rowsSearched: Int)
    /// The file ends before the line on which the header is said to be.
    case headerBeyondEnd(file: String, line: Int)
    /// A quote in the header is not closed where its field ends, so that rows would run into it.
    case headerUnterminated(file: String, line: Int64)
    /// A row is longer than `limit` bytes. The quote that was opened on line `quoteLine` may lack its end.
    case rowTooLong(file: String, line: Int64, quoteLine: Int64?, limit: Int)
    /// A row has more than `limit` fields.
    case tooManyColumns(file: String, line: Int64, limit: Int)
    /// The byte cannot separate fields.
    case delimiterUnusable(UInt8)

    public var description: String {
        switch self {
        case .empty(let file): "\(file) must hold a header row, but is empty"
        case .notText(let file, let kind): "\(file) must be comma-separated text, but its content is \(Self.name(kind))"
        case .utf16(let file): "\(file) must be UTF-8 or Windows-1252, but is UTF-16; save it as CSV UTF-8"
        case .zeroByte(let file, let line):
            "\(file):\(line): text must hold no zero bytes, but one stands here; the file is binary or UTF-16"
        case .headerNotFound(let file, let rows):
            "\(file) must have its header among the first rows, but none of the \(rows) looked at holds the columns"
        case .headerBeyondEnd(let file, let line): "\(file) must have its header on line \(line), but ends before it"
        case .headerUnterminated(let file, let line):
            "\(file):\(line): every quote in the header must be closed, but one is not"
        case .rowTooLong(let file, let line, let quoteLine, let limit):
            "\(file):\(line): a row must be at most \(limit) bytes long, but this one is longer"
                + (quoteLine.map { "; the quote opened on line \($0) may lack its end" } ?? "")
        case .tooManyColumns(let file, let line, let limit):
            "\(file):\(line): a row must have at most \(limit) fields, but this one has more"
        case .delimiterUnusable(let byte):
            "a delimiter must be an ASCII character other than a quote or a line end, but is byte \(byte)"
        }
    }

    private static func name(_ kind: FileKind) -> String {
        switch kind {
        case .gzip: "gzip data within gzip data"
        case .zip: "a ZIP archive"
        case .sqlite: "an SQLite database"
        case .shapefile: "a shapefile"
        case .text, .empty, .other: kind.rawValue
        }
    }
}

/// What is wrong with one row. The row is given all the same, so that every row of a file can be accounted for.
public enum CSVRowProblem: String, Hashable, Sendable, CaseIterable {
    /// A quote was opened and never closed; see ``CSVReader`` on what the row holds then.
    case unterminatedQuote = "quote_unterminated"
    /// Text follows the closing quote of a field that holds line ends: a stray quote has probably drawn several rows
    /// into one.
    case severalRows = "quote_joins_rows"
    /// Text follows a closing quote: `"a"b`.
    case textAfterQuote = "quote_misplaced"
    /// The row is not UTF-8, although the file was said to be.
    case notUTF8 = "encoding_not_utf8"
}
