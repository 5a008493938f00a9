public import Boundaries
import GRDB
public import Incidents
import SimpleFeatures

/// A store in one file: a GeoPackage that QGIS, R and GDAL open as it is.
///
/// Every call that writes is one transaction with the file's revision counted up in it: a program that is killed leaves
/// the store as it was, or with the whole step done. Calls from several threads take turns.
///
/// Several programs may have the store open. One that finds it taken waits five seconds, then says ``StoreError/busy(_:)``.
public final class GeoPackageStore: IncidentStore, BoundaryStore, GazetteerStore, Sendable {
    public let path: String
    public let settings: StoreSettings
    let queue: DatabaseQueue

    init(path: String, settings: StoreSettings, queue: DatabaseQueue) {
        self.path = path
        self.settings = settings
        self.queue = queue
    }

    /// Grows with every change: what caches and ETags are keyed by.
    public func revision() throws -> Int64 { try read { try Self.revision($0) } }

    /// Reads inside `body` are one transaction; writes inside it are refused.
    public func inOneState<Result>(_ body: () throws -> Result) throws -> Result { try read { _ in try body() } }

    /// Lets go of the file. Later calls fail.
    public func close() throws { try StoreError.translating(path) { try queue.close() } }
}

// MARK: - Transactions

extension GeoPackageStore {
    /// Runs `body` in one transaction that sees one state of the store. May be called from inside itself.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreError.translating(path) {
            try queue.unsafeReentrantRead { db in
                if db.isInsideTransaction { return try body(db) }
                return try Self.transaction(db, .deferred) { try body(db) }
            }
        }
    }

    /// Runs `body` in one transaction that takes the file for itself, and counts the revision up.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreError.translating(path) {
            try queue.unsafeReentrantWrite { db in
                guard !db.isInsideTransaction else { throw StoreError.writeDuringVisit(path) }
                return try Self.transaction(db, .immediate) {
                    let result = try body(db)
                    try db.execute(sql: "UPDATE revision SET number = number + 1 WHERE id = 1")
                    return result
                }
            }
        }
    }

    private static func transaction<T>(
        _ db: Database, _ kind: Database.TransactionKind, _ body: () throws -> T
    ) throws -> T {
        var result: T?
        try db.inTransaction(kind) {
            result = try body()
            return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
    }

    static func revision(_ db: Database) throws -> Int64 {
        guard let number = try db.firstInteger("SELECT number FROM revision WHERE id = 1") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the revision is missing")
        }
        return number
    }
}

// MARK: - Settings

extension GeoPackageStore {
    static func setting(_ db: Database, _ name: String) throws -> String? {
        let statement = try PreparedStatement(db, "SELECT value FROM setting WHERE name = ?")
        statement.bind(name, at: 1)
        return try statement.step() ? statement.text(0) : nil
    }

    static func set(_ db: Database, _ name: String, _ value: String) throws {
        try db.execute(
            sql:
                "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [name, value])
    }

    /// The levels that incidents have a key column for, in the order in which they first appeared.
    static func levels(_ db: Database) throws -> [String] {
        try (setting(db, "levels") ?? "").split(separator: ",").map {
            guard let level = Level(String($0)) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the list of levels has \"\($0)\"")
            }
            return level.name
        }
    }

    /// Gives incidents a key column for each level that has none yet.
    static func addLevels(_ db: Database, _ names: [String]) throws {
        var levels = try Self.levels(db)
        for name in names where !levels.contains(name) {
            guard let level = Level(name) else { throw StoreError.invalidLevel(name) }
            guard !ReservedNames.forbid(level) else { throw StoreError.reservedLevel(name) }
            for table in [IncidentTables.current, IncidentTables.superseded] {
                try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN \"\(IncidentTables.column(of: name))\" TEXT")
                try db.execute(
                    sql: "ALTER TABLE \(table) ADD COLUMN \"\(IncidentTables.agreementColumn(of: name))\" BOOLEAN")
                try db.execute(
                    sql: "ALTER TABLE \(table) ADD COLUMN \"\(IncidentTables.versionColumn(of: name))\" INTEGER")
            }
            levels.append(name)
        }
        try set(db, "levels", levels.joined(separator: ","))
    }
}

/// The names that a level may not take, since a table or a column of the store has them.
enum ReservedNames {
    static func forbid(_ level: Level) -> Bool {
        let name = level.name
        return tables.contains(name) || prefixes.contains { name.hasPrefix($0) }
            || IncidentTables.columns.contains { $0.name == IncidentTables.column(of: name) }
    }

    private static let tables: Set<String> = Set(
        RegisteredTables.attributes.map(\.table) + RegisteredTables.inner + SeriesTables.tables + IndicatorTables.tables
            + [IncidentTables.current, IncidentTables.superseded, "incident", "layer_styles"])
    private static let prefixes = ["gpkg_", "rtree_", "sqlite_", "grdb_", "faro_"]
}
