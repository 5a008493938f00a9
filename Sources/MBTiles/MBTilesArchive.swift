import Bytes
import Files
import SimpleFeatures
public import Tiles

/// An MBTiles archive on disk, for reading tile by tile.
///
/// It reads vector tiles and PNG, whether `tiles` is a table or a view, and refuses other formats by name. Nothing that the
/// file says is believed: whatever bytes it has, a tile comes back or a ``TileArchiveError``. An archive belongs to one
/// thread at a time.
///
/// ## Source
/// MBTiles 1.3.
public final class MBTilesArchive: TileArchive {
    /// What the archive says of itself; where it says no zooms, those of its tiles.
    public let description: TileSet

    let path: String
    let database: SQLiteFile
    /// The rows of the table of metadata; of several of one name the first.
    let metadata: [String: String]
    private let lookup: SQLiteStatement

    /// Opens an archive and reads its metadata.
    /// - Throws: ``TileArchiveError``.
    public convenience init(path: String) throws(TileArchiveError) {
        try self.init(path: path, patience: SQLiteFile.patience)
    }

    init(path: String, patience: Int) throws(TileArchiveError) {
        let start = try TileArchiveError.ofFile { () throws(FileError) in
            try RandomAccessFile(path: path).read(at: 0, count: Self.magic.count)
        }
        guard start == Self.magic else {
            throw .notArchive(path: path, kind: "an MBTiles archive", reason: "is no SQLite database")
        }
        let database = try SQLiteFile(path: path, name: path, readOnly: true, patience: patience)
        try Self.checkTables(database)
        metadata = try Self.metadata(database)
        description = try Self.describe(database, metadata)
        lookup = try database.statement(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?")
        self.path = path
        self.database = database
    }

    /// A tile's bytes as stored; nil where the archive has no such tile.
    /// - Throws: ``TileArchiveError``.
    public func tile(_ tile: TileID) throws(TileArchiveError) -> [UInt8]? {
        lookup.restart([tile.zoom, tile.x, tile.rowFromSouth])
        guard try lookup.step() else { return nil }
        guard let bytes = lookup.blob(0), !bytes.isEmpty else {
            throw .damaged(path: path, part: "tile \(tile)", reason: "must be a blob of at least one byte, but is none")
        }
        lookup.restart([])  // so that no lock stays
        return bytes
    }

    /// Every tile in the order of the table.
    /// - Throws: ``TileArchiveError``, and what `body` throws.
    public func forEachTile(_ body: (TileID, [UInt8]) throws -> Void) throws {
        let rows = try database.statement("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
        while try rows.step() {
            guard let tile = Self.tile(rows), let bytes = rows.blob(3), !bytes.isEmpty else {
                throw TileArchiveError.damaged(
                    path: path, part: "table of tiles",
                    reason: "must hold tiles, but a row is none: \(Self.place(rows))")
            }
            try body(tile, bytes)
        }
    }

    // MARK: Rows

    /// The tile of a row that begins with zoom, column and row; nil where there is none.
    static func tile(_ rows: SQLiteStatement) -> TileID? {
        guard (0..<3).allSatisfy({ rows.isInteger($0) }) else { return nil }
        let (zoom, x, row) = (rows.integer(0), rows.integer(1), rows.integer(2))
        guard (0...TileID.deepestZoom).contains(zoom), (0..<(1 << zoom)).contains(row) else { return nil }
        return TileID(zoom: zoom, x: x, y: (1 << zoom) - 1 - row)
    }

    static func place(_ rows: SQLiteStatement) -> String {
        "zoom \(rows.text(0) ?? "NULL"), column \(rows.text(1) ?? "NULL"), row \(rows.text(2) ?? "NULL")"
    }

    // MARK: Opening

    private static let magic = Array("SQLite format 3\0".utf8)

    private static func checkTables(_ database: SQLiteFile) throws(TileArchiveError) {
        let wanted = [
            "metadata": ["name", "value"], "tiles": ["zoom_level", "tile_column", "tile_row", "tile_data"],
        ]
        for (table, columns) in wanted.sorted(by: { $0.key < $1.key }) {
            let rows = try database.statement("SELECT name FROM pragma_table_info('\(table)')")
            var names: Set<String> = []
            while try rows.step() { names.insert(rows.text(0)?.lowercased() ?? "") }
            guard let missing = columns.first(where: { !names.contains($0) }) else { continue }
            throw .notArchive(
                path: database.name, kind: "an MBTiles archive",
                reason: names.isEmpty ? "has no table \(table)" : "its table \(table) has no column \(missing)")
        }
    }

    private static func metadata(_ database: SQLiteFile) throws(TileArchiveError) -> [String: String] {
        var metadata: [String: String] = [:]
        let rows = try database.statement("SELECT name, value FROM metadata LIMIT 1000")
        while try rows.step() {
            if let name = rows.text(0), let value = rows.text(1), metadata[name] == nil { metadata[name] = value }
        }
        return metadata
    }

    private static func describe(
        _ database: SQLiteFile, _ metadata: [String: String]
    ) throws(TileArchiveError) -> TileSet {
        var reader = TileSetReader()
        do {
            if let json = metadata["json"] { try reader.read(Array(json.utf8)) }
            if let provenance = metadata["faro"] { try reader.readProvenance(Array(provenance.utf8)) }
        } catch {
            throw .damaged(path: database.name, part: "metadata", reason: "must hold JSON objects, but: \(error)")
        }
        reader.name = metadata["name"] ?? reader.name
        reader.summary = metadata["description"] ?? reader.summary
        reader.attribution = metadata["attribution"] ?? reader.attribution
        reader.pixels = metadata["tileSize"].flatMap { Int($0) } ?? reader.pixels
        let format = metadata["format"] ?? "none"
        guard let known = TileSet.Format(rawValue: format) else {
            throw .unsupported(
                path: database.name, what: "tiles of format", found: format, supported: "pbf or png")
        }
        let bounds = metadata["bounds"].flatMap(envelope) ?? TileSet.wholeWorld
        return reader.set(format: known, zooms: try zooms(database, metadata), bounds: bounds)
    }

    private static func zooms(
        _ database: SQLiteFile, _ metadata: [String: String]
    ) throws(TileArchiveError) -> ClosedRange<Int> {
        if let low = metadata["minzoom"].flatMap({ Int($0) }), let high = metadata["maxzoom"].flatMap({ Int($0) }) {
            guard 0 <= low, low <= high, high <= TileID.deepestZoom else {
                throw .damaged(
                    path: database.name, part: "metadata",
                    reason: "must have zooms within 0 to \(TileID.deepestZoom), but say \(low) to \(high)")
            }
            return low...high
        }
        let rows = try database.statement("SELECT min(zoom_level), max(zoom_level) FROM tiles")
        guard try rows.step(), rows.isInteger(0), rows.isInteger(1) else { return 0...0 }
        let (low, high) = (rows.integer(0), rows.integer(1))
        let range = 0...TileID.deepestZoom
        return range.contains(low) && range.contains(high) && low <= high ? low...high : range
    }

    private static func envelope(_ text: String) -> Envelope<LonLat>? {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            Array(part.utf8.filter { $0 != 0x20 }).withUnsafeBufferPointer { DecimalParser.double($0) ?? .nan }
        }
        guard numbers.count == 4, numbers.allSatisfy({ $0.isFinite }) else { return nil }
        return Envelope(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    }
}
