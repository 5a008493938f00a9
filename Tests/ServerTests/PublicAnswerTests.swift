import Bytes
import CivilTime
@testable import CrimeMapping
import Foundation
import HTTPTypes
import Incidents
import Privacy
import SimpleFeatures
import Testing
import Tiles

@testable import Server

/// What whoever has no token gets, against the incidents counted one by one.
@Suite struct PublicAnswerTests {
    private func server() throws -> FaroServer {
        try TestServer.largerCity.get().server { $0.today = { CalendarDate(daysSince1970: 19_800) } }  // 2024-03-18
    }

    private func json(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    /// Counts as a citizen with all reports before her would make them.
    private struct Truth {
        /// By municipality and month, sensitive offences and all others.
        var byMonth: [String: (sensitive: Int, others: Int)] = [:]
        /// Other offences by colonia and year, of those that lie in the colonia's own municipality.
        var byYear: [String: Int] = [:]

        init(_ table: IncidentTable) throws {
            let municipality = try #require(table.areas(of: "municipality"))
            let colonia = try #require(table.areas(of: "colonia"))
            let sensitive = Set(["ABUSO SEXUAL", "VIOLENCIA FAMILIAR"].map { LabelFolding.fold($0) })
            for row in 0..<table.count {
                let day = CalendarDate(daysSince1970: table.localDay[row])
                func key(_ column: AreaColumn) -> String {
                    column.index[row] < 0 ? "-" : column.keys[Int(column.index[row])]
                }
                let label = table.category[row] < 0 ? "" : table.categories[Int(table.category[row])]
                let month = "\(key(municipality)) \(Period(.month, containing: day))"
                guard !sensitive.contains(LabelFolding.fold(label)) else {
                    byMonth[month, default: (0, 0)].sensitive += 1
                    continue
                }
                byMonth[month, default: (0, 0)].others += 1
                guard key(colonia).hasPrefix(key(municipality)) else { continue }
                byYear["\(key(colonia)) \(Period(.year, containing: day))", default: 0] += 1
            }
        }
    }

    @Test func `A municipality's month is the true one, or hides a part of 1 to 7`() async throws {
        let server = try server()
        let truth = try Truth(server.live.current.table)
        var (shown, hidden) = (0, 0)
        for row in try await rows("/summary?by=municipality&period=month", of: server) {
            guard let area = row["area_id"] as? String, let period = row["period"] as? String else { continue }
            let (sensitive, others) = truth.byMonth["\(area) \(period)"] ?? (0, 0)
            let isSmall = (1...7).contains(sensitive) || (1...7).contains(others)
            #expect(row["count"] as? Int == (isSmall ? nil : sensitive + others), "\(area) \(period)")
            (shown, hidden) = (shown + (isSmall ? 0 : 1), hidden + (isSmall ? 1 : 0))
        }
        #expect(shown > 10 && hidden > 10)
    }

    @Test func `A colonia's year is the true one or hidden, and never from 1 to 7`() async throws {
        let server = try server()
        let truth = try Truth(server.live.current.table)
        var shown = 0
        for row in try await rows("/summary?by=colonia", of: server) {
            guard let area = row["area_id"] as? String, let period = row["period"] as? String else { continue }
            guard let count = row["count"] as? Int else { continue }
            #expect(count == truth.byYear["\(area) \(period)"] ?? 0 && !(1...7).contains(count))
            shown += 1
        }
        #expect(shown > 50)
    }

    @Test func `What is left out is said, and how many there are is not`() async throws {
        let answer = try json(try await server().ask("/summary"))
        let account = try #require(answer["suppression"] as? [String: Any])
        #expect(account["k"] as? Int == 8 && (account["suppressed"] as? Int ?? 0) > 0)
        #expect(answer["incidents"] == nil && (answer["left_out"] as? [String])?.isEmpty == false)
    }

    private func rows(_ question: String, of server: FaroServer) async throws -> [[String: Any]] {
        try #require(try json(try await server.ask(question))["rows"] as? [[String: Any]])
    }

    @Test func `Table, map and tiles show the public one number`() async throws {
        let server = try server()
        let rows = try #require(
            try json(try await server.ask("/summary?by=colonia&period=none"))["rows"] as? [[String: Any]])
        let told = rows.filter { $0["area_id"] is String }
        let features = try #require(
            try json(try await server.ask("/hotspots/count?by=colonia"))["features"] as? [[String: Any]])
        let properties = features.compactMap { $0["properties"] as? [String: Any] }
        let tile = try await server.ask("/tiles/colonia/0/0/0.mvt")
        let layer = try #require(VectorTile(tile.bytes).layers.first)
        #expect(told.count == properties.count && told.count == layer.features.count && told.count == 150)
        let byKey = Dictionary(uniqueKeysWithValues: properties.map { ($0["area_id"] as? String ?? "", $0) })
        for row in told {
            let key = try #require(row["area_id"] as? String)
            #expect(byKey[key]?["count"] as? Int == row["count"] as? Int)
            #expect(byKey[key]?["at_least"] as? Int == row["at_least"] as? Int)
        }
        let inTiles = layer.features.reduce(0) { sum, feature in
            guard case .integer(let count)? = feature.properties.first(where: { $0.name == "at_least" })?.value else {
                return sum
            }
            return sum + Int(count)
        }
        #expect(inTiles == told.compactMap { $0["at_least"] as? Int }.reduce(0, +) && inTiles > 0)
    }

    @Test(arguments: [
        "/summary?hours=20-4", "/summary?days=sat", "/summary?modality=con%20violencia", "/summary?precision=point",
        "/summary?bbox=-104,26,-102,27", "/summary?where=local_hour%3D20", "/summary?by=district",
        "/summary?from=2022-01-15", "/summary?by=colonia&period=month", "/summary?by=colonia&category=fraude",
        "/summary?include_artefacts=true", "/summary?area=colonia:009010001", "/summary?category=no%20hay",
        "/hotspots/count?cell_size=100", "/hotspots/count?grid_type=hex",
        "/hotspots/kde?bandwidth=300",
        "/hotspots/kde?f=tif", "/hotspots/kde?kernel=gaussian", "/tiles/grid.json?category=fraude",
        "/tiles/heat.json?from=2022-01-01", "/hotspots/count?study_area=colonia", "/tiles/city.json?merge_below=3",
    ])
    func `What the lattice has no answer to is refused by its name`(_ question: String) async throws {
        let reply = try await server().ask(question)
        #expect(reply.status == 401 && reply.headers[.wwwAuthenticate] == "Bearer", "\(reply.text)")
        #expect(reply.text.contains("without a token"))
    }

    @Test func `No place of an incident is in any answer`() async throws {
        let server = try server()
        let table = server.live.current.table
        let places = server.live.current.places.degrees
        for question in [
            "/hotspots/count?by=colonia", "/hotspots/count", "/hotspots/kde", "/summary", "/collections", "/",
            "/collections/incidents", "/tiles/city.json", "/tiles/heat.json", "/api",
            "/collections/incidents/queryables",
        ] {
            let text = try await server.ask(question).text
            for row in stride(from: 0, to: table.count, by: 7) where table.outcome[row] == .placed {
                let place = places.place(row)
                let east = String(format: "%.5f", place.longitude)
                let north = String(format: "%.5f", place.latitude)
                let isFound = text.ranges(of: east).contains { range in
                    let rest = text[range.upperBound...].drop { $0.isNumber }
                    return rest.dropFirst().hasPrefix(north)
                }
                #expect(!isFound, "\(question) shows \(place)")
                if isFound { return }
            }
        }
        for tile in ["/tiles/city/0/0/0.mvt", "/tiles/city/10/218/432.mvt", "/tiles/grid/0/0/0.mvt"] {
            let reply = try await server.ask(tile)
            for layer in VectorTile(reply.bytes).layers { #expect(layer.name != "incidents") }
        }
    }

    @Test func `Categories are those of the taxonomy, sensitive ones by municipality and month alone`() async throws {
        let server = try server()
        let byMonth = try json(
            try await server.ask("/summary?category=violencia%20familiar&by=municipality&period=month"))
        let rows = try #require(byMonth["rows"] as? [[String: Any]])
        #expect(rows.contains { ($0["count"] as? Int ?? 0) >= 8 })
        #expect(try await server.ask("/summary?category=violencia%20familiar&by=colonia&period=year").status == 401)
        let city = try PublicCity(
            of: server.live.current, today: CalendarDate(daysSince1970: 19_800))
        #expect(city.categories.contains("EXTORSION") && !city.categories.contains("delitos reservados"))
    }

    @Test func `Tomorrow's answer has another tag, a planner's another text`() async throws {
        let city = try TestServer.city.get()
        let today = try await city.server { $0.today = { CalendarDate(daysSince1970: 19_800) } }.ask("/summary")
        let again = try await city.server { $0.today = { CalendarDate(daysSince1970: 19_800) } }.ask("/summary")
        let later = try await city.server { $0.today = { CalendarDate(daysSince1970: 19_801) } }.ask("/summary")
        #expect(today.headers[.eTag] == again.headers[.eTag] && today.headers[.eTag] != later.headers[.eTag])
    }
}
