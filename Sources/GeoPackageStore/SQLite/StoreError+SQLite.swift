import GRDB
import GRDBSQLite

extension StoreError {
    /// What an error of SQLite means to somebody who only sees a file.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode.rawValue {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(path)
        case SQLITE_FULL: self = .full(path)
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path)
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM: self = .io(path: path, detail: detail)
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: self = .damaged(path: path, detail: detail)
        default: self = .refused(path: path, detail: detail)
        }
    }

    /// Runs `body`, turning what SQLite reports into a ``StoreError``; other errors pass as they are.
    static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }
}
