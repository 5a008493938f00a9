import GRDB
import GRDBSQLite

/// A connection to a file that nobody sees before it is complete: nothing ever needs to be undone, so there is no journal,
/// and the disk is waited for once, by whoever gives the file its name.
///
/// Between ``init(path:)`` and ``commit()`` lies one transaction. What does not fit into the page cache goes to the file on
/// the way, so memory does not grow with the rows. After an error the file is worth nothing.
final class OutputConnection {
    private let handle: OpaquePointer

    /// - Parameter path: a file that exists and is empty.
    init(path: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            Connection.literal(path), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Connection.lengthLimit)
        SpatialFunctions.registerPacking(on: handle)
        try execute(
            """
            PRAGMA page_size = \(Self.pageSize); PRAGMA cache_size = -\(Connection.cacheKibibytes);
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA application_id = \(GeoPackageTables.applicationID);
            PRAGMA user_version = \(GeoPackageTables.userVersion);
            BEGIN;
            """)
    }

    /// Statements must have gone before.
    deinit { sqlite3_close_v2(handle) }

    /// SQLite's own. Larger pages save no time here.
    private static let pageSize = 4096

    /// Runs statements that yield no rows.
    func execute(_ sql: String) throws {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw PreparedStatement.error(code, handle) }
    }

    func prepare(_ sql: String) throws -> PreparedStatement { try PreparedStatement(handle, sql) }

    /// Runs one statement with texts as its values.
    func run(_ sql: String, _ texts: String...) throws {
        let statement = try prepare(sql)
        for (index, text) in texts.enumerated() { statement.bind(text, at: Int32(truncatingIfNeeded: index + 1)) }
        try statement.run()
    }

    /// Writes what is left of the transaction.
    func commit() throws { try execute("COMMIT") }
}
