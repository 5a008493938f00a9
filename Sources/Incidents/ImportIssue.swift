/// Something wrong with one row, kept beside the data: where it stood, what it said, why it was not taken as it was.
public struct ImportIssue: Hashable, Sendable, Codable {
    /// Row of the source file, counted from 1 after the header.
    public var row: Int64
    /// The line on which the row begins, as an editor counts.
    public var line: Int64
    /// The column's header; nil where the whole row is meant.
    public var column: String?
    /// What stood there.
    public var found: String
    /// A short stable word to group by: `time_unreadable`, `zero_coordinates`.
    public var reason: String
    /// One sentence: what must hold, what was found, what became of the row.
    public var message: String
    /// What became of the row. An issue need not cost the row its place.
    public var outcome: Outcome
    /// The row as it stood in the file, where it was rejected.
    public var rawRow: String?

    public init(
        row: Int64, line: Int64, column: String?, found: String, reason: String, message: String, outcome: Outcome,
        rawRow: String? = nil
    ) {
        self.row = row
        self.line = line
        self.column = column
        self.found = found
        self.reason = reason
        self.message = message
        self.outcome = outcome
        self.rawRow = rawRow
    }
}
