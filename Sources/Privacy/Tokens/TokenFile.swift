import CivilTime
import Files
import Glibc

/// The file in which a server's tokens are kept: a line of text each, readable by its owner alone.
///
/// ```text
/// faro tokens 1
/// mesa	planner	2024-03-01	2025-03-01	x7Qk	9f86d0…
/// ```
/// Fields between tabs: name, role, day made, last day or `-`, last four characters, SHA-256 in hexadecimal.
public struct TokenFile: Hashable, Sendable {
    public let path: String

    static let header = "faro tokens 1"
    /// Longer than ``TokenList/greatestCount`` lines ever are.
    static let greatestSize = 1 << 20

    public init(path: String) { self.path = path }

    /// - Throws: ``PrivacyError/badTokenFile(path:line:reason:)`` for any line that is not whole: a file that was cut short
    ///   or edited by mistake opens nothing. ``PrivacyError/tokenFileTooOpen(path:mode:)``, ``PrivacyError/file(_:)``.
    public func load() throws(PrivacyError) -> TokenList {
        let bytes: [UInt8]
        do throws(FileError) {
            let file = try RandomAccessFile(path: path)
            guard file.count <= UInt64(Self.greatestSize) else {
                throw .tooLarge(path: path, limit: Self.greatestSize)
            }
            bytes = try file.read(at: 0, count: Int(file.count))
        } catch {
            throw .file(error)
        }
        try checkMode()
        return TokenList(try TokenText.tokens(of: bytes, path: path))
    }

    /// Changes the file, which is made where it is missing, as one step that no other `faro token` can come between.
    /// - Throws: as ``load()``, and what `change` throws; the file is as it was then.
    public func update<Result>(
        _ change: (inout TokenList) throws(PrivacyError) -> Result
    ) throws(PrivacyError) -> Result {
        let lock = try FolderLock(of: path)
        defer { lock.release() }
        var list = TokenList()
        do throws(PrivacyError) {
            list = try load()
        } catch .file(.missing) {
            list = TokenList()
        }
        let result = try change(&list)
        do throws(FileError) {
            let file = try AtomicFile(path: path, overwrite: true, mode: 0o600)
            try file.write(TokenText.bytes(of: list))
            try file.commit()
        } catch {
            throw .file(error)
        }
        return result
    }

    private func checkMode() throws(PrivacyError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .file(.missing(path: path)) }
        guard status.st_mode & 0o077 == 0 else {
            throw .tokenFileTooOpen(path: path, mode: "0" + String(status.st_mode & 0o777, radix: 8))
        }
    }
}

/// A lock on a folder: the file itself is replaced by every change, so a lock on it would hold nobody back.
private struct FolderLock {
    private let descriptor: Int32

    init(of path: String) throws(PrivacyError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .file(.unwritable(path: path, reason: "its folder must exist, but does not"))
        }
        while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    }

    func release() { close(descriptor) }
}
