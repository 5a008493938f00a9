import GRDB
import Incidents

/// The steps by which a store's structure came to be. Named, ordered, and never edited once released.
enum Migrations {
    static let first = "1 incidents, imports, boundaries"
    static let second = "2 precision, versions, place names"
    static let taxonomy = "4 taxonomy"
    static let dates = "6 dates of files"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(first) { db in
            try db.execute(sql: GeoPackageTables.sql)
            try db.execute(sql: IncidentTables.sql)
            try db.execute(sql: RegisteredTables.sql)
            try GeoPackageTables.registerFaroTables(db)
        }
        migrator.registerMigration(second) { db in
            try PlaceMigration(db).run()
        }
        migrator.registerMigration(SeriesTables.migration) { try SeriesTables.migrate($0) }
        migrator.registerMigration(taxonomy) { db in try db.execute(sql: TaxonomyTable.sql) }
        migrator.registerMigration(IndicatorTables.migration) { try IndicatorTables.migrate($0) }
        migrator.registerMigration(dates) { db in
            try db.execute(
                sql: "ALTER TABLE import ADD COLUMN published DATE; ALTER TABLE import ADD COLUMN data_to DATE")
        }
        return migrator
    }
}

/// The second step: every place says how closely it is known, and every area key of which version it is.
///
/// - Complexity: one pass over all incidents, and a look into an index for each key.
private struct PlaceMigration {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func run() throws {
        try db.execute(sql: RegisteredTables.placeSQL)
        try GeoPackageTables.registerAttributes(db, RegisteredTables.placeAttributes)
        try db.execute(sql: "ALTER TABLE assignment ADD COLUMN candidate_ids TEXT")
        let levels = try (GeoPackageStore.setting(db, "levels") == nil ? [] : GeoPackageStore.levels(db))
        for table in [IncidentTables.current, IncidentTables.superseded] {
            for (name, type) in IncidentTables.placeColumns {
                try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN \(name) \(type)")
            }
            for level in levels {
                try db.execute(
                    sql: "ALTER TABLE \(table) ADD COLUMN \"\(IncidentTables.versionColumn(of: level))\" INTEGER")
            }
            try grade(table)
            for level in levels { try fillVersions(of: level, in: table) }
        }
        // What is read from the store has changed, so caches must not outlive it; a new store stays at 0.
        try db.execute(sql: "UPDATE revision SET number = number + 1 WHERE number > 0")
    }

    /// Until now only coordinates gave places. How far off they are nobody had asked, so that stays open.
    private func grade(_ table: String) throws {
        let methods = PlacementMethod.allCases.filter(\.isCoordinates).map { "'\($0.name)'" }.joined(separator: ", ")
        try db.execute(
            sql: """
                UPDATE \(table) SET is_artefact = 0,
                    precision = CASE WHEN method IN (\(methods)) THEN '\(PrecisionGrade.point.name)'
                                ELSE '\(PrecisionGrade.none.name)' END
                """)
    }

    /// The version that held on the incident's day, or where that has no such key, the last one that has.
    private func fillVersions(of level: String, in table: String) throws {
        let (key, version) = (IncidentTables.column(of: level), IncidentTables.versionColumn(of: level))
        guard try db.tableExists(level) else {
            return try db.execute(sql: "UPDATE \(table) SET \"\(version)\" = 1 WHERE \"\(key)\" NOTNULL")
        }
        let candidates = """
            SELECT v.number FROM boundary_version v JOIN "\(level)" a ON a.version = v.number
            WHERE v.level = '\(level)' AND a.area_id = \(table)."\(key)"
            """
        let holds = """
            (v.valid_from IS NULL OR v.valid_from <= local_date) AND (v.valid_to IS NULL OR local_date < v.valid_to)
            """
        try db.execute(
            sql: """
                UPDATE \(table) SET "\(version)" = ifnull(
                    (\(candidates) AND \(holds)), (\(candidates) ORDER BY v.number DESC LIMIT 1))
                WHERE "\(key)" NOTNULL
                """)
    }
}
