import Hummingbird
import Logging
import NIOCore
import Privacy

/// What goes with a request through the server.
struct FaroContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What its token says; set by ``Identification``.
    var role = Role.public
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
