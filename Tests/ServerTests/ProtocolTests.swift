import CrimeMapping
import Foundation
import HTTPTypes
import Hummingbird
import Testing

import Privacy
@testable import Server

@Suite struct ProtocolTests {
    private func server(_ change: (inout ServerOptions) -> Void = { $0.role = .researcher }) throws -> FaroServer {
        try TestServer.city.get().server(change)
    }

    @Test func `An error is a problem document with the number of its request`() async throws {
        let reply = try await server().ask("/hotspots/count?colour=red")
        #expect(reply.status == 400)
        #expect(reply.headers[.contentType] == "application/problem+json")
        let problem = try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
        #expect(problem["status"] as? Int == 400)
        #expect(problem["code"] as? String == "unknown-parameter")
        #expect((problem["detail"] as? String)?.contains("colour") == true)
        let id = try #require(HTTPField.Name("X-Request-ID"))
        #expect(reply.headers[id] == "test")
        #expect(try await server().ask("/nowhere").status == 404)
    }

    @Test func `A tag is answered with 304 until the question or the form is another`() async throws {
        let server = try server()
        let first = try await server.ask("/summary?by=municipality&period=year")
        let tag = try #require(first.headers[.eTag])
        #expect(
            try await server.ask("/summary?period=year&by=municipality", headers: [.ifNoneMatch: tag]).status == 304)
        #expect(try await server.ask("/summary?by=colonia&period=year", headers: [.ifNoneMatch: tag]).status == 200)
        #expect(
            try await server.ask("/summary?by=municipality&period=year&f=csv", headers: [.ifNoneMatch: tag]).status
                == 200)
        let zipped = try await server.ask("/summary?by=municipality&period=year", headers: [.acceptEncoding: "gzip"])
        #expect(zipped.headers[.eTag] != tag && zipped.headers[.contentEncoding] == "gzip")
    }

    @Test func `HEAD is GET without its body, OPTIONS says what there is, and the rest is not allowed`() async throws {
        let server = try server()
        let get = try await server.ask("/summary?by=municipality")
        let head = try await server.ask("/summary?by=municipality", method: .head)
        #expect(head.status == 200 && head.bytes.isEmpty)
        #expect(
            head.headers[.contentLength] == get.headers[.contentLength] && head.headers[.eTag] == get.headers[.eTag])
        let options = try await server.ask("/summary", method: .options)
        #expect(options.status == 204 && options.headers[.allow] == "GET, HEAD, OPTIONS")
        for method in [HTTPRequest.Method.post, .put, .delete, .patch] {
            let reply = try await server.ask("/summary", method: method)
            #expect(reply.status == 405 && reply.headers[.allow] == "GET, HEAD, OPTIONS")
        }
        #expect(try await server.ask("/summary", method: .trace).status == 405)
    }

    @Test func `Pages of other origins read answers only where the operator said so`() async throws {
        let asked: HTTPFields = [.origin: "https://mapa.example.org"]
        let closed = try await server().ask("/healthz", headers: asked)
        #expect(closed.headers[.accessControlAllowOrigin] == nil)
        let open = try server { $0.corsOrigin = "https://mapa.example.org" }
        #expect(
            try await open.ask("/healthz", headers: asked).headers[.accessControlAllowOrigin]
                == "https://mapa.example.org")
        #expect(
            try await open.ask("/nowhere", headers: asked).headers[.accessControlAllowOrigin]
                == "https://mapa.example.org")
        let other: HTTPFields = [.origin: "https://elsewhere.example.org"]
        #expect(try await open.ask("/healthz", headers: other).headers[.accessControlAllowOrigin] == nil)
    }

    @Test func `Each cap refuses what lies above it by its name`() async throws {
        let server = try server()
        for (path, cap) in [
            ("/hotspots/count?cell_size=5", "cap-grid-cells"),
            ("/hotspots/kde?bandwidth=500&cell_size=5", "cap-surface-cells"),
            ("/hotspots/lisa?permutations=10000", "cap-permutations"),
            ("/hotspots/lisa?permutations=9223372036854775807", "cap-permutations"),
            ("/hotspots/near-repeat?permutations=10000", "cap-permutations"),
            ("/hotspots/emerging?cell_size=50&period=1", "cap-cube-bins"),
            ("/hotspots/count?" + Array(repeating: "category=a", count: 65).joined(separator: "&"), "cap-parameters"),
            ("/hotspots/count?category=" + String(repeating: "a", count: 9_000), "cap-address-bytes"),
            ("/tiles/grid/17/0/0.mvt", "cap-zoom"),
        ] {
            let reply = try await server.ask(path)
            #expect(
                (400..<500).contains(reply.status) && reply.text.contains("\"code\":\"\(cap)\""),
                "\(path.prefix(60)): \(reply.text.prefix(300))")
        }
    }

    @Test func `Nothing that a request says brings more than a refusal`() async throws {
        let server = try server()
        let responder = server.router().buildResponder()
        let values = [
            "%27%20OR%201=1--", "..%2F..%2Fetc%2Fpasswd", "9223372036854775808", "-1", "nan", "inf", "1e999",
            "%F0%9F%98%80", "",
            "0", "-0", "99999999999999999999999999999", "%2Bproj=pipeline", "a:b:c@1", "2024-02-30",
        ]
        for route in server.routes {
            let path = route.path.replacing("{set}", with: "grid").replacing("{z}", with: "1").replacing(
                "{x}", with: "0"
            )
            .replacing("{y}", with: "0").replacing("{id}", with: "x").replacing("{name}", with: "x")
            for name in route.parameters.sorted() {
                for value in values {
                    // Of a day without incidents, on few cells, which costs nothing.
                    var rest = name == "from" || name == "to" ? "" : "&from=1990-01-01&to=1990-01-01"
                    if name != "cell_size", route.parameters.contains("cell_size") { rest += "&cell_size=5000" }
                    let reply = try await server.ask("\(path)?\(name)=\(value)\(rest)", of: responder)
                    #expect(reply.status != 500, "\(path)?\(name)=\(value): \(reply.text)")
                }
            }
        }
        for value in values {
            #expect(try await server.ask("/districts/\(value)/heatmap").status < 500)
            #expect(try await server.ask("/tiles/\(value)/0/0/0.mvt").status < 500)
            #expect(try await server.ask("/tiles/grid/\(value)/\(value)/\(value).mvt").status < 500)
            #expect(try await server.ask("/archives/\(value).pmtiles").status == 404)
        }
    }
}
