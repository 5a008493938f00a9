import Boundaries
import CivilTime
import Compression
import CrimeMapping
import Files
import Foundation
import HTTPTypes
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import Testing
import Tiles

import Privacy
@testable import Server

/// Each route through the router, against what the job says of the store itself.
@Suite struct RouteTests {
    private func researcher() throws -> FaroServer { try TestServer.city.get().server { $0.role = .researcher } }

    private func json(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    @Test(arguments: ["", "&category=fraude", "&hours=18-23&days=fri,sat", "&from=2022-02-01&to=2022-12-31"])
    func `Counts by area, the summary, and the tiles of the level have one number`(_ filter: String) async throws {
        let server = try researcher()
        let counted = try json(try await server.ask("/hotspots/count?by=municipality" + filter))
        let features = try #require(counted["features"] as? [[String: Any]])
        let byArea = features.compactMap { ($0["properties"] as? [String: Any])?["count"] as? Int }.reduce(0, +)

        let summary = try json(try await server.ask("/summary?by=municipality&period=none" + filter))
        let rows = try #require(summary["rows"] as? [[String: Any]])
        let inAreas = rows.filter { $0["area_id"] is String }.compactMap { $0["count"] as? Int }.reduce(0, +)

        let tile = try await server.ask("/tiles/municipality/0/0/0.mvt?" + filter.dropFirst())
        let layers = VectorTile(tile.bytes).layers
        let inTile = try #require(layers.first).features.reduce(0) { sum, feature in
            guard case .integer(let count)? = feature.properties.first(where: { $0.name == "count" })?.value else {
                return sum
            }
            return sum + Int(count)
        }
        #expect(byArea > 0 && byArea == inAreas && byArea == inTile)
    }

