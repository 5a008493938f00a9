import Boundaries
import CrimeMapping
import Foundation
import HTTPTypes
import Incidents
import Privacy
import TestSupport
import Testing

@testable import Server

/// The web map's files and the answers that it is made of.
@Suite struct MapRouteTests {
    /// The pages as they stand in the sources.
    static let pages = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/Server/Web").path

    private func server(_ role: Role = .researcher, library: String? = nil) throws -> FaroServer {
        let files = try MapFiles(folder: Self.pages, library: library)
        return try TestServer.city.get().server {
            $0.role = role
            $0.mapFiles = files
        }
    }

    private func json(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    @Test func `The page asks nobody but its own server, and is framed by whoever sees no more in it than all`()
        async throws
    {
        let own = try await server().ask("/map")
        #expect(own.status == 200 && own.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(own.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && policy.hasSuffix("frame-ancestors 'self'"))
        #expect(own.headers[.frameOptions] == "SAMEORIGIN")
        let open = try await server(.public).ask("/map?embed=1")
        #expect(try #require(open.headers[.contentSecurityPolicy]).hasSuffix("frame-ancestors *"))
        #expect(open.headers[.frameOptions] == nil)
        #expect(try await server().ask("/summary").headers[.frameOptions] == "DENY")
    }

    @Test func `A basemap opens its own origin alone`() async throws {
        var options = ServerOptions()
        options.basemap = "https://tiles.example.org:8443/a/{z}/{x}/{y}.png?key=1"
        #expect(options.basemapOrigin == "https://tiles.example.org:8443")
        for bad in ["ftp://a/b", "https://", "https://a b/", "https://a;script-src *", "javascript:1"] {
            options.basemap = bad
            #expect(options.basemapOrigin == nil)
        }
    }

    @Test func `Files have tags, and nothing else can be named`() async throws {
        let server = try server()
        let style = try await server.ask("/map/style.css")
        #expect(style.status == 200 && style.headers[.contentType] == "text/css; charset=utf-8")
        let tag = try #require(style.headers[.eTag])
        #expect(try await server.ask("/map/style.css", headers: [.ifNoneMatch: tag]).status == 304)
        let script = try await server.ask("/map/main.js", headers: [.acceptEncoding: "gzip"])
        #expect(
            script.headers[.contentEncoding] == "gzip"
                && script.headers[.contentType]?.hasPrefix("text/javascript") == true)
        for name in ["nothing.js", "..%2FFaroServer.swift", "%2e%2e", ".hidden", "maplibre-gl.js", "index.html%00"] {
            #expect([400, 404].contains(try await server.ask("/map/\(name)").status), "\(name)")
        }
    }

