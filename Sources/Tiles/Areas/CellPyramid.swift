public import SimpleFeatures

/// The cells of a grid in metres as a layer of vector tiles: squares or hexagons with counts, densities, classes.
///
/// Wide zooms show larger cells than deep ones, so a pyramid has levels: each holds the cells of one size, and the
/// zooms at which they are drawn. Corners are rounded to a zoom's grid and nothing is simplified, so cells whose
/// corners are given equally have no gap between them at any zoom.
///
/// A cell that crosses the border of tiles is in each tile that it touches, under the same id and with the same
/// attributes: sums over a layer's tiles are over distinct ids.
public struct CellPyramid: TileLayerSource {
    /// The cells of one size.
    public struct Level: Sendable {
        /// The zooms at which they are drawn. Where two levels have a zoom, the earlier one is drawn.
        public var zooms: ClosedRange<Int>
        /// The ring around each cell, closed or not, either way round. Neighbours must give their common corners
        /// equally.
        public var outlines: [[LonLat]]
        /// Of each cell; no two of one level equal.
        public var ids: [UInt64]
        /// Attributes, one value per cell; the same columns at each level.
        public var columns: [AttributeColumn]

        public init(zooms: ClosedRange<Int>, outlines: [[LonLat]], ids: [UInt64], columns: [AttributeColumn]) {
            self.zooms = zooms
            self.outlines = outlines
            self.ids = ids
            self.columns = columns
        }
    }

    public let layer: TileLayer
    /// What was not as it should be, level by level; ``AreaAccount/rowsWithoutPlace`` are rows of that level.
    public var accounts: [AreaAccount] { levels.map(\.tiling.account) }

    private let levels: [(rows: AreaRows, tiling: AreaTiling)]
    private let levelOfZoom: [Int: Int]

    /// - Parameters:
    ///   - buffer: how far tiles reach beyond their borders, in units of 1/4096 tile, at most 2048.
    ///   - threads: how many zooms are cut at once; nil for as many as there are processors.
    /// - Complexity: O(corners), and what the tiles of all zooms will hold.
    public init(layer: TileLayer, levels: [Level], buffer: Int = 64, threads: Int? = nil) {
        self.layer = layer
        var levelOfZoom: [Int: Int] = [:]
        for (index, level) in levels.enumerated() {
            for zoom in level.zooms.clamped(to: 0...TileID.deepestZoom) where levelOfZoom[zoom] == nil {
                levelOfZoom[zoom] = index
            }
        }
        self.levelOfZoom = levelOfZoom
        self.levels = levels.map { level in
            let rows = AreaRows(ids: level.ids, columns: level.columns, count: level.outlines.count)
            let areas = level.outlines.map { MultiPolygon([Polygon(exterior: $0)]) }
            let tiling = AreaTiling(
                areas, order: rows.order, zooms: level.zooms.clamped(to: 0...TileID.deepestZoom), buffer: buffer,
                simplifies: false, threads: threads)
            return (rows, tiling)
        }
    }

    public func tiles(zoom: Int) -> [TileID] {
        levelOfZoom[zoom].flatMap { levels[$0].tiling.zooms[zoom]?.tiles } ?? []
    }

    public func features(in tile: TileID, coarsening: Int) -> Int? {
        levelOfZoom[tile.zoom].flatMap { levels[$0].tiling.zooms[tile.zoom]?.features(in: tile).count } ?? 0
    }

    /// Cells have no detail to lose, so there is one step only.
    @discardableResult
    public func append(_ tile: TileID, coarsening: Int, to bytes: inout [UInt8]) -> TileLayerAccount {
        guard let index = levelOfZoom[tile.zoom] else { return TileLayerAccount(features: 0) }
        let level = levels[index]
        return level.rows.append(tile, of: level.tiling.parts(of: tile, coarsening: 0), layer.id, to: &bytes)
    }

    public var coarsestStep: Int { 0 }
}
