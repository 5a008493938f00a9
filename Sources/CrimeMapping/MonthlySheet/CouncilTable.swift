import Bytes
import CivilTime
import Files
import Formats
public import Incidents

/// A CSV of a council, row by row, with its columns found by name and an account of what was wrong.
struct CouncilTable {
    let reader: CSVReader
    private let index: [String: Int]
    private let versions: [String: Int]
    private(set) var counts = ImportCounts()
    private(set) var issues: [ImportIssue] = []

    /// - Parameters:
    ///   - names: the accepted headers of each field, compared without case, accents and punctuation.
    ///   - named: headers that the user named, field by field.
    ///   - areas: keys of the level's areas; empty takes any.
    init(
        path: String, names: [(field: String, accepted: [String])], named: [String: String], areas: Set<String>
    ) throws {
        reader = try CSVReader(source: ByteSource(path: path))
        let keys = reader.header.map { LabelFolding.fold($0) }
        var index: [String: Int] = [:]
        for (field, accepted) in names {
            let wanted = named[field].map { [$0] } ?? accepted
            index[field] = wanted.lazy.compactMap { keys.firstIndex(of: LabelFolding.fold($0)) }.first
            if let column = named[field], index[field] == nil {
                throw JobError.usage(
                    "the file has no column \(column); it has \(reader.header.joined(separator: ", "))")
            }
        }
        self.index = index
        versions = Dictionary(areas.map { ($0, 1) }, uniquingKeysWith: { first, _ in first })
    }

    func has(_ field: String) -> Bool { index[field] != nil }

    /// - Throws: ``JobError/badData(_:)`` naming the headers there are.
    func require(_ fields: [String]) throws {
        for field in fields where index[field] == nil {
            throw JobError.badData(
                "the file must have a column \(field), but has \(reader.header.joined(separator: ", ")); say which with "
                    + "--map \(field)=…")
        }
    }

    /// nil for an empty field and for one that the file has not.
    func text(_ field: String) -> String? {
        guard let column = index[field], !reader.row[column].isEmpty else { return nil }
        return String(decoding: reader.row[column], as: UTF8.self)
    }

    /// A number with a point before decimals, commas between thousands passed over.
    func number(_ field: String) -> Double? {
        text(field).flatMap { Double($0.filter { $0 != "," && $0 != " " }) }.flatMap { $0.isFinite ? $0 : nil }
    }

    func isKnown(area: String) -> Bool { versions.isEmpty || versions[area] != nil }

    mutating func accept() { counts.placed += 1 }

    mutating func reject(_ field: String, _ reason: String, _ rule: String) {
        counts.rejected += 1
        issue(field, reason, "\(rule), but is \"\(text(field) ?? "")\"; rejected", .rejected)
    }

    mutating func leaveUnplaced(_ field: String, _ message: String) {
        counts.unplaced += 1
        issue(field, "unknown_area", message, .unplaced)
    }

    private mutating func issue(_ field: String, _ reason: String, _ message: String, _ outcome: Outcome) {
        issues.append(
            ImportIssue(
                row: reader.rowNumber, line: reader.line, column: index[field].map { reader.header[$0] } ?? field,
                found: text(field) ?? "", reason: reason, message: message, outcome: outcome,
                rawRow: outcome == .rejected ? reader.rawRow : nil))
    }
}

/// What an import of a council's table says at its end.
public struct CouncilSummary: Sendable, Codable {
    /// The name under which a later file replaces this one.
    public var source: String
    public var counts: ImportCounts
    /// By indicator, or by wave: how many figures, or respondents, came in.
    public var figures: [String: Int]
    /// Whether the file was in the store before, and nothing was changed.
    public var alreadyImported: Bool
}
