import Bytes
public import Files
import Formats
public import Incidents

/// Rows with something wrong as a CSV a person can go through: where, what, why, what became of it, the row itself.
public final class IssueFile {
    private let file: any ByteOutput
    private var buffer = ByteWriter(capacity: 1 << 16)

    /// - Throws: `FileError/exists` where the file stands there and `overwrite` is false.
    public convenience init(path: String, overwrite: Bool) throws {
        self.init(to: try AtomicFile(path: path, overwrite: overwrite))
    }

    /// Into an output that is there already.
    public init(to output: any ByteOutput) {
        file = output
        buffer.text("file,row,line,outcome,column,found,reason,message,raw_row\n")
    }

    /// Adds one row; nothing can be read under the file's name before ``commit()``.
    /// - Parameter name: of the file in which the row stands.
    public func append(_ issue: ImportIssue, file name: String) throws {
        buffer.csvField(name)
        buffer.text(",\(issue.row),\(issue.line),\(issue.outcome.name)")
        for field in [issue.column ?? "", issue.found, issue.reason, issue.message, issue.rawRow ?? ""] {
            buffer.byte(UInt8(ascii: ","))
            buffer.csvField(field)
        }
        buffer.byte(UInt8(ascii: "\n"))
        guard buffer.count > 1 << 16 else { return }
        try drain()
    }

    /// Gives the file its name; without it nothing is left.
    public func commit() throws {
        try drain()
        try file.commit()
    }

    private func drain() throws {
        try file.write(buffer.bytes)
        buffer.removeAll()
    }
}
