public import Boundaries
import Bytes
public import Formats
import Foundation
import Georeferencing
import PlaceNames

/// The names that no area answers to as a CSV that a person fills in, and that is then brought in again.
///
/// A row per name, most incidents first: `name,municipality,count`, up to three candidates with their keys, `level`, and
/// `area_id`, which is empty. A person writes the key of the area that is meant there, or `-` where the name is no place;
/// a row left empty is not answered yet.
///
/// Spreadsheets run what begins with `=`, `+`, `-` or `@`, so such a field gets an apostrophe before it, which is taken off
/// again when the file is read. The file is UTF-8 with a byte-order mark, without which spreadsheets spoil its accents.
public enum AliasFile {
    static let columns =
        ["name", "municipality", "count"]
        + (1...OpenName.longestList).flatMap { ["candidate_\($0)", "candidate_\($0)_id"] } + ["level", "area_id"]
    /// The answer that says that a name is no place.
    static let noPlace = "-"

    /// - Returns: how many names were written.
    public static func write(_ names: OpenNames, versions: [BoundaryVersion], to file: AtomicFile) throws -> Int {
        var buffer = ByteWriter(capacity: 1 << 16)
        buffer.raw([0xEF, 0xBB, 0xBF])
        buffer.text(columns.joined(separator: ",") + "\n")
        for name in names.names {
            var fields = [name.name, name.municipality ?? "", String(name.count)]
            for place in 0..<OpenName.longestList {
                let candidate = name.candidates.indices.contains(place) ? name.candidates[place] : nil
                fields += [candidate?.name ?? "", candidate?.id ?? ""]
            }
            let isOnly = versions.count { $0.level == name.level } < 2
            fields += [isOnly ? name.level.name : "\(name.level.name)@\(name.version)", ""]
            for (index, field) in fields.enumerated() {
                if index > 0 { buffer.byte(UInt8(ascii: ",")) }
                let isKey = columns[index].hasSuffix("_id") && !field.isEmpty
                if isKey { buffer.quotedCSVField(armoured(field)) } else { buffer.csvField(armoured(field)) }
            }
            buffer.byte(UInt8(ascii: "\n"))
            guard buffer.count > 1 << 16 else { continue }
            try file.write(buffer.bytes)
            buffer.removeAll()
        }
        try file.write(buffer.bytes)
        return names.names.count
    }

    /// The field as no spreadsheet runs it.
    static func armoured(_ field: String) -> String {
        guard let first = field.utf8.first, dangerous.contains(first) else { return field }
        return "'" + field
    }

    /// The field as it was before ``armoured(_:)``.
    static func plain(_ field: String) -> String {
        guard field.utf8.first == UInt8(ascii: "'") else { return field }
        return String(field.dropFirst())
    }

    /// An apostrophe too, so that taking one off gives what was there.
    private static let dangerous = Set("=+-@\t\r\n'".utf8)
}

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

/// Looks at answers one by one.
private struct AliasDesk {
    struct Row {
        var name: String
        var municipality: String
        var level: String
        var areaID: String
    }

    /// What an answer is for.
    private struct Question: Hashable {
        var name: [UInt8]
        var municipality: String
        var level: Level
        var version: Int
    }

    private(set) var summary = AliasImportSummary()
    private let layers: [BoundaryLayer]
    private let keys: [Set<String>]
    private let replaces: Bool
    private var reader = PlaceNameReader()
    private var answers: [Question: String?] = [:]
    private var fromStore: Set<Question> = []
    private var accepted: [(alias: PlaceAlias, row: Int64, line: Int64)] = []

    init(layers: [BoundaryLayer], known: [PlaceAlias], replaces: Bool) {
        self.layers = layers.sorted { $0.version.number < $1.version.number }
        keys = self.layers.map { Set($0.areas.map(\.id)) }
        self.replaces = replaces
        for alias in known {
            let question = question(of: alias)
            answers[question] = alias.areaID
            fromStore.insert(question)
        }
    }

    mutating func refuse(_ reader: CSVReader, name: String, _ reason: String) {
        summary.rows += 1
        summary.refused.append(.init(row: reader.rowNumber, line: reader.line, name: name, reason: reason))
    }

