public import Boundaries
import Bytes
import Files
import Formats
import Foundation

/// Brings answered names into a store: the job behind `faro gazetteer aliases`.
///
/// Good rows are taken even where others are bad; every bad one is listed with what is wrong with it.
public struct AliasImport: Sendable {
    /// A CSV as ``AliasFile`` writes it. Only the columns `name` and `area_id` must be there.
    public var path: String
    /// Whether an answer replaces another one that the store has for the name.
    public var replaces = false
    /// The name under which the store keeps where the aliases came from; nil is the file's name.
    public var source: String?

    public init(path: String) { self.path = path }

    /// - Throws: `FileError`, `CSVError`, ``JobError/badData(_:)`` where a column is missing, the store's errors.
    public func run(into store: any BoundaryStore & GazetteerStore, control: JobControl = .silent) throws
        -> AliasImportSummary
    {
        let reader = try CSVReader(source: ByteSource(path: path), options: .init(headerRow: .line(1)))
        let columns = try Columns(reader.header, file: path.fileName)
        var desk = try AliasDesk(layers: store.allBoundaryLayers(), known: store.aliases(), replaces: replaces)
        while try reader.next() {
            if let problem = reader.problem {
                desk.refuse(reader, name: "", "\(problem.sentence)")
            } else {
                desk.take(columns.row(of: reader), reader)
            }
            guard desk.summary.rows <= Self.rowLimit else {
                throw JobError.badData("\(path.fileName) must have at most \(Self.rowLimit) rows, but has more")
            }
        }
        try control.stopIfCancelled("nothing was written")
        let aliases = desk.finished()
        if !aliases.isEmpty { try store.addAliases(aliases, source: source ?? path.fileName) }
        return desk.summary
    }

    /// More names than any city has.
    static let rowLimit = 1_000_000

    /// Where the columns stand.
    private struct Columns {
        private let places: [String: Int]

        init(_ header: [String], file: String) throws(JobError) {
            places = Dictionary(
                header.enumerated().map { ($1.trimmingCharacters(in: .whitespaces).lowercased(), $0) }
            ) { first, _ in first }
            for name in ["name", "area_id"] where places[name] == nil {
                throw .badData("\(file) must have a column \(name), but has \(header.joined(separator: ", "))")
            }
        }

        func row(of reader: CSVReader) -> AliasDesk.Row {
            func text(_ name: String) -> String {
                guard let column = places[name], column < reader.row.count else { return "" }
                let text = String(decoding: reader.row[column], as: UTF8.self)
                return AliasFile.plain(text.trimmingCharacters(in: .whitespaces))
            }
            return AliasDesk.Row(
                name: text("name"), municipality: text("municipality"), level: text("level"), areaID: text("area_id"))
        }
    }
}

/// What an import of answered names says at its end: rows = taken + known + left empty + refused.
public struct AliasImportSummary: Sendable, Encodable {
    public var rows = 0
    /// Answers that are new to the store, or replace others.
    public var taken = 0
    /// Answers that the store had already.
    public var known = 0
    /// Rows that nobody has answered.
    public var leftEmpty = 0
    public var refused: [Refusal] = []

    /// A row that was not taken.
    public struct Refusal: Hashable, Sendable, Encodable {
        /// Counted from 1 after the header.
        public var row: Int64
        /// As an editor counts.
        public var line: Int64
        public var name: String
        /// What must hold, and what was found.
        public var reason: String
    }

    private enum CodingKeys: String, CodingKey {
        case rows, taken, known, refused
        case leftEmpty = "left_empty"
    }
}

extension String {
    /// The last part of a path.
    fileprivate var fileName: String { self == "-" ? "standard input" : String(split(separator: "/").last ?? "-") }
}