    @Test(arguments: ["2021-03", "2022-11", "2023-12"])
    func `The monthly sheet is that of the job, as a table and as a page that loads nothing`(_ month: String)
        async throws
    {
        let city = try TestServer.city.get()
        let server = try researcher()
        let job = MonthlySheet(month: try #require(Period(month)), level: .municipality)
        let figures = try job.run(in: city.store)
        let output = MemoryOutput(limit: 1 << 24)
        try figures.writeCSV(to: output)
        let table = try await server.ask("/report/\(month)?f=csv")
        #expect(table.bytes == output.bytes && output.bytes.count > 1_000)
        let page = try await server.ask("/report/\(month)")
        #expect(page.status == 200 && page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(!page.text.contains("src=\"http") && page.text.contains(month.prefix(4)))
        for wrong in ["2022", "2022-13", "1999-01x", "9999-12"] {
            #expect([400, 404].contains(try await server.ask("/report/\(wrong)").status))
        }
    }

    @Test func `The tiles of incidents hold every placed incident once`() async throws {
        let city = try TestServer.city.get()
        let server = try researcher()
        let selection = try IncidentSelection(from: city.store, filter: IncidentFilter())
        let description = try json(try await server.ask("/tiles/incidents.json"))
        let record = try #require(description["faro"] as? [String: Any])
        let expected = try selection.pattern().count - selection.pattern().dropped
        #expect(record["incidents_in_tiles"] as? Int == expected)
        let tile = try await server.ask("/tiles/incidents/0/0/0.mvt", headers: [.acceptEncoding: "gzip"])
        #expect(tile.headers[.contentEncoding] == "gzip")
        #expect(try Gzip.decompress(tile.bytes) == (try await server.ask("/tiles/incidents/0/0/0.mvt")).bytes)
    }

    @Test func `A surface is the same as that of the job, in each form`() async throws {
        let server = try researcher()
        let question = "/hotspots/kde?bandwidth=800&cell_size=400"
        let reply = try await server.ask(question)
        let features = try #require(try json(reply)["features"] as? [[String: Any]])
        let csv = try await server.ask(question + "&f=csv")
        #expect(csv.text.split(separator: "\n").count == features.count + 1)
        let png = try await server.ask(question, headers: [.accept: "image/png"])
        #expect(png.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let tif = try await server.ask(question + "&f=tif")
        #expect(tif.bytes.starts(with: [0x49, 0x49]))
        #expect([reply, csv, png, tif].map(\.status) == [200, 200, 200, 200])
    }

    @Test func `Hot spots, associations and clusters are answered`() async throws {
        let server = try researcher()
        for path in [
            "/hotspots/gistar?cell_size=500", "/hotspots/lisa?by=colonia&permutations=99&seed=7",
            "/hotspots/clusters?method=dbscan&reach=300&min_incidents=5",
            "/hotspots/near-repeat?permutations=19&rows=incidents&f=png", "/hotspots/near-repeat?permutations=19&f=csv",
            "/hotspots/emerging?cell_size=1000&period=28&f=png",
            "/tiles/heat.json?bandwidth=800&cell_size=400",
            "/tiles/city.json", "/tiles/grid.json?cell_size=500&grid_type=hex",
        ] {
            let reply = try await server.ask(path)
            #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
        }
    }

    @Test func `Near repeats and emerging hot spots are those of the jobs`() async throws {
        let city = try TestServer.city.get()
        let server = try researcher()
        var filter = IncidentFilter()
        filter.categories = ["ROBO A CASA HABITACION"]
        let selection = try IncidentSelection(from: city.store, filter: filter)
        let support = try SpaceTimeSupport(
            of: selection, cellSize: .metres(1000), studyArea: selection.studyArea(in: city.store))
        func csv(_ found: SpaceTimeTable) throws -> [UInt8] {
            let output = MemoryOutput(limit: 1 << 24)
            try found.table.write(layer: "rows", to: FeatureTextFile(nil, to: output))
            return output.bytes
        }
        let question = "?category=robo%20a%20casa%20habitacion&cell_size=1000&f=csv"
        let repeats = try NearRepeatSearch(test: NearRepeat(distances: [.metres(200)], days: [14], permutations: 99))
            .run(on: support)
        let near = try await server.ask(
            "/hotspots/near-repeat" + question + "&metres=200&within_days=14&permutations=99")
        #expect(try near.status == 200 && near.bytes == csv(repeats), "\(near.text.prefix(300))")
        var risk = NearRepeatSearch(
            test: NearRepeat(distances: [.metres(200)], days: [14], permutations: 99), rows: .risk)
        risk.ahead = 3
        let ahead = try await server.ask(
            "/hotspots/near-repeat" + question + "&metres=200&within_days=14&permutations=99&rows=risk&ahead=3")
        let expected = try csv(risk.run(on: support))
        #expect(ahead.status == 200 && ahead.bytes == expected, "\(ahead.text.prefix(300))")
        let trends = try EmergingMap(period: .months(3)).run(on: support)
        let emerging = try await server.ask("/hotspots/emerging" + question + "&period=quarter")
        #expect(try emerging.status == 200 && emerging.bytes == csv(trends), "\(emerging.text.prefix(300))")

        for wrong in [
            "near-repeat?f=png", "near-repeat?metres=1,,2", "near-repeat?metres=200,100", "near-repeat?within_days=x",
            "near-repeat?permutations=0", "near-repeat?rows=risk&ahead=0", "near-repeat?rows=risk&ahead=61",
            "near-repeat?ahead=2", "emerging?period=fortnight", "emerging?period=0", "emerging?from=2023-12-31",
            "emerging?from=1990-01-01&to=1990-01-01", "near-repeat?from=1990-01-01&to=1990-01-01",
        ] {
            let reply = try await server.ask("/hotspots/" + wrong)
            #expect(reply.status == 400, "\(wrong): \(reply.status) \(reply.text.prefix(300))")
        }
    }

    @Test func `Each district has its picture and its record, and an unknown one is not found`() async throws {
        let server = try researcher()
        let snapshot = server.live.current
        let layer = try #require(snapshot.layers.first { $0.version.level == .district })
        for area in layer.areas {
            let picture = try await server.ask("/districts/\(area.id)/heatmap")
            #expect(
                picture.status == 200 && picture.headers[.contentType] == "image/png", "\(picture.text.prefix(300))")
        }
        let id = try #require(layer.areas.first).id
        let record = try json(try await server.ask("/districts/\(id)/heatmap?f=json"))
        let hours = try #require((record["time"] as? [String: Any])?["hour_of_week"] as? [[Int]])
        #expect(hours.count == 7 && hours.allSatisfy { $0.count == 24 })
        #expect(try await server.ask("/districts/nowhere/heatmap").status == 404)
    }

