public import SimpleFeatures

/// Between places on the Earth and metres in one projected reference system.
///
/// It belongs to one worker at a time, like the ``Transformation`` it is made of.
public final class ProjectedTransformation {
    public let crs: CRS
    /// From WGS 84 to ``crs``: says which operation is used, and transforms columns.
    public let transformation: Transformation

    /// - Throws: ``GeodesyError/unknownCRS(_:reason:)``, ``GeodesyError/notMetres(crs:name:unit:suggestion:)``,
    ///   ``GeodesyError/noOperation(from:to:)``.
    public init(_ crs: CRS) throws(GeodesyError) {
        try CRSInfo.describe(crs).requireProjectedMetres()
        self.crs = crs
        transformation = try Transformation(from: .wgs84, to: crs)
    }

    /// nil where the place has no image on the plane.
    public func forward(_ place: LonLat) -> PlanarPoint? { transformation.transform(place) }

    /// nil where the point is the image of no place.
    public func inverse(_ point: PlanarPoint) -> LonLat? { transformation.transform(point, direction: .inverse) }

    /// - Throws: ``GeodesyError/outsideDomain(x:y:from:to:)`` at the first position without an image.
    public func forward(_ geometry: Geometry<LonLat>) throws(GeodesyError) -> Geometry<PlanarPoint> {
        try geometry.map { place throws(GeodesyError) in try self.planar(place) }
    }

    /// - Throws: ``GeodesyError/outsideDomain(x:y:from:to:)`` at the first position without an image.
    public func forward(_ area: MultiPolygon<LonLat>) throws(GeodesyError) -> MultiPolygon<PlanarPoint> {
        try forward(.multiPolygon(area)).asMultiPolygon ?? MultiPolygon([])
    }

    /// - Throws: ``GeodesyError/outsideDomain(x:y:from:to:)`` at the first position without an image.
    public func inverse(_ geometry: Geometry<PlanarPoint>) throws(GeodesyError) -> Geometry<LonLat> {
        try geometry.map { point throws(GeodesyError) in try self.lonLat(point) }
    }

    /// - Throws: ``GeodesyError/outsideDomain(x:y:from:to:)`` at the first position without an image.
    public func inverse(_ area: MultiPolygon<PlanarPoint>) throws(GeodesyError) -> MultiPolygon<LonLat> {
        try inverse(.multiPolygon(area)).asMultiPolygon ?? MultiPolygon([])
    }

    private func planar(_ place: LonLat) throws(GeodesyError) -> PlanarPoint {
        guard let point = forward(place) else {
            throw .outsideDomain(x: place.x, y: place.y, from: CRS.wgs84.name, to: crs.name)
        }
        return point
    }

    private func lonLat(_ point: PlanarPoint) throws(GeodesyError) -> LonLat {
        guard let place = inverse(point) else {
            throw .outsideDomain(x: point.x, y: point.y, from: crs.name, to: CRS.wgs84.name)
        }
        return place
    }
}
