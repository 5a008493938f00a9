import Glibc
import SimpleFeatures

/// A vertex as the boundary files print it: whole millionths of a degree, so that neighbours share it exactly.
struct Vertex: Hashable {
    var longitude: Int32
    var latitude: Int32

    /// The nearest vertex to a place. Places of the city are far from the limits of the type.
    init(_ place: LonLat) {
        longitude = Int32(clamping: Int64((place.longitude * 1e6).rounded()))
        latitude = Int32(clamping: Int64((place.latitude * 1e6).rounded()))
    }

    var place: LonLat { LonLat(longitude: Double(longitude) / 1e6, latitude: Double(latitude) / 1e6) }
}

/// Where the city lies: its local metres, eastward and northward of ``origin`` in UTM zone 13 north (EPSG:32613).
enum MapPosition {
    static let origin = PlanarPoint(x: 689_000, y: 2_943_000)

    static func utm(_ point: PlanarPoint) -> PlanarPoint { PlanarPoint(x: point.x + origin.x, y: point.y + origin.y) }

    /// Longitude and latitude of a local point.
    ///
    /// Krüger's series to the third order (Karney 2011, equations 12 and 36), true to a millimetre in the zone.
    static func place(_ point: PlanarPoint) -> LonLat {
        let n = flattening / (2 - flattening)
        let radius = semiMajorAxis / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64) * 0.9996
        let beta = [n / 2 - 2 * n * n / 3 + 37 * n * n * n / 96, n * n / 48 + n * n * n / 15, 17 * n * n * n / 480]
        let delta = [2 * n - 2 * n * n / 3 - 2 * n * n * n, 7 * n * n / 3 - 8 * n * n * n / 5, 56 * n * n * n / 15]
        let (xi, eta) = ((point.y + origin.y) / radius, (point.x + origin.x - 500_000) / radius)
        var (north, east) = (xi, eta)
        for order in 0..<3 {
            let multiple = Double(2 * (order + 1))
            north -= beta[order] * sin(multiple * xi) * cosh(multiple * eta)
            east -= beta[order] * cos(multiple * xi) * sinh(multiple * eta)
        }
        let conformal = asin(sin(north) / cosh(east))
        var latitude = conformal
        for order in 0..<3 { latitude += delta[order] * sin(Double(2 * (order + 1)) * conformal) }
        let longitude = atan2(sinh(east), cos(north))
        return LonLat(longitude: -105 + longitude * 180 / .pi, latitude: latitude * 180 / .pi)
    }

    /// A place rounded to as many decimals as its file prints.
    static func rounded(_ place: LonLat, decimals: Int) -> LonLat {
        guard decimals < 9 else { return place }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return LonLat(
            longitude: (place.longitude * scale).rounded() / scale, latitude: (place.latitude * scale).rounded() / scale
        )
    }

    private static let semiMajorAxis = 6_378_137.0
    private static let flattening = 1 / 298.257223563
}

extension PlanarPoint {
    /// The straight distance in metres.
    func metres(to other: PlanarPoint) -> Double { distance(to: other).metres }
}
