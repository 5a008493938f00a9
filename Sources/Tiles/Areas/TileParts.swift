/// The parts of areas in the tiles of one zoom: what is left to do is to write them down.
struct TileParts: Sendable {
    /// The tiles that have something, ascending in the order of ``TileID``.
    private(set) var tiles: [TileID] = []
    /// What tile `t` has is `features[tileStarts[t]..<tileStarts[t + 1]]`, ascending by area.
    private(set) var tileStarts: [Int] = []
    private(set) var features: [Feature] = []
    private var points: [TilePoint]
    private var ringEnds: [Int]

    /// One area in one tile.
    struct Feature: Sendable {
        var area: Int32
        /// Whether the area is too small for the zoom's grid and drawn as a square.
        var isSquare: Bool
        fileprivate var rings: Range<Int>
    }

    /// - Complexity: O(features · log features).
    init(_ collected: consuming TilePartsCollector) {
        points = collected.points
        ringEnds = collected.ringEnds
        let entries = collected.entries.sorted { ($0.tile, $0.feature.area) < ($1.tile, $1.feature.area) }
        features.reserveCapacity(entries.count)
        for entry in entries {
            if tiles.last?.number != entry.tile, let tile = TileID(number: entry.tile) {
                tiles.append(tile)
                tileStarts.append(features.count)
            }
            features.append(entry.feature)
        }
        tileStarts.append(features.count)
    }

    /// The features of a tile.
    /// - Complexity: O(log tiles).
    func features(in tile: TileID) -> ArraySlice<Feature> {
        let number = tile.number
        var (low, high) = (0, tiles.count)
        while low < high {
            let middle = (low + high) / 2
            if tiles[middle].number < number { low = middle + 1 } else { high = middle }
        }
        guard low < tiles.count, tiles[low] == tile else { return [] }
        return features[tileStarts[low]..<tileStarts[low + 1]]
    }

    /// The rings of a feature: each exterior followed by its holes.
    func rings(of feature: Feature) -> [[TilePoint]] {
        feature.rings.map { ring in Array(points[(ring == 0 ? 0 : ringEnds[ring - 1])..<ringEnds[ring]]) }
    }
}

/// Gathers ``TileParts``, area by area.
struct TilePartsCollector {
    fileprivate struct Entry {
        var tile: UInt64
        var feature: TileParts.Feature
    }

    fileprivate var points: [TilePoint] = []
    fileprivate var ringEnds: [Int] = []
    fileprivate var entries: [Entry] = []

    /// What the area under way has in each tile, as polygons with their holes.
    private var underWay: [UInt64: [[[TilePoint]]]] = [:]

    /// Takes a polygon of the area under way.
    mutating func append(_ tile: TileID, _ polygon: [[TilePoint]]) {
        underWay[tile.number, default: []].append(polygon)
    }

    /// Ends an area.
    /// - Returns: whether any tile has something of it.
    mutating func finish(area: Int, isSquare: Bool) -> Bool {
        for (tile, polygons) in underWay.sorted(by: { $0.key < $1.key }) {
            let start = ringEnds.count
            for ring in polygons.joined() {
                points.append(contentsOf: ring)
                ringEnds.append(points.count)
            }
            let feature = TileParts.Feature(
                area: Int32(truncatingIfNeeded: area), isSquare: isSquare, rings: start..<ringEnds.count)
            entries.append(Entry(tile: tile, feature: feature))
        }
        defer { underWay.removeAll(keepingCapacity: true) }
        return !underWay.isEmpty
    }
}
