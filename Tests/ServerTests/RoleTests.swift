import CrimeMapping
import Foundation
import HTTPTypes
import Hummingbird
import Incidents
import Privacy
import Testing

@testable import Server

@Suite struct RoleTests {
    private struct Tokens: TokenVerifier {
        func role(of token: String) -> Role? { Role(rawValue: token) }
    }

    /// Every address, and what public, planner, researcher and admin get: written out by hand.
    private static let matrix: [(path: String, example: String, statuses: [Int])] = [
        ("/", "/", [200, 200, 200, 200]),
        ("/conformance", "/conformance", [200, 200, 200, 200]),
        ("/api", "/api", [200, 200, 200, 200]),
        ("/collections", "/collections", [200, 200, 200, 200]),
        ("/collections/{collection}", "/collections/incidents", [200, 200, 200, 200]),
        ("/collections/{collection}/queryables", "/collections/incidents/queryables", [200, 200, 200, 200]),
        ("/collections/{collection}/items", "/collections/incidents/items?limit=1", [401, 200, 200, 200]),
        ("/collections/{collection}/items", "/collections/colonia/items?limit=1", [200, 200, 200, 200]),
        ("/collections/{collection}/items/{feature}", "/collections/incidents/items/{ordinary}", [401, 200, 200, 200]),
        (
            "/collections/{collection}/items/{feature}", "/collections/municipality/items/00901@1",
            [200, 200, 200, 200]
        ),
        ("/tileMatrixSets", "/tileMatrixSets", [200, 200, 200, 200]),
        ("/tileMatrixSets/{tms}", "/tileMatrixSets/WebMercatorQuad", [200, 200, 200, 200]),
        ("/collections/{collection}/tiles", "/collections/incidents/tiles", [200, 200, 200, 200]),
        (
            "/collections/{collection}/tiles/{tms}", "/collections/incidents/tiles/WebMercatorQuad",
            [200, 200, 200, 200]
        ),
        (
            "/collections/{collection}/tiles/{tms}/{z}/{y}/{x}", "/collections/incidents/tiles/WebMercatorQuad/0/0/0",
            [401, 200, 200, 200]
        ),
        (
            "/collections/{collection}/tiles/{tms}/{z}/{y}/{x}", "/collections/colonia/tiles/WebMercatorQuad/0/0/0",
            [200, 200, 200, 200]
        ),
        ("/tiles/{set}.json", "/tiles/city.json", [200, 200, 200, 200]),
        ("/tiles/{set}.json", "/tiles/incidents.json", [401, 200, 200, 200]),
        ("/tiles/{set}/{z}/{x}/{y}.mvt", "/tiles/incidents/0/0/0.mvt", [401, 200, 200, 200]),
        ("/tiles/{set}/{z}/{x}/{y}.mvt", "/tiles/city/0/0/0.mvt", [200, 200, 200, 200]),
        ("/tiles/{set}/{z}/{x}/{y}.mvt", "/tiles/district/0/0/0.mvt", [200, 200, 200, 200]),
        ("/tiles/{set}/{z}/{x}/{y}.mvt", "/tiles/grid/0/0/0.mvt?cell_size=300", [401, 200, 200, 200]),
        ("/tiles/{set}/{z}/{x}/{y}.png", "/tiles/heat/0/0/0.png?bandwidth=300", [401, 200, 200, 200]),
        ("/hotspots/count", "/hotspots/count?by=colonia", [200, 200, 200, 200]),
        ("/hotspots/count", "/hotspots/count?cell_size=300", [401, 200, 200, 200]),
        ("/hotspots/kde", "/hotspots/kde?bandwidth=1000", [200, 200, 200, 200]),
        ("/hotspots/kde", "/hotspots/kde?bandwidth=300", [401, 200, 200, 200]),
        ("/hotspots/gistar", "/hotspots/gistar?by=colonia", [401, 200, 200, 200]),
        ("/hotspots/lisa", "/hotspots/lisa?by=colonia&permutations=9", [401, 200, 200, 200]),
        ("/hotspots/clusters", "/hotspots/clusters?reach=300", [401, 200, 200, 200]),
        ("/hotspots/near-repeat", "/hotspots/near-repeat?permutations=9&category=fraude", [401, 200, 200, 200]),
        ("/hotspots/emerging", "/hotspots/emerging?cell_size=1000&period=quarter", [401, 200, 200, 200]),
        ("/districts/{id}/heatmap", "/districts/01/heatmap?f=json", [401, 200, 200, 200]),
        ("/summary", "/summary", [200, 200, 200, 200]),
        ("/summary", "/summary?hours=20-4", [401, 200, 200, 200]),
        ("/archives/{name}.pmtiles", "/archives/a.pmtiles", [404, 404, 404, 404]),
        ("/healthz", "/healthz", [200, 200, 200, 200]),
        ("/metrics", "/metrics", [401, 403, 403, 200]),
        ("/report/{month}", "/report/2022-06", [200, 200, 200, 200]),
        ("/report/{month}", "/report/2022-06?areas=colonia", [401, 200, 200, 200]),
        ("/indicators", "/indicators", [200, 200, 200, 200]),
        ("/areas", "/areas?q=centro", [200, 200, 200, 200]),
        ("/areas/{level}", "/areas/colonia", [200, 200, 200, 200]),
        ("/areas/{level}", "/areas/colonia?hours=20-4", [401, 200, 200, 200]),
        ("/areas/{level}/{id}", "/areas/municipality/00901", [200, 200, 200, 200]),
        // This server has no pages of a map.
        ("/map", "/map", [404, 404, 404, 404]),
        ("/map/state", "/map/state", [200, 200, 200, 200]),
        ("/map/{file}", "/map/style.css", [404, 404, 404, 404]),
    ]