    @Test func `No file of the map is large`() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.pages) {
            let size = try #require(
                try FileManager.default.attributesOfItem(atPath: Self.pages + "/" + name)[.size] as? Int)
            #expect(size < 300_000, "\(name)")
        }
    }

    @Test func `A folder without the files is a sentence`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: MapFilesError.incomplete(folder: folder.path, file: "index.html")) {
            try MapFiles(folder: folder.path)
        }
        #expect(throws: MapFilesError.incomplete(folder: folder.path, file: "maplibre-gl.js")) {
            try MapFiles(folder: Self.pages, library: folder.path)
        }
        let text = MapFilesError.incomplete(folder: "x", file: "maplibre-gl.js").description
        #expect(
            text == "the folder x must have the file maplibre-gl.js, but has not; tools/map-assets fills such a folder")
    }

    @Test func `The state tells role, levels, crimes, days and what the numbers rest on`() async throws {
        let server = try server()
        let state = try json(try await server.ask("/map/state"))
        #expect(state["role"] as? String == "researcher" && state["has_library"] as? Bool == false)
        #expect((state["layers"] as? [String])?.contains("points") == true)
        let store = try #require(state["store"] as? [String: Any])
        #expect(store["incidents"] as? Int == server.live.current.table.count)
        for name in ["levels", "categories", "days", "months", "found_share", "sources", "count_units", "bounds"] {
            #expect(store[name] != nil, "\(name)")
        }
        let index = try #require(state["index"] as? [String: Any])
        let ids = try #require(index["ids"] as? [String])
        #expect(ids == server.live.current.layers.first { $0.version.level == .colonia }?.areas.map(\.id))
        let open = try json(try await self.server(.public).ask("/map/state"))
        #expect(open["sees_places"] as? Bool == false && (open["layers"] as? [String])?.contains("points") == false)
    }

    @Test(arguments: ["", "&category=FRAUDE", "&hours=18-23&days=fri,sat", "&from=2022-02-01&to=2022-12-31"])
    func `Figures of areas are those of the summary`(_ filter: String) async throws {
        let server = try server()
        let figures = try json(try await server.ask("/areas/colonia?" + filter.dropFirst()))
        let summary = try json(try await server.ask("/summary?by=colonia&period=none" + filter))
        let rows = try #require(summary["rows"] as? [[String: Any]])
        var expected: [String: Int] = [:]
        for row in rows { if let id = row["area_id"] as? String { expected[id] = row["count"] as? Int } }
        let ids = try #require(figures["area_id"] as? [String])
        let counts = try #require(figures["count"] as? [Int])
        #expect(Dictionary(uniqueKeysWithValues: zip(ids, counts)) == expected)
        let outside = rows.filter { !($0["area_id"] is String) }.compactMap { $0["count"] as? Int }.reduce(0, +)
        #expect(figures["outside"] as? Int == outside && figures["counted"] as? Int == counts.reduce(0, +))
    }

    @Test func `Change is told with its chance, and without earlier days not at all`() async throws {
        let server = try server()
        let year = try json(try await server.ask("/areas/municipality?from=2022-01-01&to=2022-12-31&baseline=year"))
        let before = try #require(year["count_before"] as? [Int])
        let earlier = try json(try await server.ask("/areas/municipality?from=2021-01-01&to=2021-12-31"))
        #expect(before == earlier["count"] as? [Int])
        #expect((year["q"] as? [Double])?.count == before.count)
        let first = try json(try await server.ask("/areas/municipality?from=2021-01-01&to=2021-12-31&baseline=year"))
        #expect(first["count_before"] == nil && first["baseline"] == nil)
        for form in ["geojson", "csv", "png"] {
            #expect(try await server.ask("/areas/municipality?f=\(form)&measure=rate").status == 200)
        }
    }

    @Test func `The card of an area agrees with the figures of its level`() async throws {
        let server = try server()
        let question = "?from=2022-01-01&to=2022-12-31&baseline=year"
        let figures = try json(try await server.ask("/areas/district" + question))
        let ids = try #require(figures["area_id"] as? [String])
        let counts = try #require(figures["count"] as? [Int])
        for (id, count) in zip(ids, counts) {
            let card = try json(try await server.ask("/areas/district/\(id)" + question))
            #expect(card["count"] as? Int == count)
            let week = try #require(card["hour_of_week"] as? [[Int]]).joined().reduce(0, +)
            let without = try #require(card["without_hour"] as? [Int]).reduce(0, +)
            #expect(week + without == count)
            let rank = try #require(card["rank"] as? [String: Int])
            #expect(rank["of"] == ids.count)
            #expect((card["crimes"] as? [[String: Any]])?.isEmpty == false)
        }
        #expect(try await server.ask("/areas/district/nowhere").status == 404)
        #expect(try await server.ask("/areas/nowhere").status == 404)
    }

    @Test func `Areas are found without accents and by the beginnings of words`() async throws {
        let server = try server()
        let snapshot = server.live.current
        let area = try #require(snapshot.layers.first { $0.version.level == .colonia }?.areas.first)
        let word = String(try #require(area.name.split(separator: " ").last).prefix(5)).lowercased()
        let plain = word.folding(options: .diacriticInsensitive, locale: nil)
        let query = try #require(plain.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let found = try #require(
            try json(try await server.ask("/areas?q=\(query)&limit=100"))["areas"] as? [[String: Any]])
        #expect(found.contains { $0["area_id"] as? String == area.id })
        #expect((try json(try await server.ask("/areas?q="))["areas"] as? [Any])?.isEmpty == true)
    }

    @Test func `Whoever has no token gets what the gate publishes, as the summary has it`() async throws {
        let server = try server(.public)
        let summary = try json(try await server.ask("/summary?by=colonia&period=none"))
        var expected: [String: Int?] = [:]
        for row in try #require(summary["rows"] as? [[String: Any]]) {
            if let id = row["area_id"] as? String { expected[id] = .some(row["count"] as? Int) }
        }
        let figures = try json(try await server.ask("/areas/colonia"))
        let ids = try #require(figures["area_id"] as? [String])
        let counts = try #require(figures["count"] as? [Any])
        for (id, count) in zip(ids, counts) where expected[id] != nil { #expect(expected[id] == .some(count as? Int)) }
        #expect(figures["hour_of_week"] == nil && figures["p"] == nil)
        let card = try json(try await server.ask("/areas/colonia/\(try #require(ids.first))"))
        #expect(card["hour_of_week"] == nil && card["months"] == nil && card["rank"] == nil)
        for path in [
            "/areas/colonia?hours=1-2", "/areas/colonia?days=fri", "/areas/colonia?from=2022-01-01&to=2022-01-31",
            "/areas/colonia?baseline=year", "/areas/district", "/areas/colonia/\(ids[0])?hours=1-2",
        ] {
            #expect([400, 401, 403, 404].contains(try await server.ask(path).status), "\(path)")
        }
        let state = try json(try await server.ask("/map/state"))
        let store = try #require(state["store"] as? [String: Any])
        #expect(
            (store["sources"] as? [Any])?.isEmpty == true && store["rejected"] == nil && store["at_artefacts"] == nil)
        #expect(
            (store["levels"] as? [[String: Any]])?.compactMap { $0["grain"] as? String }.sorted() == ["month", "year"])
    }
}
