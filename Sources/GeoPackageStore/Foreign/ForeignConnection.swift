import GRDB
import GRDBSQLite
import Glibc

/// A connection to an SQLite file that somebody else made: read-only, and nothing in the file runs.
///
/// A statement that works long without yielding a row is ended.
final class ForeignConnection {
    let handle: OpaquePointer
    /// How often the progress handler has been called since the last row.
    private let progress: UnsafeMutablePointer<Int>

    init(path: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            Self.uri(path), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        self.handle = handle
        progress = .allocate(capacity: 1)
        progress.initialize(to: 0)
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(Connection.busyTimeout * 1000))
        try Connection.harden(handle)
        sqlite3_progress_handler(
            handle, 10_000,
            { state in
                guard let count = state?.assumingMemoryBound(to: Int.self) else { return 1 }
                count.pointee += 1
                return count.pointee > 5_000 ? 1 : 0
            }, progress)
    }

    deinit {
        sqlite3_close_v2(handle)
        progress.deallocate()
    }

    func prepare(_ sql: String) throws -> PreparedStatement { try PreparedStatement(handle, sql) }

    /// Moves a statement to its next row, with the whole budget of work for it.
    func step(_ statement: PreparedStatement) throws -> Bool {
        progress.pointee = 0
        return try statement.step()
    }

    /// A file that nobody is writing is opened as one that does not change: no lock is taken and no file appears beside
    /// it. Where a journal stands beside it, its content belongs to the file, and SQLite must be allowed to look.
    private static func uri(_ path: String) -> String {
        let isQuiet = ["-wal", "-journal"].allSatisfy { suffix in
            var status = stat()
            return stat(path + suffix, &status) != 0 || status.st_size == 0
        }
        var uri = "file:"
        for byte in Connection.literal(path).utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 128,
                "/.-_~".unicodeScalars.contains(scalar) || scalar.properties.isAlphabetic || (48...57) ~= byte
            {
                uri.unicodeScalars.append(scalar)
            } else {
                uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return uri + (isQuiet ? "?mode=ro&immutable=1" : "?mode=ro")
    }
}
