/// Where finished tiles go: a file or a folder.
///
/// Nothing appears under its final name before ``finish(_:)``; an archive that goes away earlier leaves nothing behind.
public protocol TileArchiveWriter: AnyObject {
    /// Takes a tile's bytes as they will be served: vector tiles already compressed with gzip.
    ///
    /// Tiles come in the order of ``TileID``: zoom by zoom, each along the Hilbert curve, no tile twice.
    /// - Throws: ``TileArchiveError/outOfOrder(_:after:)``, ``TileArchiveError/emptyTile(_:)``, and what writing throws.
    func append(_ tile: TileID, _ bytes: [UInt8]) throws

    /// Completes the archive with what it says of itself, and gives it its name.
    ///
    /// The zooms are those of the tiles that came; the description's count where none did.
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
    /// Counts the tiles and holds the archive to the rules of its format.
    ///
    /// What is wrong is listed, not thrown; thrown is only what keeps from going on, such as a disk that fails.
    func check(_ depth: TileArchiveCheck.Depth) throws -> TileArchiveCheck
}

/// Holds a writer's tiles to their order, and remembers which zooms came.
package struct TileOrder {
    package private(set) var zooms: ClosedRange<Int>?
    private var last: TileID?

    package init() {}

    package mutating func take(_ tile: TileID, _ bytes: [UInt8]) throws(TileArchiveError) {
        if let last, !(last < tile) { throw .outOfOrder(tile, after: last) }
        guard !bytes.isEmpty else { throw .emptyTile(tile) }
        last = tile
        zooms = (zooms?.lowerBound ?? tile.zoom)...tile.zoom
    }
}
