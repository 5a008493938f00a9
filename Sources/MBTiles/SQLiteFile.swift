import GRDBSQLite
import Tiles

/// A connection to an SQLite file that belongs to one thread at a time.
///
/// MBTiles need four statements and no more, so SQLite is asked directly: blobs go in and out without a copy in between.
final class SQLiteFile {
    let handle: OpaquePointer
    /// What messages call the file.
    let name: String
    /// How many more of SQLite's steps the current row may take.
    fileprivate var budget = 0

    /// - Parameters:
    ///   - path: the file, which must exist.
    ///   - name: what messages call it.
    ///   - patience: how often SQLite may ask for one row whether to go on.
    init(path: String, name: String, readOnly: Bool, patience: Int = SQLiteFile.patience) throws(TileArchiveError) {
        var handle: OpaquePointer?
        let flags = (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path.hasPrefix("/") ? path : "./" + path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let reason = handle.map(Self.message) ?? String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(handle)
            throw .database(path: name, reason: reason)
        }
        self.handle = handle
        self.name = name
        self.patience = patience
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.lengthLimit)
        sqlite3_busy_timeout(handle, 5000)
        if readOnly { try confine() }
    }

    deinit { sqlite3_close_v2(handle) }

    /// The most bytes one value may have.
    private static let lengthLimit: Int32 = 64 << 20
    /// How often SQLite asks whether to go on, and how often it may ask for one row: a minute's work. A view in a
    /// hostile file could else count for ever.
    private static let stepsBetweenQuestions: Int32 = 10_000
    static let patience = 200_000
    fileprivate let patience: Int

    /// Nothing that a file's schema says may reach beyond the file. Views stay: many archives keep equal tiles once behind
    /// one.
    private func confine() throws(TileArchiveError) {
        try execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON")
        let context = Unmanaged.passUnretained(self).toOpaque()  // the connection goes with this object
        sqlite3_progress_handler(
            handle, Self.stepsBetweenQuestions,
            { context in
                guard let context else { return 1 }
                let file = Unmanaged<SQLiteFile>.fromOpaque(context).takeUnretainedValue()
                file.budget -= 1
                return file.budget < 0 ? 1 : 0
            }, context)
    }

    func execute(_ sql: String) throws(TileArchiveError) {
        budget = patience
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    func statement(_ sql: String) throws(TileArchiveError) -> SQLiteStatement { try SQLiteStatement(self, sql) }

    /// What a file's bytes are to blame for is damage; all else, such as a full disk, is the system's.
    func failure() -> TileArchiveError {
        let reason = Self.message(handle)
        let blame = [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT]
        guard blame.contains(sqlite3_errcode(handle) & 0xFF) || reason.hasPrefix("malformed") else {
            return .database(path: name, reason: reason)
        }
        return .damaged(path: name, part: "database", reason: "cannot be read: \(reason)")
    }

    private static func message(_ handle: OpaquePointer) -> String {
        sqlite3_errmsg(handle).map { String(cString: $0) } ?? "no reason is known"
    }
}

/// A statement, prepared once and run for many rows. Values of another type than asked for read as SQLite converts them.
final class SQLiteStatement {
    private let file: SQLiteFile
    private let handle: OpaquePointer

    fileprivate init(_ file: SQLiteFile, _ sql: String) throws(TileArchiveError) {
        var handle: OpaquePointer?
        file.budget = file.patience
        guard sqlite3_prepare_v2(file.handle, sql, -1, &handle, nil) == SQLITE_OK, let handle else {
            throw file.failure()
        }
        self.file = file
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Moves to the next row.
    /// - Returns: whether there is one.
    func step() throws(TileArchiveError) -> Bool {
        file.budget = file.patience
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw file.failure()
        }
    }

    /// Begins again with other values: integers, and at most one text or blob behind them, which is read while it runs.
    func restart(_ integers: [Int]) {
        sqlite3_reset(handle)
        for (index, integer) in integers.enumerated() {
            sqlite3_bind_int64(handle, Int32(clamping: index + 1), Int64(integer))
        }
    }

    /// Runs a statement without rows whose last value is a blob.
    func run(_ integers: [Int], blob: [UInt8]) throws(TileArchiveError) {
        restart(integers)
        try blob.withUnsafeBufferPointer { (bytes) throws(TileArchiveError) in
            let index = Int32(clamping: integers.count + 1)
            let code = sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(clamping: bytes.count), nil)
            guard code == SQLITE_OK else { throw file.failure() }
            _ = try step()
            sqlite3_reset(handle)
        }
    }

    /// Runs a statement without rows whose values are two texts.
    func run(_ first: String, _ second: String) throws(TileArchiveError) {
        sqlite3_reset(handle)
        for (index, text) in [first, second].enumerated() {
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)  // SQLite copies at once
            guard sqlite3_bind_text(handle, Int32(clamping: index + 1), text, -1, transient) == SQLITE_OK else {
                throw file.failure()
            }
        }
        _ = try step()
    }

    /// Whether the value is a whole number.
    func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_INTEGER }

    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    /// nil where the value is NULL.
    func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// nil where the value is no blob.
    func blob(_ column: Int32) -> [UInt8]? {
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count))
    }
}
