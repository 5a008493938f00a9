import GRDB

/// Looks at a file's schema before anything else is read or written: is it a store, of a version that is known, and is
/// there nothing in it that would run on its own?
///
/// Triggers and views are switched off on Faro's connections, but not on those of the program that opens the file next. So
/// Faro's names must be ordinary tables, and on these tables no trigger may stand but the R-tree's, word for word. What
/// other programs keep in the file under names of their own is left alone: Faro neither reads nor writes it.
struct SchemaCheck {
    let path: String
    let db: Database

    private struct Object {
        var type: String
        var name: String
        var table: String
        var sql: String
    }

    func run() throws {
        let objects = try schema()
        let tables = Set(objects.filter { $0.type == "table" }.map(\.name))
        guard tables.contains("grdb_migrations"), tables.contains("setting") else {
            throw StoreError.notFaroStore(path)
        }
        let required = required(try knownMigrations())
        let levels = try GeoPackageStore.levels(db)
        let own = Set(required + levels + levels.map(RTree.name(of:)))
        let triggers = Dictionary(
            levels.flatMap(RTree.triggers(of:)).map { ($0.name, $0.sql) }, uniquingKeysWith: { first, _ in first })
        for object in objects {
            switch object.type {
            case "table": try checkTable(object, own: own)
            case "view":
                guard !own.contains(object.name.lowercased()) else { throw foreign(object) }
            case "trigger":
                guard own.contains(object.table.lowercased()) else { continue }
                guard triggers[object.name] == object.sql else { throw foreign(object) }
            default: continue
            }
        }
        for table in required where !tables.contains(table) {
            throw StoreError.damaged(path: path, detail: "the table \"\(table)\" is missing")
        }
    }

    private func schema() throws -> [Object] {
        let statement = try PreparedStatement(db, "SELECT type, name, tbl_name, sql FROM sqlite_master")
        var objects: [Object] = []
        while try statement.step() {
            objects.append(
                Object(
                    type: statement.text(0) ?? "", name: statement.text(1) ?? "", table: statement.text(2) ?? "",
                    sql: statement.text(3) ?? ""))
        }
        return objects
    }

    /// - Returns: the migrations that the file has seen, all of which this version knows.
    private func knownMigrations() throws -> [String] {
        let known = Migrations.migrator.migrations
        let applied = try db.texts("SELECT identifier FROM grdb_migrations ORDER BY rowid")
        if let migration = applied.first(where: { !known.contains($0) }) {
            throw StoreError.newer(path: path, migration: migration)
        }
        return applied
    }

    /// A virtual table runs a module's code: under a name of ours only the R-trees may be one, and be nothing else.
    private func checkTable(_ table: Object, own: Set<String>) throws {
        guard own.contains(table.name.lowercased()) else { return }
        let isVirtual = table.sql.lowercased().hasPrefix("create virtual")
        let isTree = table.name.hasPrefix("rtree_")
        guard isVirtual == isTree else { throw foreign(table) }
        guard !isTree || table.sql == RTree.tableSQL(String(table.name.dropFirst(6).dropLast(5))) else {
            throw foreign(table)
        }
    }

    /// The tables that the migrations so far have made.
    private func required(_ applied: [String]) -> [String] {
        let attributes =
            applied.contains(Migrations.second) ? RegisteredTables.attributes : RegisteredTables.firstAttributes
        return ["gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions"]
            + [IncidentTables.current, IncidentTables.superseded] + attributes.map(\.table) + RegisteredTables.inner
            + (applied.contains(SeriesTables.migration) ? SeriesTables.tables : [])
            + (applied.contains(IndicatorTables.migration) ? IndicatorTables.tables : [])
    }

    private func foreign(_ object: Object) -> StoreError {
        .foreignObject(path: path, kind: object.type, name: object.name)
    }
}
