import Bytes
import CivilTime
import GRDB
import GRDBSQLite
public import Incidents

// MARK: - Begin, append, finish

extension GeoPackageStore {
    /// Begins an import, or says that it is known.
    ///
    /// A file that was begun with other settings and never finished is taken out again: its rows were made by rules that
    /// no longer hold.
    public func beginImport(
        source: String, sha256: String, profile: String, settings: String, dates: FileDates, at instant: String
    ) throws -> ImportTicket {
        let startedAt = try Instant.stored(instant)
        func isSame(_ known: ImportRecord) -> Bool { known.settings == settings && known.dates == dates }
        // Looked for without a write first: a file that is known must not count the revision up.
        if let done = try read({ db in
            try ImportRow.all(db, where: "sha256 = ?", [sha256]).map(\.record)
                .first { $0.state == .complete && isSame($0) }
        }) {
            return .alreadyImported(done)
        }
        return try write { db in
            let known = try ImportRow.all(db, where: "sha256 = ?", [sha256]).map(\.record)
            if let done = known.first(where: { $0.state == .complete && isSame($0) }) {
                return .alreadyImported(done)
            }
            if let begun = known.last(where: { $0.state == .incomplete && isSame($0) }) {
                return .resume(begun)
            }
            try Self.requireOrder(db, source: source, sha256: sha256, dates, at: instant)
            for stale in known where stale.state == .incomplete { try Self.remove(db, stale.id) }
            if try db.firstInteger("SELECT 1 FROM incidents LIMIT 1") == nil { try IncidentIndexes.drop(db) }
            let columns = "source, sha256, profile, settings, started_at, published, data_to, state"
            try db.execute(
                sql: "INSERT INTO import (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    source, sha256, profile, settings, startedAt, dates.published?.description,
                    dates.dataTo?.description,
                    ImportRecord.State.incomplete.rawValue,
                ])
            let id = db.lastInsertedRowID
            guard id > 0, id <= IncidentTables.largestImport else { throw StoreError.unknownImport(id) }
            return .new(
                ImportRecord(
                    id: id, source: source, sha256: sha256, profile: profile, settings: settings, startedAt: instant,
                    finishedAt: nil, dates: dates, state: .incomplete, counts: ImportCounts()))
        }
    }

    /// Adds one batch: its incidents, its issues, and the import's counts so far, all or nothing.
    /// - Throws: ``StoreError/columnLength(column:expected:found:)`` or
    ///   ``StoreError/valueOutOfRange(column:row:value:)`` where the batch is not what it must be.
    public func append(
        _ batch: IncidentBatch, areas: [AreaKeys], notes: [AssignmentNote], issues: [ImportIssue], counts: ImportCounts,
        to importID: Int64
    ) throws {
        try BatchCheck.check(batch, areas: areas)
        for note in notes where !batch.sourceRow.indices.contains(note.row) {
            throw StoreError.valueOutOfRange(column: "notes", row: note.row, value: "\(note.row)")
        }
        try write { db in
            try Self.requireOpen(db, importID)
            try Self.addLevels(db, areas.map(\.level))
            do {
                let extent = try IncidentWriter(db, importID: importID, areas: areas).write(batch)
                try GeoPackageTables.touch(db, table: IncidentTables.current, extent: extent)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreError.duplicateRow(importID: importID)
            }
            try IssueWriter(db).write(issues, importID: importID)
            try NoteWriter(db).write(notes) { importID << 32 | batch.sourceRow[$0] }
            try db.execute(
                sql:
                    "UPDATE import SET placed = ?, ambiguous = ?, unplaced = ?, rejected = ?, duplicates = ? WHERE id = ?",
                arguments: [
                    counts.placed, counts.ambiguous, counts.unplaced, counts.rejected, counts.duplicates, importID,
                ])
        }
    }

    /// Marks the import complete, builds the indexes, and sets aside what earlier imports of the same source held.
    ///
    /// An earlier import of the source that was never finished is taken out: its rows never counted.
    public func finishImport(_ importID: Int64, at instant: String) throws -> ImportRecord {
        let finishedAt = try Instant.stored(instant)
        return try write { db in
            let record = try Self.requireOpen(db, importID)
            let supersededAt = try Self.knownFrom(record, finishedAt: instant)
            for other in try ImportRow.all(db, where: "source = ?", [record.source]).map(\.record)
            where other.id != importID {
                switch other.state {
                case .complete: try Self.supersede(db, other.id, by: importID, at: supersededAt)
                case .incomplete where other.id < importID: try Self.remove(db, other.id)
                default: continue
                }
            }
            try Self.endEarlier(db, than: record, at: supersededAt)
            try db.execute(
                sql: "UPDATE import SET state = ?, finished_at = ? WHERE id = ?",
                arguments: [ImportRecord.State.complete.rawValue, finishedAt, importID])
            try IncidentIndexes.create(db)
            try Self.recount(db, importID)
            guard let finished = try ImportRow.all(db, where: "id = ?", [importID]).first?.record else {
                throw StoreError.unknownImport(importID)
            }
            return finished
        }
    }

    /// Every import the store knows, in the order in which they began.
    public func imports() throws -> [ImportRecord] {
        try read { db in try ImportRow.all(db, where: "1", []).map(\.record) }
    }

    /// Visits what was wrong with rows, in the order in which it was found.
    /// - Parameter importID: one import; nil for all.
    public func issues(of importID: Int64?, each body: (Int64, ImportIssue) throws -> Void) throws {
        try read { db in
            let statement = try PreparedStatement(
                db,
                """
                SELECT import_id, "row", line, "column", found, reason, message, outcome, raw_row FROM import_issue
                \(importID == nil ? "" : "WHERE import_id = ?") ORDER BY id
                """)
            if let importID { statement.bind(importID, at: 1) }
            while try statement.step() {
                let word = statement.text(7) ?? ""
                guard let outcome = Outcome.allCases.first(where: { $0.name == word }) else {
                    throw StoreError.damaged(path: path, detail: "an issue has the outcome \"\(word)\"")
                }
                try body(
                    statement.integer(0),
                    ImportIssue(
                        row: statement.integer(1), line: statement.integer(2), column: statement.text(3),
                        found: statement.text(4) ?? "", reason: statement.text(5) ?? "",
                        message: statement.text(6) ?? "",
                        outcome: outcome, rawRow: statement.text(8)))
            }
        }
    }
}

