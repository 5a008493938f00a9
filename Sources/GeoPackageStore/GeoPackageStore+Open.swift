import Foundation
import GRDB
import Glibc
public import Incidents
import SimpleFeatures

extension GeoPackageStore {
    /// Makes a new, empty store and opens it.
    ///
    /// It is built under another name in the same folder and renamed when it is whole, so that a half-made store never
    /// stands under the final name.
    /// - Parameters:
    ///   - crsDefinition: name and well-known text (WKT 1) of the working CRS, for the programs that open the file.
    ///   - overwrite: whether a file of that name is replaced.
    /// - Throws: ``StoreError/exists(_:)`` where a file stands there and `overwrite` is false.
    public static func create(
        at path: String, settings: StoreSettings, crsDefinition: (name: String, wkt: String), overwrite: Bool = false
    ) throws -> GeoPackageStore {
        guard overwrite || !exists(path) else { throw StoreError.exists(path) }
        let temporary = path + ".\(UUID().uuidString.prefix(8)).new"
        do {
            try build(at: temporary, settings: settings, crsDefinition: crsDefinition)
            try FileSystem.sync(temporary)
            // A rollback journal left by a store of this name would be played back into the new one.
            for suffix in ["-journal", "-wal", "-shm"] { unlink(path + suffix) }
            try FileSystem.rename(temporary, to: path)
        } catch {
            for suffix in ["", "-journal"] { unlink(temporary + suffix) }
            throw (error as? StoreError).map { $0.naming(path, insteadOf: temporary) } ?? error
        }
        return try open(at: path, readOnly: false)
    }

    /// Opens a store.
    /// - Throws: a case of ``StoreError`` that names what the file is not, what stands in it that must not, or why the
    ///   system refuses it.
    public static func open(at path: String, readOnly: Bool = false) throws -> GeoPackageStore {
        try FileHeader.check(path)
        do {
            return try connect(path, readOnly: readOnly)
        } catch StoreError.readOnly where readOnly {
            // A killed writer left a journal, which a reader may not play back: let a writer do it first.
            try connect(path, readOnly: false).close()
            return try connect(path, readOnly: true)
        }
    }

    private static func connect(_ path: String, readOnly: Bool) throws -> GeoPackageStore {
        try StoreError.translating(path) {
            let queue = try DatabaseQueue(
                path: Connection.literal(path), configuration: Connection.configuration(readOnly: readOnly))
            let pending = try queue.unsafeRead { db in
                try SchemaCheck(path: path, db: db).run()
                return try Self.pendingMigration(db)
            }
            if let pending {
                guard !readOnly else { throw StoreError.older(path: path, migration: pending) }
                try Migrations.migrator.migrate(queue)
            }
            let settings = try queue.unsafeRead { try Self.storedSettings($0, path: path) }
            return GeoPackageStore(path: path, settings: settings, queue: queue)
        }
    }

    /// The first migration of this version that the store lacks.
    private static func pendingMigration(_ db: Database) throws -> String? {
        let applied = try Set(db.texts("SELECT identifier FROM grdb_migrations"))
        return Migrations.migrator.migrations.first { !applied.contains($0) }
    }

    private static func storedSettings(_ db: Database, path: String) throws -> StoreSettings {
        guard let crs = try setting(db, "crs"), let timeZone = try setting(db, "time_zone") else {
            throw StoreError.damaged(path: path, detail: "its settings are missing")
        }
        return StoreSettings(crs: CRS(crs), timeZone: timeZone)
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }
}

// MARK: - Building

extension GeoPackageStore {
    private static func build(
        at path: String, settings: StoreSettings, crsDefinition: (name: String, wkt: String)
    ) throws {
        try StoreError.translating(path) {
            let queue = try DatabaseQueue(
                path: Connection.literal(path), configuration: Connection.configuration(readOnly: false))
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA page_size = \(pageSize);
                        PRAGMA application_id = \(GeoPackageTables.applicationID);
                        PRAGMA user_version = \(GeoPackageTables.userVersion);
                        """)
            }
            try Migrations.migrator.migrate(queue)
            try queue.write { db in
                try addWorkingCRS(db, settings.crs, crsDefinition)
                try set(db, "crs", settings.crs.name)
                try set(db, "time_zone", settings.timeZone)
                try set(db, "levels", "")
            }
            try queue.close()
        }
    }

    /// Names the working CRS in the catalogue, though no layer is in it: `x` and `y` are.
    private static func addWorkingCRS(_ db: Database, _ crs: CRS, _ definition: (name: String, wkt: String)) throws {
        let code = crs.epsgCode.flatMap { Int32(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
        try db.execute(
            sql: "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                definition.name, code ?? customCRS, code == nil ? "NONE" : "EPSG", code ?? customCRS, definition.wkt,
                "Working CRS of this store: x and y of incidents",
            ])
    }

    /// The number of a working CRS that EPSG does not number.
    private static let customCRS: Int32 = 100_000
    /// Twice SQLite's own: a seventh less time to append a row of some 300 bytes, and no loss in sorting indexes.
    private static let pageSize = 8192
}
