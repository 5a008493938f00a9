import Bytes
import Files
import SimpleFeatures
public import Tiles

/// Writes tiles into one SQLite file, which QGIS 3.22 and GDAL open.
///
/// Tiles go to the file as they come. Equal tiles are stored as often as they come: the plain table is what every reader
/// understands, and what repeats (an empty picture) is better left out. The file appears under its name when ``finish(_:)``
/// returns, or not at all.
///
/// ## Source
/// MBTiles 1.3.
public final class MBTilesWriter: TileArchiveWriter {
    // The connection goes first: the file that is given up must not be open any more.
    private var insertion: SQLiteStatement?
    private var database: SQLiteFile?
    private let staged: StagedOutput
    private var order = TileOrder()

    static let applicationID = 0x4D50_4258

    /// Begins an archive.
    /// - Throws: ``TileArchiveError/file(_:)`` where the file exists and `overwrite` is false, or cannot be written.
    public init(path: String, overwrite: Bool) throws(TileArchiveError) {
        staged = try TileArchiveError.ofFile { () throws(FileError) in
            try StagedOutput.file(path: path, overwrite: overwrite)
        }
        let database = try SQLiteFile(path: staged.temporary, name: path, readOnly: false)
        // Nobody sees the file before it is complete, so nothing needs to be undone: no journal, no waiting.
        try database.execute(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA application_id = \(Self.applicationID);
            BEGIN;
            CREATE TABLE metadata (name TEXT, value TEXT);
            CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
            """)
        insertion = try database.statement("INSERT INTO tiles VALUES (?, ?, ?, ?)")
        self.database = database
    }

    /// Takes a tile.
    /// - Throws: ``TileArchiveError``.
    public func append(_ tile: TileID, _ bytes: [UInt8]) throws(TileArchiveError) {
        guard let insertion else { throw closed }
        try order.take(tile, bytes)
        try insertion.run([tile.zoom, tile.x, tile.rowFromSouth], blob: bytes)
    }

    /// Completes the archive.
    /// - Throws: ``TileArchiveError``. Nothing is left behind then.
    public func finish(_ description: TileSet) throws(TileArchiveError) {
        guard let database else { throw closed }
        var description = description
        description.zooms = order.zooms ?? description.zooms
        let row = try database.statement("INSERT INTO metadata VALUES (?, ?)")
        for (name, value) in try Self.metadata(description) { try row.run(name, value) }
        // Built when all rows are there, it is sorted once and lies in one piece.
        try database.execute(
            """
            CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
            CREATE UNIQUE INDEX name ON metadata (name);
            """)
        insertion = nil
        try database.execute("COMMIT")
        self.database = nil
        try TileArchiveError.ofFile { () throws(FileError) in try staged.commit() }
    }

    private var closed: TileArchiveError {
        .file(.unwritable(path: staged.path, reason: "the output is closed"))
    }

    /// The rows of the table of metadata.
    private static func metadata(_ set: TileSet) throws(TileArchiveError) -> [(String, String)] {
        let (bounds, center) = (set.storedBounds, set.center)
        var rows = [
            ("name", set.name), ("format", set.format.rawValue),
            ("bounds", list([bounds.minX, bounds.minY, bounds.maxX, bounds.maxY])),
            ("center", list([center.place.longitude, center.place.latitude, Double(center.zoom)])),
            ("minzoom", "\(set.zooms.lowerBound)"), ("maxzoom", "\(set.zooms.upperBound)"),
            ("description", set.summary), ("type", "overlay"), ("version", "1"),
        ]
        if !set.attribution.isEmpty { rows.append(("attribution", set.attribution)) }
        if let pixels = set.pixels { rows.append(("tileSize", "\(pixels)")) }
        if set.format == .vector {
            var json = ByteWriter()
            json.byte(UInt8(ascii: "{"))
            set.writeLayers(into: &json)
            json.byte(UInt8(ascii: "}"))
            rows.append(("json", json.string))
        }
        if !set.members.isEmpty {
            var json = ByteWriter()
            try set.writeProvenance(into: &json)
            rows.append(("faro", json.string))
        }
        return rows
    }

    private static func list(_ numbers: [Double]) -> String {
        var text = ByteWriter()
        for (index, number) in numbers.enumerated() {
            if index > 0 { text.byte(UInt8(ascii: ",")) }
            text.fixed(number, decimals: 7)
        }
        return text.string
    }
}
