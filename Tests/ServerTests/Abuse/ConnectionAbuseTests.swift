import Foundation
import Hummingbird
import Testing

import Privacy
@testable import Server

/// Clients that mean ill, over real connections.
@Suite(.serialized) struct ConnectionAbuseTests {
    private func server(_ change: (inout ServerOptions) -> Void = { _ in }) throws -> FaroServer {
        try TestServer.city.get().server {
            $0.role = .researcher
            $0.port = 0
            change(&$0)
        }
    }

    private static let honest = Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)

    private static func head(_ line: String, _ fields: String...) -> [UInt8] {
        Array(([line, "Host: localhost", "Connection: close"] + fields).joined(separator: "\r\n").utf8)
            + Array("\r\n\r\n".utf8)
    }

    @Test func `What is no request is refused, and the next client is served`() async throws {
        let get = "GET /healthz HTTP/1.1"
        let cases: [(String, [UInt8])] = [
            ("no HTTP", Array("hello\r\n\r\n".utf8)), ("binary", (0...255).map { UInt8($0) }),
            ("TLS", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3] + Array(repeating: 7, count: 200)),
            ("NUL in the path", Array("GET /health\0z HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)),
            (
                "no UTF-8",
                Array("GET /districts/".utf8) + [0xff, 0xfe]
                    + Array("/heatmap HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
            ),
            (
                "no UTF-8 in a parameter",
                Array("GET /summary?category=".utf8) + [0xc3, 0x28]
                    + Array(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
            ),
            ("encoded NUL", Self.head("GET /districts/%00/heatmap HTTP/1.1")),
            ("two lengths", Self.head(get, "Content-Length: 5", "Content-Length: 6") + Array("abcdef".utf8)),
            ("negative length", Self.head("POST /summary HTTP/1.1", "Content-Length: -1")),
            ("length of 2^63", Self.head("POST /summary HTTP/1.1", "Content-Length: 9223372036854775808")),
            (
                "length and chunks",
                Self.head("POST /summary HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked")
                    + Array("0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            ),
            (
                "chunk of 2^64",
                Self.head("POST /summary HTTP/1.1", "Transfer-Encoding: chunked") + Array("FFFFFFFFFFFFFFFFF\r\n".utf8)
            ),
            ("a field without a name", Self.head(get, ": x")), ("a blank before the colon", Self.head(get, "A : x")),
            ("a bare CR", Self.head(get, "A: x\rB: y")),
            ("a line of 20,000 bytes", Self.head(get, "A: " + String(repeating: "a", count: 20_000))),
            ("a name of 20,000 bytes", Self.head(get, String(repeating: "a", count: 20_000) + ": a")),
            ("101 fields", Self.head(get, (0..<101).map { "A\($0): x" }.joined(separator: "\r\n"))),
            (
                "40,000 bytes of fields",
                Self.head(
                    get, (0..<50).map { "A\($0): " + String(repeating: "x", count: 800) }.joined(separator: "\r\n"))
            ),
            ("an address of 9,000 bytes", Self.head("GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1")),
            ("a version of its own", Self.head("GET /healthz HTTP/9.9")),
            ("a method of its own", Self.head("FROBNICATE /healthz HTTP/1.1")),
            ("CONNECT", Self.head("CONNECT evil.example.org:443 HTTP/1.1")),
            (
                "another host",
                Array(
                    "GET http://evil.example.org/healthz HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n"
                        .utf8)
            ),
        ]
        try await server().listening { port in
            for (name, bytes) in cases {
                let status = try RawConnection.status(of: bytes, port: port, quiet: 1_500)
                #expect(status == nil || (400..<500).contains(status ?? 0), "\(name): \(String(describing: status))")
                #expect(try RawConnection.status(of: Self.honest, port: port) == 200, "after \(name)")
            }
        }
    }

    @Test func `No spelling of a path leaves the folder of archives or finds another route`() async throws {
        let ups = [
            "..", "%2e%2e", "%2E.", "..%00", "..%2f", "%2e%2e%2f", "%252e%252e", "..%5c", "..\\", "%c0%ae%c0%ae",
            "....//", "%uff0e",
        ]
        let secrets = ["etc/passwd", "%2fproc%2fself%2fenviron"]
        let server = try server { $0.archives = FileManager.default.temporaryDirectory.path }
        let responder = server.router().buildResponder()
        for up in ups {
            for secret in secrets {
                for path in [
                    "/archives/\(up)\(secret).pmtiles", "/archives/\(up)%2f\(secret).pmtiles", "/\(up)/\(up)/\(secret)",
                    "/districts/\(up)/\(secret)/heatmap", "//\(secret)", "/archives//\(secret)",
                ] {
                    let status = try await server.ask(path, of: responder).status
                    #expect(status == 404 || status == 400, "\(path): \(status)")
                }
            }
        }
        try await server.listening { port in
            for up in ups {
                let connection = try RawConnection(port: port)
                connection.send(Self.head("GET /archives/\(up)/\(up)/etc/passwd HTTP/1.1"))
                let answer = connection.receive(quiet: 30_000).bytes
                let status = RawConnection.statuses(answer).first
                #expect(status == 404 || status == 400, "\(up): \(String(describing: status))")
                #expect(!String(decoding: answer, as: UTF8.self).contains("root:"))
            }
        }
    }

    @Test func `A million header fields end the connection, not the server`() async throws {
        try await server().listening { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
            let thousand = Array((0..<1_000).map { "X-\($0): y\r\n" }.joined().utf8)
            var sent = 0
            while sent < 1_000_000, connection.send(thousand) { sent += 1_000 }
            // The kernels on the way may have taken all of it; the server answers no more than a refusal.
            let end = connection.receive(quiet: 30_000)
            #expect(end.isClosed && RawConnection.statuses(end.bytes).allSatisfy { $0 >= 400 })
            #expect(try RawConnection.status(of: Self.honest, port: port) == 200)
        }
    }

    @Test func `A body beyond the cap is not read to its end`() async throws {
        try await server { $0.caps.bodyBytes = 10_000 }.listening { port in
            let connection = try RawConnection(port: port)
            connection.send("POST /summary HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            let piece = Array("1000\r\n".utf8) + Array(repeating: UInt8(ascii: "a"), count: 4_096) + Array("\r\n".utf8)
            var sent = 0
            while sent < 100_000_000, connection.send(piece) { sent += 4_096 }
            #expect(sent < 100_000_000)
        }
    }

    @Test func `A client that goes while its answer is made frees the work`() async throws {
        let server = try server()
        try await server.listening { port in
            for way in ["close", "reset"] {
                let connection = try RawConnection(port: port)
                connection.send(
                    "GET /hotspots/lisa?cell_size=150&permutations=9999&seed=\(way.utf8.count) HTTP/1.1\r\nHost: localhost\r\n\r\n"
                )
                let start = Date.now
                while server.analysts.load == 0, Date.now.timeIntervalSince(start) < 300 { usleep(10_000) }
                #expect(server.analysts.load == 1)
                if way == "close" { connection.hangUp() } else { connection.reset() }
                let left = Date.now
                while server.analysts.load > 0, Date.now.timeIntervalSince(left) < 60 { usleep(10_000) }
                #expect(server.analysts.load == 0, "\(way)")
            }
        }
    }

    @Test func `A client that does not read is cut`() async throws {
        let server = try server { $0.patience = 1 }
        try await server.listening { port in
            let connection = try RawConnection(port: port, receiveBuffer: 4_096)
            // More than all buffers on the way hold.
            for _ in 0..<200 {
                guard connection.send("GET /collections/incidents/items?limit=2000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                else { break }
            }
            usleep(6_000_000)
            let rest = connection.receive(quiet: 3_000, most: 1 << 29)
            #expect(rest.isClosed)
            #expect(RawConnection.statuses(rest.bytes).count < 200)
        }
    }

    @Test func `A body that comes byte by byte is cut`() async throws {
        try await server { $0.patience = 1 }.listening { port in
            let connection = try RawConnection(port: port)
            connection.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
            let start = Date.now
            // All of it would take hours.
            while connection.send("a"), Date.now.timeIntervalSince(start) < 120 { usleep(100_000) }
            #expect(Date.now.timeIntervalSince(start) < 120)
        }
    }

    @Test func `A thousand connections that never finish their request keep nobody waiting`() async throws {
        RawConnection.allowManyFiles()
        let server = try server { $0.opening = 3 }
        try await server.listening { port in
            var slow: [RawConnection] = []
            for _ in 0..<1_000 {
                let connection = try RawConnection(port: port)
                connection.send("GET /healthz HTTP/1.1\r\nHo")
                slow.append(connection)
            }
            let start = Date.now
            for _ in 0..<20 {
                // Alone on the machine it is milliseconds; other tests run beside this one.
                #expect(try RawConnection.status(of: Self.honest, port: port, quiet: 300_000) == 200)
                for connection in slow.prefix(100) { connection.send("s") }
            }
            // All of them are cut: how soon is the machine's affair, on which other tests run.
            while !slow.isEmpty, Date.now.timeIntervalSince(start) < 120 {
                usleep(200_000)
                slow.removeAll { $0.receive(quiet: 0).isClosed }
            }
            #expect(slow.isEmpty)
        }
    }
}
