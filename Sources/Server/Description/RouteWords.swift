/// What OpenAPI says of a route beyond what the route itself knows.
struct RouteWords {
    var name: String
    var tag: String
    var summary: String
    /// The name of the schema of its JSON; nil for any object.
    var json: String?
    var mayBeEmpty = false
    var hasRanges = false

    func schema(_ media: Media) -> String {
        switch media {
        case .json, .openapi, .schema: "{\"$ref\":\"#/components/schemas/\(json ?? "Anything")\"}"
        case .geojson: "{\"$ref\":\"#/components/schemas/\(json ?? "FeatureCollection")\"}"
        case .csv, .html, .text, .metrics, .css, .script, .svg: "{\"type\":\"string\"}"
        case .png, .tif, .mvt, .pmtiles: "{\"type\":\"string\",\"format\":\"binary\"}"
        }
    }

    /// Of a route by its path; one without words of its own is called by its path.
    static func of(_ path: String) -> RouteWords {
        let name = path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return known[path] ?? RouteWords(name: name.isEmpty ? "root" : name, tag: "Faro", summary: path)
    }

    static let known: [String: RouteWords] = [
        "/": .init(name: "landing", tag: "Features", summary: "Where everything is", json: "Landing"),
        "/conformance": .init(
            name: "conformance", tag: "Features", summary: "The conformance classes that are true", json: "Conformance"),
        "/api": .init(name: "api", tag: "Features", summary: "This document"),
        "/collections": .init(name: "collections", tag: "Features", summary: "The collections", json: "Collections"),
        "/collections/{collection}": .init(
            name: "collection", tag: "Features", summary: "A collection", json: "Collection"),
        "/collections/{collection}/queryables": .init(
            name: "queryables", tag: "Features", summary: "What a filter may ask about"),
        "/collections/{collection}/items": .init(
            name: "items", tag: "Features", summary: "Features, page by page", json: "FeatureCollection"),
        "/collections/{collection}/items/{feature}": .init(
            name: "item", tag: "Features", summary: "One feature", json: "Feature"),
        "/tileMatrixSets": .init(name: "matrix-sets", tag: "Tiles", summary: "How tiles are cut"),
        "/tileMatrixSets/{tms}": .init(
            name: "matrix-set", tag: "Tiles", summary: "The matrices of one way to cut tiles"),
        "/collections/{collection}/tiles": .init(
            name: "tilesets", tag: "Tiles", summary: "The sets of tiles of a collection"),
        "/collections/{collection}/tiles/{tms}": .init(name: "tileset", tag: "Tiles", summary: "One of them"),
        "/collections/{collection}/tiles/{tms}/{z}/{y}/{x}": .init(
            name: "tile", tag: "Tiles", summary: "A vector tile by matrix, row and column", mayBeEmpty: true),
        "/tiles/{set}.json": .init(name: "tilejson", tag: "Tiles", summary: "A set of tiles as TileJSON 3.0"),
        "/tiles/{set}/{z}/{x}/{y}.mvt": .init(
            name: "vector-tile", tag: "Tiles", summary: "A vector tile", mayBeEmpty: true),
        "/tiles/{set}/{z}/{x}/{y}.png": .init(
            name: "picture-tile", tag: "Tiles", summary: "A heatmap tile", mayBeEmpty: true),
        "/archives/{name}.pmtiles": .init(
            name: "archive", tag: "Tiles", summary: "An archive of tiles, whole or in ranges", hasRanges: true),
        "/hotspots/count": .init(name: "count", tag: "Hot spots", summary: "Incidents counted on a grid or by area"),
        "/hotspots/kde": .init(name: "density", tag: "Hot spots", summary: "Kernel density"),
        "/hotspots/gistar": .init(name: "gistar", tag: "Hot spots", summary: "Getis-Ord Gi*"),
        "/hotspots/lisa": .init(name: "lisa", tag: "Hot spots", summary: "Local Moran's I"),
        "/hotspots/clusters": .init(name: "clusters", tag: "Hot spots", summary: "Clusters of incidents"),
        "/hotspots/near-repeat": .init(
            name: "near-repeat", tag: "Hot spots", summary: "Whether incidents repeat nearby and soon after (Knox)"),
        "/hotspots/emerging": .init(
            name: "emerging", tag: "Hot spots", summary: "New, growing, lasting, on-and-off and former hot spots"),
        "/districts/{id}/heatmap": .init(
            name: "district-heatmap", tag: "Districts", summary: "Surface, hours of the week and trend of one district"),
        "/summary": .init(name: "summary", tag: "Tables", summary: "Counts by area and period"),
        "/imports": .init(
            name: "imports", tag: "Imports", summary: "The files that are in the store; for the role admin"),
        "/imports/{import}": .init(
            name: "import", tag: "Imports", summary: "One of them, and what was wrong with its rows; for the role admin"
        ),
        "POST /imports": .init(
            name: "bring-in", tag: "Imports", summary: "Bring a file in, every row accounted for; for the role admin"),
        "/areas": .init(name: "area-search", tag: "Areas", summary: "Areas by name, accents and capitals aside"),
        "/areas/{level}": .init(
            name: "area-figures", tag: "Areas", summary: "Count, rate and change of every area of a level"),
        "/areas/{level}/{id}": .init(name: "area-card", tag: "Areas", summary: "What is known of one area"),
        "/map": .init(name: "map", tag: "Map", summary: "The web map"),
        "/map/state": .init(
            name: "map-state", tag: "Map", summary: "What the web map must know before it shows anything"),
        "/map/{file}": .init(name: "map-file", tag: "Map", summary: "A file of the web map"),
        "/report/{month}": .init(
            name: "report", tag: "Tables", summary: "The monthly sheet: changes, lights, goals, ranking"),
        "/indicators": .init(name: "indicators", tag: "Tables", summary: "The indicator catalogue, or the light rule"),
        "/healthz": .init(name: "health", tag: "Operations", summary: "Whether the server can answer"),
        "/metrics": .init(name: "metrics", tag: "Operations", summary: "Figures for Prometheus"),
    ]
}