// MARK: - Steps

extension GeoPackageStore {
    @discardableResult
    private static func requireOpen(_ db: Database, _ importID: Int64) throws -> ImportRecord {
        guard let record = try ImportRow.all(db, where: "id = ?", [importID]).first?.record else {
            throw StoreError.unknownImport(importID)
        }
        guard record.state == .incomplete else { throw StoreError.importNotOpen(importID, record.state) }
        return record
    }

    /// From when an import that ends now is known, as it is stored.
    static func knownFrom(_ record: ImportRecord, finishedAt: String) throws -> String {
        var record = record
        record.finishedAt = finishedAt
        return try Instant.stored(record.knownFrom ?? finishedAt)
    }

    /// What a file replaces must have been known before it, or nobody could say what was known when. The same file may come
    /// again with another day.
    private static func requireOrder(
        _ db: Database, source: String, sha256: String, _ dates: FileDates, at instant: String
    ) throws {
        let today = String(instant.prefix(10))
        if let published = dates.published, published.description > today {
            throw StoreError.publishedLater("\(published)", now: instant)
        }
        let known = dates.published?.description ?? today
        if let end = dates.dataTo, end.description > known { throw StoreError.coversLater("\(end)", known: known) }
        guard let published = dates.published else { return }
        let later = try ImportRow.all(db, where: "source = ?", [source]).map(\.record).first { other in
            other.state != .incomplete && other.sha256 != sha256
                && other.knownFrom.map { $0 > "\(published)T00:00:00Z" } ?? false
        }
        guard let later, let from = later.knownFrom else { return }
        throw StoreError.editionOutOfOrder(source: source, published: published.description, known: from)
    }

    /// The same file again with an earlier day ends what it had replaced on that day.
    static func endEarlier(_ db: Database, than record: ImportRecord, at instant: String) throws {
        try db.execute(
            sql: "UPDATE import SET superseded_at = ? WHERE source = ? AND id <> ? AND superseded_at > ?",
            arguments: [instant, record.source, record.id, instant])
        for other in try ImportRow.all(db, where: "source = ? AND superseded_at = ?", [record.source, instant]) {
            try db.execute(
                sql:
                    "UPDATE incident_superseded SET superseded_at = ? WHERE \(IncidentTables.rows(of: other.record.id)) AND superseded_at > ?",
                arguments: [instant, instant])
        }
    }

