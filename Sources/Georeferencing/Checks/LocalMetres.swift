import Glibc
import SimpleFeatures

/// Metres that a degree measures about one latitude of WGS 84: what distances within a city need, without a projection.
///
/// From the radii of curvature along the meridian and across it. Between two places up to 300 km apart, taken at their mean
/// latitude, a distance is right to 0.1 %.
struct LocalMetres {
    /// Metres a degree of longitude.
    let east: Double
    /// Metres a degree of latitude.
    let north: Double

    init(latitude: Double) {
        let semiMajorAxis = 6_378_137.0
        let squaredEccentricity = 0.006_694_379_990_14
        let sine = sin(latitude * .pi / 180)
        let flatness = 1 - squaredEccentricity * sine * sine
        let across = semiMajorAxis / flatness.squareRoot()
        north = across * (1 - squaredEccentricity) / flatness * .pi / 180
        east = across * cos(latitude * .pi / 180) * .pi / 180
    }

    /// The straight distance, by the scale of this latitude.
    func metres(from a: LonLat, to b: LonLat) -> Double {
        let (dx, dy) = ((a.longitude - b.longitude) * east, (a.latitude - b.latitude) * north)
        return (dx * dx + dy * dy).squareRoot()
    }
}
