import CrimeMapping
import Privacy

/// `/api`: everything the server answers, as OpenAPI 3.0.3, from the routes themselves.
///
/// ## Source
/// OpenAPI Specification 3.0.3; the version that GDAL and QGIS ask for.
enum APIRoute {
    static let route = Route("/api", of: .description, media: [.openapi, .json], namesItself: true) { ask in
        var json = JSONObject()
        json.add("openapi", text: "3.0.3")
        json.add("info", json: info(ask))
        json.add("servers", json: JSONList.of([try server(ask)]))
        json.add("paths", json: paths(ask))
        json.add("components", json: DescribedSchemas.components)
        return Answer(ask.media, json.bytes)
    }

    private static func info(_ ask: Ask) -> [UInt8] {
        var info = JSONObject()
        info.add("title", text: "Faro: \(ask.server.options.name)")
        info.add(
            "description",
            text:
                "Incidents, areas, tiles and analyses of one store. Errors are problem documents (RFC 9457). Without a bearer "
                + "token a request has the role public, for which the collection incidents and whatever shows exact places is closed."
        )
        info.add("version", text: FaroVersion.current)
        return info.bytes
    }

    private static func server(_ ask: Ask) throws -> [UInt8] {
        var server = JSONObject()
        server.add("url", text: try ask.baseAddress())
        return server.bytes
    }

    /// A path for each route, and of those with collections one for each collection: clients look for what they are called.
    private static func paths(_ ask: Ask) -> [UInt8] {
        var paths = JSONObject()
        let collections = Collections.all(ask.snapshot)
        for route in ask.server.routes {
            guard route.path.contains("{collection}") else {
                paths.add(route.path, json: DescribedRoute(route, ask.snapshot).pathItem)
                continue
            }
            for collection in collections {
                let path = route.path.replacing("{collection}", with: collection.id)
                paths.add(path, json: DescribedRoute(route, ask.snapshot, collection).pathItem)
            }
        }
        return paths.bytes
    }
}

extension String {
    /// The text with every occurrence of a part replaced.
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
