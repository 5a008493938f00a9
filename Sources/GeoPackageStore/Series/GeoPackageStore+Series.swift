import GRDB
public import Incidents

// MARK: - Begin, append, finish

extension GeoPackageStore {
    /// Begins an import, or says that it is known.
    ///
    /// The import and what it says of its figures are two transactions: a program killed between them leaves an import
    /// that is incomplete, and that the same call completes.
    public func beginSeries(
        source: String, sha256: String, profile: String, settings: String, description: SeriesDescription,
        dates: FileDates, at instant: String
    ) throws -> ImportTicket {
        let ticket = try beginImport(
            source: source, sha256: sha256, profile: profile, settings: settings, dates: dates, at: instant)
        let record: ImportRecord
        switch ticket {
        case .alreadyImported: return ticket
        case .new(let begun), .resume(let begun): record = begun
        }
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO series_import (import_id, kind, count_unit, publisher) VALUES (?, ?, ?, ?)
                    ON CONFLICT (import_id) DO NOTHING
                    """,
                arguments: [
                    record.id, description.kind.rawValue, description.countUnit.rawValue, description.publisher,
                ])
        }
        return ticket
    }

    /// Adds one batch: its figures, its issues, and the import's row counts so far, all or nothing.
    public func append(_ batch: SeriesBatch, issues: [ImportIssue], counts: ImportCounts, to importID: Int64) throws {
        try appendSeries(figures: batch.figures, issues: issues, counts: counts, to: importID) { db in
            try SeriesWriter(db, importID: importID).write(batch)
        }
    }

    /// Adds figures of an open import by `body`, with its issues and row counts so far, all or nothing.
    func appendSeries(
        figures: Int, issues: [ImportIssue], counts: ImportCounts, to importID: Int64, _ body: (Database) throws -> Void
    ) throws {
        try write { db in
            try Self.requireOpenSeries(db, importID)
            try body(db)
            try IssueWriter(db).write(issues, importID: importID)
            try db.execute(
                sql: "UPDATE series_import SET figures = figures + ? WHERE import_id = ?",
                arguments: [figures, importID])
            try db.execute(
                sql:
                    "UPDATE import SET placed = ?, ambiguous = ?, unplaced = ?, rejected = ?, duplicates = ? WHERE id = ?",
                arguments: [
                    counts.placed, counts.ambiguous, counts.unplaced, counts.rejected, counts.duplicates, importID,
                ])
        }
    }

    /// Marks the import complete, and sets aside what an earlier import of the same source held: its rows stay where they
    /// are, and are read no more.
    /// - Throws: ``StoreError/refused(path:detail:)`` where the source's earlier import is one of reports.
    public func finishSeries(_ importID: Int64, account: String, at instant: String) throws -> ImportRecord {
        let finishedAt = try Instant.stored(instant)
        return try write { db in
            let record = try Self.requireOpenSeries(db, importID)
            let supersededAt = try Self.knownFrom(record, finishedAt: instant)
            let series = try SeriesTables.imports(db)
            for other in try ImportRow.all(db, where: "source = ?", [record.source]).map(\.record)
            where other.id != importID {
                switch other.state {
                case .complete:
                    guard series.contains(other.id) else {
                        throw StoreError.refused(
                            path: path, detail: "import \(other.id) of \(other.source) is one of reports")
                    }
                    try db.execute(
                        sql: "UPDATE import SET state = ?, superseded_at = ?, superseded_by = ? WHERE id = ?",
                        arguments: [ImportRecord.State.superseded.rawValue, supersededAt, importID, other.id])
                case .incomplete where other.id < importID && series.contains(other.id):
                    try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [other.id])
                default: continue
                }
            }
            try Self.endEarlier(db, than: record, at: supersededAt)
            try db.execute(
                sql: "UPDATE import SET state = ?, finished_at = ? WHERE id = ?",
                arguments: [ImportRecord.State.complete.rawValue, finishedAt, importID])
            try db.execute(
                sql: "UPDATE series_import SET account = ? WHERE import_id = ?", arguments: [account, importID])
            try SeriesTables.createIndex(db)
            guard let finished = try ImportRow.all(db, where: "id = ?", [importID]).first?.record else {
                throw StoreError.unknownImport(importID)
            }
            return finished
        }
    }

    public func seriesAccount(of importID: Int64) throws -> String? {
        try read { db in
            let statement = try PreparedStatement(db, "SELECT account FROM series_import WHERE import_id = ?")
            statement.bind(importID, at: 1)
            return try statement.step() ? statement.text(0) : nil
        }
    }

    @discardableResult
    private static func requireOpenSeries(_ db: Database, _ importID: Int64) throws -> ImportRecord {
        guard let record = try ImportRow.all(db, where: "id = ?", [importID]).first?.record,
            try SeriesTables.imports(db).contains(importID)
        else { throw StoreError.unknownImport(importID) }
        guard record.state == .incomplete else { throw StoreError.importNotOpen(importID, record.state) }
        return record
    }
}
