import Bytes
import Formats
import SimpleFeatures

/// What a file that is no store turns out to be: the part of `faro info` that helps before an import.
public struct FileDescription: Sendable, Codable {
    /// The file's name, without its folder.
    public var file: String
    /// `CSV`, `GeoJSON`, `Shapefile colonias`.
    public var kind: String
    /// Rows or features.
    public var count: Int
    /// Columns or attributes.
    public var columns: [String]
    /// A code or the `.prj`'s text; nil where the file says nothing, as a CSV never does.
    public var declaredCRS: String?
    /// What a reader should know before an import, a sentence each.
    public var notes: [String]

    /// - Throws: the readers' errors.
    /// - Complexity: O(bytes): the whole file is read.
    public init(path: String) throws {
        file = String(path.split(separator: "/").last ?? Substring(path))
        let kind = try ByteSource.kind(ofFileAt: path)
        let name = path.lowercased()
        if kind == .text || kind == .gzip, !name.contains("json") {
            let reader = try CSVReader(source: ByteSource(path: path))
            while try reader.next() {}
            self.kind = "CSV"
            count = Int(reader.rowNumber)
            columns = reader.header
            declaredCRS = nil
            let counts = reader.encodingCounts
            notes = ["\(counts.utf8) rows in UTF-8, \(counts.windows1252) in Windows-1252, \(counts.ascii) in ASCII"]
            if reader.headerLine > 1 { notes.append("the header stands on line \(reader.headerLine)") }
        } else {
            let features = try FeatureFile.read(path)
            self.kind = features.kind
            count = features.features.count
            var seen: Set<String> = []
            columns = features.features.flatMap(\.properties).map(\.name).filter { seen.insert($0).inserted }
            declaredCRS = features.declaredCRS?.name
            notes = features.notes
        }
    }

    /// For a person.
    public var text: String {
        var lines = [
            "\(file): \(kind), \(count) \(kind == "CSV" ? "rows" : "features")",
            "  columns  \(columns.joined(separator: ", "))",
        ]
        if let declaredCRS { lines.append("  crs      \(declaredCRS)") }
        return (lines + notes.map { "  note     \($0)" }).joined(separator: "\n")
    }
}
