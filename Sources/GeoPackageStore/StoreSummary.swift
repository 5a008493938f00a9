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
    /// The share of current incidents that are placed, 0 to 1; nil where there is none. Below 0.85 maps mislead
    /// (Ratcliffe 2004).
    public var hitRate: Double?
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
            let kept = summary.counts.kept
            summary.hitRate = kept == 0 ? nil : Double(summary.counts.placed) / Double(kept)
            return summary
        }
    }

    private func count(_ db: Database, _ part: Part, into summary: inout StoreSummary) throws {
        let statement = try PreparedStatement(
            db,
            """
            SELECT outcome, count(*), min(local_date), max(local_date), sum(is_duplicate <> 0) FROM \(part.table)
            WHERE \(IncidentTables.rows(of: part.importID)) GROUP BY outcome
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
            if let first = statement.text(2) { summary.firstDate = min(first, summary.firstDate ?? first) }
            if let last = statement.text(3) { summary.lastDate = max(last, summary.lastDate ?? last) }
        }
    }
}
