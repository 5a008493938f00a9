public import Compression
public import Files
public import SimpleFeatures

/// Why an archive of tiles could not be written or read.
public enum TileArchiveError: Error, Hashable, CustomStringConvertible {
    case file(FileError)
    case compression(CompressionError)
    /// What stands there is something else.
    case notArchive(path: String, kind: String, reason: String)
    /// The archive is of a kind that is not read.
    case unsupported(path: String, what: String, found: String, supported: String)
    /// The archive breaks a rule that reading depends on.
    case damaged(path: String, part: String, reason: String)
    /// A writer was given a tile that belongs before one that came earlier, or the same again.
    case outOfOrder(TileID, after: TileID)
    /// A writer was given a tile without bytes.
    case emptyTile(TileID)
    /// A member of the description is no JSON.
    case memberNotJSON(name: String, JSONError)
    /// A folder to be replaced holds something that no writer of tiles put there.
    case foreignFolder(path: String, name: String)
    /// SQLite could not go on.
    case database(path: String, reason: String)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .compression(let error): error.description
        case .notArchive(let path, let kind, let reason): "\(path) must be \(kind), but \(reason)"
        case .unsupported(let path, let what, let found, let supported):
            "\(path) must have \(what) \(supported), but has \(found)"
        case .damaged(let path, let part, let reason): "\(path) is damaged: the \(part) \(reason)"
        case .outOfOrder(let tile, let last):
            "tiles must come zoom by zoom along the Hilbert curve, each once, but \(tile) came after \(last)"
        case .emptyTile(let tile): "a tile must have at least one byte, but \(tile) has none"
        case .memberNotJSON(let name, let error): "the member \(name) must be JSON, but: \(error)"
        case .foreignFolder(let path, let name):
            "\(path) must hold nothing but tiles to be replaced, but holds \(name)"
        case .database(let path, let reason): "\(path) cannot be used as a database: \(reason)"
        }
    }
}

extension TileArchiveError {
    /// Runs a step whose errors are those of a file.
    package static func ofFile<Result>(_ step: () throws(FileError) -> Result) throws(TileArchiveError) -> Result {
        do {
            return try step()
        } catch {
            throw .file(error)
        }
    }
}
