import Boundaries
import CQL2
import CivilTime
import CrimeMapping
import Foundation
import Incidents
import SimpleFeatures
import Synchronization
import TestSupport
import Testing

import Privacy
@testable import Server

/// Programs of others that ask the server over a network, as their users do. What they count is what the command line's job
/// counts in the store.
@Suite(.serialized) struct FeatureClientTests {
    /// Runs a body against a server on a free port of this machine.
    private func serving(_ body: @escaping @Sendable (_ address: String) throws -> Void) async throws {
        let server = try TestServer.city.get().server {
            $0.role = .researcher
            $0.port = 0
        }
        let (ports, tell) = AsyncStream<Int>.makeStream()
        let task = Task { try await server.run { tell.yield($0) } }
        defer { task.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        // Waiting for a program must not hold a thread that answers it.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try body("http://127.0.0.1:\(port)") })
            }
        }
    }

    private static func count(
        box: Envelope<FilePosition>? = nil, _ change: (inout IncidentFilter) throws -> Void = { _ in }
    )
        throws -> Int
    {
        var filter = IncidentFilter()
        try change(&filter)
        return try IncidentSelection(
            from: try TestServer.city.get().store, filter: filter, box: box.map { ($0, .wgs84) }
        )
        .rows.count
    }

    private static func half() throws -> (text: [String], envelope: Envelope<FilePosition>) {
        let server = try TestServer.city.get().server()
        let bounds = server.live.current.places.bounds
        let numbers = [bounds.minX, bounds.minY, bounds.middle.x, bounds.middle.y].map { ($0 * 1e6).rounded() / 1e6 }
        return (
            numbers.map { "\($0)" }, Envelope(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
        )
    }

    @Test(.enabled(if: ForeignProgram.ogrinfo.isInstalled, "there is no ogrinfo"))
    func `GDAL's driver counts by box, by property and by day what the command line counts`() async throws {
        let half = try Self.half()
        let table = try TestServer.city.get().server().live.current.table
        let category = try #require(table.categories.first)
        let days = table.localDay.sorted()
        let middle = CalendarDate(daysSince1970: days[days.count / 2])
        let cases: [([String], Int)] = [
            ([], try Self.count()),
            (["-spat"] + half.text, try Self.count(box: half.envelope)),
            (
                ["-where", "category = '\(category)'"],
                try Self.count { $0.condition = CQL2Filter(.comparison("category", .equal, .text(category))) }
            ),
            (["-where", "local_hour = 20"], try Self.count { $0.condition = try CQL2Filter("local_hour = 20") }),
            (
                ["-where", "category = '\(category)'", "-spat"] + half.text,
                try Self.count(box: half.envelope) {
                    $0.condition = CQL2Filter(.comparison("category", .equal, .text(category)))
                }
            ),
            (
                ["-where", "local_date = '\(middle)'"],
                try Self.count {
                    $0.from = middle; $0.to = middle
                }
            ),
        ]
        try await serving { address in
            for (options, expected) in cases {
                let outcome = try ForeignProgram.ogrinfo.run(
                    ["-ro", "-so", "-oo", "PAGE_SIZE=1000", "OAPIF:\(address)", "incidents"] + options)
                let line = outcome.output.split(separator: "\n").first { $0.hasPrefix("Feature Count") }
                #expect(line.map(String.init) == "Feature Count: \(expected)", "\(options): \(outcome.errors)")
            }
        }
    }

    private static let python = ForeignProgram.python

    @Test(
        .enabled(if: FeatureClientTests.python.isInstalled, "FARO_PYTHON names no interpreter with pyogrio and owslib"))
    func `pyogrio and OWSLib read what the command line counts`() async throws {
        let half = try Self.half()
        let script = """
            import sys, pyogrio
            from owslib.ogcapi.features import Features
            url, w, s, e, n = sys.argv[1], *map(float, sys.argv[2:6])
            api = Features(url)
            print(len(api.feature_collections()))
            print(api.collection_items("incidents", limit=1)["numberMatched"])
            print(api.collection_items("incidents", limit=1, bbox=[w, s, e, n])["numberMatched"])
            print(api.collection_items("incidents", limit=1, filter="local_hour >= 20")["numberMatched"])
            print("local_hour" in api.collection_queryables("incidents")["properties"])
            print(pyogrio.read_info("OAPIF:" + url, layer="incidents", force_feature_count=True)["features"])
            _, table = None, pyogrio.raw.read("OAPIF:" + url, layer="incidents", bbox=(w, s, e, n))
            print(len(table[2]))
            table = pyogrio.raw.read("OAPIF:" + url, layer="incidents", where="local_hour = 20")
            print(len(table[2]))
            """
        try await serving { address in
            let outcome = try Self.python.run(["-c", script, address] + half.text)
            let inBox = try Self.count(box: half.envelope)
            let expected: [String] = [
                "3", "\(try Self.count())", "\(inBox)",
                "\(try Self.count { $0.condition = try CQL2Filter("local_hour >= 20") })",
                "True", "\(try Self.count())", "\(inBox)",
                "\(try Self.count { $0.condition = try CQL2Filter("local_hour = 20") })",
            ]
            var found = outcome.output.split(separator: "\n").map(String.init)
            if !found.isEmpty { found[0] = Int(found[0]).map { $0 >= 3 ? "3" : "\($0)" } ?? found[0] }
            #expect(found == expected, "\(outcome.errors)")
        }
    }

    @Test(
        .enabled(
            if: FeatureClientTests.python.isInstalled, "FARO_PYTHON names no interpreter with openapi-spec-validator"))
    func `The validator of OpenAPI has nothing to say of the description`() async throws {
        let reply = try await TestServer.city.get().server { $0.role = .researcher }.ask("/api")
        let folder = try TemporaryFolder()
        let path = try folder.write("api.json", reply.text)
        let outcome = try Self.python.run(["-m", "openapi_spec_validator", path])
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    }

    /// Whatever the description allows is answered as it says, and what it does not allow is refused. Left out is that every
    /// allowed value must be taken: that south lies below north, and what a condition is, no schema of OpenAPI can say.
    @Test(.enabled(if: FeatureClientTests.python.isInstalled, "FARO_PYTHON names no interpreter with schemathesis"))
    func `schemathesis finds no answer that the description does not allow`() async throws {
        try await serving { address in
            let outcome = try Self.python.run([
                "-m", "schemathesis.cli", "run", "\(address)/api", "--url", address, "--max-examples", "10",
                "--exclude-checks", "positive_data_acceptance", "--generation-deterministic",
                "--include-path-regex", "^/(collections|conformance|api|$)",
            ])
            #expect(outcome.status == 0, "\(outcome.output.suffix(6_000)) \(outcome.errors.suffix(500))")
        }
    }

    /// Every value at its borders and beyond them, of every other address; bringing files in needs an admin.
    @Test(.enabled(if: FeatureClientTests.python.isInstalled, "FARO_PYTHON names no interpreter with schemathesis"))
    func `schemathesis finds no address that takes what its description refuses`() async throws {
        let folder = try TemporaryFolder()
        // Of costs above a cap 413 is the refusal, which schemathesis must be told.
        let settings = try folder.write(
            "schemathesis.toml",
            "[checks.negative_data_rejection]\nexpected-statuses = [400, 401, 403, 404, 405, 406, 413, 414, 422]\n")
        try await serving { address in
            let outcome = try Self.python.run([
                "-m", "schemathesis.cli", "--config-file", settings, "run", "\(address)/api", "--url", address,
                "--phases", "coverage",
                "--exclude-checks", "positive_data_acceptance", "--generation-deterministic", "--exclude-method",
                "POST",
                "--exclude-path-regex", "^/(collections|conformance|api|$)",
            ])
            #expect(outcome.status == 0, "\(outcome.output.suffix(6_000)) \(outcome.errors.suffix(500))")
        }
    }

    @Test(.enabled(if: FeatureClientTests.python.isInstalled, "FARO_PYTHON names no interpreter with pyogrio"))
    func `GDAL's driver of OGC API – Tiles finds every colonia in the one tile of zoom 0`() async throws {
        let script = """
            import sys, pyogrio
            read = pyogrio.raw.read("OGCAPI:" + sys.argv[1] + "/collections/colonia", layer="Zoom level 0", API="TILES")
            print(*sorted(set(read[3][list(read[0]["fields"]).index("area_id")])))
            """
        let colonias = try TestServer.city.get().server().live.current.layers.filter {
            $0.version.level.name == "colonia"
        }
        let expected = Set(colonias.flatMap { $0.areas.map(\.id) }).sorted().joined(separator: " ")
        try await serving { address in
            let outcome = try Self.python.run(["-c", script, address])
            #expect(outcome.output.hasPrefix(expected), "\(outcome.errors.suffix(500))")
        }
    }
}
