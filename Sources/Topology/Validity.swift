public import SimpleFeatures

/// Finds what makes an area invalid in the sense of OGC Simple Features, and repairs it.
///
/// It owns a GEOS context, so it belongs to one worker at a time.
public final class Validity {
    private let context: GEOSContext

    /// - Throws: ``TopologyError/unavailable``.
    public init() throws(TopologyError) { context = try GEOSContext() }

    /// Why an area is invalid and where, in GEOS's words (`Self-intersection at -99.13 19.33`); nil where it is valid.
    ///
    /// An area that cannot be looked at at all, because a coordinate is not finite, is invalid for that reason.
    /// A ring with fewer than three corners is invalid too.
    public func reasonInvalid<P: Position>(_ area: MultiPolygon<P>) -> String? {
        do {
            return try Self.reasonInvalid(area, as: GEOSShape.of(area, in: context))
        } catch { return error.description }
    }

    /// The valid area that comes nearest, and what the repair changed.
    ///
    /// Lobes of a bow-tie become parts of their own, parts that overlap are merged, spikes and rings without area
    /// disappear. A valid area comes back as it is. What is left may be empty.
    /// - Throws: ``TopologyError/notFinite(x:y:)``, ``TopologyError/failed(operation:message:)``.
    public func repaired<P: Position>(_ area: MultiPolygon<P>) throws(TopologyError) -> Repair<P> {
        let shape = try GEOSShape.of(area, in: context)
        guard let reason = try Self.reasonInvalid(area, as: shape) else {
            return Repair(geometry: area, reason: nil, areaBefore: shape.area, areaAfter: shape.area)
        }
        let repaired = try shape.repaired()
        let geometry: MultiPolygon<P> = repaired.multiPolygon()
        return Repair(geometry: geometry, reason: reason, areaBefore: shape.area, areaAfter: repaired.area)
    }

    /// GEOS never sees the rings that are too short for it, so they are looked for here.
    static func reasonInvalid<P: Position>(_ area: MultiPolygon<P>, as shape: GEOSShape) throws(TopologyError)
        -> String?
    {
        if let reason = try shape.reasonInvalid() { return reason }
        for ring in area.polygons.lazy.flatMap(\.rings) where ring.count < (ring.first == ring.last ? 4 : 3) {
            guard let first = ring.first else { return "Empty ring" }
            return "Too few points in ring at \(first.x) \(first.y)"
        }
        return nil
    }
}

/// An area after repair.
public struct Repair<P: Position>: Hashable, Sendable {
    /// The valid area: as it was where nothing was wrong, without polygons where the repair left nothing.
    public var geometry: MultiPolygon<P>
    /// What was wrong, and where; nil where nothing was.
    public var reason: String?
    /// Rings as they stood, exteriors less holes; lobes of a bow-tie cancel out. In squares of the coordinates' unit.
    public var areaBefore: Double
    /// Of the valid area, in the same unit; the difference is what the repair added or took away.
    public var areaAfter: Double
}

@available(*, unavailable)
extension Validity: Sendable {}
