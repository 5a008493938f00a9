/// Something that draws itself as a layer of vector tiles: incidents, areas, cells.
///
/// Sources are immutable, so several threads ask one at once.
public protocol TileLayerSource: Sendable {
    /// What the layer says of itself.
    var layer: TileLayer { get }

    /// The tiles of a zoom in which the layer has something, ascending in the order of ``TileID``.
    func tiles(zoom: Int) -> [TileID]

    /// How many features the tile has at a step of coarsening; nil where that is not known before it is drawn.
    ///
    /// The assembly goes by it: what cannot fit is not drawn.
    func features(in tile: TileID, coarsening: Int) -> Int?

    /// Appends the layer's protobuf message (field 3 of a tile, with its tag and length) for one tile; nothing where the
    /// layer has no feature there.
    ///
    /// - Parameter coarsening: 0 for full detail. Each step more makes the layer smaller in the way the source documents
    ///   (merging points into counts, simplifying lines), and never leaves out a row.
    /// - Returns: what was written, and how it was coarsened.
    func append(_ tile: TileID, coarsening: Int, to bytes: inout [UInt8]) -> TileLayerAccount

    /// The last step of coarsening that makes a difference.
    var coarsestStep: Int { get }
}

extension TileLayerSource {
    public func features(in tile: TileID, coarsening: Int) -> Int? { nil }
}

/// What a source wrote into one tile.
public struct TileLayerAccount: Hashable, Sendable {
    public var features: Int
    /// In a few words what was coarsened, such as `points merged on 1/512 of the tile`; nil for full detail.
    public var coarsened: String?

    public init(features: Int, coarsened: String? = nil) {
        self.features = features
        self.coarsened = coarsened
    }
}
