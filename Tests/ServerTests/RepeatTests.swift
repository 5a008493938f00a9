import CivilTime
import Foundation
import GeoPackageStore
import Incidents
import Privacy
import SimpleFeatures
import Synchronization
import TestSupport
import Testing

@testable import CrimeMapping
@testable import Server

/// Answers that are found by the very words of their requests, over real connections.
@Suite(.serialized) struct RepeatTests {
    /// One answer off a connection: its lines but for those that are new each time, and its body.
    private struct Reply: Equatable {
        var lines: [String]
        var number: String
        var body: [UInt8]

        /// Reads so many answers that state their length.
        static func read(_ count: Int, from connection: RawConnection) -> [Reply] {
            var (bytes, replies) = ([UInt8](), [Reply]())
            while replies.count < count {
                if let (reply, length) = first(in: bytes) {
                    replies.append(reply)
                    bytes.removeFirst(length)
                    continue
                }
                let more = connection.receive(quiet: 60_000, most: 1)
                guard !more.bytes.isEmpty else { break }
                bytes += more.bytes
            }
            return replies
        }

        private static func first(in bytes: [UInt8]) -> (Reply, length: Int)? {
            guard let end = Data(bytes).firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
            func value(_ name: String) -> String? {
                lines.first { $0.lowercased().hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
            }
            let length = value("content-length").flatMap { Int($0) } ?? 0
            guard bytes.count >= end.upperBound + length else { return nil }
            let lasting = lines.filter {
                !$0.lowercased().hasPrefix("date: ") && !$0.lowercased().hasPrefix("x-request-id: ")
            }
            return (
                Reply(
                    lines: lasting.sorted(), number: value("x-request-id") ?? "",
                    body: Array(bytes[end.upperBound..<end.upperBound + length])), end.upperBound + length
            )
        }
    }

    private static func get(_ path: String, _ fields: String...) -> String {
        (["GET \(path) HTTP/1.1", "Host: localhost"] + fields + ["", ""]).joined(separator: "\r\n")
    }

    private func server(_ change: (inout ServerOptions) -> Void = { _ in }) throws -> FaroServer {
        try TestServer.city.get().server {
            $0.role = .researcher
            $0.port = 0
            change(&$0)
        }
    }

    @Test func `The same request again has the same answer with a number of its own, and is counted like the first`()
        async throws
    {
        let server = try server()
        let paths = [
            "/summary?by=none", "/collections/municipality/items?limit=2", "/collections", "/tiles/grid/0/0/0.mvt",
        ]
        let replies = try await server.listening { port in
            let connection = try RawConnection(port: port)
            return paths.map { path in
                (0..<3).flatMap { _ -> [Reply] in
                    connection.send(Self.get(path, "Accept: */*"))
                    return Reply.read(1, from: connection)
                }
            }
        }
        for (path, three) in zip(paths, replies) {
            try #require(three.count == 3, "\(path)")
            #expect(three[0].lines == three[1].lines && three[0].body == three[1].body, "\(path)")
            #expect(three[0].lines == three[2].lines && three[0].body == three[2].body, "\(path)")
            #expect(Set(three.map(\.number)).count == 3, "\(path)")
        }
        #expect(server.repeats.account.hits == 2 * paths.count)
        let counts = String(decoding: server.metrics.text(gauges: []), as: UTF8.self)
        #expect(counts.contains("faro_answers_total{route=\"/summary\",method=\"GET\",status=\"200\"} 3\n"))
    }

