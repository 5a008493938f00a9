public import Compression

/// Puts layers together to vector tiles: all tiles of some zooms into an archive, or one on request.
///
/// ## Size
/// A tile that is larger than ``sizeLimit`` after gzip has its largest layer (in bytes before gzip) coarsened by one step,
/// again and again, until it fits or nothing can be coarsened further. More features than a quarter of the limit's bytes count as
/// too large without being drawn or compressed. Nothing is ever left out.
///
/// A coarsened tile says so inside: it has a further layer, `faro`, with a point in its middle for each coarsened layer.
/// The point's properties are `layer`, its name; `coarsened`, how, in a few words; `step`, how many steps; `features`, how
/// many features the layer has in the tile; `features_in_full`, how many it would have in full detail, where that is
/// known; and `over_limit`, 1, where the tile is larger than the limit all the same.
///
/// ## Determinism
/// The same layers make the same bytes, with any number of threads.
public struct TilePyramid: Sendable {
    /// The name of the layer in which a tile says what was coarsened.
    public static let notesLayer = "faro"

    /// Less than a feature ever takes after gzip, but for features that are all alike.
    static let fewestBytesOfAFeature = 4

    public let layers: [any TileLayerSource]
    /// From the widest zoom to the deepest.
    public let zooms: ClosedRange<Int>
    /// The most bytes that a tile may have after gzip; nil for no limit.
    public var sizeLimit: Int? = 500_000
    /// How hard to compress, from 0 to 12.
    public var gzipLevel = 1
    /// How many threads draw at once; nil for one per processor.
    public var threads: Int?

    /// - Throws: ``TilePyramidError/layerName(_:)``.
    public init(layers: [any TileLayerSource], zooms: ClosedRange<Int>) throws(TilePyramidError) {
        var taken: Set = [Self.notesLayer]
        for source in layers where !taken.insert(source.layer.id).inserted { throw .layerName(source.layer.id) }
        self.layers = layers
        self.zooms = zooms.clamped(to: 0...TileID.deepestZoom)
    }

    /// Hands every tile that has something to an archive, in the order of ``TileID``, and leaves it open: the caller
    /// finishes it.
    ///
    /// - Parameter progress: told from time to time which share of the tiles is done; the work is given up when it
    ///   returns false.
    /// - Throws: ``TilePyramidError/cancelled``, `CompressionError`, and what the archive throws.
    /// - Complexity: memory for some tiles, not for all.
    public func write(
        to archive: any TileArchiveWriter, progress: ((Double) -> Bool)? = nil
    ) throws -> TilePyramidAccount {
        let everyTile = zooms.flatMap { tiles(zoom: $0) }
        let crew = try TileCrew(self)
        var account = TilePyramidAccount(layers: layers.map(\.layer.id))
        var done = 0
        while done < everyTile.count {
            let tiles = chunk(everyTile[done...])
            for (tile, drawn) in zip(tiles, crew.draw(tiles)) where !drawn.bytes.isEmpty {
                try archive.append(tile, drawn.bytes)
                account.add(tile, drawn)
            }
            done += tiles.count
            if let progress, !progress(Double(done) / Double(everyTile.count)) { throw TilePyramidError.cancelled }
        }
        return account
    }

    /// The layers as an archive describes them: with ``notesLayer`` where something was coarsened, since readers see only
    /// the layers that are described.
    public func describedLayers(_ account: TilePyramidAccount) -> [TileLayer] {
        let coarsened = account.zooms.filter { $0.value.coarsenedTiles > 0 }.keys.sorted()
        guard let widest = coarsened.first, let deepest = coarsened.last else { return layers.map(\.layer) }
        let fields = zip(Self.noteKeys, [.text, .text] + [TileLayer.Field.Kind](repeating: .number, count: 4))
        return layers.map(\.layer) + [
            TileLayer(
                id: Self.notesLayer, summary: "What was coarsened in a tile, in its middle", shape: .point,
                zooms: widest...deepest, fields: fields.map { TileLayer.Field($0, $1) })
        ]
    }

    static let noteKeys = ["layer", "coarsened", "step", "features", "features_in_full", "over_limit"]

    /// One tile as it stands in the archive, compressed with gzip; nil where no layer has something.
    public func tile(_ tile: TileID) throws(CompressionError) -> [UInt8]? {
        let drawn = try draw(tile, isCompressed: true)
        return drawn.bytes.isEmpty ? nil : drawn.bytes
    }

    /// One tile before compression, with the same content; nil where no layer has something. It is compressed on the way
    /// only if its size leaves a doubt about the limit.
    public func message(_ tile: TileID) throws(CompressionError) -> [UInt8]? {
        let drawn = try draw(tile, isCompressed: false)
        return drawn.bytes.isEmpty ? nil : drawn.bytes
    }

    private func draw(_ tile: TileID, isCompressed: Bool) throws(CompressionError) -> DrawnTile {
        guard zooms.contains(tile.zoom) else { return DrawnTile() }
        return try TileDrawing(self).draw(tile, isCompressed: isCompressed)
    }

    /// The tiles of a zoom in which some layer has something, in their order.
    private func tiles(zoom: Int) -> [TileID] {
        let lists = layers.map { $0.tiles(zoom: zoom) }.filter { !$0.isEmpty }
        guard lists.count > 1 else { return lists.first ?? [] }
        let numbers = Set(lists.joined().map(\.number)).sorted()
        return numbers.compactMap { TileID(number: $0) }
    }

    /// As many of the next tiles as are drawn before they are written: few where they are full.
    private func chunk(_ tiles: ArraySlice<TileID>) -> [TileID] {
        var features = 0
        var count = 0
        for tile in tiles.prefix(128) {
            count += 1
            features += layers.reduce(0) { $0 + ($1.features(in: tile, coarsening: 0) ?? 1000) }
            if features > 1_000_000 { break }
        }
        return Array(tiles.prefix(count))
    }
}

/// Why a pyramid of tiles could not be written.
public enum TilePyramidError: Error, Hashable, Sendable, CustomStringConvertible {
    case layerName(String)
    case cancelled

    public var description: String {
        switch self {
        case .layerName(let name):
            "layers must have names of their own other than \(TilePyramid.notesLayer), but \(name) is taken"
        case .cancelled: "writing the tiles was given up"
        }
    }
}
