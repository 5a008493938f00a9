import HTTPTypes
import Hummingbird

/// Lets the pages of one origin read answers; without it none but our own.
///
/// ## Source
/// WHATWG Fetch, *CORS protocol*.
struct CrossOrigin: RouterMiddleware {
    /// `*` for every origin.
    let origin: String

    func handle(
        _ request: Request, context: FaroContext, next: (Request, FaroContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let asked = request.headers[.origin]
        response.headers[.vary] = [response.headers[.vary], "Origin"].compactMap(\.self).joined(separator: ", ")
        guard let asked, origin == "*" || asked == origin else { return response }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "ETag, Link, X-Request-ID"
        if request.method == .options {
            response.headers[.accessControlAllowMethods] = "GET, HEAD, OPTIONS"
            response.headers[.accessControlAllowHeaders] = "Authorization, If-None-Match, Range"
            response.headers[.accessControlMaxAge] = "600"
        }
        return response
    }
}
