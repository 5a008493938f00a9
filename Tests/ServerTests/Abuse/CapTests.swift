import Foundation
import Hummingbird
import Testing

import Privacy
@testable import Server

/// Every number that a parameter may be, as the description says it: at its ends, beyond them, and as no number at all.
@Suite struct CapTests {
    private struct Bounded {
        var path: String
        var name: String
        var isPath: Bool
        var least: Double
        var most: Double?
        var isWhole: Bool
    }

    private func bounded(_ server: FaroServer) async throws -> [Bounded] {
        let reply = try await server.ask("/api")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        return paths.sorted { $0.key < $1.key }.flatMap { path, item -> [Bounded] in
            let parameters = (item["get"] as? [String: Any])?["parameters"] as? [[String: Any]] ?? []
            return parameters.compactMap { parameter in
                guard let schema = parameter["schema"] as? [String: Any], let name = parameter["name"] as? String,
                    let least = (schema["minimum"] as? NSNumber)?.doubleValue
                else { return nil }
                return Bounded(
                    path: path, name: name, isPath: parameter["in"] as? String == "path", least: least,
                    most: (schema["maximum"] as? NSNumber)?.doubleValue, isWhole: schema["type"] as? String == "integer"
                )
            }
        }
    }

    private func address(_ bounded: Bounded, _ value: String) -> String {
        var path = bounded.path
        if bounded.isPath { path = path.replacingOccurrences(of: "{\(bounded.name)}", with: value) }
        for (part, usual) in [
            ("set", "grid"), ("z", "0"), ("x", "0"), ("y", "0"), ("id", "x"), ("feature", "1"), ("import", "1"),
        ] {
            path = path.replacingOccurrences(of: "{\(part)}", with: usual)
        }
        if bounded.isPath { return path }
        let method = ["min_incidents", "reach"].contains(bounded.name) ? "" : ""
        return "\(path)?\(bounded.name)=\(value)\(method)"
            + (path.contains("collections") || path.contains("imports") ? "" : "&from=1990-01-01&to=1990-01-01")
    }

    @Test func `Each number is refused beyond its ends, and never for being at one of them`() async throws {
        let server = try TestServer.city.get().server { $0.role = .admin }
        let responder = server.router().buildResponder()
        let all = try await bounded(server)
        #expect(all.count > 20)
        for bounded in all {
            var beyond = [
                "9223372036854775808", "-9223372036854775809", "1e400", "nan", "inf", "-1", "0x10", "1_0", "%EF%BC%95",
                "five", "1%002",
            ]
            if let most = bounded.most, most < 9e15 {
                beyond.append(bounded.isWhole ? "\(Int(most) + 1)" : "\(most.nextUp)")
            }
            if bounded.least > 0 {
                beyond.append(bounded.isWhole ? "\(Int(bounded.least) - 1)" : "\(bounded.least.nextDown)")
            }
            // A page of more features than there may be is a page of those there may be.
            if bounded.most == nil, !bounded.isPath { beyond.removeAll { $0 == "9223372036854775808" } }
            for value in beyond {
                let reply = try await server.ask(address(bounded, value), of: responder)
                #expect([400, 404, 413].contains(reply.status), "\(address(bounded, value)): \(reply.status)")
            }
            for end in [bounded.least, bounded.most].compactMap(\.self) where end < 9e15 {
                let value = bounded.isWhole ? "\(Int(end))" : "\(end)"
                let reply = try await server.ask(address(bounded, value), of: responder)
                #expect(reply.status < 500, "\(address(bounded, value)): \(reply.status)")
                #expect(!reply.text.contains("\(bounded.name) must be a"), "\(address(bounded, value)): \(reply.text)")
            }
        }
    }
}
