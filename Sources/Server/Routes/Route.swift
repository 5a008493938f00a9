public import CrimeMapping
import Hummingbird
import NIOCore
public import Privacy

/// One address of the server: one job.
public struct Route: Sendable {
    /// The template, as logs and counts call it: `/tiles/{set}/{z}/{x}/{y}`.
    public var path: String
    /// What is in its answers, by the parts of the path: it decides who gets them.
    public var resource: @Sendable (_ parts: [String: String]) -> Resource
    /// The parameters it understands besides `f`; others are refused.
    public var parameters: Set<String>
    /// The forms it answers in, the usual one first.
    public var media: [Media]
    /// What caches on the way may do.
    public var caching: Caching
    /// Whether answers contain addresses of this server, which depend on how the client calls it.
    public var namesItself = false
    /// Parameters that depend on the store and on the parts of the path.
    public var moreParameters: @Sendable (StoreSnapshot, _ parts: [String: String]) -> Set<String>
    /// What POST does; nil where the address takes none.
    private(set) var post: Post?
    /// The job.
    public var answer: @Sendable (Ask) async throws -> Answer
    /// The answer to whoever sees what the gate publishes and nothing else; nil where there is none.
    public private(set) var published: (@Sendable (Ask, PublicCity) async throws -> Answer)?

    /// How long answers hold.
    public enum Caching: Sendable {
        /// Until the store changes: kept, and asked for again by their tag.
        case revision
        /// As long as the answer's bytes are the same: files.
        case content
        /// Not at all.
        case never
    }

    public init(
        _ path: String, of resource: Resource, parameters: Set<String> = [], media: [Media],
        caching: Caching = .revision,
        namesItself: Bool = false,
        moreParameters: @escaping @Sendable (StoreSnapshot, [String: String]) -> Set<String> = { _, _ in [] },
        answer: @escaping @Sendable (Ask) async throws -> Answer
    ) {
        self.path = path
        self.resource = { _ in resource }
        self.parameters = parameters
        self.media = media
        self.caching = caching
        self.namesItself = namesItself
        self.moreParameters = moreParameters
        self.answer = answer
    }

    /// The same route with an answer for the public.
    func publishing(_ answer: @escaping @Sendable (Ask, PublicCity) async throws -> Answer) -> Route {
        var route = self
        route.published = answer
        return route
    }

    /// The same route where a part of the path decides what is in the answer.
    func holding(_ resource: @escaping @Sendable (_ parts: [String: String]) -> Resource) -> Route {
        var route = self
        route.resource = resource
        return route
    }

    /// The same route that also does a job with a body.
    func posting(_ post: Post) -> Route {
        var route = self
        route.post = post
        return route
    }

    /// A job that takes a body.
    struct Post: Sendable {
        /// The parameters it understands; others are refused.
        var parameters: Set<String>
        var respond: @Sendable (Request, FaroContext, FaroServer) async throws -> Response

        init(
            parameters: Set<String>,
            respond: @escaping @Sendable (Request, FaroContext, FaroServer) async throws -> Response
        ) {
            self.parameters = parameters
            self.respond = respond
        }
    }

    var allowed: String { post == nil ? "GET, HEAD, OPTIONS" : "GET, HEAD, OPTIONS, POST" }
}

extension Router where Context == FaroContext {
    /// Answers GET and HEAD, tells OPTIONS what there is, and refuses what else HTTP knows.
    func add(_ route: Route, of server: FaroServer) {
        let endpoint = Endpoint(route: route, server: server)
        let path = RouterPath(route.path)
        on(path, method: .get) { try await endpoint.respond($0, $1) }
        on(path, method: .head) { try await endpoint.respond($0, $1).createHeadResponse() }
        on(path, method: .options) { _, _ in
            Response(status: .noContent, headers: [.allow: route.allowed])
        }
        if let post = route.post { on(path, method: .post) { try await post.respond($0, $1, server) } }
        for method in [HTTPRequest.Method.post, .put, .delete, .patch] where method != .post || route.post == nil {
            on(path, method: method) { request, _ -> Response in
                throw Problem(
                    .methodNotAllowed, "method",
                    "\(route.path) answers \(route.allowed), but was sent \(request.method.rawValue)",
                    headers: [.allow: route.allowed])
            }
        }
    }
}
