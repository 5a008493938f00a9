import Bytes
import CrimeMapping
import HTTPTypes
import Privacy
import Tiles

/// OGC API – Tiles over the vector tiles of ``TileRoutes``: the same tiles by the names that its clients look for.
///
/// ## Source
/// OGC 20-057, *OGC API – Tiles – Part 1: Core*; OGC 17-083r4, *Two Dimensional Tile Matrix Set and Tile Set Metadata*.
enum TilesetRoutes {
    static var all: [Route] { [matrixSets, matrixSet, tilesets, tileset, tile] }

    static let classes = ["core", "tileset", "tilesets-list", "geodata-tilesets", "mvt"].map {
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/" + $0
    }
    private static let name = "WebMercatorQuad"
    private static let uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    private static let crs = "http://www.opengis.net/def/crs/EPSG/0/3857"

    private static let matrixSets = Route("/tileMatrixSets", of: .description, media: [.json], namesItself: true) {
        ask in
        let links = try Links(ask)
        var one = JSONObject()
        one.add("id", text: name)
        one.add("title", text: "Google Maps compatible")
        one.add("uri", text: uri)
        one.add("links", json: links.list([.init("self", "/tileMatrixSets/\(name)", .json, "Its matrices")]))
        var json = JSONObject()
        json.add("tileMatrixSets", json: JSONList.of([one.bytes]))
        return Answer(.json, json.bytes)
    }

    private static let matrixSet = Route("/tileMatrixSets/{tms}", of: .description, media: [.json]) { ask in
        try checkName(ask)
        var json = JSONObject()
        json.add("id", text: name)
        json.add("title", text: "Google Maps compatible")
        json.add("uri", text: uri)
        json.add("crs", text: crs)
        json.add("orderedAxes", json: #"["X","Y"]"#.utf8)
        json.add("wellKnownScaleSet", text: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible")
        json.add("tileMatrices", json: JSONList.of((0...ask.caps.zoom).map(matrix)))
        return Answer(.json, json.bytes)
    }

    /// Annex D.1 of the standard: the world's square, halved with every zoom, in pixels of 0.28 mm.
    private static func matrix(zoom: Int) -> [UInt8] {
        let side = Double(1 << zoom)
        var writer = ByteWriter()
        writer.text("{\"id\":\"\(zoom)\",\"scaleDenominator\":\(559_082_264.028_717_2 / side),\"cellSize\":")
        writer.text("\(156_543.033_928_041 / side),\"cornerOfOrigin\":\"topLeft\",")
        writer.text("\"pointOfOrigin\":[-20037508.3427892,20037508.3427892],\"tileWidth\":256,\"tileHeight\":256,")
        writer.text("\"matrixWidth\":\(1 << zoom),\"matrixHeight\":\(1 << zoom)}")
        return writer.bytes
    }

    private static let tilesets = Route(
        "/collections/{collection}/tiles", of: .description, media: [.json], namesItself: true
    ) { ask in
        let collection = try Collections.named(ask.part("collection"), ask.snapshot)
        let links = try Links(ask)
        var one = JSONObject()
        describe(&one, collection)
        one.add("links", json: links.list([.init("self", path(collection), .json, "The set of tiles")]))
        var json = JSONObject()
        json.add(
            "links", json: links.list([.init("self", "/collections/\(collection.id)/tiles", .json, "This document")]))
        json.add("tilesets", json: JSONList.of([one.bytes]))
        return Answer(.json, json.bytes)
    }

    private static let tileset = Route(
        "/collections/{collection}/tiles/{tms}", of: .description, media: [.json], namesItself: true
    ) { ask in
        try checkName(ask)
        let collection = try Collections.named(ask.part("collection"), ask.snapshot)
        let links = try Links(ask)
        var json = JSONObject()
        describe(&json, collection)
        json.add(
            "links",
            json: links.list([
                .init("self", path(collection), .json, "This document"),
                .init("item", path(collection) + "/{tileMatrix}/{tileRow}/{tileCol}", .mvt, "A tile", isTemplate: true),
                .init(
                    "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", "/tileMatrixSets/\(name)", .json,
                    "The matrices"),
                .init("describedby", "/tiles/\(collection.id).json", .json, "The same as TileJSON"),
            ]))
        return Answer(.json, json.bytes)
    }

    private static let tile = Route(
        "/collections/{collection}/tiles/{tms}/{z}/{y}/{x}", of: .areaTiles, parameters: Drawing.parameters,
        media: [.mvt]
    ) { try await TileRoutes.vector(asSet($0), nil) }.publishing { try await TileRoutes.vector(asSet($0), $1) }
        .holding { TileRoutes.resource(ofSet: $0["collection"]) }

    private static func asSet(_ ask: Ask) throws -> Ask {
        try checkName(ask)
        var ask = ask
        ask.path["set"] = try Collections.named(ask.part("collection"), ask.snapshot).id
        return ask
    }

    private static func path(_ collection: any FeatureCollection) -> String {
        "/collections/\(collection.id)/tiles/\(name)"
    }

    private static func describe(_ json: inout JSONObject, _ collection: any FeatureCollection) {
        json.add("title", text: collection.title)
        json.add("dataType", text: "vector")
        json.add("crs", text: crs)
        json.add("tileMatrixSetURI", text: uri)
    }

    private static func checkName(_ ask: Ask) throws {
        guard ask.part("tms") == name else {
            throw Problem.notFound("tiles are cut by \(name), but not by \"\(ask.part("tms").prefix(40))\"")
        }
    }
}
