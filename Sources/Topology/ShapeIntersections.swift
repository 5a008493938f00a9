import CGEOS
public import SimpleFeatures

/// Which of many areas share a position with one shape: its edges are sorted once.
///
/// Invalid areas are repaired first. It owns a GEOS context, so it belongs to one worker at a time.
public final class ShapeIntersections<P: Position> {
    private let context: GEOSContext
    private let shape: PreparedShape
    private let envelope: Envelope<P>

    /// - Throws: ``TopologyError/unavailable``, ``TopologyError/failed(operation:message:)``.
    public init(with geometry: Geometry<P>) throws(TopologyError) {
        context = try GEOSContext()
        envelope = geometry.envelope
        let bytes = WKB.encode(geometry)
        let shape = try context.shape("reading") { handle in GEOSGeomFromWKB_buf_r(handle, bytes, bytes.count) }
        self.shape = try PreparedShape(shape.reasonInvalid() == nil ? shape : shape.repaired())
    }

    /// Touching borders are enough.
    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func meets(_ area: MultiPolygon<P>) throws(TopologyError) -> Bool {
        guard envelope.intersects(area.envelope) else { return false }
        let other = try GEOSShape.of(area, in: context)
        do {
            return try shape.intersects(other)
        } catch {
            return try shape.intersects(other.repaired())
        }
    }
}

@available(*, unavailable)
extension ShapeIntersections: Sendable {}
