import Glibc
public import SimpleFeatures

/// A place on the square of the web-mercator world, as fractions of its side in units of 2⁻³²: `x` from 180° W eastwards,
/// `y` from the northern border southwards. A unit is 9 mm at the equator.
///
/// Whole numbers, so that every zoom and every tile rounds one and the same place: its tile at zoom `z` is the upper `z`
/// bits, its place within the tile the bits that follow.
///
/// ## Source
/// EPSG:3857; OGC *Two Dimensional Tile Matrix Set*, WebMercatorQuad.
public struct MercatorPosition: Hashable, Sendable {
    /// Beyond this latitude, north or south, the square has no place: 85.0511°.
    public static let northernmost = 85.051_128_779_806_59

    public var x: UInt32
    public var y: UInt32

    public init(x: UInt32, y: UInt32) {
        self.x = x
        self.y = y
    }

    /// - Returns: nil for a place beyond ``northernmost``, beyond 180°, or that is none.
    public init?(_ place: LonLat) {
        guard abs(place.longitude) <= 180, abs(place.latitude) <= Self.northernmost else { return nil }
        let (x, y) = Self.square(place)
        self.init(x: UInt32(clamping: Int64(x.rounded(.down))), y: UInt32(clamping: Int64(y.rounded(.down))))
    }

    /// The place on the square without rounding, in units of 2⁻³²; the latitude is taken as within ``northernmost``.
    public static func square(_ place: LonLat) -> (x: Double, y: Double) {
        let latitude = max(-northernmost, min(northernmost, place.latitude)) * .pi / 180
        return (
            (place.longitude / 360 + 0.5) * side, (0.5 - atanh(sin(latitude)) / (2 * .pi)) * side
        )
    }

    /// Longitude and latitude of a place on the square given in units of 2⁻³².
    public static func lonLat(x: Double, y: Double) -> LonLat {
        LonLat(
            longitude: (x / side - 0.5) * 360,
            latitude: asin(tanh((0.5 - y / side) * 2 * .pi)) * 180 / .pi)
    }

    /// Longitude and latitude of the middle of the unit.
    public var lonLat: LonLat { Self.lonLat(x: Double(x) + 0.5, y: Double(y) + 0.5) }

    /// The tile that holds the place. Zooms beyond ``TileID/deepestZoom`` are taken as that.
    public func tile(zoom: Int) -> TileID {
        let zoom = max(0, min(TileID.deepestZoom, zoom))
        let shift = UInt64(32 - zoom)
        return TileID(unchecked: zoom, x: Int(UInt64(x) >> shift), y: Int(UInt64(y) >> shift))
    }

    private static let side = 4_294_967_296.0
}
