import Boundaries
import CQL2
import CivilTime
import CrimeMapping
import Foundation
import HTTPTypes
import Incidents
import SimpleFeatures
import TestSupport
import Testing

import Privacy
@testable import Server

@Suite struct FeatureRouteTests {
    private func server(_ role: Role = .researcher) throws -> FaroServer {
        try TestServer.city.get().server { $0.role = role }
    }

    private func object(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    private func get(_ path: String, of server: FaroServer) async throws -> [String: Any] {
        let reply = try await server.ask(path)
        #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
        return try object(reply)
    }

    private func links(_ object: [String: Any]) -> [String: String] {
        let links = object["links"] as? [[String: String]] ?? []
        return Dictionary(links.map { ($0["rel"] ?? "", $0["href"] ?? "") }) { first, _ in first }
    }

    private func matched(_ query: String, of server: FaroServer, in collection: String = "incidents") async throws
        -> Int
    {
        let asked = query.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)?.replacingOccurrences(
            of: "+", with: "%2B")
        return try #require(
            try await get("/collections/\(collection)/items?limit=1&\(asked ?? "")", of: server)["numberMatched"]
                as? Int)
    }

    @Test func `The landing page leads to the description, the conformance and the collections`() async throws {
        let server = try server()
        let found = links(try await get("/", of: server))
        for relation in ["self", "service-desc", "conformance", "data"] {
            let path = try #require(found[relation].flatMap { URL(string: $0)?.path })
            #expect(try await server.ask(path).status == 200)
        }
        let classes = try #require(try await get("/conformance", of: server)["conformsTo"] as? [String])
        #expect(classes.contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"))
        let collections = try #require(try await get("/collections", of: server)["collections"] as? [[String: Any]])
        #expect(
            collections.compactMap { $0["id"] as? String }.sorted() == [
                "colonia", "district", "incidents", "municipality",
            ])
    }

    @Test func `Pages of any size put together are every incident once, the placed ones first`() async throws {
        let server = try server()
        let all = try IncidentSelection(from: server.live.current, filter: IncidentFilter())
        for limit in [97, 1_000, 10_000] {
            var ids: [String] = []
            var placed: [Bool] = []
            var path: String? = "/collections/incidents/items?limit=\(limit)"
            while let asked = path {
                let page = try await get(asked, of: server)
                let features = try #require(page["features"] as? [[String: Any]])
                #expect(page["numberMatched"] as? Int == all.rows.count)
                #expect(page["numberReturned"] as? Int == features.count)
                ids += features.compactMap { $0["id"] as? String }
                placed += features.map { $0["geometry"] is [String: Any] }
                path = links(page)["next"].flatMap { URL(string: $0) }.map { "\($0.path)?\($0.query ?? "")" }
            }
            #expect(ids.count == all.rows.count && Set(ids) == Set(all.rows.map { "\(all.table.id[$0])" }))
            #expect(placed == placed.sorted { $0 && !$1 })
        }
    }

    @Test func `A feature says what its export says`() async throws {
        let city = try TestServer.city.get()
        let folder = try TemporaryFolder()
        let server = try server()
        let selection = try IncidentSelection(from: city.store, filter: IncidentFilter())
        let path = folder.file("a.geojson")
        _ = try IncidentExport.write(
            selection, of: city.store, members: [],
            to: FeatureTextFile(.collection, path: path, overwrite: false))
        let file =
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any]
        var exported: [String: [String: Any]] = [:]
        for feature in try #require(file?["features"] as? [[String: Any]]) {
            exported[feature["id"] as? String ?? ""] = feature
        }
        let page = try await get("/collections/incidents/items?limit=500", of: server)
        for feature in try #require(page["features"] as? [[String: Any]]) {
            let other = try #require(exported[feature["id"] as? String ?? ""])
            let (ours, theirs) = (
                feature["properties"] as? NSDictionary ?? [:], other["properties"] as? [String: Any] ?? [:]
            )
            for (name, value) in ours {
                let name = try #require(name as? String)
                #expect((value as? NSObject) == (theirs[name] as? NSObject), "\(name)")
            }
            let place = (feature["geometry"] as? [String: Any])?["coordinates"] as? [Double] ?? []
            let original = (other["geometry"] as? [String: Any])?["coordinates"] as? [Double] ?? []
            #expect(zip(place, original).allSatisfy { abs($0 - $1) < 2e-7 } && place.count == original.count)
            let id = try #require(feature["id"] as? String)
            #expect(try await server.ask("/collections/incidents/items/\(id)").status == 200)
        }
    }

    @Test func `A filter is the same asked by command line, by property, by time and by CQL2`() async throws {
        let server = try server()
        let snapshot = server.live.current
        func count(_ change: (inout IncidentFilter) throws -> Void, box: Envelope<FilePosition>? = nil) throws -> Int {
            var filter = IncidentFilter()
            try change(&filter)
            return try IncidentSelection(
                from: try TestServer.city.get().store, filter: filter, box: box.map { ($0, .wgs84) }
            )
            .rows.count
        }
        let category = try #require(snapshot.table.categories.first)
        let exact = try count { $0.condition = CQL2Filter(.comparison("category", .equal, .text(category))) }
        #expect(exact > 0)
        #expect(try await matched("category=\(category)", of: server) == exact)
        #expect(try await matched("filter=category = '\(category)'&filter-lang=cql2-text", of: server) == exact)

        let days = snapshot.table.localDay.sorted()
        let middle = CalendarDate(daysSince1970: days[days.count / 2])
        let since = try count { $0.from = middle }
        for text in ["\(middle)/..", "\(middle)/", "\(middle)T/.."] {
            #expect(try await matched("datetime=\(text)", of: server) == since, "\(text)")
        }
        let until = try count { $0.to = middle }
        #expect(try await matched("datetime=../\(middle)", of: server) == until)
        #expect(try await matched("datetime=/\(middle)", of: server) == until)
        let everything = try count { _ in }
        let day = try count {
            $0.from = middle
            $0.to = middle
        }
        #expect(try await matched("datetime=\(middle)", of: server) == day)
        #expect(try await matched("local_date=\(middle)", of: server) == day)
        #expect(try await matched("from=\(middle)&to=\(middle)", of: server) == day)
        #expect(day > 0 && until + since == day + everything)

        let extent = snapshot.places.bounds
        let box = Envelope<FilePosition>(
            minX: extent.minX, minY: extent.minY, maxX: extent.middle.x, maxY: extent.middle.y)
        let text = "\(box.minX),\(box.minY),\(box.maxX),\(box.maxY)"
        let inBox = try count({ _ in }, box: box)
        #expect(inBox > 0)
        #expect(try await matched("bbox=\(text)", of: server) == inBox)
        #expect(try await matched("bbox=\(box.minX),\(box.minY),-5,\(box.maxX),\(box.maxY),5000", of: server) == inBox)
        #expect(try await matched("filter=S_INTERSECTS(geometry,BBOX(\(text)))", of: server) == inBox)
        // Across the antimeridian: everything but what lies between.
        let west = try await matched("bbox=\(box.maxX),-90,\(box.minX),90", of: server)
        let placed = try await matched("filter=geometry IS NOT NULL", of: server)
        let between = try await matched("bbox=\(box.minX),-90,\(box.maxX),90", of: server)
        #expect(west + between >= placed && west + between <= placed + 5)
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=-1", "limit"), ("limit=x", "limit"), ("colour=red", "colour"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,9,3,4", "bbox"), ("bbox=nan,1,2,3", "bbox"), ("datetime=soon", "datetime"),
        ("datetime=2024-02-30", "datetime"),
        ("datetime=2024-03-02/2024-03-01", "datetime"), ("filter=category =", "character 11"),
        ("filter=crime=1", "category, modality"),
        ("filter-lang=cql2-json", "filter-lang"), ("crs=http://www.opengis.net/def/crs/EPSG/0/3857", "crs"),
        ("cursor=x", "cursor"),
        ("cursor=zzzzzzzzzzzzzzzzzz.1", "cursor"), ("local_hour=x", "local_hour"), ("is_artefact=maybe", "is_artefact"),
        ("outcome=lost", "outcome"), ("local_date=1", "local_date"), ("limit=1&limit=2", "limit"),
        ("geometry=x", "geometry"),
    ])
    func `What cannot be understood is refused by name`(_ query: String, _ word: String) async throws {
        let text = query.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
        let reply = try await server().ask("/collections/incidents/items?\(text)")
        #expect(reply.status == 400 && reply.headers[.contentType] == "application/problem+json")
        #expect(reply.text.contains(word), "\(reply.text)")
    }

    @Test func `More than the most of a page is read as the most, however much more`() async throws {
        let server = try server()
        for limit in ["10000", "10001", "9223372036854775808", "99999999999999999999999999"] {
            #expect(try await server.ask("/collections/incidents/items?limit=\(limit)").status == 200)
        }
    }

    @Test func `Who may not see places gets none, and is told so where the collections stand`() async throws {
        let server = try server(.public)
        for path in ["items", "items/1", "items?limit=1&bbox=0,0,1,1"] {
            let reply = try await server.ask("/collections/incidents/\(path)")
            #expect(reply.status == 401 && reply.headers[.contentType] == "application/problem+json")
        }
        #expect(try await server.ask("/collections/colonia/items").status == 200)
        // Counts under any shape would say the same.
        #expect(try await server.ask("/hotspots/count?by=municipality&where=local_hour%3D20").status == 401)
        #expect(try await self.server().ask("/hotspots/count?by=municipality&where=local_hour%3D20").status == 200)
        let collection = try await get("/collections/incidents", of: server)
        #expect(collection["access"] as? String == "planner" && collection["extent"] == nil)
        #expect((try await get("/", of: server)["description"] as? String)?.contains("planner") == true)
    }

    @Test func `Areas are found by name, by box, by shape and by the days on which they hold`() async throws {
        let server = try server()
        let layer = try #require(server.live.current.layers.first { $0.version.level.name == "colonia" })
        let area = try #require(layer.areas.dropFirst(3).first)
        #expect(try await matched("", of: server, in: "colonia") == layer.areas.count)
        #expect(try await matched("area_id=\(area.id)", of: server, in: "colonia") == 1)
        #expect(try await matched("filter=area_name LIKE '%'", of: server, in: "colonia") == layer.areas.count)
        #expect(try await matched("datetime=2024-01-01", of: server, in: "colonia") == layer.areas.count)
        let corner = area.geometry.polygons[0].exterior[0]
        let near = layer.areas.filter { area in
            area.geometry.polygons.contains { $0.rings.contains { $0.contains(corner) } }
        }.count
        let at = "\(corner.longitude) \(corner.latitude)"
        #expect(try await matched("filter=S_INTERSECTS(geometry,POINT(\(at)))", of: server, in: "colonia") >= near)
        #expect(
            try await matched(
                "bbox=\(corner.longitude),\(corner.latitude),\(corner.longitude),\(corner.latitude)", of: server,
                in: "colonia")
                >= near)
        let id = "\(area.id)@\(layer.version.number)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let feature = try await get("/collections/colonia/items/\(id)", of: server)
        #expect((feature["properties"] as? [String: Any])?["area_id"] as? String == area.id)
        #expect(try await server.ask("/collections/colonia/items/nothing").status == 404)
        #expect(try await server.ask("/collections/nothing/items").status == 404)
        var ids: Set<String> = []
        var path: String? = "/collections/colonia/items?limit=7"
        while let asked = path {
            let page = try await get(asked, of: server)
            for feature in page["features"] as? [[String: Any]] ?? [] { ids.insert(feature["id"] as? String ?? "") }
            path = links(page)["next"].flatMap { URL(string: $0) }.map { "\($0.path)?\($0.query ?? "")" }
        }
        #expect(ids.count == layer.areas.count)
    }

    @Test func `Links name the server as the client does, also from the cache`() async throws {
        let server = try server(.public)
        for name in ["localhost:8080", "127.0.0.1:9"] {
            let reply = try await server.ask("/collections", authority: name)
            #expect(links(try object(reply))["self"] == "http://\(name)/collections")
        }
    }

    @Test func `The description has every route and every parameter, each with words of its own`() async throws {
        let server = try server()
        let reply = try await server.ask(
            "/api", headers: [.accept: "application/vnd.oai.openapi+json;version=3.0, application/json"])
        #expect(reply.headers[.contentType] == "application/vnd.oai.openapi+json;version=3.0")
        let paths = try #require(try object(reply)["paths"] as? [String: Any])
        for route in server.routes {
            #expect(RouteWords.known[route.path] != nil, "\(route.path) has no words")
            #expect(paths[route.path.replacingOccurrences(of: "{collection}", with: "incidents")] != nil)
            for name in route.parameters {
                #expect(
                    ParameterWords.known["\(route.path) \(name)"] != nil || ParameterWords.known[name] != nil, "\(name)"
                )
            }
        }
        let get = ((paths["/collections/incidents/items"] as? [String: Any])?["get"] as? [String: Any])
        let names = (get?["parameters"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        #expect(Set(names).isSuperset(of: ["bbox", "datetime", "category", "colonia_id", "local_hour", "limit", "f"]))
        #expect(Set(names).count == names.count)
    }
}