    /// The setting that says that rows of an import were placed anew before it was complete.
    static func relocationMark(_ importID: Int64) -> String { "relocated \(importID)" }

    /// Counts what the rows say, where some were placed anew while the import was not complete: of that the counts that came
    /// with later batches know nothing.
    private static func recount(_ db: Database, _ importID: Int64) throws {
        let mark = relocationMark(importID)
        guard try setting(db, mark) != nil else { return }
        try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [mark])
        let rows = IncidentTables.rows(of: importID)
        let statement = try PreparedStatement(
            db,
            """
            SELECT sum(outcome = 'placed'), sum(outcome = 'ambiguous'), sum(outcome = 'unplaced') FROM incidents
            WHERE \(rows)
            """)
        guard try statement.step(), !statement.isNull(0) else { return }
        try db.execute(
            sql: "UPDATE import SET placed = ?, ambiguous = ?, unplaced = ? WHERE id = ?",
            arguments: [statement.integer(0), statement.integer(1), statement.integer(2), importID])
    }

    /// Moves the rows of an import that another replaces to where only `--as-of` looks.
    private static func supersede(_ db: Database, _ importID: Int64, by successor: Int64, at instant: String) throws {
        let columns = try (["fid"] + IncidentTables.columns.map(\.name) + IncidentTables.columns(of: levels(db)))
            .joined(separator: ", ")
        let rows = IncidentTables.rows(of: importID)
        try db.execute(
            sql: """
                INSERT INTO incident_superseded (\(columns), superseded_at, superseded_by)
                SELECT \(columns), ?, ? FROM incidents WHERE \(rows) ORDER BY fid
                """,
            arguments: [instant, successor])
        try db.execute(sql: "DELETE FROM incidents WHERE \(rows)")
        try db.execute(
            sql: "UPDATE import SET state = ?, superseded_at = ?, superseded_by = ? WHERE id = ?",
            arguments: [ImportRecord.State.superseded.rawValue, instant, successor, importID])
    }

    /// Takes an import that was never finished out of the store, with all it brought.
    private static func remove(_ db: Database, _ importID: Int64) throws {
        let (first, last) = (importID << 32, importID << 32 | 0xFFFF_FFFF)
        try db.execute(sql: "DELETE FROM incidents WHERE \(IncidentTables.rows(of: importID))")
        try db.execute(sql: "DELETE FROM assignment WHERE incident BETWEEN ? AND ?", arguments: [first, last])
        try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [importID])
    }
}

/// One row of `import`.
struct ImportRow {
    var record: ImportRecord
    var supersededAt: String?

    static func all(_ db: Database, where condition: String, _ values: [any Sendable]) throws -> [ImportRow] {
        let statement = try PreparedStatement(
            db,
            """
            SELECT id, source, sha256, profile, settings, started_at, finished_at, superseded_at, state, placed, ambiguous,
                unplaced, rejected, duplicates, published, data_to FROM import WHERE \(condition) ORDER BY id
            """)
        for (index, value) in values.enumerated() {
            switch value {
            case let number as Int64: statement.bind(number, at: Int32(index + 1))
            default: statement.bind(value as? String, at: Int32(index + 1))
            }
        }
        var rows: [ImportRow] = []
        while try statement.step() { rows.append(try row(statement)) }
        return rows
    }

    private static func row(_ statement: PreparedStatement) throws -> ImportRow {
        guard let state = ImportRecord.State(rawValue: statement.text(8) ?? "") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an import has no state that is known")
        }
        var counts = ImportCounts()
        func count(_ column: Int32) throws -> Int {
            let value = statement.integer(column)
            guard (0...(1 << 40)).contains(value) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an import has counted \(value) rows")
            }
            return Int(value)
        }
        counts.placed = try count(9)
        counts.ambiguous = try count(10)
        counts.unplaced = try count(11)
        counts.rejected = try count(12)
        counts.duplicates = try count(13)
        return ImportRow(
            record: ImportRecord(
                id: statement.integer(0), source: statement.text(1) ?? "", sha256: statement.text(2) ?? "",
                profile: statement.text(3) ?? "", settings: statement.text(4) ?? "",
                startedAt: Instant.spoken(statement.text(5) ?? ""), finishedAt: statement.text(6).map(Instant.spoken),
                dates: FileDates(
                    published: statement.text(14).flatMap { CalendarDate($0) },
                    dataTo: statement.text(15).flatMap { CalendarDate($0) }),
                state: state, counts: counts),
            supersededAt: statement.text(7).map(Instant.spoken))
    }
}

