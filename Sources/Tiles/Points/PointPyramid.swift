public import SimpleFeatures

/// Points as a layer of vector tiles at every zoom: each point by itself, or merged into counts below a zoom.
///
/// Points have no buffer: each is in exactly one tile of each zoom, the one that its place lies in, so that the sum over
/// the tiles of a zoom is the table. A feature without the property `count` is one point.
///
/// ## Merged points
/// Below ``Merging/below``, and where a tile is coarsened, the points of one cell of a grid become one feature:
/// - its place is the mean of its points;
/// - `count`, always there, is how many they are, 1 included;
/// - `weight` is the sum of their weights, where points have weights;
/// - `count_`*text* is how many have that text, for the columns asked for; left out where it would be 0; no text may
///   stand in two of them;
/// - a cell of a single point keeps that point's place, id and attributes; others have no id and no other properties.
///
/// All are sums of whole numbers (weights in millionths), so that they do not depend on any order, and the counts of a
/// zoom are those of the next folded together.
///
/// ## Order
/// A tile has its points along the Morton curve, those of one place by id, those without ids as they came. With ids that
/// differ, the order of the rows changes nothing.
///
/// ## Coarsening
/// Step *c* merges the points of a tile on a grid with cells of 2^*c* units of 1/4096 tile; where points are merged
/// already, each step doubles the side of the cells. The last, 12, makes a tile one feature. Nothing is left out.
public struct PointPyramid: TileLayerSource {
    /// From which zoom on points are drawn one by one, and how they are merged in wider ones.
    public struct Merging: Hashable, Sendable {
        /// Points are merged at all zooms below this one.
        public var below: Int
        /// A tile has 2^cellBits cells along a side: 6 for 64, each 8 pixels of a tile drawn with 512. From 0 to 12.
        public var cellBits: Int
        /// Names of columns of texts; merged points are counted by each of their texts.
        public var countsBy: [String]

        public init(below: Int, cellBits: Int = 6, countsBy: [String] = []) {
            self.below = below
            self.cellBits = max(0, min(12, cellBits))
            self.countsBy = countsBy
        }
    }

    public let layer: TileLayer
    public let merging: Merging
    /// How many points were left out, since the square of web mercator has no place for them.
    public let leftOut: Int
    let table: PointTable
    let groups: PointGroups
    /// Of each zoom of the layer in which points are merged, its cells.
    private var levels: [Int: CellLevel] = [:]

    static let extentBits = 12

    /// - Parameters:
    ///   - points: best given up by the caller (`consume`), or they are in memory twice.
    ///   - merging: `below` 0 draws points one by one at every zoom.
    /// - Throws: ``PointPyramidError``.
    /// - Complexity: O(points · (attributes + merged zooms)) time; 16 bytes per point and 12 per attribute of a point.
    public init(
        layer id: String, summary: String = "", zooms: ClosedRange<Int>, points: consuming PointColumns,
        merging: Merging = Merging(below: 0)
    ) throws(PointPyramidError) {
        leftOut = points.leftOut
        let zooms = zooms.clamped(to: 0...TileID.deepestZoom)
        let table = try PointTable(points, isLinked: zooms.upperBound >= merging.below)
        let groups = try PointGroups(table, by: merging.countsBy)
        // Also where nothing is merged, for tiles may be coarsened, and readers see only what a layer says it has.
        let names = ["count"] + (table.millionths.isEmpty ? [] : ["weight"]) + groups.names
        var taken: Set<String> = []
        for name in table.names + names where !taken.insert(name).inserted { throw .nameTaken(name) }
        let attributes = zip(table.names, table.kinds).map { TileLayer.Field($0, $1 == .text ? .text : .number) }
        layer = TileLayer(
            id: id, summary: summary, shape: .point, zooms: zooms,
            fields: attributes + names.map { TileLayer.Field($0, .number) })
        (self.table, self.groups, self.merging) = (table, groups, merging)
        fold()
    }

