import CPROJ
public import SimpleFeatures

/// Moves coordinates from one reference system to another. x is always east or longitude, y north or latitude.
///
/// It owns a PROJ context, so it belongs to one worker at a time; making one costs as much as several thousand points.
///
/// ## Datum
/// From or to NAD27 the operation is EPSG:1187, *NAD27 to WGS 84 (18)*, the one for Mexico. Left alone PROJ prefers
/// those of the United States as far south as Saltillo. Any other may be asked for by code.
public final class Transformation {
    public enum Direction: Sendable { case forward, inverse }

    public let source: CRS
    public let target: CRS
    private let object: ProjObject
    private let chosenName: String?
    private let isIdentity: Bool

    /// - Parameter operation: the EPSG code of a datum operation, such as 1173; nil for the preferred one.
    /// - Throws: ``GeodesyError/unknownCRS(_:reason:)``, ``GeodesyError/noOperation(from:to:)``,
    ///   ``GeodesyError/unknownOperation(code:from:to:)``.
    public init(from source: CRS, to target: CRS, operation code: Int? = nil) throws(GeodesyError) {
        let context = try ProjContext()
        let from = try ReferenceSystem(source, in: context)
        let to = try ReferenceSystem(target, in: context)
        let crossesNAD27 = Self.isNAD27(from) != Self.isNAD27(to)
        var chosen: ProjObject?
        if let code = code ?? (crossesNAD27 ? 1187 : nil) { chosen = Self.operation(code, from: from, to: to) }
        if let code, chosen == nil { throw .unknownOperation(code: code, from: source.name, to: target.name) }
        let plain = chosen ?? Self.preferredOperation(from: from, to: to)
        guard let plain,
            let normalized = ProjObject(proj_normalize_for_visualization(context.handle, plain.handle), in: context)
        else { throw .noOperation(from: source.name, to: target.name) }
        self.source = source
        self.target = target
        object = normalized
        chosenName = chosen.map { "\($0.name) [EPSG:\(code ?? 1187)]" }
        isIdentity = from.epsg != nil && from.epsg == to.epsg
    }

    /// What was done to the coordinates, such as `UTM zone 14N`; where PROJ chooses by place, the choice for the last
    /// point, or `not used yet`.
    public var operation: String {
        if isIdentity { return "none" }
        if let chosenName { return chosenName }
        guard let used = lastUsed else { return "not used yet" }
        // Axes are put east first by us; that is no part of the answer.
        let steps = used.name.split(separator: " + ").filter { !$0.hasPrefix("axis order change") }
        return steps.isEmpty ? "none" : steps.joined(separator: " + ")
    }

    /// How far off the operation may be; zero where it is exact by definition; nil where the register does not say.
    public var accuracy: Length? {
        if isIdentity { return .metres(0) }
        let metres = lastUsed.map { proj_coordoperation_get_accuracy($0.context.handle, $0.handle) } ?? -1
        return metres >= 0 ? .metres(metres) : nil
    }

    /// Transforms a column of points in place.
    ///
    /// - Returns: how many points have no image in the other system; both their values become NaN.
    /// - Throws: ``GeodesyError/unequalColumns(x:y:)``.
    public func transform(
        x: inout [Double], y: inout [Double], direction: Direction = .forward
    ) throws(GeodesyError) -> Int {
        guard x.count == y.count else { throw .unequalColumns(x: x.count, y: y.count) }
        return x.withUnsafeMutableBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                guard let x = x.baseAddress, let first = y.baseAddress else { return 0 }
                return transform(x: x, y: first, count: y.count, direction: direction)
            }
        }
    }

    /// Transforms `count` points in place: the same as ``transform(x:y:direction:)`` over memory the caller holds.
    public func transform(
        x: UnsafeMutablePointer<Double>, y: UnsafeMutablePointer<Double>, count: Int, direction: Direction = .forward
    ) -> Int {
        guard count > 0 else { return 0 }
        if !isIdentity {
            let stride = MemoryLayout<Double>.stride
            let way = direction == .forward ? PJ_FWD : PJ_INV
            proj_errno_reset(object.handle)
            _ = proj_trans_generic(
                object.handle, way, x, stride, count, y, stride, count, nil, 0, 0, nil, 0, 0)
        }
        var failed = 0
        for index in 0..<count where !(x[index].isFinite && y[index].isFinite) {
            x[index] = .nan
            y[index] = .nan
            failed += 1
        }
        return failed
    }

    /// Transforms one point; nil where it has no image.
    @inline(__always)
    func transform<P: Position, Q: Position>(_ point: P, direction: Direction = .forward) -> Q? {
        var (x, y) = (point.x, point.y)
        guard transform(x: &x, y: &y, count: 1, direction: direction) == 0 else { return nil }
        return Q(x: x, y: y)
    }

    /// Where several operations compete, PROJ knows only after a point which one it takes.
    private var lastUsed: ProjObject? {
        if let used = ProjObject(proj_trans_get_last_used_operation(object.handle), in: object.context) { return used }
        return object.name.isEmpty ? nil : object
    }

    private static func isNAD27(_ system: ReferenceSystem) -> Bool { system.datumName == "North American Datum 1927" }

    private static func preferredOperation(from: ReferenceSystem, to: ReferenceSystem) -> ProjObject? {
        let context = from.object.context
        return ProjObject(
            proj_create_crs_to_crs_from_pj(context.handle, from.object.handle, to.object.handle, nil, nil), in: context)
    }

    /// The one among all operations between two systems that goes through a datum operation of the register.
    private static func operation(_ code: Int, from: ReferenceSystem, to: ReferenceSystem) -> ProjObject? {
        let context = from.object.context
        guard let step = context.object(epsg: code, category: PJ_CATEGORY_COORDINATE_OPERATION),
            let factory = proj_create_operation_factory_context(context.handle, nil)
        else { return nil }
        defer { proj_operation_factory_context_destroy(factory) }
        proj_operation_factory_context_set_spatial_criterion(
            context.handle, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION)
        proj_operation_factory_context_set_grid_availability_use(
            context.handle, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID)
        let list = proj_create_operations(context.handle, from.object.handle, to.object.handle, factory)
        guard let list else { return nil }
        defer { proj_list_destroy(list) }
        for index in 0..<proj_list_get_count(list) {
            guard let candidate = ProjObject(proj_list_get(context.handle, list, index), in: context) else { continue }
            // A chain is named after its steps: "Inverse of UTM zone 14N + NAD27 to WGS 84 (18)".
            let steps = candidate.name.split(separator: " + ").map(String.init)
            if steps.contains(step.name) || steps.contains("Inverse of " + step.name) { return candidate }
        }
        return nil
    }
}

@available(*, unavailable)
extension Transformation: Sendable {}
