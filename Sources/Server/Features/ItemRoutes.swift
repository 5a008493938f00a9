import Bytes
import CrimeMapping
import Privacy

/// `/collections/{collection}/items`, page by page, and one feature by its id.
enum ItemRoutes {
    static let items = Route(
        "/collections/{collection}/items", of: .boundaries, parameters: ItemQuery.parameters, media: [.geojson, .json],
        namesItself: true,
        moreParameters: { snapshot, parts in
            ItemQuery.parameters(ofCollection: parts["collection"] ?? "", snapshot)
        }
    ) { ask in
        let collection = try Collections.named(ask.part("collection"), ask.snapshot)
        let query = try ItemQuery(ask.query, of: collection, caps: ask.caps)
        let links = try Links(ask)
        return try await ask.draw { _ in
            let matches = try matches(query, collection, ask)
            let page = try collection.page(of: matches, after: query.cursor, limit: query.limit)
            return Answer(ask.media, body(page, matches.count, collection, links, ask))
        }
    }.holding(resource)

    static let item = Route(
        "/collections/{collection}/items/{feature}", of: .boundaries, parameters: ["crs"], media: [.geojson, .json],
        namesItself: true
    ) { ask in
        let collection = try Collections.named(ask.part("collection"), ask.snapshot)
        if let crs = try ask.query.text("crs"), crs != ItemQuery.degrees {
            throw Problem.badParameter("crs", "must be \(ItemQuery.degrees), but is \"\(crs.prefix(40))\"")
        }
        let id = ask.part("feature")
        guard var bytes = try collection.feature(id), bytes.last == UInt8(ascii: "}") else {
            throw Problem.notFound("the collection \(collection.id) has no feature \"\(id.prefix(40))\"")
        }
        let path = "/collections/\(collection.id)"
        bytes.removeLast()
        bytes += Array(",\"links\":".utf8)
        bytes += try Links(ask).list([
            .init("self", "\(path)/items/\(Links.encoded(id))", .geojson, "This feature"),
            .init("collection", path, .json, "Its collection"),
        ])
        return Answer(ask.media, bytes + [UInt8(ascii: "}")])
    }.holding(resource)

    /// The incidents are a thing of their own; all other collections are boundaries.
    private static func resource(_ parts: [String: String]) -> Resource {
        parts["collection"] == "incidents" ? .incidents : .boundaries
    }

    /// The pages of one question are cut from one answer, which is found once and kept.
    private static func matches(_ query: ItemQuery, _ collection: any FeatureCollection, _ ask: Ask) throws
        -> FeatureMatches
    {
        let asked = Query(ask.query.items.filter { !["limit", "cursor", "f"].contains($0.name) })
        let key = "\(ask.snapshot.tag) \(collection.id) \(asked.canonical)"
        if let known = ask.server.matches.value(key) { return known }
        let found = try collection.matches(query.question)
        ask.server.matches.insert(key, found, cost: found.byteCount + key.utf8.count)
        return found
    }

    private static func body(
        _ page: FeaturePage, _ matched: Int, _ collection: any FeatureCollection, _ links: Links, _ ask: Ask
    ) -> [UInt8] {
        var buffer = ByteWriter(capacity: page.features.count + 2_048)
        buffer.text("{\"type\":\"FeatureCollection\",\"numberMatched\":\(matched),\"numberReturned\":\(page.count),")
        buffer.text(
            "\"timeStamp\":\"\(ask.snapshot.loadedAt)\",\"storeRevision\":\(ask.snapshot.revision()),\"links\":")
        buffer.raw(links.list(self.links(page, collection, ask)))
        buffer.text(",\"features\":[\n" as StaticString)
        buffer.raw(page.features)
        buffer.text("\n]}\n" as StaticString)
        return buffer.bytes
    }

    private static func links(_ page: FeaturePage, _ collection: any FeatureCollection, _ ask: Ask) -> [Links.Link] {
        let path = "/collections/\(collection.id)"
        func address(_ change: [(name: String, value: String)]) -> String {
            let kept = ask.query.items.filter { item in !change.contains { $0.name == item.name } }
            let all = (kept + change).map { "\(Links.encoded($0.name))=\(Links.encoded($0.value))" }
            return path + "/items" + (all.isEmpty ? "" : "?" + all.joined(separator: "&"))
        }
        let other: Media = ask.media == .geojson ? .json : .geojson
        var links: [Links.Link] = [
            .init("self", address([]), ask.media, "This page"),
            .init("alternate", address([("f", other.rawValue)]), other, "This page as \(other.rawValue)"),
            .init("collection", path, .json, "The collection"),
        ]
        if let next = page.next { links.append(.init("next", address([("cursor", next)]), ask.media, "The next page")) }
        return links
    }
}
