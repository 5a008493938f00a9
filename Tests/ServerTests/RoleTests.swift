import CrimeMapping
import HTTPTypes
import Testing

import Privacy
@testable import Server

@Suite struct RoleTests {
    private struct Tokens: TokenVerifier {
        func role(of token: String) -> Role? { token == "planner-token" ? .planner : nil }
    }

    @Test(arguments: [
        "/tiles/incidents.json", "/tiles/incidents/0/0/0.mvt", "/hotspots/clusters?reach=300",
        "/hotspots/count?cell_size=150", "/hotspots/kde?bandwidth=150", "/tiles/grid/0/0/0.mvt?cell_size=150",
    ])
    func `Whoever comes without a token sees no exact place`(_ path: String) async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        #expect(try await server.ask(path).status == 403)
        let bearer: HTTPFields = [.authorization: "Bearer planner-token"]
        #expect(try await server.ask(path, headers: bearer).status == 200)
    }

    @Test func `Aggregates are for everybody`() async throws {
        let server = try TestServer.city.get().server()
        for path in [
            "/summary", "/hotspots/count?by=colonia", "/tiles/municipality/0/0/0.mvt", "/tiles/city.json", "/healthz",
        ] {
            #expect(try await server.ask(path).status == 200)
        }
        #expect(try await !server.ask("/tiles/city.json").text.contains("\"id\":\"incidents\""))
    }

    @Test func `A token that does not hold is refused, not overlooked`() async throws {
        let server = try TestServer.city.get().server(verifier: Tokens())
        for field in ["Bearer other", "Basic abc", "Bearer", "planner-token", "Bearer a b"] {
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
        let bearer: HTTPFields = [.authorization: "Bearer planner-token"]
        let seen = try await server.ask("/tiles/city.json", headers: bearer)
        let open = try await server.ask("/tiles/city.json")
        #expect(seen.bytes != open.bytes && seen.headers[.eTag] != open.headers[.eTag])
        #expect(seen.headers[.cacheControl]?.hasPrefix("private") == true)
    }
}
