#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
public import SimpleFeatures

/// The square of web maps and its tiles, in our own arithmetic: no reference system has to be looked up per point.
///
/// ## Source
/// EPSG Guidance Note 7-2, method 1024 (Popular Visualisation Pseudo Mercator); tile numbering as in OGC 17-083r4,
/// annex D (`WebMercatorQuad`): column 0 in the west, row 0 in the north.
public enum WebMercator {
    /// Where the square ends: `atan(sinh(π))`.
    public static let maximumLatitude = 85.051_128_779_806_6
    /// Half the side of the square, in its metres.
    public static let halfSide = 6_378_137 * Double.pi
    /// Keys of deeper zooms would not fit 62 bits.
    public static let maximumZoom = 31

    /// The point on the plane of EPSG:3857. Latitudes beyond ±85.0511° count as the border; NaN stays NaN.
    public static func planar(_ place: LonLat) -> PlanarPoint {
        PlanarPoint(
            x: place.longitude / 180 * halfSide, y: (1 - 2 * fractionSouth(latitude: place.latitude)) * halfSide)
    }

    /// The place of a point on the plane of EPSG:3857.
    public static func lonLat(_ point: PlanarPoint) -> LonLat {
        LonLat(
            longitude: point.x / halfSide * 180, latitude: atan(sinh(point.y / halfSide * .pi)) * 180 / .pi)
    }

    /// The tile that holds a place; nil for NaN and infinity. Longitudes beyond ±180° and latitudes beyond ±85.0511°
    /// count as the border tile. `zoom` is held between 0 and ``maximumZoom``.
    public static func tile(longitude: Double, latitude: Double, zoom: Int) -> (x: Int, y: Int)? {
        guard longitude.isFinite, latitude.isFinite else { return nil }
        let side = Double(1 << min(max(zoom, 0), maximumZoom))
        // Held below the side before the conversion, so that no number can be too large for it.
        let x = min(max((longitude + 180) / 360 * side, 0), side - 1)
        let y = min(max(fractionSouth(latitude: latitude) * side, 0), side - 1)
        return (Int(x), Int(y))
    }

    /// The key of the tile that holds a place: the Morton code of its column and row, column in the even bits.
    ///
    /// Keys of neighbours are mostly near, and the key of a tile's parent is its own shifted right by two bits.
    /// - Returns: -1 where a coordinate is NaN or infinite.
    public static func cellKey(longitude: Double, latitude: Double, zoom: Int = 14) -> Int64 {
        guard let tile = tile(longitude: longitude, latitude: latitude, zoom: zoom) else { return -1 }
        // Both lie below 2³¹, so the code fits.
        return Int64(truncatingIfNeeded: Morton.number(x: UInt32(tile.x), y: UInt32(tile.y)))
    }

    /// The keys of a column of places; where one column is longer, its rest is left out.
    public static func cellKeys(longitudes: [Double], latitudes: [Double], zoom: Int = 14) -> [Int64] {
        zip(longitudes, latitudes).map { cellKey(longitude: $0, latitude: $1, zoom: zoom) }
    }

    /// The tile of a key; nil for a negative one.
    public static func tile(ofKey key: Int64) -> (x: Int, y: Int)? {
        guard key >= 0 else { return nil }
        return (Int(Morton.x(UInt64(key))), Int(Morton.y(UInt64(key))))
    }

    /// 0 at the northern border, 1 at the southern one.
    private static func fractionSouth(latitude: Double) -> Double {
        // Swift's max and min drop a NaN on one side only.
        guard !latitude.isNaN else { return .nan }
        let sine = sin(min(max(latitude, -maximumLatitude), maximumLatitude) * .pi / 180)
        return 0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi)
    }
}
