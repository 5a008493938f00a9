/// Why compressed bytes could not be read.
///
/// The gzip cases know no file name, since they see bytes only; whoever reads the file adds it.
public enum CompressionError: Error, Hashable, CustomStringConvertible {
    /// The gzip data end before their last member is complete.
    case truncated
    /// The gzip data are damaged, or are none; the reason is zlib's.
    case corrupt(reason: String)
    /// More than `limit` bytes would come out.
    case tooLarge(limit: Int)
    /// The bytes are no undamaged zlib stream of that many bytes.
    case notZlib(of: Int)
    /// The compressor found no memory for its tables.
    case outOfMemory

    /// The file cannot be opened.
    case archiveUnreadable(path: String, reason: String)
    /// The file is no ZIP archive.
    case notZip(path: String)
    /// The file is a ZIP archive whose directory is damaged.
    case archiveDamaged(path: String, reason: String)
    /// The archive holds more entries than anyone needs.
    case tooManyEntries(path: String, count: Int64, limit: Int64)
    /// The archive holds no entry of that name.
    case entryMissing(path: String, name: String)
    /// The entry is damaged, encrypted, or compressed in an unknown way.
    case entryUnreadable(path: String, name: String, reason: String)
    /// The entry holds more than `limit` bytes.
    case entryTooLarge(path: String, name: String, limit: Int)

    public var description: String {
        switch self {
        case .truncated: "gzip data must end with a complete member, but are cut short"
        case .corrupt(let reason): "gzip data must be undamaged, but: \(reason)"
        case .tooLarge(let limit): "gzip data must hold at most \(limit) bytes when uncompressed, but hold more"
        case .notZlib(let count): "zlib data must be undamaged and hold \(count) bytes, but are not"
        case .outOfMemory: "compressing needs more memory than there is"
        case .archiveUnreadable(let path, let reason): "\(path) cannot be opened: \(reason)"
        case .notZip(let path): "\(path) must be a ZIP archive, but is none"
        case .archiveDamaged(let path, let reason): "\(path) must be an undamaged ZIP archive, but: \(reason)"
        case .tooManyEntries(let path, let count, let limit):
            "\(path) must hold at most \(limit) entries, but holds \(count)"
        case .entryMissing(let path, let name): "\(path) must hold an entry named \(name), but holds none"
        case .entryUnreadable(let path, let name, let reason): "\(path): the entry \(name) cannot be read: \(reason)"
        case .entryTooLarge(let path, let name, let limit):
            "\(path): the entry \(name) must hold at most \(limit) bytes when uncompressed, but holds more"
        }
    }
}
