public import SimpleFeatures

/// Areas as a layer of vector tiles: municipalities, neighbourhoods, police sectors.
///
/// Borders are simplified for each zoom and rounded to its grid, once for the areas on both of their sides, so that
/// neighbours which share a border in the data share it at every zoom: no gaps, no overlaps that were not there. Where
/// one's border has a vertex that the other's lacks, the two are not the same border, and may part by a unit or two.
///
/// Every area is drawn at every zoom. One too small for the grid is a square of two units (a quarter of a pixel) at its
/// place; islands and holes too small for it are left out. In each tile an area is one feature, clipped to the tile
/// with a buffer. An area in several tiles has the same id in each, so sums are over distinct ids.
///
/// ## Units
/// A unit is 1/4096 of a tile's side. No border is further than one unit from where it is, and half a unit of rounding.
///
/// ## Validity
/// Exteriors run clockwise as one sees them, holes the other way; rings are simple. Where simplifying or rounding makes
/// an area's borders touch or cross each other, points are put in at the crossings, for both neighbours, and its rings
/// are traced anew.
///
/// ## Source
/// *Mapbox Vector Tile Specification* 2.1, section 4.3.4; see also ``TileLayerSource``.
public struct AreaPyramid: TileLayerSource {
    public let layer: TileLayer
    /// What was not as it should be.
    public var account: AreaAccount { tiling.account }

    private let tiling: AreaTiling
    private let rows: AreaRows

    /// - Parameters:
    ///   - layer: its zooms are those that will be made, at most 0 to ``TileID/deepestZoom``.
    ///   - areas: exteriors and holes may wind either way. Positions without number are left out, those beyond the
    ///     square of the world moved to its border: ``account``.
    ///   - ids: of each area; no two ought to be equal. Tiles have areas in ascending order of ids, whatever the order
    ///     of the rows.
    ///   - columns: attributes, one value per area.
    ///   - buffer: how far tiles reach beyond their borders, in units, at most 2048.
    ///   - threads: how many zooms are cut at once; nil for as many as there are processors. The tiles do not depend on
    ///     it.
    /// - Complexity: O(vertices · log vertices), and what the tiles of all zooms will hold, which stays in memory: 8
    ///   bytes a point.
    public init(
        layer: TileLayer, areas: [MultiPolygon<LonLat>], ids: [UInt64], columns: [AttributeColumn], buffer: Int = 64,
        threads: Int? = nil
    ) {
        self.layer = layer
        rows = AreaRows(ids: ids, columns: columns, count: areas.count)
        tiling = AreaTiling(
            areas, order: rows.order, zooms: layer.zooms.clamped(to: 0...TileID.deepestZoom), buffer: buffer,
            simplifies: true, threads: threads)
    }

    public func tiles(zoom: Int) -> [TileID] { tiling.zooms[zoom]?.tiles ?? [] }

    public func features(in tile: TileID, coarsening: Int) -> Int? {
        coarsening > 0 ? nil : tiling.zooms[tile.zoom]?.features(in: tile).count ?? 0
    }

    /// Each step of coarsening doubles the distance that borders may be moved.
    @discardableResult
    public func append(_ tile: TileID, coarsening: Int, to bytes: inout [UInt8]) -> TileLayerAccount {
        let step = max(0, min(coarsestStep, coarsening))
        let account = rows.append(tile, of: tiling.parts(of: tile, coarsening: step), layer.id, to: &bytes)
        guard step > 0 else { return account }
        let simplified = "borders simplified to \(1 << step)/4096 of the tile"
        return TileLayerAccount(
            features: account.features, coarsened: account.coarsened.map { "\(simplified); \($0)" } ?? simplified)
    }

    /// 64 units: eight pixels.
    public var coarsestStep: Int { 6 }
}

/// The ids and attributes of areas, in the order in which tiles have them.
struct AreaRows: Sendable {
    /// The rows by ascending id.
    let order: [Int]
    private let ids: [UInt64]
    private let columns: [AttributeColumn]

    init(ids: [UInt64], columns: [AttributeColumn], count: Int) {
        self.ids = ids
        self.columns = columns
        order = (0..<count).sorted { left, right in
            let (leftID, rightID) = (
                left < ids.count ? ids[left] : .max, right < ids.count ? ids[right] : .max
            )
            return (leftID, left) < (rightID, right)
        }
    }

    /// Appends the layer of a tile; nothing where the tile has none.
    func append(_ tile: TileID, of parts: TileParts?, _ name: String, to bytes: inout [UInt8]) -> TileLayerAccount {
        guard let parts else { return TileLayerAccount(features: 0) }
        var layer = VectorTileLayer(name: name, columns: columns)
        var squares = 0
        for feature in parts.features(in: tile) {
            let row = order[Int(feature.area)]
            layer.polygon(id: row < ids.count ? ids[row] : nil, rings: parts.rings(of: feature), row: row)
            if feature.isSquare { squares += 1 }
        }
        guard layer.count > 0 else { return TileLayerAccount(features: 0) }
        layer.append(to: &bytes)
        return TileLayerAccount(
            features: layer.count,
            coarsened: squares == 0 ? nil : "areas below a unit drawn as squares of two units: \(squares)")
    }
}
