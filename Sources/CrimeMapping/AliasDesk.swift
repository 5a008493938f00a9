import Boundaries
import Bytes
import Formats
import Georeferencing
import PlaceNames

/// Looks at answers one by one.
struct AliasDesk {
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
        if let place = places.last(where: { keys[$0].contains(row.areaID) }) {
            return .success(alias(place, row.areaID))
        }
        return .failure(
            Fault(reason: unknownArea(row.areaID, in: keys[last], level: row.level.isEmpty ? name : row.level)))
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