    mutating func take(_ row: Row, _ reader: CSVReader) {
        guard !row.areaID.isEmpty else {
            summary.rows += 1
            summary.leftEmpty += 1
            return
        }
        guard !row.name.isEmpty else {
            return refuse(reader, name: "", "name must be what reports write, but is empty")
        }
        switch alias(of: row) {
        case .failure(let fault): refuse(reader, name: row.name, fault.reason)
        case .success(let alias): settle(alias, reader)
        }
    }

    /// The answers to store; those whose municipality the store does not know are refused now.
    mutating func finished() -> [PlaceAlias] {
        let unused = Set(
            Dictionary(grouping: accepted.map(\.alias), by: \.version).values.flatMap { aliases in
                Gazetteer(layers: held(with: aliases), aliases: aliases).unusedAliases
            })
        for entry in accepted where unused.contains(entry.alias) {
            summary.taken -= 1
            summary.refused.append(
                .init(
                    row: entry.row, line: entry.line, name: entry.alias.name,
                    reason: "municipality must be one of the store or empty for any, but is "
                        + "\"\(entry.alias.municipality ?? "")\""))
        }
        summary.refused.sort { $0.row < $1.row }
        return accepted.map(\.alias).filter { !unused.contains($0) }
    }

    /// The municipalities that hold last, and the level in the version of the aliases.
    private func held(with aliases: [PlaceAlias]) -> [BoundaryLayer] {
        let asked = Set(aliases.map { "\($0.level.name)@\($0.version)" })
        return layers.filter {
            $0.version.level == .municipality || asked.contains("\($0.version.level.name)@\($0.version.number)")
        }
    }

    private struct Fault: Error {
        var reason: String
    }

    private func alias(of row: Row) -> Result<PlaceAlias, Fault> {
        let parts = row.level.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = row.level.isEmpty ? Level.colonia.name : parts[0]
        let number = parts.count > 1 ? Int(parts[1]) : nil
        let places = layers.indices.filter {
            layers[$0].version.level.name == name && (parts.count < 2 || layers[$0].version.number == number)
        }
        guard let last = places.last else {
            return .failure(Fault(reason: "level must be one of the store, but is \"\(row.level)\""))
        }
        func alias(_ place: Int, _ id: String?) -> PlaceAlias {
            PlaceAlias(
                name: row.name, municipality: row.municipality.isEmpty ? nil : row.municipality,
                level: layers[place].version.level, version: layers[place].version.number, areaID: id)
        }
        if row.areaID == AliasFile.noPlace { return .success(alias(last, nil)) }
        if let place = places.last(where: { keys[$0].contains(row.areaID) }) { return .success(alias(place, row.areaID)) }
        return .failure(Fault(reason: unknownArea(row.areaID, in: keys[last], level: row.level.isEmpty ? name : row.level)))
    }

    private func unknownArea(_ id: String, in keys: Set<String>, level: String) -> String {
        func digits(_ text: String) -> Substring { text.drop { $0 == "0" } }
        let meant = keys.filter { digits($0) == digits(id) }.sorted()
        let hint = meant.count == 1 ? "; \(meant[0]) may have lost its zeros in a spreadsheet" : ""
        return "area_id must be the key of an area of \(level), or - for no place, but is \"\(id)\"" + hint
    }

    private mutating func settle(_ alias: PlaceAlias, _ reader: CSVReader) {
        let question = question(of: alias)
        if let answer = answers[question] {
            let isOfStore = fromStore.contains(question)
            if answer == alias.areaID {
                summary.rows += 1
                summary.known += 1
                return
            }
            guard isOfStore, replaces else {
                return refuse(
                    reader, name: alias.name,
                    "the name must have one answer, but \(isOfStore ? "the store" : "an earlier row") says "
                        + "\(answer ?? "that it is no place")" + (isOfStore ? "; say --replace to change it" : ""))
            }
        }
        answers[question] = .some(alias.areaID)
        fromStore.remove(question)
        summary.rows += 1
        summary.taken += 1
        accepted.append((alias, reader.rowNumber, reader.line))
    }

    private mutating func question(of alias: PlaceAlias) -> Question {
        Question(
            name: reader.read(alias.name).text, municipality: LabelFolding.fold(alias.municipality ?? ""),
            level: alias.level, version: alias.version)
    }
}

extension String {
    /// The last part of a path.
    fileprivate var fileName: String { self == "-" ? "standard input" : String(split(separator: "/").last ?? "-") }
}
