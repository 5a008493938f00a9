/// Where finished tiles go: a file or a folder.
///
/// Nothing appears under its final name before ``finish(_:)``; an archive that goes away earlier leaves nothing behind.
public protocol TileArchiveWriter: AnyObject {
    /// Takes a tile's bytes as they will be served: vector tiles already compressed with gzip.
    ///
    /// Tiles come in the order of ``TileID``: zoom by zoom, each along the Hilbert curve, no tile twice.
    func append(_ tile: TileID, _ bytes: [UInt8]) throws

    /// Completes the archive with what it says of itself, and gives it its name.
    func finish(_ description: TileSet) throws
}

/// An archive of tiles that exists, for reading.
public protocol TileArchive: AnyObject {
    /// What the archive says of itself.
    var description: TileSet { get }
    /// A tile's bytes as stored; nil where the archive has no such tile.
    func tile(_ tile: TileID) throws -> [UInt8]?
    /// Every tile that the archive has, each once, in the archive's own order.
    func forEachTile(_ body: (TileID, [UInt8]) throws -> Void) throws
}
