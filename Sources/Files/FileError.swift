import Glibc

/// Why a file could not be read or written.
public enum FileError: Error, Hashable, CustomStringConvertible {
    /// Nothing is there.
    case missing(path: String)
    /// A folder stands where a file is needed.
    case isDirectory(path: String)
    /// The system refused to open or to read.
    case unreadable(path: String, reason: String)
    /// The file's compressed content is damaged or cut short.
    case damaged(path: String, reason: String)
    /// The whole document, uncompressed, is longer than `limit` bytes.
    case tooLarge(path: String, limit: Int)
    /// The output exists and was not to be replaced.
    case exists(path: String)
    /// The system refused to create, to write, to sync or to rename.
    case unwritable(path: String, reason: String)
    /// Whoever reads the output has gone away, as `head` does: nothing is wrong, but there is nothing left to do.
    case readerGone(path: String)

    public var description: String {
        switch self {
        case .missing(let path): "\(path) must be a file, but there is none"
        case .isDirectory(let path): "\(path) must be a file, but is a folder"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .damaged(let path, let reason): "\(path) cannot be read to its end: \(reason)"
        case .tooLarge(let path, let limit):
            "\(path) must hold at most \(limit) bytes when uncompressed, but holds more"
        case .exists(let path): "\(path) exists already; remove it, choose another name or allow overwriting"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .readerGone(let path): "\(path) is no longer read by anyone"
        }
    }

    /// What a failed attempt to open or read `path` means, by its `errno`.
    package static func reading(_ path: String, _ code: Int32) -> FileError {
        switch code {
        case ENOENT: .missing(path: path)
        case EISDIR: .isDirectory(path: path)
        default: .unreadable(path: path, reason: reason(code))
        }
    }

    /// What a failed attempt to write `path` means, by its `errno`.
    package static func writing(_ path: String, _ code: Int32) -> FileError {
        switch code {
        case EPIPE: .readerGone(path: path)
        case EEXIST: .exists(path: path)
        case EISDIR: .isDirectory(path: path)
        default: .unwritable(path: path, reason: reason(code))
        }
    }

    private static func reason(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