    /// How many points the tiles of a zoom have together.
    public var count: Int { table.count }
    /// Around all points that are in tiles; empty where there are none.
    /// - Complexity: O(points).
    public var bounds: Envelope<LonLat> {
        var (west, east, north, south) = (UInt32.max, UInt32.min, UInt32.max, UInt32.min)
        for key in table.keys {
            let (x, y) = (Morton.x(key), Morton.y(key))
            (west, east, north, south) = (min(west, x), max(east, x), min(north, y), max(south, y))
        }
        guard count > 0 else { return .empty }
        let (first, last) = (MercatorPosition(x: west, y: north).lonLat, MercatorPosition(x: east, y: south).lonLat)
        return Envelope(minX: first.longitude, minY: last.latitude, maxX: last.longitude, maxY: first.latitude)
    }
    public var coarsestStep: Int { Self.extentBits }

    public func tiles(zoom: Int) -> [TileID] {
        guard layer.zooms.contains(zoom) else { return [] }
        let shift = UInt64(64 - 2 * zoom)
        var numbers: [UInt64] = []
        var row = 0
        while row < table.count {
            let key = table.keys[row]
            let (x, y) = (Int(Morton.x(key)) >> (32 - zoom), Int(Morton.y(key)) >> (32 - zoom))
            numbers.append(TileID(unchecked: zoom, x: x, y: y).number)
            row = table.firstRow(from: row) { $0 >> shift > key >> shift }
        }
        return numbers.sorted().compactMap { TileID(number: $0) }
    }

    /// - Complexity: O(log points) in full detail, O(points of the tile) otherwise.
    public func features(in tile: TileID, coarsening: Int) -> Int? {
        guard layer.zooms.contains(tile.zoom) else { return 0 }
        let rows = table.rows(of: tile)
        guard let bits = cellBits(tile.zoom, coarsening) else { return rows.count }
        guard let level = levels[tile.zoom] else { return table.cellCount(rows, bits: tile.zoom + bits) }
        let cells = level.cells(of: rows)
        return bits == merging.cellBits ? cells.count : level.cellCount(cells, bits: tile.zoom + bits, table)
    }

    public func append(_ tile: TileID, coarsening: Int, to bytes: inout [UInt8]) -> TileLayerAccount {
        let rows = layer.zooms.contains(tile.zoom) ? table.rows(of: tile) : 0..<0
        guard !rows.isEmpty else { return TileLayerAccount(features: 0) }
        guard let bits = cellBits(tile.zoom, coarsening) else {
            PointTileMessage(table).append(rows, tile, layer: layer.id, to: &bytes)
            return TileLayerAccount(features: rows.count)
        }
        let sentence = "points merged in cells of 1/\(1 << bits) tile"
        guard let level = levels[tile.zoom] else {
            let cells = CellLevel(table, rows, bits: tile.zoom + bits, groups)
            return append(cells, 0..<cells.count, tile, coarsened: sentence, to: &bytes)
        }
        let cells = level.cells(of: rows)
        guard bits < merging.cellBits else { return append(level, cells, tile, coarsened: nil, to: &bytes) }
        let coarser = CellLevel(folding: level, cells, bits: tile.zoom + bits, table, groups)
        return append(coarser, 0..<coarser.count, tile, coarsened: sentence, to: &bytes)
    }

    /// A tile has 2^this cells along a side; nil where points are drawn one by one.
    private func cellBits(_ zoom: Int, _ coarsening: Int) -> Int? {
        let step = max(0, min(coarsestStep, coarsening))
        if levels[zoom] != nil { return max(0, merging.cellBits - step) }
        return step == 0 ? nil : Self.extentBits - step
    }

    private func append(
        _ level: CellLevel, _ cells: Range<Int>, _ tile: TileID, coarsened: String?, to bytes: inout [UInt8]
    ) -> TileLayerAccount {
        var message = CellTileMessage(table, groups)
        message.append(level, cells, tile, layer: layer.id, to: &bytes)
        return TileLayerAccount(features: cells.count, coarsened: coarsened)
    }

    /// Counts the deepest merged zoom from the points, and every other from the one below it.
    private mutating func fold() {
        let deepest = min(merging.below - 1, layer.zooms.upperBound)
        guard table.count > 0, deepest >= layer.zooms.lowerBound else { return }
        var level = CellLevel(table, 0..<table.count, bits: deepest + merging.cellBits, groups)
        levels[deepest] = level
        for zoom in (layer.zooms.lowerBound..<deepest).reversed() {
            level = CellLevel(folding: level, 0..<level.count, bits: zoom + merging.cellBits, table, groups)
            levels[zoom] = level
        }
    }
}
