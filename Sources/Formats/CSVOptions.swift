public import Bytes

extension CSVReader {
    /// How to read a file. The defaults find everything out.
    public struct Options {
        /// What separates the fields: an ASCII character; nil for whichever of `,` `;` tab `|` splits most of the first
        /// rows into equally many fields, at least two (of several such, into the most fields; else the first named).
        public var delimiter: UInt8?
        public var headerRow: HeaderRow
        /// The encoding of all rows; nil to tell row by row.
        public var encoding: TextEncoding?
        /// How many bytes a row may have.
        package var rowLimit = 16 << 20
        /// How many bytes are held at first.
        package var bufferSize = 1 << 20

        public init(
            delimiter: UInt8? = nil, headerRow: HeaderRow = .automatic, encoding: TextEncoding? = nil
        ) {
            self.delimiter = delimiter
            self.headerRow = headerRow
            self.encoding = encoding
        }
    }

    /// Where the header stands. Titles and blank lines before it are passed over.
    public enum HeaderRow {
        /// The first row that is at least three quarters as wide as most rows are.
        ///
        /// A row's width is the number of its fields up to the last that is not empty; among the first 50 rows the most
        /// frequent width of at least two counts, the larger one of equally frequent ones. A table of one column
        /// begins with its header.
        case automatic
        /// The first row that begins on this line or after it, as an editor counts: the first line is 1.
        case line(Int)
        /// The first of the first 50 rows whose fields satisfy the condition.
        case matching(([String]) -> Bool)
    }
}
