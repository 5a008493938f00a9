import CGEOS
public import SimpleFeatures

extension Overlay {
    /// Everything within a distance of a geometry: a disc for a point, a corridor with round ends for a line, and for an
    /// area the area itself with a margin.
    ///
    /// - Parameter distance: above 0. Arcs are lines between places every 5.6 degrees, which lie up to 0.12 % of the
    ///   distance inside the true arc.
    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``, which also tells of a
    ///   distance that is no positive number.
    public func buffer(
        _ geometry: Geometry<PlanarPoint>, by distance: Length
    ) throws(TopologyError) -> MultiPolygon<PlanarPoint> {
        guard distance.metres > 0, distance.metres < 1e7 else {
            throw .failed(operation: "buffer", message: "the distance must be above 0 m, but is \(distance)")
        }
        let shape: GEOSShape
        if let area = geometry.asMultiPolygon {
            shape = try valid(area)
        } else {
            let bytes = WKB.encode(geometry)
            shape = try context.shape("reading") { GEOSGeomFromWKB_buf_r($0, bytes, bytes.count) }
        }
        return try context.shape("buffer") { GEOSBuffer_r($0, shape.handle, distance.metres, 16) }.multiPolygon()
    }

    /// What is left of an area where another is taken away.
    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func difference<P: Position>(
        _ area: MultiPolygon<P>, without other: MultiPolygon<P>
    ) throws(TopologyError) -> MultiPolygon<P> {
        let (whole, part) = (try valid(area), try valid(other))
        return try context.shape("difference") { GEOSDifference_r($0, whole.handle, part.handle) }.multiPolygon()
    }
}
