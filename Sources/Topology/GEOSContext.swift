import CGEOS

/// A GEOS context: what every call needs, and the last complaint made in it.
///
/// GEOS allows one thread at a time in a context. The class is not Sendable, so each worker makes its own.
final class GEOSContext {
    let handle: OpaquePointer
    private var lastMessage = ""

    init() throws(TopologyError) {
        guard let handle = GEOS_init_r() else { throw .unavailable }
        self.handle = handle
        // Unowned on purpose: the handler is called only inside calls made through this object.
        let owner = Unmanaged.passUnretained(self).toOpaque()
        _ = GEOSContext_setErrorMessageHandler_r(handle, Self.remember, owner)
    }

    deinit { GEOS_finish_r(handle) }

    /// The result of a call that makes a geometry, or what GEOS said instead.
    func shape(_ operation: String, _ make: (OpaquePointer) -> OpaquePointer?) throws(TopologyError) -> GEOSShape {
        lastMessage = ""
        guard let geometry = make(handle) else { throw failure(of: operation) }
        return GEOSShape(owning: geometry, in: self)
    }

    /// The result of a call that answers 0 for no, 1 for yes and 2 for an exception.
    func predicate(_ operation: String, _ ask: (OpaquePointer) -> CChar) throws(TopologyError) -> Bool {
        lastMessage = ""
        let answer = ask(handle)
        guard answer == 0 || answer == 1 else { throw failure(of: operation) }
        return answer == 1
    }

    func failure(of operation: String) -> TopologyError {
        .failed(operation: operation, message: lastMessage.isEmpty ? "no reason given" : lastMessage)
    }

    private static let remember: GEOSMessageHandler_r = { message, owner in
        guard let message, let owner else { return }
        Unmanaged<GEOSContext>.fromOpaque(owner).takeUnretainedValue().lastMessage = String(cString: message)
    }
}
