import CGEOS
import SimpleFeatures

extension GEOSShape {
    /// Copies an area into GEOS. Rings that are left open are closed; those with fewer than three corners enclose
    /// nothing and are left out.
    /// - Throws: ``TopologyError/notFinite(x:y:)``.
    static func of<P: Position>(_ area: MultiPolygon<P>, in context: GEOSContext) throws(TopologyError) -> GEOSShape {
        var parts: [GEOSShape] = []
        for polygon in area.polygons {
            guard let exterior = try ring(polygon.exterior, in: context) else { continue }
            var holes: [GEOSShape] = []
            for hole in polygon.holes {
                if let hole = try ring(hole, in: context) { holes.append(hole) }
            }
            parts.append(try self.polygon(exterior, holes: holes, in: context))
        }
        return try collection(of: parts, type: GEOS_MULTIPOLYGON, in: context)
    }

    /// Copies geometries into one collection, so that they can be united at once.
    static func collection(
        of shapes: [GEOSShape], type: GEOSGeomTypes = GEOS_GEOMETRYCOLLECTION, in context: GEOSContext
    ) throws(TopologyError) -> GEOSShape {
        try assembled(shapes, in: context) { handle, parts, count in
            GEOSGeom_createCollection_r(handle, Int32(type.rawValue), parts, count)
        }
    }

    /// The polygonal part, copied out of GEOS; lines and points that a repair left over are dropped.
    func multiPolygon<P: Position>() -> MultiPolygon<P> {
        var polygons: [Polygon<P>] = []
        Self.collectPolygons(of: handle, in: context.handle, into: &polygons)
        return MultiPolygon(polygons)
    }

    private static func ring<P: Position>(
        _ positions: [P], in context: GEOSContext
    ) throws(TopologyError) -> GEOSShape? {
        var numbers: [Double] = []
        numbers.reserveCapacity(2 * positions.count + 2)
        for position in positions {
            guard position.x.isFinite, position.y.isFinite else { throw .notFinite(x: position.x, y: position.y) }
            numbers.append(position.x)
            numbers.append(position.y)
        }
        if let first = positions.first, let last = positions.last, first != last {
            numbers.append(first.x)
            numbers.append(first.y)
        }
        guard numbers.count >= 8, let count = UInt32(exactly: numbers.count / 2) else { return nil }
        return try context.shape("ring") { handle in
            // The ring takes the sequence over, also when it fails.
            GEOSCoordSeq_copyFromBuffer_r(handle, numbers, count, 0, 0).flatMap {
                GEOSGeom_createLinearRing_r(handle, $0)
            }
        }
    }

    private static func polygon(
        _ exterior: GEOSShape, holes: [GEOSShape], in context: GEOSContext
    ) throws(TopologyError) -> GEOSShape {
        try assembled([exterior] + holes, in: context) { handle, rings, count in
            GEOSGeom_createPolygon_r(handle, rings[0], rings + 1, count - 1)
        }
    }

    /// GEOS takes the parts of a compound over; ours keep theirs, so it is given clones.
    private static func assembled(
        _ parts: [GEOSShape], in context: GEOSContext,
        _ make: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>, UInt32) -> OpaquePointer?
    ) throws(TopologyError) -> GEOSShape {
        var clones: [OpaquePointer?] = parts.map { GEOSGeom_clone_r(context.handle, $0.handle) }
        guard !clones.contains(nil), let count = UInt32(exactly: clones.count) else {
            for clone in clones { GEOSGeom_destroy_r(context.handle, clone) }
            throw context.failure(of: "copy")
        }
        return try context.shape("assembly") { handle in
            clones.withUnsafeMutableBufferPointer { buffer in
                // An empty array may have no address; none of its elements is read then.
                var nothing: OpaquePointer?
                guard let base = buffer.baseAddress else { return make(handle, &nothing, 0) }
                return make(handle, base, count)
            }
        }
    }

    private static func collectPolygons<P: Position>(
        of geometry: OpaquePointer, in handle: OpaquePointer, into polygons: inout [Polygon<P>]
    ) {
        switch GEOSGeomTypes(UInt32(bitPattern: GEOSGeomTypeId_r(handle, geometry))) {
        case GEOS_POLYGON:
            guard let exterior = GEOSGetExteriorRing_r(handle, geometry) else { return }
            let positions: [P] = self.positions(of: exterior, in: handle)
            guard !positions.isEmpty else { return }
            let holes = (0..<max(0, GEOSGetNumInteriorRings_r(handle, geometry))).compactMap { index -> [P]? in
                GEOSGetInteriorRingN_r(handle, geometry, index).map { self.positions(of: $0, in: handle) }
            }
            polygons.append(Polygon(exterior: positions, holes: holes))
        case GEOS_MULTIPOLYGON, GEOS_GEOMETRYCOLLECTION:
            for index in 0..<max(0, GEOSGetNumGeometries_r(handle, geometry)) {
                guard let part = GEOSGetGeometryN_r(handle, geometry, index) else { continue }
                collectPolygons(of: part, in: handle, into: &polygons)
            }
        default: return
        }
    }

    private static func positions<P: Position>(of ring: OpaquePointer, in handle: OpaquePointer) -> [P] {
        var count: UInt32 = 0
        guard let sequence = GEOSGeom_getCoordSeq_r(handle, ring),
            GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1
        else { return [] }
        var numbers = [Double](repeating: 0, count: 2 * Int(count))
        guard GEOSCoordSeq_copyToBuffer_r(handle, sequence, &numbers, 0, 0) == 1 else { return [] }
        return (0..<Int(count)).map { P(x: numbers[2 * $0], y: numbers[2 * $0 + 1]) }
    }
}
