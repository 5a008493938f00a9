import SimpleFeatures

/// Distances of a few kilometres on WGS 84, in metres, from the radii of curvature at the first place's latitude.
///
/// The error is below 0.1 % up to 20 km outside the polar regions: far below what a crossing is known to, and without
/// the cost of a geodesic.
enum StreetDistance {
    static func metres(_ a: LonLat, _ b: LonLat) -> Double {
        let sinus = sine(degrees: (a.latitude + b.latitude) / 2)
        let w = 1 - e2 * sinus * sinus
        let north = semiMajor * (1 - e2) / (w * w.squareRoot())
        let cosine = max(0, 1 - sinus * sinus).squareRoot()
        let east = semiMajor / w.squareRoot() * cosine
        let dy = (b.latitude - a.latitude) * radian * north
        let dx = (b.longitude - a.longitude) * radian * east
        return (dx * dx + dy * dy).squareRoot()
    }

    private static let semiMajor = 6_378_137.0
    private static let e2 = 0.006_694_379_990_14
    private static let radian = Double.pi / 180

    /// The sine by its series: exact to 1e-9 within ±90°.
    private static func sine(degrees: Double) -> Double {
        let x = min(90, max(-90, degrees)) * radian
        let y = x * x
        var sum = 0.0
        for divisor in [342.0, 272, 210, 156, 110, 72, 42, 20, 6] { sum = -(1 + sum) * y / divisor }
        return x * (1 + sum)
    }
}

/// Places that answer to one name: those close together as one, and how far they lie apart.
struct PlaceCluster {
    /// The place of the set from which the others are nearest in sum.
    var medoid: LonLat
    /// The greatest distance of a place of the set from it, in metres.
    var spread: Double

    /// nil for no places.
    /// - Complexity: O(n²) for up to 200 places; the medoid of more is that of the first 200.
    init?(_ places: [LonLat]) {
        guard let first = places.first else { return nil }
        medoid = first
        var least = Double.infinity
        let few = places.prefix(200)
        for place in few {
            var sum = 0.0
            for other in few { sum += StreetDistance.metres(place, other) }
            if sum < least { (least, medoid) = (sum, place) }
        }
        spread = 0
        for place in places { spread = max(spread, StreetDistance.metres(medoid, place)) }
    }

    /// Merges places within a distance of the first of a group; each group gives its medoid.
    /// - Returns: in order of longitude and latitude, so that the order of a table does not matter.
    static func merged(_ places: [LonLat], within metres: Double) -> [LonLat] {
        let sorted = places.sorted { ($0.longitude, $0.latitude) < ($1.longitude, $1.latitude) }
        var groups: [[LonLat]] = []
        for place in sorted {
            if let index = groups.firstIndex(where: { StreetDistance.metres($0[0], place) <= metres }) {
                groups[index].append(place)
            } else {
                groups.append([place])
            }
        }
        return groups.compactMap { PlaceCluster($0)?.medoid }
    }
}