    /// Of a day before the city was, and of one incident.
    @Test func `Nothing is an answer: an empty surface, picture and tile, and one hill for one incident`() async throws
    {
        let server = try researcher()
        let snapshot = server.live.current
        let district = try #require(snapshot.layers.first { $0.version.level == .district }?.areas.first)
        let never = "from=1990-01-01&to=1990-01-01"
        let table = snapshot.table
        let id = try #require(
            table.id.indices.first { table.x[$0].isFinite && table.grade[$0] == .point }.map { table.id[$0] })
        let once = "where=id%20%3D%20\(id)"
        for question in [never, once] {
            for path in [
                "/districts/\(district.id)/heatmap?\(question)", "/districts/\(district.id)/heatmap?f=json&\(question)",
                "/hotspots/kde?f=png&\(question)", "/hotspots/kde?f=tif&cell_size=500&\(question)",
                "/hotspots/count?f=png&cell_size=500&\(question)", "/tiles/heat.json?\(question)",
                "/tiles/incidents.json?\(question)",
                "/tiles/grid.json?\(question)",
            ] {
                let reply = try await server.ask(path)
                #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
            }
        }
        for set in ["heat", "incidents", "grid"] {
            let suffix = set == "heat" ? "png" : "mvt"
            #expect(try await server.ask("/tiles/\(set)/0/0/0.\(suffix)?\(never)").status == 204)
        }
        let answer = try json(try await server.ask("/hotspots/kde?cell_size=500&\(never)"))
        let record = try #require(answer["faro"] as? [String: Any])
        #expect(record["bandwidth_m"] as? Int == 500 && (record["warnings"] as? String)?.contains("mass") == true)
    }

    @Test func `Corners, comparisons and explanations are answered as the commands answer them`() async throws {
        let city = try TestServer.city.get()
        let server = try researcher()
        let selection = try IncidentSelection(from: city.store, filter: IncidentFilter())
        let known = try city.store.crossings(in: selection.crs)
        #expect(!known.isEmpty)
        let expected = try CornerTable(
            selection.pattern(), known: known, studyArea: selection.studyArea(in: city.store))
        let corners = try json(try await server.ask("/hotspots/count?corners"))
        #expect((corners["faro"] as? [String: Any])?["known_corners"] as? Int == expected.corners.known)
        #expect((corners["features"] as? [[String: Any]])?.count == expected.corners.places.count)
        #expect(try await server.ask("/hotspots/count?corners&cell_size=500").status == 400)

        let category = try #require(server.live.current.table.categories.first)
        let compared = try json(
            try await server.ask(
                "/hotspots/kde?bandwidth=800&cell_size=500&against_category=\(Links.encoded(category))&compare=difference"
            ))
        #expect((compared["faro"] as? [String: Any])?["comparison"] as? String == "difference")
        #expect(try await server.ask("/hotspots/kde?compare=ratio").status == 400)
        #expect(try await server.ask("/tiles/heat.json?against_category=x&compare=difference").status == 400)
        let words = try json(try await server.ask("/hotspots/gistar?cell_size=500&explain&lang=en"))
        #expect(((words["faro"] as? [String: Any])?["explanation"] as? String)?.contains("Getis") == true)
        #expect(try await server.ask("/hotspots/gistar?cell_size=500&explain&f=csv").status == 400)
    }

    @Test func `A tile beyond the cap, beyond the world, or of no set is refused; an empty one is 204`() async throws {
        let server = try researcher()
        #expect(try await server.ask("/tiles/incidents/17/0/0.mvt").status == 400)
        #expect(try await server.ask("/tiles/incidents/9223372036854775807/0/0.mvt").status == 400)
        #expect(try await server.ask("/tiles/incidents/2/4/0.mvt").status == 404)
        #expect(try await server.ask("/tiles/nothing/0/0/0.mvt").status == 404)
        #expect(try await server.ask("/tiles/incidents/14/0/0.mvt").status == 204)
        #expect(try await server.ask("/tiles/heat/0/0/0.mvt?bandwidth=800&cell_size=400").status == 404)
    }
}
