import GRDB
import GRDBSQLite
import Glibc

/// How every connection to a store is set up.
enum Connection {
    /// How long a call waits for another program to let go of the file.
    static let busyTimeout = 5.0

    static func configuration(readOnly: Bool) -> Configuration {
        _ = countsNoMemory
        var configuration = Configuration()
        configuration.label = "faro.store"
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(busyTimeout)
        configuration.foreignKeysEnabled = true
        // Where even a rollback fails, GRDB would otherwise end the program for the transaction that is left open.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            guard let connection = db.sqliteConnection else { return }
            try harden(connection)
            SpatialFunctions.register(on: connection)
            try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes); PRAGMA secure_delete = OFF")
            if !readOnly {
                // A rollback journal that is deleted leaves no second file that would have to travel with the store,
                // and with full synchronisation a killed or powerless machine leaves whole transactions. While QGIS
                // has the file open it keeps it in WAL mode, which cannot be left then and is as safe.
                try? db.execute(sql: "PRAGMA journal_mode = DELETE")
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
        }
        return configuration
    }

    /// Nothing that a file's schema says may run: no trigger, no view, no function; nor may anything reach beyond the file.
    ///
    /// See "Defense Against The Dark Arts" in SQLite's documentation.
    static func harden(_ connection: OpaquePointer) throws {
        sqlite3_exec(connection, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", nil, nil, nil)
        for (option, on) in [
            (SQLITE_DBCONFIG_DEFENSIVE, true), (SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
            (SQLITE_DBCONFIG_ENABLE_VIEW, false),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, false),
        ] {
            guard configure(connection, option, on) else {
                throw DatabaseError(
                    resultCode: .SQLITE_MISUSE, message: "SQLite did not take its safety switch \(option)")
            }
        }
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, lengthLimit)
        sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, 4)
    }

    /// Sets one switch of a connection.
    ///
    /// `sqlite3_db_config` takes variable arguments, which Swift cannot pass. The two that a switch needs are passed on
    /// Linux (System V on x86-64, AAPCS64 on ARM) as those of an ordinary function are, so its address is called as one.
    /// - Returns: whether the switch stands as asked.
    private static func configure(_ connection: OpaquePointer, _ option: Int32, _ on: Bool) -> Bool {
        typealias Configure =
            @convention(c) (OpaquePointer, Int32, Int32, UnsafeMutablePointer<Int32>) -> Int32
        guard let address = dlsym(nil, "sqlite3_db_config") else { return false }
        var state: Int32 = -1
        let code = unsafeBitCast(address, to: Configure.self)(connection, option, on ? 1 : 0, &state)
        return code == SQLITE_OK && state == (on ? 1 : 0)
    }

    /// Stops SQLite from keeping statistics of its memory, which nobody asks for and which cost a lock per allocation.
    ///
    /// `sqlite3_config` is called as `sqlite3_db_config` is above. It refuses, without harm, where something else in the
    /// program has used SQLite before.
    private static let countsNoMemory: Bool = {
        typealias Configure = @convention(c) (Int32, Int32) -> Int32
        guard let address = dlsym(nil, "sqlite3_config") else { return false }
        return unsafeBitCast(address, to: Configure.self)(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK
    }()

    /// The most bytes one value may have: above any polygon, below what would exhaust a small machine.
    static let lengthLimit: Int32 = 64 << 20
    /// SQLite's page cache: an import appends, so a larger one only holds pages that are not needed again.
    static let cacheKibibytes = 8192
    /// The page cache while an index is built. SQLite sorts runs of that size and merges them: runs that fit into a
    /// processor's second-level cache halve the time (0.45 µs a row in place of 0.9).
    static let sortingKibibytes = 2000

    /// A path that SQLite takes as a path, whatever it looks like: not as a URI, not as a name of its own.
    static func literal(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }
}
