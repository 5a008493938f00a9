import Bytes
import CivilTime
import CrimeMapping
import SimpleFeatures
import Privacy

/// What a collection says of itself.
enum CollectionText {
    static func object(_ collection: any FeatureCollection, _ links: Links, _ role: Role, _ gate: Gate) -> [UInt8] {
        let path = "/collections/\(collection.id)"
        let resource: Resource = collection.id == "incidents" ? .incidents : .boundaries
        let isPublic = gate.permits(.public, resource) == .open
        var json = JSONObject()
        json.add("id", text: collection.id)
        json.add("title", text: collection.title)
        json.add(
            "description",
            text: collection.summary
                + (isPublic ? "" : " Needs the role planner or researcher."))
        json.add("access", text: isPublic ? "public" : "planner")
        json.add("itemType", text: "feature")
        json.add("crs", json: #"["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]"#.utf8)
        // The borders of the extent are coordinates of incidents, and its ends their times.
        if [.open, .full].contains(gate.permits(role, resource)) { json.add("extent", json: extent(of: collection)) }
        json.add(
            "links",
            json: links.list([
                .init("self", path, .json, "This document"),
                .init("items", path + "/items", .geojson, "Its features"),
                .init(
                    "http://www.opengis.net/def/rel/ogc/1.0/queryables", path + "/queryables", .schema,
                    "What a filter may ask about"),
                .init("queryables", path + "/queryables", .schema, "What a filter may ask about"),
                .init(
                    "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", path + "/tiles", .json, "Its vector tiles"
                ),
            ]))
        return json.bytes
    }

    private static func extent(of collection: any FeatureCollection) -> [UInt8] {
        var extent = JSONObject()
        let bounds = collection.bounds
        if !bounds.isEmpty {
            var box = ByteWriter()
            box.text("{\"bbox\":[[" as StaticString)
            for (place, degree) in [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY].enumerated() {
                if place > 0 { box.byte(UInt8(ascii: ",")) }
                box.fixed(degree, decimals: 7)
            }
            box.text("]],\"crs\":\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"}" as StaticString)
            extent.add("spatial", json: box.bytes)
        }
        let interval = collection.interval
        func text(_ instant: Int64?) -> String { instant.map { "\"\(UTCText.text(ofInstant: $0))\"" } ?? "null" }
        extent.add("temporal", json: "{\"interval\":[[\(text(interval.first)),\(text(interval.last))]]}".utf8)
        return extent.bytes
    }
}
