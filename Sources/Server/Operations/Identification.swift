import HTTPTypes
import Hummingbird
import Privacy

/// Who asks: the role of the bearer token, or of whoever comes without one.
struct Identification: RouterMiddleware {
    let server: FaroServer

    func handle(
        _ request: Request, context: FaroContext, next: (Request, FaroContext) async throws -> Response
    ) async throws -> Response {
        try refuseForeignNames(request)
        var context = context
        context.role = try await role(request.headers[values: .authorization])
        context.notes.role = context.role
        return try await next(request, context)
    }

    private func role(_ fields: [String]) async throws -> Role {
        guard let field = fields.first else { return server.options.role }
        let parts = field.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 1, parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512,
            let role = try await server.verifier.role(of: String(parts[1]))
        else {
            throw Problem(
                .unauthorized, "token", "the Authorization must be Bearer with a token that holds",
                headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
        }
        return role
    }

    /// A server that takes everybody for a researcher answers only to its own names: a page elsewhere could otherwise have its
    /// name point at this machine, and read along.
    private func refuseForeignNames(_ request: Request) throws {
        guard server.options.role != .public else { return }
        var host = Substring(request.head.authority ?? "")
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<colon] }
        guard ["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased()) else {
            throw Problem(
                .misdirectedRequest, "host", "a server with --as answers to localhost and 127.0.0.1 alone")
        }
    }
}
