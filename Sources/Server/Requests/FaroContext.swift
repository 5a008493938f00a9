import Hummingbird
import Logging
import NIOCore
import Privacy
import Synchronization

/// What goes with a request through the server.
struct FaroContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What its token says; set by ``Identification``.
    var role = Role.public
    /// What the inner steps tell the outermost.
    let notes = RequestNotes()
    /// Whether the client has hung up.
    let isGone: @Sendable () -> Bool

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        // A channel that never was open belongs to a test.
        let wasOpen = channel.isActive
        isGone = { wasOpen && !channel.isActive }
    }

    /// The request's number, as its answer and its line in the log have it.
    var number: String { logger[metadataKey: "hb.request.id"]?.description ?? "0" }
}

/// What the inner steps of a request find out that its line in the log, or whoever asks the same again, is to have.
final class RequestNotes: Sendable {
    private let state = Mutex<(role: Role?, repeatable: Repeats.Answer?)>((nil, nil))

    var role: Role? {
        get { state.withLock { $0.role } }
        set { state.withLock { $0.role = newValue } }
    }

    var repeatable: Repeats.Answer? {
        get { state.withLock { $0.repeatable } }
        set { state.withLock { $0.repeatable = newValue } }
    }
}