    @Test func `Each address answers each role as the table says`() async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        #expect(Set(Self.matrix.map(\.path)) == Set(server.routes.map(\.path)))
        let responder = server.router().buildResponder()
        let table = server.live.current.table
        let ordinary = try #require(
            zip(table.id, table.category).first { $1 >= 0 && table.categories[Int($1)].uppercased() == "EXTORSION" }?.0)
        for (_, example, statuses) in Self.matrix {
            let example = example.replacingOccurrences(of: "{ordinary}", with: "\(ordinary)")
            for (role, expected) in zip([Role.public, .planner, .researcher, .admin], statuses) {
                let headers: HTTPFields = role.needsToken ? [.authorization: "Bearer \(role.rawValue)"] : [:]
                let reply = try await server.ask(example, of: responder, headers: headers)
                // A tile on which nothing is has no content.
                #expect(
                    (reply.status == 204 ? 200 : reply.status) == expected,
                    "\(role) \(example): \(reply.text.prefix(200))")
                let hasChallenge = reply.headers[.wwwAuthenticate] != nil
                #expect(hasChallenge == (expected == 401))
            }
        }
    }

    @Test func `A planner sees no place of a sensitive offence, and is told so`() async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        func matched(_ role: String, _ question: String) async throws -> Int {
            let reply = try await server.ask(
                "/collections/incidents/items?limit=1" + question, headers: [.authorization: "Bearer \(role)"])
            let json = try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any]
            return try #require(json?["numberMatched"] as? Int)
        }
        let table = server.live.current.table
        let sensitive = table.category.count { code in
            code >= 0 && ["ABUSO SEXUAL", "VIOLENCIA FAMILIAR"].contains(table.categories[Int(code)].uppercased())
        }
        let all = try await matched("researcher", "")
        #expect(sensitive > 0 && all == table.count)
        #expect(try await matched("planner", "") == all - sensitive)
        #expect(try await matched("planner", "&category=violencia%20familiar") == 0)
        #expect(try await matched("researcher", "&category=VIOLENCIA%20FAMILIAR") > 0)
        let planner: HTTPFields = [.authorization: "Bearer planner"]
        for question in ["/hotspots/count?cell_size=500", "/tiles/city.json", "/summary?bbox=-104,26,-102,27"] {
            #expect(try await server.ask(question, headers: planner).text.contains("sensitive_offences"))
        }
        // Counts of whole areas are as they are.
        let researcher: HTTPFields = [.authorization: "Bearer researcher"]
        #expect(
            try await server.ask("/summary", headers: planner).bytes
                == server.ask("/summary", headers: researcher).bytes)
    }

    @Test func `A token that does not hold is refused, not overlooked`() async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        for field in ["Bearer other", "Basic abc", "Bearer", "planner", "Bearer a b"] {
            let reply = try await server.ask("/healthz", headers: [.authorization: field])
            #expect(reply.status == 401 && reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
    }

    @Test func `A server that takes everybody for a researcher answers to its own names alone`() async throws {
        let server = try TestServer.city.get().server { $0.role = .researcher }
        for name in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"] {
            #expect(try await server.ask("/healthz", authority: name).status == 200)
        }
        for name in ["evil.example.org", "localhost.evil.example.org:8080", "127.0.0.1.evil.example.org", ""] {
            #expect(try await server.ask("/healthz", authority: name).status == 421)
        }
    }

    @Test func `An answer of one role is never handed to another`() async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        let bearer: HTTPFields = [.authorization: "Bearer planner"]
        let seen = try await server.ask("/tiles/city.json", headers: bearer)
        let open = try await server.ask("/tiles/city.json")
        #expect(seen.bytes != open.bytes && seen.headers[.eTag] != open.headers[.eTag])
        #expect(seen.headers[.cacheControl]?.hasPrefix("private") == true)
    }
}