/// The plain indexes on incidents: absent while a first import fills the table, built in one go when it is done.
enum IncidentIndexes {
    static func create(_ db: Database) throws {
        try create(db, column: "cell_z14")
        for level in try GeoPackageStore.levels(db) { try create(db, level: level) }
    }

    static func create(_ db: Database, level: String) throws {
        try create(db, column: IncidentTables.column(of: level))
    }

    /// Incidents without a place or an area are left out: nobody looks them up by it, and SQLite compares keys among which
    /// there is a NULL by a slower way, a sixth of the time of an index.
    private static func create(_ db: Database, column: String) throws {
        try sorting(db) {
            try db.execute(
                sql: """
                    CREATE INDEX IF NOT EXISTS "incidents_\(column)" ON incidents("\(column)")
                    WHERE "\(column)" IS NOT NULL
                    """)
        }
    }

    private static func sorting(_ db: Database, _ body: () throws -> Void) throws {
        try db.execute(sql: "PRAGMA cache_size = -\(Connection.sortingKibibytes)")
        try body()
        try db.execute(sql: "PRAGMA cache_size = -\(Connection.cacheKibibytes)")
    }

    static func drop(_ db: Database) throws {
        try db.execute(sql: "DROP INDEX IF EXISTS incidents_cell_z14")
        for level in try GeoPackageStore.levels(db) {
            try db.execute(sql: "DROP INDEX IF EXISTS \"incidents_\(level)_id\"")
        }
    }
}

/// Writes issues through one prepared statement.
struct IssueWriter {
    private let statement: PreparedStatement

    init(_ db: Database) throws {
        statement = try PreparedStatement(
            db,
            """
            INSERT INTO import_issue (import_id, "row", line, "column", found, reason, message, outcome, raw_row)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    func write(_ issues: [ImportIssue], importID: Int64) throws {
        statement.bind(importID, at: 1)
        for issue in issues {
            statement.bind(issue.row, at: 2)
            statement.bind(issue.line, at: 3)
            statement.bind(issue.column, at: 4)
            statement.bind(issue.found, at: 5)
            statement.bind(issue.reason, at: 6)
            statement.bind(issue.message, at: 7)
            statement.bind(issue.outcome.name, at: 8)
            statement.bind(issue.rawRow, at: 9)
            try statement.run()
        }
    }
}

/// Writes assignment notes through one prepared statement.
struct NoteWriter {
    private let statement: PreparedStatement

    init(_ db: Database) throws {
        statement = try PreparedStatement(
            db,
            """
            INSERT INTO assignment (incident, level, area_id, version, candidates, on_border, candidate_ids)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
    }

    /// - Parameter incident: the key of the incident that a note's row means.
    func write(_ notes: [AssignmentNote], incident: (Int) -> Int64) throws {
        for note in notes {
            statement.bind(incident(note.row), at: 1)
            statement.bind(note.level, at: 2)
            statement.bind(note.areaKey, at: 3)
            statement.bind(Int64(note.versionNumber), at: 4)
            statement.bind(Int64(note.candidates), at: 5)
            statement.bind(note.onBorder ? 1 as Int64 : 0, at: 6)
            statement.bind(Self.array(of: note.candidateKeys), at: 7)
            try statement.run()
        }
    }

    /// Keys may hold anything, so they are written as a JSON array, which SQLite, QGIS and R take apart; nil for none.
    private static func array(of keys: [String]) -> String? {
        guard !keys.isEmpty else { return nil }
        var writer = ByteWriter(capacity: 16 * keys.count)
        writer.byte(UInt8(ascii: "["))
        for (index, key) in keys.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.jsonString(key)
        }
        writer.byte(UInt8(ascii: "]"))
        return writer.string
    }
}
