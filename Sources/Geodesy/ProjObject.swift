import CPROJ

/// A PROJ context: its database connection, and the last complaint it made.
///
/// PROJ allows one thread at a time in a context. The class is not Sendable, so each worker makes its own.
final class ProjContext {
    let handle: OpaquePointer
    private(set) var lastMessage = ""

    init() throws(GeodesyError) {
        guard let handle = proj_context_create() else { throw .unavailable }
        self.handle = handle
        // Without this PROJ prints to standard error. The pointer stays valid: it is used only inside calls made
        // through this object, and the context dies with it.
        proj_log_func(handle, Unmanaged.passUnretained(self).toOpaque()) { owner, _, text in
            guard let owner, let text else { return }
            Unmanaged<ProjContext>.fromOpaque(owner).takeUnretainedValue().lastMessage = String(cString: text)
        }
    }

    deinit { proj_context_destroy(handle) }

    /// An object from a definition; nil where PROJ cannot read it.
    func object(_ definition: String) -> ProjObject? {
        lastMessage = ""
        return ProjObject(proj_create(handle, definition), in: self)
    }

    /// An object of the EPSG register; nil where the code is unknown.
    func object(epsg code: Int, category: PJ_CATEGORY) -> ProjObject? {
        ProjObject(proj_create_from_database(handle, "EPSG", String(code), category, 0, nil), in: self)
    }
}

/// One `PJ`: a reference system, a datum or an operation.
final class ProjObject {
    let handle: OpaquePointer
    /// Kept alive by its objects: a `PJ` must be destroyed before its context. `deinit` runs before this is released.
    let context: ProjContext

    init?(_ handle: OpaquePointer?, in context: ProjContext) {
        guard let handle else { return nil }
        self.handle = handle
        self.context = context
    }

    deinit { proj_destroy(handle) }

    var name: String { proj_get_name(handle).map { String(cString: $0) } ?? "" }
    var authority: String? { proj_get_id_auth_name(handle, 0).map { String(cString: $0) } }
    var code: String? { proj_get_id_code(handle, 0).map { String(cString: $0) } }
    var type: PJ_TYPE { proj_get_type(handle) }
}
