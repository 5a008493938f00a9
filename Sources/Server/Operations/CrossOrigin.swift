import HTTPTypes
import Hummingbird

/// Lets the pages of one origin read answers; without it none but our own.
///
/// ## Source
/// WHATWG Fetch, *CORS protocol*.
struct CrossOrigin {
    /// `*` for every origin.
    let origin: String

    func permit(_ request: Request, _ response: inout Response) {
        let asked = request.headers[.origin]
        response.headers[.vary] = [response.headers[.vary], "Origin"].compactMap(\.self).joined(separator: ", ")
        guard let asked, origin == "*" || asked == origin else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "ETag, Link, X-Request-ID"
        if request.method == .options {
            response.headers[.accessControlAllowMethods] = "GET, HEAD, OPTIONS"
            response.headers[.accessControlAllowHeaders] = "Authorization, If-None-Match, Range"
            response.headers[.accessControlMaxAge] = "600"
        }
    }
}
