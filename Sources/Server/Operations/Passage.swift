import HTTPTypes
import Hummingbird
import Logging
import Privacy

/// The outermost steps of every request: number, log line, counts, safe headers; and whatever is wrong becomes a problem
/// document.
struct Passage: RouterMiddleware {
    let server: FaroServer

    func handle(
        _ request: Request, context: FaroContext, next: (Request, FaroContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            try check(request)
            response = try await next(request, context)
        } catch {
            response = problem(error, request, context)
            if request.method == .head { response = response.createHeadResponse() }
        }
        finish(&response, context)
        server.crossOrigin?.permit(request, &response)
        let route = context.endpointPath ?? "none"
        let role = context.notes.role?.rawValue ?? "none"
        if let answer = context.notes.repeatable, response.status.kind == .successful {
            let head = HTTPResponse(status: response.status, headerFields: response.headers)
            server.repeats.insert(Repeats.Kept(answer: answer, head: head, route: route, role: role))
        }
        server.record(
            FaroServer.Served(
                number: context.number, route: route, method: Self.known(request.method),
                status: response.status.code, seconds: (ContinuousClock.now - start).seconds,
                bytes: response.body.contentLength ?? 0, role: role))
        return response
    }

    private func check(_ request: Request) throws {
        let most = server.options.caps.addressBytes
        guard request.uri.string.utf8.count <= most else {
            throw Problem(.uriTooLong, "cap-address-bytes", "an address must have at most \(most) bytes")
        }
        // Also those that HTTP may learn one day: no address here answers them.
        guard Self.methods.contains(request.method) else {
            throw Problem(
                .methodNotAllowed, "method",
                "this server knows \(Self.methods.map(\.rawValue).joined(separator: ", "))",
                headers: [.allow: "GET, HEAD, OPTIONS"])
        }
    }

    private func problem(_ error: any Error, _ request: Request, _ context: FaroContext) -> Response {
        var problem = Problem(error)
        if problem == nil, let error = error as? any HTTPResponseError {
            problem =
                error.status == .notFound
                ? .notFound("there is nothing at this address")
                : Problem(error.status, "http", error.status.reasonPhrase)
        }
        if problem == nil {
            server.log.error("failure", metadata: ["request": "\(context.number)", "error": "\(error)"])
        }
        var told = problem ?? .failed
        told.detail = Echo.shortened(told.detail, values: Self.values(of: request))
        var headers = told.headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(status: told.status, headers: headers, body: Answer.body(told.body(instance: context.number)))
    }

    /// What the request says, decoded.
    private static func values(of request: Request) -> [String] {
        let parts = request.uri.path.split(separator: "/").compactMap { try? Query.decode($0.utf8, plusIsBlank: false) }
        return parts + ((try? Query(request.uri.query))?.items.flatMap { [$0.name, $0.value] } ?? [])
    }

    private func finish(_ response: inout Response, _ context: FaroContext) {
        response.headers[.requestID] = context.number
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        switch response.headers[.frameOptions] {
        case nil: response.headers[.frameOptions] = "DENY"
        // The header has no word for "all may": without it the policy decides.
        case "": response.headers[.frameOptions] = nil
        default: break
        }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
    }

    private static let methods: [HTTPRequest.Method] = [.get, .head, .options, .post, .put, .delete, .patch]

    /// Names that anybody may send are not counted apart.
    private static func known(_ method: HTTPRequest.Method) -> String {
        methods.contains(method) ? method.rawValue : "other"
    }
}

extension FaroServer {
    /// What the records say of one request.
    struct Served {
        var number: String
        var route: String
        var method: String
        var status: Int
        var seconds: Double
        var bytes: Int
        var role: String
    }

    /// Counts a request, and writes its line in the log.
    func record(_ served: Served) {
        metrics.count(
            route: served.route, method: served.method, status: served.status, seconds: served.seconds,
            bytes: served.bytes)
        log.info(
            "request",
            metadata: [
                "request": "\(served.number)", "route": "\(served.route)", "method": "\(served.method)",
                "status": "\(served.status)", "ms": "\((served.seconds * 10_000).rounded() / 10)",
                "bytes": "\(served.bytes)", "role": "\(served.role)",
            ])
    }
}

extension HTTPField.Name {
    // These names are valid, which the tests show.
    static let requestID = HTTPField.Name("X-Request-ID") ?? .trailer
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .trailer
    static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .trailer
}
