public import Boundaries
import GRDB
public import Incidents

/// What a store holds, at a glance.
public struct StoreSummary: Hashable, Sendable, Codable {
    public var settings: StoreSettings
    public var revision: Int64
    /// The last step of the store's structure.
    public var structure: String
    public var boundaries: [BoundaryVersion]
    public var imports: [ImportRecord]
    /// Current incidents by outcome, and the rows that the imports they come from rejected.
    public var counts: ImportCounts
    /// Local days of the first and the last current incident, `2024-03-01`; nil where there is none.
    public var firstDate: String?
    public var lastDate: String?
    /// How many categories occur among current incidents.
    public var categories: Int
    /// The share of current incidents whose place is a hit, 0 to 1; nil where there is none. Below 0.85 maps mislead
    /// (Ratcliffe 2004).
    public var hitRate: Double?
    /// Current incidents by the word of their precision; those that occur.
    public var precision: [String: Int] = [:]
    /// Places at which reports pile up for another reason than that they happened there, and the current incidents there.
    public var artefacts = 0
    public var incidentsAtArtefacts = 0
    /// What people write for areas that are called otherwise.
    public var aliases = 0
    /// Crossings, addresses, kilometres and landmarks; those kinds that occur.
    public var streetPlaces: [String: Int] = [:]
}

extension GeoPackageStore {
    /// What the store holds, at a glance.
    /// - Complexity: O(incidents): one pass.
    public func summary() throws -> StoreSummary {
        try read { db in
            var summary = StoreSummary(
                settings: settings, revision: try Self.revision(db),
                structure: try db.texts("SELECT identifier FROM grdb_migrations ORDER BY rowid").last ?? "",
                boundaries: try boundaryVersions(), imports: try imports(), counts: ImportCounts(), categories: 0)
            var categories: Set<String> = []
            for part in try Self.parts(db, asOf: nil) {
                try count(db, part, into: &summary)
                categories.formUnion(
                    try db.texts(
                        "SELECT DISTINCT category FROM \(part.table) WHERE \(IncidentTables.rows(of: part.importID)) "
                            + "AND category NOTNULL"))
            }
            summary.categories = categories.count
            let series = try SeriesTables.imports(db)
            summary.counts.rejected = summary.imports.filter {
                $0.state == .complete && !series.contains($0.id)
            }.reduce(0) {
                $0 + $1.counts.rejected
            }
            let hits = PrecisionGrade.allCases.filter(\.isHit).reduce(0) { $0 + (summary.precision[$1.name] ?? 0) }
            let kept = summary.counts.kept
            summary.hitRate = kept == 0 ? nil : Double(hits) / Double(kept)
            try countNames(db, into: &summary)
            return summary
        }
    }

    private func count(_ db: Database, _ part: Part, into summary: inout StoreSummary) throws {
        let statement = try PreparedStatement(
            db,
            """
            SELECT outcome, count(*), min(local_date), max(local_date), sum(is_duplicate <> 0), precision,
                sum(is_artefact <> 0) FROM \(part.table)
            WHERE \(IncidentTables.rows(of: part.importID)) GROUP BY outcome, precision
            """)
        while try statement.step() {
            let (word, rows) = (statement.text(0) ?? "", Int(statement.integer(1)))
            switch Outcome.allCases.first(where: { $0.name == word }) {
            case .placed: summary.counts.placed += rows
            case .ambiguous: summary.counts.ambiguous += rows
            case .unplaced: summary.counts.unplaced += rows
            default: throw StoreError.damaged(path: path, detail: "incidents have the outcome \"\(word)\"")
            }
            summary.counts.duplicates += Int(statement.integer(4))
            guard let grade = PrecisionGrade(name: statement.text(5) ?? "") else {
                throw StoreError.damaged(
                    path: path, detail: "incidents have the precision \"\(statement.text(5) ?? "")\"")
            }
            summary.precision[grade.name, default: 0] += rows
            summary.incidentsAtArtefacts += Int(clamping: statement.integer(6))
            if let first = statement.text(2) { summary.firstDate = min(first, summary.firstDate ?? first) }
            if let last = statement.text(3) { summary.lastDate = max(last, summary.lastDate ?? last) }
        }
    }

    private func countNames(_ db: Database, into summary: inout StoreSummary) throws {
        summary.artefacts = Int(clamping: try db.firstInteger("SELECT count(*) FROM artefact") ?? 0)
        summary.aliases = Int(clamping: try db.firstInteger("SELECT count(*) FROM place_alias") ?? 0)
        let kinds = try PreparedStatement(db, "SELECT kind, count(*) FROM street_place GROUP BY kind")
        while try kinds.step() { summary.streetPlaces[kinds.text(0) ?? ""] = Int(clamping: kinds.integer(1)) }
    }
}
