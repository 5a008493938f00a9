import Boundaries
import CrimeMapping
import Foundation
import HTTPTypes
import Hummingbird
import Privacy

/// The web map: `/map`, its files, and what it must know before it shows anything.
enum MapRoutes {
    static var all: [Route] { [page, state, file] }

    // The page reads its own address; the server need not know what is in it, only that it is no other question.
    private static let view: Set<String> = ["embed", "lang"]

    private static let page = Route("/map", of: .description, parameters: view, media: [.html], caching: .content) {
        ask in
        try answer("index.html", ask)
    }

    private static let file = Route(
        "/map/{file}", of: .description, media: [.script, .css, .svg, .html], caching: .content
    ) { ask in
        try answer(ask.part("file"), ask)
    }

    /// - Throws: ``Problem`` 404.
    private static func answer(_ name: String, _ ask: Ask) throws -> Answer {
        guard let files = ask.server.options.mapFiles else {
            throw Problem.notFound("this server has no web map; its log says why")
        }
        guard var answer = try files.answer(name) else { throw Problem.notFound("the map has no such file") }
        if answer.media == .html {
            answer.headers[.contentSecurityPolicy] = policy(ask)
            // The page asks for the library once it knows that there is one; the browser may begin before.
            if files.hasLibrary {
                answer.headers[.link] = MapFiles.library.map { name in
                    "</map/\(name)>; rel=preload; as=\(name.hasSuffix(".js") ? "script" : "style")"
                }.joined(separator: ", ")
            }
            // Whoever frames the page learns nothing from it; what all may see, all may show.
            answer.headers[.frameOptions] = ask.role == .public ? "" : "SAMEORIGIN"
        }
        return answer
    }

    /// Nothing but our own: MapLibre's worker is made of the library's own text, and its pictures lie in its style sheet.
    private static func policy(_ ask: Ask) -> String {
        let elsewhere = ask.server.options.basemapOrigin.map { " " + $0 } ?? ""
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:\(elsewhere); "
            + "connect-src 'self'\(elsewhere); worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors \(ask.role == .public ? "*" : "'self'")"
    }

    private static let state = Route("/map/state", of: .summary, parameters: ["level"], media: [.json]) { ask in
        try await ask.draw { _ in try state(ask, StoreOverview(of: ask.snapshot)) }
    }.publishing { ask, city in
        try await ask.draw { _ in try state(ask, city.overview().value) }
    }

    private static func state(_ ask: Ask, _ overview: StoreOverview) throws -> Answer {
        let named = try ask.query.text("level").map { try LevelQuery.level($0, ask.snapshot) }
        let options = ask.server.options
        var json = JSONObject()
        json.add("name", text: options.name)
        json.add("title", text: options.title ?? options.name)
        json.add("role", text: ask.role.rawValue)
        json.add("sees_places", json: (ask.role.seesPlaces ? "true" : "false").utf8)
        json.add("version", text: FaroVersion.current)
        json.add("has_library", json: (options.mapFiles?.hasLibrary == true ? "true" : "false").utf8)
        if let basemap = options.basemap { json.add("basemap", text: basemap) }
        try json.add("layers", encoding: layers(ask))
        try json.add("store", encoding: overview)
        // Names and borders are for everybody.
        if let level = named ?? usualLevel(overview).flatMap({ Level($0) }),
            let index = try AreaIndex(of: level, in: ask.snapshot)
        {
            try json.add("index", encoding: index)
        }
        return Answer(.json, json.bytes)
    }

    /// What the role may see of what the server can do.
    private static func layers(_ ask: Ask) -> [String] {
        let paths = Set(ask.server.routes.map(\.path))
        var layers = ["areas", "surface"]
        if ask.role.seesPlaces {
            layers += ["hotspots", "clusters", "points"]
            if paths.contains("/hotspots/emerging") { layers.append("emerging") }
        }
        return layers
    }

    /// The finest level that is still read at a glance.
    private static func usualLevel(_ overview: StoreOverview) -> String? {
        let names = overview.levels.map(\.name)
        return ["colonia", "municipality", "district"].first(where: names.contains) ?? names.first
    }
}

extension HTTPField.Name {
    // The name is valid, which the tests show.
    static let link = HTTPField.Name("Link") ?? .trailer
}
