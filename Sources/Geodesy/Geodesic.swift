import CPROJ
public import SimpleFeatures

/// Lengths of shortest lines over the ellipsoid of WGS 84.
///
/// ## Source
/// Karney (2013), *Algorithms for geodesics*, J. Geodesy 87, as PROJ implements it: exact to 15 nm.
public final class Geodesic {
    private let object: ProjObject

    /// - Throws: ``GeodesyError/unavailable``.
    public init() throws(GeodesyError) {
        guard let object = try ProjContext().object("+proj=longlat +ellps=WGS84") else { throw .unavailable }
        self.object = object
    }

    /// nil where one of the places is not on the Earth.
    public func distance(from a: LonLat, to b: LonLat) -> Length? {
        guard a.isOnEarth, b.isOnEarth else { return nil }
        let metres = proj_lp_dist(object.handle, Self.radians(a), Self.radians(b))
        return metres.isFinite ? .metres(metres) : nil
    }

    private static func radians(_ place: LonLat) -> PJ_COORD {
        proj_coord(place.longitude * .pi / 180, place.latitude * .pi / 180, 0, 0)
    }
}

@available(*, unavailable)
extension Geodesic: Sendable {}
