public import HTTPTypes

/// Why a request gets no answer: a problem document.
///
/// ## Source
/// RFC 9457, *Problem Details for HTTP APIs*.
public struct Problem: Error, Sendable, CustomStringConvertible {
    public var status: HTTPResponse.Status
    /// A short stable word to branch on: `unknown-parameter`.
    public var code: String
    /// What must hold, and what was found.
    public var detail: String
    public var headers = HTTPFields()

    public init(
        _ status: HTTPResponse.Status, _ code: String, _ detail: String, headers: HTTPFields = HTTPFields()
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
    }

    public var description: String { "\(status.code) \(code): \(detail)" }

    /// - Parameter instance: the request's number in the log.
    func body(instance: String) -> [UInt8] {
        var json = JSONObject()
        json.add("type", text: "about:blank")
        json.add("title", text: status.reasonPhrase)
        json.add("status", status.code)
        json.add("code", text: code)
        json.add("detail", text: detail)
        json.add("instance", text: "urn:faro:request:\(instance)")
        return json.bytes
    }

    // MARK: The usual ones

    static func badParameter(_ name: String, _ detail: String) -> Problem {
        Problem(.badRequest, "bad-parameter", "\(name) \(detail)")
    }

    static func notFound(_ detail: String) -> Problem { Problem(.notFound, "not-found", detail) }

    static func forbidden(_ detail: String) -> Problem { Problem(.forbidden, "forbidden", detail) }

    static let late = Problem(
        .serviceUnavailable, "deadline",
        "the answer took longer than a request may; ask for less, or use the command line",
        headers: [.retryAfter: "30"])

    static let busy = Problem(
        .serviceUnavailable, "busy", "too many requests are waiting; ask again in a moment", headers: [.retryAfter: "2"]
    )

    /// Says nothing of what happened: that is in the log.
    static let failed = Problem(.internalServerError, "failed", "the server could not answer; its log says why")
}
