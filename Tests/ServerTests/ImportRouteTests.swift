import Compression
import CrimeMapping
import Foundation
import GeoPackageStore
import HTTPTypes
import Incidents
import SimpleFeatures
import TestSupport
import Testing

import Privacy
@testable import Server

/// `/imports`, on a store of its own each time.
@Suite struct ImportRouteTests {
    struct Tokens: TokenVerifier {
        func role(of token: String) -> Role? { Role(rawValue: token) }
    }

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("store.gpkg")
        let definition = try NewStore(settings: StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Mexico_City"))
            .validated()
        _ = try GeoPackageStore.create(
            at: path, settings: definition.settings, crsDefinition: (definition.crsName, definition.crsWKT))
    }

    private func server(_ change: (inout ServerOptions) -> Void = { _ in }) throws -> FaroServer {
        try TestServer.importing(path, uploads: folder.path, change)
    }

    private static let rows = """
        fecha,delito,longitud,latitud
        2024-03-01,ROBO,-99.1,19.4
        2024-03-02,FRAUDE,-99.2,19.5
        2024-03-03,ROBO,,
        el tres,ROBO,-99.1,19.4

        """

    private func post(_ query: String, _ body: [UInt8], as role: Role = .admin, of server: FaroServer) async throws
        -> Reply
    {
        try await server.ask(
            "/imports" + query, method: .post, headers: [.authorization: "Bearer \(role.rawValue)"], body: body)
    }

    private func object(_ reply: Reply) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
    }

    @Test func `A file that admin sends is in the store as faro import would have it, and readers see it`() async throws
    {
        let server = try server()
        let reply = try await post("?source=a.csv", Array(Self.rows.utf8), of: server)
        #expect(reply.status == 201, "\(reply.text)")
        #expect(reply.headers[.location] == "/imports/1")
        let account = try #require(try object(reply)["account"] as? [String: Any])
        let counts = try #require(account["counts"] as? [String: Int])
        #expect(counts["placed"] == 2 && counts["unplaced"] == 1 && counts["rejected"] == 1)
        #expect(account["file"] as? String == "a.csv")
        #expect(!reply.text.contains(folder.path))
        #expect(server.live.refresh() && server.live.current.table.count == 3)

        let admin: HTTPFields = [.authorization: "Bearer admin"]
        let list = try object(try await server.ask("/imports", headers: admin))
        #expect((list["imports"] as? [[String: Any]])?.map { $0["source"] as? String } == ["a.csv"])
        let one = try object(try await server.ask("/imports/1", headers: admin))
        let issues = try #require(one["issues"] as? [[String: Any]])
        #expect(issues.contains { $0["rawRow"] as? String == "el tres,ROBO,-99.1,19.4" }, "\(one)")
        #expect(one["issues_matched"] as? Int == issues.count)
        let csv = try await server.ask("/imports/1?f=csv", headers: admin)
        #expect(csv.text.hasPrefix("file,row,line,outcome,column,found,reason,message,raw_row\n"))
        #expect(csv.text.split(separator: "\n").count == issues.count + 1)
        #expect(try await server.ask("/imports/2", headers: admin).status == 404)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("import") })
    }

    @Test func `The same file again changes nothing, a corrected one of the same source replaces it`() async throws {
        let server = try server()
        _ = try await post("?source=a.csv", Array(Self.rows.utf8), of: server)
        let again = try await post("?source=a.csv", Gzip.compress(Array(Self.rows.utf8), level: 6), of: server)
        #expect(again.status == 201 || again.status == 200)
        let same = try await post("?source=a.csv", Array(Self.rows.utf8), of: server)
        #expect([200, 201].contains(same.status))
        let corrected = Self.rows.replacingOccurrences(of: "el tres", with: "2024-03-04")
        #expect(try await post("?source=a.csv", Array(corrected.utf8), of: server).status == 201)
        while server.live.current.table.count != 4 { _ = server.live.refresh() }
        let dry = try await post("?source=b.csv&dry_run", Array(Self.rows.utf8), of: server)
        #expect(dry.status == 200 && dry.headers[.location] == nil)
        _ = server.live.refresh()
        #expect(server.live.current.table.count == 4)
    }

    @Test(arguments: ["GET", "POST"]) func `Nobody but admin comes near imports`(_ method: String) async throws {
        let server = try server()
        let method = try #require(HTTPRequest.Method(method))
        for path in ["/imports", "/imports?source=a.csv"] + (method == .get ? ["/imports/1"] : []) {
            let nobody = try await server.ask(path, method: method, body: Array(Self.rows.utf8))
            #expect(nobody.status == (path.contains("source") && method == .get ? 400 : 401))
            for role in [Role.planner, .researcher] {
                let reply = try await server.ask(
                    path, method: method, headers: [.authorization: "Bearer \(role.rawValue)"],
                    body: Array(Self.rows.utf8))
                #expect(reply.status == (path.contains("source") && method == .get ? 400 : 403))
            }
        }
        _ = server.live.refresh()
        #expect(server.live.current.table.count == 0)
        #expect(try await self.server { _ in }.ask("/imports").status == 401)
        #expect(try await TestServer.city.get().server().ask("/imports").status == 404)
    }

    @Test func `What is no import is refused in words that name no path`() async throws {
        let server = try server { $0.caps.importBytes = 1_000 }
        for (query, body, status) in [
            ("", Self.rows, 400), ("?source=", Self.rows, 400), ("?source=a%0Ab", Self.rows, 400),
            ("?source=a&profile=../../etc/passwd", Self.rows, 400), ("?source=a&profile=my.json", Self.rows, 400),
            ("?source=a&crs=%2Bproj=pipeline", Self.rows, 400), ("?source=a&encoding=utf-7", Self.rows, 400),
            ("?source=a&path=/etc/passwd", Self.rows, 400), ("?source=a&map=nonsense=x", Self.rows, 422),
            ("?source=a&map=category=nowhere", Self.rows, 422), ("?source=a", "", 400),
            ("?source=a", "a,b\n1,2\n", 422), ("?source=a", "\u{0}\u{1}\u{2}", 422),
            ("?source=a", "%PDF-1.4 nothing", 422), ("?source=a", String(repeating: "x", count: 1_001), 413),
            ("?source=a&profile=sesnsp-municipal", Self.rows, 422),
            ("?source=a&code_scheme=inegi", Self.rows, 422),
        ] {
            let reply = try await post(query, Array(body.utf8), of: server)
            #expect(reply.status == status, "\(query) \(body.prefix(20)): \(reply.text)")
            #expect(reply.headers[.contentType] == "application/problem+json")
            #expect(!reply.text.contains(folder.path) && !reply.text.contains("faro-import"), "\(reply.text)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("import") })
        #expect(!server.importTurn.isUnderWay)
    }

    @Test func `A page of another origin cannot make a browser bring a file in`() async throws {
        let server = try server { $0.role = .admin }
        for (origin, status) in [("https://evil.example.org", 403), ("null", 403), ("http://localhost:8080", 201)] {
            let reply = try await server.ask(
                "/imports?source=a.csv", method: .post, headers: [.origin: origin], body: Array(Self.rows.utf8))
            #expect(reply.status == status, "\(origin): \(reply.text)")
        }
    }

    @Test func `One file comes in at a time`() async throws {
        let server = try server()
        try server.importTurn.take()
        let reply = try await post("?source=a.csv", Array(Self.rows.utf8), of: server)
        #expect(reply.status == 409 && reply.headers[.retryAfter] != nil)
        server.importTurn.giveBack()
        #expect(try await post("?source=a.csv", Array(Self.rows.utf8), of: server).status == 201)
    }
}
