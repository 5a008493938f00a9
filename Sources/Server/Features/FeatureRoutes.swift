import Boundaries
import CrimeMapping
import Privacy

/// OGC API – Features, Part 1 and what of Part 3 is true, over the incidents and every level.
enum FeatureRoutes {
    static let landing = Route("/", of: .description, media: [.json], namesItself: true) { ask in
        let links = try Links(ask)
        var json = JSONObject()
        json.add("title", text: "Faro: \(ask.server.options.name)")
        json.add(
            "description",
            text: "Incidents, areas, tiles and analyses of one store. "
                + "The collection incidents needs a token of the role planner or researcher; all else is public.")
        json.add(
            "links",
            json: links.list([
                .init("self", "/", .json, "This document"),
                .init("service-desc", "/api", .openapi, "The API as OpenAPI 3.0"),
                .init("conformance", "/conformance", .json, "What this server conforms to"),
                .init("data", "/collections", .json, "The collections"),
                .init(
                    "http://www.opengis.net/def/rel/ogc/1.0/conformance", "/conformance", .json,
                    "What this server conforms to"),
                .init("http://www.opengis.net/def/rel/ogc/1.0/data", "/collections", .json, "The collections"),
            ]))
        return Answer(.json, json.bytes)
    }

    static let conformance = Route("/conformance", of: .description, media: [.json]) { _ in
        var json = JSONObject()
        try json.add("conformsTo", encoding: classes)
        return Answer(.json, json.bytes)
    }

    private static let classes =
        ["core", "geojson", "oas30"].map { "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/" + $0 }
        + ["queryables", "queryables-query-parameters", "filter", "features-filter"].map {
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/" + $0
        }
        + [
            "cql2-text", "basic-cql2", "advanced-comparison-operators", "basic-spatial-functions",
            "basic-spatial-functions-plus",
        ]
        .map { "http://www.opengis.net/spec/cql2/1.0/conf/" + $0 } + TilesetRoutes.classes

    static let collections = Route("/collections", of: .description, media: [.json], namesItself: true) { ask in
        let links = try Links(ask)
        var json = JSONObject()
        json.add(
            "links", json: links.list([.init("self", "/collections", .json, "This document")]))
        let described = Collections.all(ask.snapshot).map {
            CollectionText.object($0, links, ask.role, ask.server.gate)
        }
        json.add("collections", json: JSONList.of(described))
        return Answer(.json, json.bytes)
    }

    static let collection = Route("/collections/{collection}", of: .description, media: [.json], namesItself: true) {
        ask in
        Answer(
            .json,
            CollectionText.object(
                try Collections.named(ask.part("collection"), ask.snapshot), try Links(ask), ask.role, ask.server.gate)
        )
    }

    static let queryables = Route(
        "/collections/{collection}/queryables", of: .description, media: [.schema, .json], namesItself: true
    ) {
        ask in
        let collection = try Collections.named(ask.part("collection"), ask.snapshot)
        return Answer(
            ask.media,
            QueryableText.schema(
                of: collection, address: try Links(ask).base + "/collections/\(collection.id)/queryables"))
    }
}

/// The collections of a store: the incidents, and every level by name.
enum Collections {
    static func all(_ snapshot: StoreSnapshot) -> [any FeatureCollection] {
        let levels = Set(snapshot.boundaryVersions().map(\.level.name)).sorted()
        return [IncidentFeatures(snapshot)] + levels.compactMap { AreaFeatures($0, of: snapshot) }
    }

    /// - Throws: ``Problem`` 404.
    static func named(_ name: String, _ snapshot: StoreSnapshot) throws -> any FeatureCollection {
        if name == "incidents" { return IncidentFeatures(snapshot) }
        if let areas = AreaFeatures(name, of: snapshot) { return areas }
        let levels = Set(snapshot.boundaryVersions().map(\.level.name)).sorted()
        throw Problem.notFound(
            "a collection must be one of \((["incidents"] + levels).joined(separator: ", ")), but is \"\(name.prefix(40))\""
        )
    }
}
