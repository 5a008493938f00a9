public import Geodesy
public import SimpleFeatures

/// A place with the radius within which the truth lies: the point-radius method.
///
/// An incident of which only an area is known is put at a place inside the area, and the radius reaches to the area's farthest
/// vertex, so that the circle covers all of it. Lengths are geodesic, on WGS 84.
///
/// ## Source
/// Wieczorek, Guo & Hijmans (2004), *The point-radius method for georeferencing locality descriptions and calculating
/// associated uncertainty*, International Journal of Geographical Information Science 18, 745–767.
public struct PositionalUncertainty: Hashable, Sendable {
    /// Where the incident is put.
    public var place: LonLat
    /// How far off it may be.
    public var radius: Length

    /// Both as given; nothing is checked.
    public init(place: LonLat, radius: Length) {
        self.place = place
        self.radius = radius
    }

    /// Of an area: its interior point (see `MultiPolygon.interiorPoint`), which never lies outside as a centroid may.
    ///
    /// - Returns: nil for an area that is empty or flat, or does not lie on the Earth.
    /// - Complexity: O(vertices · log vertices).
    public init?(of area: MultiPolygon<LonLat>, geodesic: Geodesic) {
        self.init(of: [area], geodesic: geodesic)
    }

    /// Of several areas of which one is meant, and nobody knows which: the interior point of the one that lies most in the
    /// middle of them, and the radius that covers all of them.
    ///
    /// - Returns: nil where no area gives a place.
    /// - Complexity: O(vertices · log vertices + areas²).
    public init?(of areas: [MultiPolygon<LonLat>], geodesic: Geodesic) {
        let places = areas.compactMap(\.interiorPoint).filter(\.isOnEarth)
        guard let place = Self.middle(of: places) else { return nil }
        let vertices = areas.lazy.flatMap(\.polygons).flatMap(\.exterior)
        guard let radius = Self.reach(from: place, over: vertices, geodesic) else { return nil }
        self.init(place: place, radius: radius)
    }

    /// The place whose farthest companion is nearest; of several the first.
    private static func middle(of places: [LonLat]) -> LonLat? {
        guard places.count > 1 else { return places.first }
        func farthest(from place: LonLat) -> Double {
            places.lazy.map { approximateMetres(place, $0) }.max() ?? 0
        }
        return places.map { (place: $0, reach: farthest(from: $0)) }.min { $0.reach < $1.reach }?.place
    }

    /// A straight edge reaches no farther than its ends, so the vertices decide. Only those within a hundredth of the farthest,
    /// by a formula right to a thousandth, are worth the exact measure.
    private static func reach(from place: LonLat, over vertices: some Sequence<LonLat>, _ geodesic: Geodesic) -> Length?
    {
        let measured = vertices.lazy.filter(\.isOnEarth).map { (vertex: $0, metres: approximateMetres(place, $0)) }
        guard let farthest = measured.map(\.metres).max() else { return nil }
        return measured.filter { $0.metres >= farthest * 0.99 }
            .compactMap { geodesic.distance(from: place, to: $0.vertex) }.max()
    }

    private static func approximateMetres(_ a: LonLat, _ b: LonLat) -> Double {
        LocalMetres(latitude: (a.latitude + b.latitude) / 2).metres(from: a, to: b)
    }
}

extension PositionalUncertainty {
    /// No coordinates are taken to be better than this: a telephone under open sky errs by 5 m, and what is reported has the
    /// width of a street or the depth of a house. The tenth decimal of a file is arithmetic, not measurement.
    public static let floor = Length.metres(10)

    /// How far off coordinates of so many decimals may be: half the diagonal of the cell that the last digit leaves, since
    /// whoever wrote them rounded; at least ``floor``.
    ///
    /// Four decimals are 8 m and five 0.8 m in Mexico City, so the floor holds from four on; three are 76 m. Where a
    /// publisher cut the digits off instead of rounding, it is twice as much.
    /// - Parameters:
    ///   - decimals: of the coarser of the two, in degrees; below 0 counts as 0.
    ///   - latitude: in degrees.
    public static func radius(decimals: Int, latitude: Double) -> Length {
        guard abs(latitude) <= 90 else { return floor }
        let scale = LocalMetres(latitude: latitude)
        let cell = (0..<max(0, min(decimals, 18))).reduce(1.0) { cell, _ in cell / 10 }
        let diagonal = (scale.east * scale.east + scale.north * scale.north).squareRoot() * cell
        return max(floor, .metres(diagonal / 2))
    }

    /// How many digits stand behind the decimal point or comma of a number: `-99.133` has 3, `19` and `` have 0.
    public static func decimals(of text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let mark = text.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else {
            return 0
        }
        return text[(mark + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    }

    /// How many decimals a number needs, up to 9: the digits as written less the zeros at their end, which a number forgets.
    public static func decimals(of degrees: Double) -> Int {
        guard abs(degrees) <= 180 else { return 0 }
        var scaled = degrees
        for decimals in 0..<9 {
            // A written decimal is off by half a unit in its 16th digit, and each product by as much again.
            if abs(scaled - scaled.rounded()) <= 1e-14 * max(1, abs(scaled)) { return decimals }
            scaled *= 10
        }
        return 9
    }
}
