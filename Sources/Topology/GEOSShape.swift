import CGEOS
import SimpleFeatures

/// One geometry in GEOS's memory.
final class GEOSShape {
    let handle: OpaquePointer
    /// Kept alive by its geometries: they must be destroyed before it. `deinit` runs before this is released.
    let context: GEOSContext

    init(owning handle: OpaquePointer, in context: GEOSContext) {
        self.handle = handle
        self.context = context
    }

    deinit { GEOSGeom_destroy_r(context.handle, handle) }

    var isEmpty: Bool { GEOSisEmpty_r(context.handle, handle) != 0 }

    /// In squares of the unit of the coordinates.
    var area: Double {
        var area = 0.0
        return GEOSArea_r(context.handle, handle, &area) == 1 ? area : .nan
    }

    /// Why it is not valid and where, such as `Self-intersection at 3.5 4.0`; nil where it is valid.
    func reasonInvalid() throws(TopologyError) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        var place: OpaquePointer?
        let valid = try context.predicate("check of validity") {
            GEOSisValidDetail_r($0, handle, 0, &text, &place)
        }
        let location = place.map { GEOSShape(owning: $0, in: context) }
        defer { GEOSFree_r(context.handle, text) }
        guard !valid else { return nil }
        return (text.map { String(cString: $0) } ?? "Invalid") + (location?.placeText ?? "")
    }

    /// The valid area that comes nearest: lobes of a bow-tie become parts, parts that overlap are merged.
    ///
    /// The structural method is taken because the other one, by linework, turns what two parts share into a hole.
    func repaired() throws(TopologyError) -> GEOSShape {
        let parameters = GEOSMakeValidParams_create_r(context.handle)
        defer { GEOSMakeValidParams_destroy_r(context.handle, parameters) }
        _ = GEOSMakeValidParams_setMethod_r(context.handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
        _ = GEOSMakeValidParams_setKeepCollapsed_r(context.handle, parameters, 0)
        return try context.shape("repair") { GEOSMakeValidWithParams_r($0, handle, parameters) }
    }

    func intersection(_ other: GEOSShape) throws(TopologyError) -> GEOSShape {
        try context.shape("intersection") { GEOSIntersection_r($0, handle, other.handle) }
    }

    /// With every coordinate snapped to a grid, which cannot fail for want of digits.
    func intersection(_ other: GEOSShape, snappedTo size: Double) throws(TopologyError) -> GEOSShape {
        try context.shape("intersection") { GEOSIntersectionPrec_r($0, handle, other.handle, size) }
    }

    /// Of its parts, one with another.
    func union() throws(TopologyError) -> GEOSShape {
        try context.shape("union") { GEOSUnaryUnion_r($0, handle) }
    }

    func union(snappedTo size: Double) throws(TopologyError) -> GEOSShape {
        try context.shape("union") { GEOSUnaryUnionPrec_r($0, handle, size) }
    }

    /// How two areas share ground; nil where their interiors do not meet.
    enum Relation { case overlapping, contained, equal }

    /// - Throws: ``TopologyError/failed(operation:message:)``, where GEOS runs out of digits.
    func relation(to other: GEOSShape) throws(TopologyError) -> Relation? {
        guard let text = GEOSRelate_r(context.handle, handle, other.handle) else {
            throw context.failure(of: "comparison")
        }
        defer { GEOSFree_r(context.handle, text) }
        // The nine letters of DE-9IM, row by row: interior with interior, boundary, exterior; and so on.
        let matrix = Array(String(cString: text).utf8)
        guard matrix.count == 9 else { throw context.failure(of: "comparison") }
        let two = UInt8(ascii: "2")
        guard matrix[0] == two else { return nil }
        switch (matrix[2] == two, matrix[6] == two) {
        case (true, true): return .overlapping
        case (false, false): return .equal
        default: return .contained
        }
    }

    private var placeText: String {
        var (x, y) = (0.0, 0.0)
        guard GEOSGeomGetX_r(context.handle, handle, &x) == 1, GEOSGeomGetY_r(context.handle, handle, &y) == 1 else {
            return ""
        }
        return " at \(x) \(y)"
    }
}

/// A geometry with an index of its edges, for many questions to one side. Not safe to share between threads.
final class PreparedShape {
    private let handle: OpaquePointer
    /// Kept alive: the index points into it.
    private let shape: GEOSShape

    init(_ shape: GEOSShape) throws(TopologyError) {
        guard let handle = GEOSPrepare_r(shape.context.handle, shape.handle) else {
            throw shape.context.failure(of: "preparation")
        }
        self.handle = handle
        self.shape = shape
    }

    deinit { GEOSPreparedGeom_destroy_r(shape.context.handle, handle) }

    func intersects(_ other: GEOSShape) throws(TopologyError) -> Bool {
        try shape.context.predicate("comparison") { GEOSPreparedIntersects_r($0, handle, other.handle) }
    }
}
