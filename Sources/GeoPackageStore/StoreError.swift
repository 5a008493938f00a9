public import Incidents

/// Why a store, or a foreign GeoPackage, could not do what it was asked.
public enum StoreError: Error, Hashable {
    // MARK: The file

    /// A file stands where a new store should be made.
    case exists(String)
    case notFound(String)
    case notSQLite(String)
    case notGeoPackage(String)
    case notFaroStore(String)
    /// A later version of Faro has changed the store's structure.
    case newer(path: String, migration: String)
    /// The structure is older than this version needs, and the store was opened for reading only.
    case older(path: String, migration: String)
    /// A trigger, view or foreign table that could act on Faro's own tables.
    case foreignObject(path: String, kind: String, name: String)
    case damaged(path: String, detail: String)
    /// Another program held the file for longer than the busy timeout.
    case busy(String)
    case full(String)
    case readOnly(String)
    case io(path: String, detail: String)
    /// SQLite refused a statement for a reason of no other case.
    case refused(path: String, detail: String)

    // MARK: The call

    case invalidInstant(String)
    case unknownImport(Int64)
    /// A file says that it was published after the day on which it is brought in.
    case publishedLater(String, now: String)
    /// A file says that it covers days after the one on which it was published or brought in.
    case coversLater(String, known: String)
    /// A file says that it was published before what it would replace was known.
    case editionOutOfOrder(source: String, published: String, known: String)
    case importNotOpen(Int64, ImportRecord.State)
    case unknownIncident(Int64)
    case columnLength(column: String, expected: Int, found: Int)
    case valueOutOfRange(column: String, row: Int, value: String)
    case duplicateRow(importID: Int64)
    case invalidLevel(String)
    case reservedLevel(String)
    case unknownLevel(String)
    case unknownVersion(level: String, number: Int)
    case duplicateArea(level: String, key: String)
    case emptyValidity(level: String, validity: String)
    case versionsOverlap(level: String, number: Int, validity: String)
    case invalidGeometry(level: String, key: String)
    /// A write was asked for from inside a visit of the same store.
    case writeDuringVisit(String)

    // MARK: Foreign GeoPackages

    case unknownLayer(path: String, layer: String)
    case unreadableGeometry(path: String, layer: String, feature: Int64, reason: String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exists(let path):
            "a new store must not replace a file, but \(path) exists; choose another name or say --overwrite"
        case .notFound(let path): "\(path) must be a readable file, but there is none"
        case .notSQLite(let path): "\(path) must be a GeoPackage, but is no SQLite file"
        case .notGeoPackage(let path): "\(path) must be a GeoPackage, but its application id is another"
        case .notFaroStore(let path): "\(path) is a GeoPackage, but no Faro store; make one with faro init"
        case .newer(let path, let migration):
            "\(path) was written by a newer version of Faro (its structure has \"\(migration)\"); use that version"
        case .older(let path, let migration):
            "\(path) lacks \"\(migration)\" of this version's structure; open it once for writing, as faro assign does"
        case .foreignObject(let path, let kind, let name):
            "\(path) must hold only Faro's own triggers and tables under Faro's names, but has the \(kind) \"\(name)\"; "
                + "remove it with the program that made it"
        case .damaged(let path, let detail): "\(path) is damaged: \(detail)"
        case .busy(let path): "\(path) is in use by another program; try again when it has finished"
        case .full(let path): "there is no space left to write \(path); nothing of the last step was kept"
        case .readOnly(let path): "\(path) must be writable, but is read-only"
        case .io(let path, let detail): "\(path) could not be read or written: \(detail)"
        case .refused(let path, let detail):
            "\(path) did not accept a statement (\(detail)); another program may have changed its tables"
        case .invalidInstant(let text):
            "an instant must be written in UTC as 2024-03-01T12:00:00Z, but is \"\(text)\""
        case .publishedLater(let published, let now):
            "a file must have been published before it is brought in, but this one says \(published) and it is \(now)"
        case .coversLater(let end, let known):
            "a file must end before it is published or brought in, but this one says that it covers \(end) and is of \(known)"
        case .editionOutOfOrder(let source, let published, let known):
            "a file must have been published after the one it replaces, but this one of \(source) is of \(published) and the "
                + "store's was known from \(known) on; bring editions in from the oldest to the newest"
        case .unknownImport(let id): "import \(id) is not in the store"
        case .importNotOpen(let id, let state):
            "rows can only be added to an import that is incomplete, but import \(id) is \(state.rawValue)"
        case .unknownIncident(let id): "incident \(id) must be a current one of the store, but is not"
        case .columnLength(let column, let expected, let found):
            "all columns of a batch must be equally long (\(expected) rows), but \(column) has \(found)"
        case .valueOutOfRange(let column, let row, let value):
            "\(column) of row \(row) of a batch is out of range: \(value)"
        case .duplicateRow(let id): "a row of a file can be added once only, but one of import \(id) came twice"
        case .invalidLevel(let name):
            "a level's name must be lower-case letters, digits and underscores, but is \"\(name)\""
        case .reservedLevel(let name):
            "a level must not bear the name of one of the store's own tables or columns, but is called \"\(name)\""
        case .unknownLevel(let name): "the store has no level \"\(name)\""
        case .unknownVersion(let level, let number): "the store has no version \(number) of level \"\(level)\""
        case .duplicateArea(let level, let key):
            "the keys of a layer must differ, but \"\(key)\" occurs twice in level \"\(level)\""
        case .emptyValidity(let level, let validity):
            "a version must hold on at least one day, but level \"\(level)\" would hold \(validity)"
        case .versionsOverlap(let level, let number, let validity):
            "two versions of a level must not hold on the same day, but version \(number) of \"\(level)\" holds \(validity)"
        case .invalidGeometry(let level, let key):
            "coordinates must be degrees on WGS 84, but area \"\(key)\" of level \"\(level)\" has others"
        case .writeDuringVisit(let path): "\(path) cannot be written from inside a visit of its own rows"
        case .unknownLayer(let path, let layer): "\(path) has no layer \"\(layer)\" that can be read"
        case .unreadableGeometry(let path, let layer, let feature, let reason):
            "\(path), layer \"\(layer)\", feature \(feature): the geometry cannot be read: \(reason)"
        }
    }
}

extension StoreError {
    /// The same error, told of the file that the caller knows.
    func naming(_ path: String, insteadOf temporary: String) -> StoreError {
        switch self {
        case .notFound(temporary): .notFound(path)
        case .busy(temporary): .busy(path)
        case .full(temporary): .full(path)
        case .readOnly(temporary): .readOnly(path)
        case .io(temporary, let detail): .io(path: path, detail: detail)
        case .damaged(temporary, let detail): .damaged(path: path, detail: detail)
        case .refused(temporary, let detail): .refused(path: path, detail: detail)
        default: self
        }
    }
}
