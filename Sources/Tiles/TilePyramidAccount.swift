/// What was written of a pyramid: tiles, features, and what was coarsened.
public struct TilePyramidAccount: Hashable, Sendable {
    /// One zoom's part.
    public struct Zoom: Hashable, Sendable {
        public var tiles = 0
        /// Features of each layer, in the order of ``TilePyramidAccount/layers``.
        public var features: [Int]
        /// Tiles in which a layer was coarsened.
        public var coarsenedTiles = 0
        /// In how many tiles a layer was coarsened in each way, by *layer: way*.
        public var coarsenings: [String: Int] = [:]
        /// Tiles larger than the limit though nothing could be coarsened further.
        public var tilesOverLimit = 0
    }

    public let layers: [String]
    public private(set) var zooms: [Int: Zoom] = [:]
    /// Of all tiles as stored.
    public private(set) var bytes = 0
    public private(set) var largestTile = 0

    init(layers: [String]) { self.layers = layers }

    public var tiles: Int { zooms.values.reduce(0) { $0 + $1.tiles } }
    public var coarsenedTiles: Int { zooms.values.reduce(0) { $0 + $1.coarsenedTiles } }

    mutating func add(_ tile: TileID, _ drawn: DrawnTile) {
        bytes += drawn.bytes.count
        largestTile = max(largestTile, drawn.bytes.count)
        var zoom = zooms[tile.zoom] ?? Zoom(features: [Int](repeating: 0, count: layers.count))
        zoom.tiles += 1
        for (layer, features) in drawn.features.enumerated() { zoom.features[layer] += features }
        if !drawn.coarsened.isEmpty { zoom.coarsenedTiles += 1 }
        if drawn.isOverLimit { zoom.tilesOverLimit += 1 }
        for note in drawn.coarsened { zoom.coarsenings["\(layers[note.layer]): \(note.sentence)", default: 0] += 1 }
        zooms[tile.zoom] = zoom
    }
}
