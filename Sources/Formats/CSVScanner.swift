import Bytes

/// Finds where a row of comma-separated text and its fields begin and end. It changes no byte.
///
/// The grammar is RFC 4180's, made total, so that every sequence of bytes is a sequence of rows. A field that begins
/// with a quote extends to the next quote that is not doubled; what follows that one up to the delimiter belongs to
/// the field as it stands, and so does a quote inside an unquoted field. A row ends at LF, CR or CR LF outside quotes.
struct CSVScanner {
    /// What one pass over a row found.
    struct Row {
        enum Outcome {
            case complete
            /// The row goes on beyond the bytes at hand.
            case incomplete
            case tooManyColumns
        }

        var outcome = Outcome.complete
        var fieldCount = 0
        /// Where the row ends, without its line end.
        var end = 0
        /// Where the next row begins.
        var next = 0
        /// How many line ends were passed, the row's own included.
        var lineEnds = 0
        /// How many line ends stand before the quote that is not closed; nil where all are.
        var openQuote: Int?
        /// Whether quotes are still to be removed from some field.
        var needsUnquoting = false
        var hasTextAfterQuote = false
        /// Whether text follows the closing quote of a field that holds line ends.
        var mayHoldSeveralRows = false
        /// All bytes looked at, the row's and perhaps a few more, joined by OR.
        var seen: UInt64 = 0

        /// False only where the row is certainly ASCII.
        var mayExceedASCII: Bool { seen & 0x8080_8080_8080_8080 != 0 }
    }

    /// How many fields a row may have.
    static let columnLimit = 10_000
    /// How many bytes after the last one a scan may look at.
    static let padding = 16

    let delimiter: UInt8
    /// Whether a quoted field may hold line ends. Where not, it ends with its line.
    var quotesSpanLines = true
    /// Where to put the fields of a row, counted from the row's first byte: room for ``columnLimit``.
    ///
    /// The start of a field from which quotes are still to be removed is stored as its complement, a negative number.
    let fields: UnsafeMutablePointer<FieldRow.Field>

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private let fieldEnd: ByteSearch
    private let quoteOrLineEnd = ByteSearch(Self.quote, Self.lineFeed, Self.carriageReturn)

    init(delimiter: UInt8, fields: UnsafeMutablePointer<FieldRow.Field>) {
        self.delimiter = delimiter
        self.fields = fields
        fieldEnd = ByteSearch(delimiter, Self.lineFeed, Self.carriageReturn)
    }

    /// Scans the row that begins at `begin`.
    /// - Parameters:
    ///   - end: where the bytes at hand end: ``padding`` more can be read, of which the first is LF. That one stops
    ///     every search, so that none has to look at `end` for each byte.
    ///   - isLast: whether nothing comes after these bytes.
    func scan(_ bytes: UnsafePointer<UInt8>, from begin: Int, to end: Int, isLast: Bool) -> Row {
        var row = Row()
        var at = begin
        while true {
            guard row.fieldCount < Self.columnLimit else {
                row.outcome = .tooManyColumns
                return row
            }
            if bytes[at] == Self.quote {
                at = scanQuoted(&row, bytes, from: at, begin: begin, to: end, isLast: isLast)
                guard row.outcome == .complete else { return row }
            } else {
                let start = at
                at = fieldEnd.first(bytes, from: at, &row.seen)
                add(&row, start - begin, at - begin)
            }
            guard bytes[at] == delimiter else { break }
            at += 1
        }
        row.end = at
        row.next = lineEnd(&row, bytes, at: at, to: end, isLast: isLast)
        return row
    }

    /// Scans a field that begins with a quote; returns where it ends: at a delimiter or a line end.
    private func scanQuoted(
        _ row: inout Row, _ bytes: UnsafePointer<UInt8>, from quote: Int, begin: Int, to end: Int, isLast: Bool
    ) -> Int {
        let openQuote = row.lineEnds
        var isDoubled = false
        var at = quote + 1
        while true {
            at = quoteOrLineEnd.first(bytes, from: at, &row.seen)
            if bytes[at] == Self.quote {
                guard bytes[at + 1] == Self.quote else { break }  // at the very end this is the LF after it
                isDoubled = true
                at += 2
            } else if at == end || !quotesSpanLines {
                row.openQuote = openQuote
                if at == end, !isLast { row.outcome = .incomplete }
                add(&row, quote + 1 - begin, at - begin, needsUnquoting: isDoubled)
                return at
            } else {
                at = lineEnd(&row, bytes, at: at, to: end, isLast: isLast)
            }
        }
        let close = at
        at += 1
        // Where the bytes at hand end here, the quote may yet turn out to be doubled: the LF after them says incomplete.
        if bytes[at] == delimiter || bytes[at] == Self.lineFeed || bytes[at] == Self.carriageReturn {
            add(&row, quote + 1 - begin, close - begin, needsUnquoting: isDoubled)
        } else {
            row.hasTextAfterQuote = true
            if row.lineEnds > openQuote { row.mayHoldSeveralRows = true }
            at = fieldEnd.first(bytes, from: at, &row.seen)
            add(&row, quote + 1 - begin, at - begin, needsUnquoting: true)
        }
        return at
    }

    private func add(_ row: inout Row, _ start: Int, _ end: Int, needsUnquoting: Bool = false) {
        let start = Int32(truncatingIfNeeded: start)
        fields[row.fieldCount] = FieldRow.Field(
            start: needsUnquoting ? ~start : start, end: Int32(truncatingIfNeeded: end))
        row.fieldCount += 1
        row.needsUnquoting = row.needsUnquoting || needsUnquoting
    }

    /// Passes a line end, if there is one: LF, CR, or both as one.
    private func lineEnd(
        _ row: inout Row, _ bytes: UnsafePointer<UInt8>, at: Int, to end: Int, isLast: Bool
    ) -> Int {
        let isReturn = bytes[at] == Self.carriageReturn
        if !isLast, at == end || (isReturn && at + 1 == end) { row.outcome = .incomplete }
        guard at < end else { return at }
        row.lineEnds += 1
        return isReturn && at + 1 < end && bytes[at + 1] == Self.lineFeed ? at + 2 : at + 1
    }
}

/// Looks for the first of three bytes, eight bytes at a time.
struct ByteSearch {
    private let a: UInt64
    private let b: UInt64
    private let c: UInt64

    init(_ a: UInt8, _ b: UInt8, _ c: UInt8) {
        self.a = UInt64(a) &* 0x0101_0101_0101_0101
        self.b = UInt64(b) &* 0x0101_0101_0101_0101
        self.c = UInt64(c) &* 0x0101_0101_0101_0101
    }

    /// The index of the first of the bytes at or after `start`; there must be one, and seven more bytes after it.
    /// - Parameter seen: gets all bytes looked at, joined by OR.
    @inline(__always)
    func first(_ bytes: UnsafePointer<UInt8>, from start: Int, _ seen: inout UInt64) -> Int {
        var at = start
        while true {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
            seen |= word
            let found = Self.zeros(word ^ a) | Self.zeros(word ^ b) | Self.zeros(word ^ c)
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
    }

    /// The high bit of every zero byte. Bytes above a zero byte may be marked too, so only the lowest mark counts.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}
