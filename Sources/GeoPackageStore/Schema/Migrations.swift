import GRDB

/// The steps by which a store's structure came to be. Named, ordered, and never edited once released.
enum Migrations {
    static let first = "1 incidents, imports, boundaries"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(first) { db in
            try db.execute(sql: GeoPackageTables.sql)
            try db.execute(sql: IncidentTables.sql)
            try db.execute(sql: RegisteredTables.sql)
            try GeoPackageTables.registerFaroTables(db)
        }
        migrator.registerMigration(SeriesTables.migration) { try SeriesTables.migrate($0) }
        return migrator
    }
}
