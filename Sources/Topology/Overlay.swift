public import SimpleFeatures

/// What areas share, and what they cover together.
///
/// Areas are in squares of the coordinates' unit: square metres for ``PlanarPoint``, and for ``LonLat`` square degrees,
/// which only compare. Invalid input is repaired before it is laid over other areas.
/// It owns a GEOS context, so it belongs to one worker at a time.
public final class Overlay {
    let context: GEOSContext

    /// - Throws: ``TopologyError/unavailable``.
    public init() throws(TopologyError) { context = try GEOSContext() }

    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func area<P: Position>(_ area: MultiPolygon<P>) throws(TopologyError) -> Double { try valid(area).area }

    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func intersectionArea<P: Position>(
        _ a: MultiPolygon<P>, _ b: MultiPolygon<P>
    ) throws(TopologyError) -> Double {
        guard a.envelope.intersects(b.envelope) else { return 0 }
        return try valid(a).intersection(valid(b)).area
    }

    /// What all areas together cover.
    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func union<P: Position>(_ areas: [MultiPolygon<P>]) throws(TopologyError) -> MultiPolygon<P> {
        var shapes: [GEOSShape] = []
        for area in areas { shapes.append(try valid(area)) }
        return try GEOSShape.collection(of: shapes, in: context).union().multiPolygon()
    }

    func valid<P: Position>(_ area: MultiPolygon<P>) throws(TopologyError) -> GEOSShape {
        let shape = try GEOSShape.of(area, in: context)
        return try shape.reasonInvalid() == nil ? shape : shape.repaired()
    }
}

@available(*, unavailable)
extension Overlay: Sendable {}
