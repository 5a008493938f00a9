public import SimpleFeatures

/// One square of the web-mercator pyramid: the world at zoom 0, four times as many squares at every further zoom.
///
/// `x` counts columns from 180° W eastwards, `y` rows from 85.05° N southwards, as in XYZ addresses. Tiles are ordered by
/// zoom and, within a zoom, along the Hilbert curve, which is the order of PMTiles and keeps neighbours together.
///
/// ## Source
/// OGC *Two Dimensional Tile Matrix Set*, WebMercatorQuad; PMTiles version 3, section 4.1 (`TileID`).
public struct TileID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The deepest zoom that a position of 32 bits resolves to units of 1/4096 tile.
    public static let deepestZoom = 20

    public let zoom: Int
    public let x: Int
    public let y: Int

    /// - Returns: nil unless the zoom lies in 0 to ``deepestZoom`` and has such a column and row.
    public init?(zoom: Int, x: Int, y: Int) {
        guard (0...Self.deepestZoom).contains(zoom) else { return nil }
        let side = 1 << zoom
        guard (0..<side).contains(x), (0..<side).contains(y) else { return nil }
        self.init(unchecked: zoom, x: x, y: y)
    }

    init(unchecked zoom: Int, x: Int, y: Int) {
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The one tile of zoom 0.
    public static let world = TileID(unchecked: 0, x: 0, y: 0)

    /// `z/x/y`.
    public var description: String { "\(zoom)/\(x)/\(y)" }

    /// The tile of the zoom above that holds this one; nil for the world.
    public var parent: TileID? { zoom == 0 ? nil : TileID(unchecked: zoom - 1, x: x >> 1, y: y >> 1) }

    /// The row counted from the south, as MBTiles stores it.
    public var rowFromSouth: Int { (1 << zoom) - 1 - y }

    public static func < (left: TileID, right: TileID) -> Bool { left.number < right.number }

    /// The tile's number on the curve that visits zoom after zoom, each along its Hilbert curve.
    /// - Complexity: O(zoom).
    public var number: UInt64 {
        var (x, y) = (UInt64(x), UInt64(y))
        var distance: UInt64 = 0
        var side: UInt64 = (1 << UInt64(zoom)) >> 1
        while side > 0 {
            let (right, down): (UInt64, UInt64) = (x & side > 0 ? 1 : 0, y & side > 0 ? 1 : 0)
            distance += side * side * ((3 * right) ^ down)
            if down == 0 {
                if right == 1 { (x, y) = (side &- 1 &- x, side &- 1 &- y) }
                swap(&x, &y)
            }
            side >>= 1
        }
        return Self.tilesAbove(zoom) + distance
    }

    /// The tile of a number on the curve; nil beyond ``deepestZoom``.
    /// - Complexity: O(zoom).
    public init?(number: UInt64) {
        guard let zoom = (0...Self.deepestZoom).last(where: { Self.tilesAbove($0) <= number }),
            number < Self.tilesAbove(zoom + 1)
        else { return nil }
        var distance = number - Self.tilesAbove(zoom)
        var (x, y): (UInt64, UInt64) = (0, 0)
        var side: UInt64 = 1
        while side < 1 << UInt64(zoom) {
            let right = 1 & (distance / 2)
            let down = 1 & (distance ^ right)
            if down == 0 {
                if right == 1 { (x, y) = (side - 1 - x, side - 1 - y) }
                swap(&x, &y)
            }
            (x, y) = (x + side * right, y + side * down)
            distance /= 4
            side *= 2
        }
        self.init(unchecked: zoom, x: Int(x), y: Int(y))
    }

    /// How many tiles all zooms above one have: (4^zoom − 1) / 3.
    static func tilesAbove(_ zoom: Int) -> UInt64 { ((1 << (2 * UInt64(zoom))) - 1) / 3 }

    /// West, south, east and north in degrees.
    public var bounds: Envelope<LonLat> {
        let shift = UInt64(32 - zoom)
        let northWest = MercatorPosition.lonLat(x: Double(UInt64(x) << shift), y: Double(UInt64(y) << shift))
        let southEast = MercatorPosition.lonLat(x: Double(UInt64(x + 1) << shift), y: Double(UInt64(y + 1) << shift))
        return Envelope(
            minX: northWest.longitude, minY: southEast.latitude, maxX: southEast.longitude, maxY: northWest.latitude)
    }
}
