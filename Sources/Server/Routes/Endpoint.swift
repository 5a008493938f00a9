import CrimeMapping
import Foundation
import HTTPTypes
import Hummingbird
import Pictures
import Privacy

/// What happens to every request of a route before and after its job: parameters, form, tag, caches, compression.
struct Endpoint: Sendable {
    let route: Route
    let server: FaroServer

    func respond(_ request: Request, _ context: FaroContext) async throws -> Response {
        let caps = server.options.caps
        let query = try Query(request.uri.query, caps: caps)
        let (snapshot, parts) = (server.live.current, try parts(of: context))
        try query.require(only: route.parameters) { route.moreParameters(snapshot, parts).union(["f"]) }
        // Also where the answer turns out to be no picture.
        if route.parameters.contains("lang") { _ = try query.choice("lang", PictureLanguage.self) }
        let media = try Media.chosen(of: route.media, query: query, headers: request.headers)
        let permission = server.gate.permits(
            context.role, route.resource(parts), hasOwnPlaces: ["bbox", "where"].contains { !query.texts($0).isEmpty })
        try refuse(permission, context.role)
        let takesGzip = QualityList(request.headers[values: .acceptEncoding].joined(separator: ","))
            .accepts(coding: "gzip")
        let ask = Ask(
            server: server, snapshot: snapshot, role: context.role, permission: permission,
            today: server.today(of: snapshot), query: query, headers: request.headers,
            authority: request.head.authority, media: media,
            takesGzip: takesGzip, path: parts,
            deadline: .now + caps.deadline, isAbandoned: context.isGone)
        switch route.caching {
        case .never: return try await made(ask).response(takesGzip: takesGzip, etag: nil, caching: "no-store")
        case .content: return try await file(ask, request)
        case .revision: break
        }
        let key = try key(of: ask, path: request.uri.path)
        let etag = "\"\(Fingerprint.hex(key))\""
        let caching = context.role == .public ? "public, no-cache" : "private, no-cache"
        if EntityTags.match(request.headers[values: .ifNoneMatch], etag) {
            var unchanged = Response(
                status: .notModified,
                headers: [.eTag: etag, .cacheControl: caching, .vary: "Accept, Accept-Encoding, Authorization"])
            unchanged.headers[.contentLength] = nil
            return unchanged
        }
        let answer = try await answer(ask, key)
        if answer.bytes.count <= Repeats.mostBytes, let words = Repeats.key(request.head) {
            context.notes.repeatable = Repeats.Answer(
                key: words, tag: snapshot.tag, today: ask.today, body: ByteBuffer(bytes: answer.bytes))
        }
        return try answer.response(takesGzip: takesGzip, etag: etag, caching: caching)
    }

    /// A file's tag is of its bytes: it outlives the store's revisions.
    private func file(_ ask: Ask, _ request: Request) async throws -> Response {
        let answer = try await made(ask)
        let etag = "\"\(Fingerprint.hex(answer.bytes))\(ask.takesGzip ? "-gz" : "")\""
        guard EntityTags.match(request.headers[values: .ifNoneMatch], etag) else {
            return try answer.response(takesGzip: ask.takesGzip, etag: etag, caching: "no-cache")
        }
        var headers = answer.headers
        headers[.eTag] = etag
        headers[.cacheControl] = "no-cache"
        headers[.vary] = "Accept, Accept-Encoding, Authorization"
        var unchanged = Response(status: .notModified, headers: headers)
        unchanged.headers[.contentLength] = nil
        return unchanged
    }

    private func answer(_ ask: Ask, _ key: String) async throws -> Answer {
        if let known = server.answers.value(key) { return known }
        let answer = try await server.answersUnderWay.value(key, isAbandoned: ask.isAbandoned) { isAbandoned in
            var shared = ask
            shared.isAbandoned = isAbandoned
            let answer = try await made(shared)
            guard shared.takesGzip, answer.gains else { return answer }
            return try await shared.draw { _ in try answer.compressed() }
        }
        server.answers.insert(key, answer, cost: answer.cost)
        return answer
    }

    /// The route's own answer, of as much as the role may see.
    func made(_ ask: Ask) async throws -> Answer {
        var ask = ask
        let (views, whole, today) = (server.views, ask.snapshot, ask.today)
        switch ask.permission {
        case .open, .full: return try await route.answer(ask)
        case .withoutSensitivePlaces:
            ask.snapshot = try await ask.analyse { _ in try views.withoutSensitive(whole) }
            return try await route.answer(ask)
        case .published:
            guard let published = route.published else { throw Problem.refused(ask.role) }
            return try await published(ask, ask.analyse { _ in try views.published(whole, on: today) })
        case .refused: throw Problem.refused(ask.role)
        }
    }

    private func refuse(_ permission: Permission, _ role: Role) throws {
        if permission == .refused || (permission == .published && route.published == nil) {
            throw Problem.refused(role)
        }
    }

    /// Equal keys have equal answers, byte for byte.
    private func key(of ask: Ask, path: String) throws -> String {
        let name = try route.namesItself ? ask.baseAddress() : ""
        let form = ask.media.rawValue + (ask.takesGzip ? " gzip " : " ")
        return "\(FaroVersion.current) \(ask.state) \(form)\(name)\(path)?\(ask.query.canonical)"
    }

    private func parts(of context: FaroContext) throws -> [String: String] {
        var parts: [String: String] = [:]
        for (name, value) in context.parameters {
            parts[String(name)] = try Query.decode(value.utf8, plusIsBlank: false)
        }
        return parts
    }
}

/// Reads `If-None-Match`.
enum EntityTags {
    /// By the weak comparison, as RFC 9110, section 13.1.2 has it. `*` matches nothing here: whether there is an answer at all
    /// is known only when it is made.
    static func match(_ lines: [String], _ tag: String) -> Bool {
        lines.joined(separator: ",").prefix(8_000).split(separator: ",").contains { item in
            var item = item.drop { $0 == " " }
            while item.last == " " { item.removeLast() }
            if item.hasPrefix("W/") { item = item.dropFirst(2) }
            return item == tag
        }
    }
}