    @Test func `Answers do not overtake each other on a connection`() async throws {
        let server = try server()
        let paths = ["/summary", "/hotspots/kde?cell_size=200&f=png", "/summary", "/healthz", "/summary", "/summary"]
        let (apart, together) = try await server.listening { port in
            let apart = try ["/summary", "/healthz"].map { path in
                let connection = try RawConnection(port: port)
                connection.send(Self.get(path))
                return Reply.read(1, from: connection)
            }
            let connection = try RawConnection(port: port)
            connection.send(paths.map { Self.get($0) }.joined())
            return (apart, Reply.read(paths.count, from: connection))
        }
        try #require(together.count == paths.count)
        for index in [0, 2, 4, 5] { #expect(together[index].body == apart[0].first?.body) }
        #expect(together[3].body == apart[1].first?.body)
        #expect(together[1].body != together[0].body && together[1].body.count > 1_000)
    }

    @Test func `A new state of the store is not answered with the old one`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("store.gpkg")
        let definition = try NewStore(settings: StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Mexico_City"))
            .validated()
        let writer = try GeoPackageStore.create(
            at: path, settings: definition.settings, crsDefinition: (definition.crsName, definition.crsWKT))
        let rows = "fecha,delito,longitud,latitud\n2024-03-10,ROBO,-99.1,19.4\n"
        _ = try ReportImport(path: try folder.write("a.csv", rows), profile: .generic).run(into: writer)
        let server = try TestServer.importing(path, uploads: folder.path) {
            $0.role = .researcher
            $0.port = 0
        }
        let ask = Self.get("/collections/incidents/items?limit=1")
        let (before, hits) = try await server.listening { port in
            let connection = try RawConnection(port: port)
            let two = (0..<2).flatMap { _ in
                connection.send(ask)
                return Reply.read(1, from: connection)
            }
            return (two, server.repeats.account.hits)
        }
        #expect(before.count == 2 && hits == 1)
        let more = "fecha,delito,longitud,latitud\n2024-03-11,ROBO,-99.2,19.4\n"
        _ = try ReportImport(path: try folder.write("b.csv", more), profile: .generic).run(into: writer)
        // Nobody empties the tables here: the state alone decides.
        let start = Date.now
        while !server.live.refresh(), Date.now.timeIntervalSince(start) < 60 { usleep(10_000) }
        let after = try await server.listening { port in
            let connection = try RawConnection(port: port)
            connection.send(ask)
            return Reply.read(1, from: connection)
        }
        #expect(after.count == 1 && after.first?.body != before.first?.body)
        let text = String(decoding: after.first?.body ?? [], as: UTF8.self)
        #expect(text.contains("\"numberMatched\":2"))
    }

    @Test func `A new day, a token, a body or another origin are no repetition`() async throws {
        let day = Mutex(try #require(CalendarDate("2024-01-10")))
        let server = try server {
            $0.corsOrigin = "https://mapa.example.org"
            $0.today = { day.withLock { $0 } }
        }
        let replies = try await server.listening { port in
            func ask(_ fields: String..., body: String = "") throws -> Reply {
                let connection = try RawConnection(port: port)
                let lines = ["GET /summary HTTP/1.1", "Host: localhost"] + fields + ["", body]
                connection.send(lines.joined(separator: "\r\n"))
                return try #require(Reply.read(1, from: connection).first)
            }
            let first = try ask()
            day.withLock { $0 = CalendarDate("2024-01-11") ?? $0 }
            return [
                first, try ask(), try ask("Authorization: Bearer x"), try ask("Authorization: Bearer x"),
                try ask("Content-Length: 1", body: "x"), try ask("Content-Length: 1", body: "x"),
                try ask("Origin: https://mapa.example.org"), try ask("Origin: https://example.com"),
            ]
        }
        let refused = replies.indices.filter { replies[$0].lines.contains("HTTP/1.1 401 Unauthorized") }
        #expect(refused == [2, 3])
        for index in [1, 4, 5, 6, 7] { #expect(replies[index].body == replies[0].body) }
        let told = replies.suffix(2).map { reply in
            reply.lines.filter { $0.lowercased().hasPrefix("access-control-allow-origin") }.map { $0.lowercased() }
        }
        #expect(told == [["access-control-allow-origin: https://mapa.example.org"], []])
        // What had a body went the long way, though its words were known the second time.
        #expect(server.repeats.account.hits == 1 + 1)
    }

    @Test func `A connection lasts as long as it asks, and is cut when it asks no more`() async throws {
        let server = try server { $0.patience = 2 }
        let (count, isClosed) = try await server.listening { port in
            let connection = try RawConnection(port: port)
            var count = 0
            for _ in 0..<10 {
                connection.send(Self.get("/summary", "Connection: keep-alive"))
                count += Reply.read(1, from: connection).count
                usleep(500_000)
            }
            return (count, connection.receive(quiet: 30_000).isClosed)
        }
        #expect(count == 10)
        #expect(server.repeats.account.hits == 9)
        #expect(isClosed)
    }

    @Test func `Whoever asks without reading gets no more than a few answers made`() async throws {
        let server = try server { $0.patience = 2 }
        // An answer of some ten kilobytes.
        let ask = Self.get("/collections/incidents/items?limit=40", "Accept-Encoding: identity")
        let (size, hits, isClosed) = try await server.listening { port in
            let first = try RawConnection(port: port)
            first.send(ask)
            let size = Reply.read(1, from: first).first?.body.count ?? 0
            let connection = try RawConnection(port: port, receiveBuffer: 4_096)
            let many = Array(String(repeating: ask, count: 2_000).utf8)
            for _ in 0..<10 where !connection.send(many) { break }
            usleep(500_000)
            let hits = server.repeats.account.hits
            usleep(6_000_000)
            return (size, hits, connection.receive(quiet: 3_000, most: 1 << 29).isClosed)
        }
        #expect(size > 8_000)
        // 20,000 were asked for. The system's own buffers hold some megabytes of a connection that nobody reads.
        #expect(hits * size < 16 << 20, "\(hits) of \(size) B")
        #expect(isClosed)
    }

    @Test func `Whoever asks to close is closed`() async throws {
        let isClosed = try await server().listening { port in
            try (0..<2).map { _ in
                let connection = try RawConnection(port: port)
                connection.send(Self.get("/summary", "Connection: close"))
                return connection.receive(quiet: 30_000).isClosed
            }
        }
        #expect(isClosed == [true, true])
    }

    /// RFC 9110, section 5.6.7, has this example.
    @Test func `The time is written as HTTP writes it`() {
        #expect(Repeats.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
