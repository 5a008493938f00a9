import Bytes

/// The first rows of a text, looked at to find out what separates fields and which row is the header.
struct CSVPreview {
    struct Row {
        /// Where the row begins in the buffer.
        var position: Int
        /// How many lines before it.
        var linesBefore: Int64
        var fieldCount: Int
        /// The number of fields up to the last that is not empty.
        var width: Int
    }

    /// How many rows are looked at.
    static let rowLimit = 50
    /// How much text these rows may have.
    static let byteLimit = 1 << 20
    private static let delimiters = [",", ";", "\t", "|"].flatMap(\.utf8)

    private(set) var rows: [Row] = []

    /// Splits the first rows that are complete in the buffer.
    ///
    /// A row whose quotes are amiss is taken to end with its line, so that a stray quote in a title does not draw the
    /// header into it.
    init(_ buffer: TextBuffer, scanner: CSVScanner) {
        var lineScanner = scanner
        lineScanner.quotesSpanLines = false
        var position = buffer.position
        var lines: Int64 = 0
        while rows.count < Self.rowLimit {
            var row = scanner.scan(buffer.bytes, from: position, to: buffer.end, isLast: buffer.isLast)
            if row.openQuote != nil || row.mayHoldSeveralRows {
                row = lineScanner.scan(buffer.bytes, from: position, to: buffer.end, isLast: buffer.isLast)
            }
            guard row.outcome == .complete else { break }
            if row.end > position {
                let fields = UnsafeBufferPointer(start: scanner.fields, count: row.fieldCount)
                let width = fields.lastIndex { $0.start < 0 || $0.end > $0.start }.map { $0 + 1 } ?? 0
                rows.append(Row(position: position, linesBefore: lines, fieldCount: row.fieldCount, width: width))
            }
            guard row.next > position else { break }
            position = row.next
            lines += Int64(row.lineEnds)
        }
    }

    /// The delimiter by the rule of ``CSVReader/Options/delimiter``; a comma where no row splits.
    static func delimiter(of buffer: TextBuffer, fields: UnsafeMutablePointer<FieldRow.Field>) -> UInt8 {
        var best = (delimiter: UInt8(ascii: ","), rows: 0, width: 0)
        for delimiter in delimiters {
            let preview = CSVPreview(buffer, scanner: CSVScanner(delimiter: delimiter, fields: fields))
            guard let mode = mode(of: preview.rows.map(\.fieldCount)) else { continue }
            if (mode.count, mode.width) > (best.rows, best.width) { best = (delimiter, mode.count, mode.width) }
        }
        return best.delimiter
    }

    /// The header by the rule of ``CSVReader/HeaderRow/automatic``; nil where there are no rows.
    var headerRow: Row? {
        let usual = Self.mode(of: rows.map(\.width))?.width ?? 1
        return rows.first { $0.width * 4 >= usual * 3 } ?? rows.first
    }

    /// The most frequent width of at least two, the larger one of equally frequent ones.
    private static func mode(of widths: [Int]) -> (width: Int, count: Int)? {
        var counts: [Int: Int] = [:]
        for width in widths where width >= 2 { counts[width, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { (width: $0.key, count: $0.value) }
    }
}
