import GRDB
import GRDBSQLite

/// One statement of SQLite, prepared once and run for many rows.
///
/// GRDB's rows trap where a value is not of the type asked for; a damaged or hostile file may hold anything anywhere, so
/// all reading goes through here: a value of another type reads as SQLite converts it, or as nil.
///
/// It must go before its connection does: make it inside the closure that lends the connection.
final class PreparedStatement {
    let handle: OpaquePointer
    private let connection: OpaquePointer
    private var bindFailure: Int32 = SQLITE_OK

    init(_ connection: OpaquePointer, _ sql: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
        guard code == SQLITE_OK, let handle else { throw Self.error(code, connection) }
        self.handle = handle
        self.connection = connection
    }

    convenience init(_ db: Database, _ sql: String) throws {
        guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        try self.init(connection, sql)
    }

    deinit { sqlite3_finalize(handle) }

    /// Moves to the next row. The row's texts and blobs are valid until the next call.
    /// - Returns: whether there is one.
    func step() throws -> Bool {
        guard bindFailure == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: bindFailure)) }
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw Self.error(code, connection)
    }

    /// Runs a statement that yields no rows, and makes it ready for the next values. Bound values stay.
    func run() throws {
        guard bindFailure == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: bindFailure)) }
        let code = sqlite3_step(handle)
        // After a failure reset reports the failure again; the step has said it already.
        let error = code == SQLITE_DONE || code == SQLITE_ROW ? nil : Self.error(code, connection)
        sqlite3_reset(handle)
        if let error { throw error }
    }

    func reset() { sqlite3_reset(handle) }

    /// Makes every value NULL.
    func clearBindings() { sqlite3_clear_bindings(handle) }

    /// Binds a blob without copying it: the bytes must stay where they are until the row is written.
    @inline(__always)
    func bind(staticBlob start: UnsafeRawPointer, count: Int, at index: Int32) {
        check(sqlite3_bind_blob(handle, index, start, Int32(clamping: count), nil))
    }

    /// What SQLite says about a call that has just failed.
    static func error(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
        let extended = sqlite3_extended_errcode(connection)
        let known = extended & 0xFF == code & 0xFF ? extended : code
        return DatabaseError(
            resultCode: ResultCode(rawValue: known), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}

// MARK: - Binding

extension PreparedStatement {
    func bind(_ value: Int64?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    func bind(_ value: Double?, at index: Int32) {
        if let value { sqlite3_bind_double(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    /// Binds a copy of the text.
    func bind(_ value: String?, at index: Int32) {
        guard var value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUTF8 { bytes in
            let start = UnsafeRawPointer(bytes.baseAddress ?? Self.empty).assumingMemoryBound(to: CChar.self)
            check(sqlite3_bind_text(handle, index, start, Int32(clamping: bytes.count), Self.transient))
        }
    }

    /// Binds a copy of the bytes.
    func bind(blob: [UInt8]?, at index: Int32) {
        guard let blob else {
            sqlite3_bind_null(handle, index)
            return
        }
        blob.withUnsafeBytes { bytes in
            check(sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(clamping: bytes.count), Self.transient))
        }
    }

    /// Binds text without copying it: the bytes must stay where they are until the row is written.
    @inline(__always)
    func bind(staticText start: UnsafePointer<UInt8>, count: Int, at index: Int32) {
        let text = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
        check(sqlite3_bind_text(handle, index, text, Int32(clamping: count), nil))
    }

    /// An address for texts of no bytes: to SQLite a null pointer is NULL, not an empty text.
    nonisolated(unsafe) static let empty: UnsafePointer<UInt8> = {
        let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    /// SQLITE_TRANSIENT, whose macro Swift cannot import: SQLite copies at once.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// A value that SQLite refuses (a text beyond its limit) must not be written as NULL: the next run reports it.
    @inline(__always)
    private func check(_ code: Int32) {
        if code != SQLITE_OK, bindFailure == SQLITE_OK { bindFailure = code }
    }
}

// MARK: - Reading

extension PreparedStatement {
    /// The kind of value that a row holds in a column, whatever the column was declared to hold.
    enum Kind { case null, integer, number, text, blob }

    func kind(_ column: Int32) -> Kind {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .number
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

    /// The integer, or nil where the value is NULL.
    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    /// The number, or nil where the value is NULL.
    func optionalDouble(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }

    /// The text, or nil where the value is NULL.
    func text(_ column: Int32) -> String? {
        isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self)
    }

    /// The text's bytes, valid until the next step; empty where the value is NULL.
    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        optionalBytes(column) ?? UnsafeBufferPointer(start: nil, count: 0)
    }

    /// The text's bytes, valid until the next step; nil where the value is NULL.
    func optionalBytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    /// The blob's bytes, valid until the next step; nil where the value is none.
    func blob(_ column: Int32) -> UnsafeRawBufferPointer? {
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { return nil }
        return UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    }
}

extension Database {
    /// The first column of every row as text.
    func texts(_ sql: String) throws -> [String] {
        let statement = try PreparedStatement(self, sql)
        var texts: [String] = []
        while try statement.step() { texts.append(statement.text(0) ?? "") }
        return texts
    }

    /// The first column of the first row as an integer; nil where there is no row or it is NULL.
    func firstInteger(_ sql: String) throws -> Int64? {
        let statement = try PreparedStatement(self, sql)
        return try statement.step() ? statement.optionalInteger(0) : nil
    }
}
