import CrimeMapping
import Foundation
import GeoPackageStore
import HTTPTypes
import Hummingbird
import Incidents
import SimpleFeatures
import Synchronization
import TestSupport
import Testing

import Privacy
@testable import Server

/// Readers while another program writes.
@Suite(.serialized) struct LiveImportTests {
    /// What one answer says of the state it is of.
    private struct Seen: Sendable {
        var revision: Int
        var number: Int
        var tag: String?
    }

    /// What all clients write down.
    private final class Log: Sendable {
        private let state = Mutex((isDone: false, seen: [Seen](), failures: [String]()))
        var isDone: Bool {
            get { state.withLock { $0.isDone } }
            set { state.withLock { $0.isDone = newValue } }
        }
        var seen: [Seen] { state.withLock { $0.seen } }
        var failures: [String] { state.withLock { $0.failures } }
        func add(_ seen: Seen) { state.withLock { $0.seen.append(seen) } }
        func add(failure: String) { state.withLock { $0.failures.append(failure) } }
    }

    private static func file(_ rows: Int, _ label: String) -> String {
        "fecha,delito,longitud,latitud\n"
            + (0..<rows).map {
                "2024-03-\(10 + $0 % 20),\(label),\(-99.1 - Double($0 % 97) / 1_000),\(19.4 + Double($0 % 89) / 1_000)\n"
            }.joined()
    }

    @Test func `Eight clients during imports have answers of one state each, and soon those of the new one`()
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("store.gpkg")
        let definition = try NewStore(settings: StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Mexico_City"))
            .validated()
        let writer = try GeoPackageStore.create(
            at: path, settings: definition.settings, crsDefinition: (definition.crsName, definition.crsWKT))
        _ = try ReportImport(path: try folder.write("a.csv", Self.file(500, "ROBO")), profile: .generic).run(
            into: writer)
        let second = try folder.write("b.csv", Self.file(3_000, "FRAUDE"))

        let server = try TestServer.importing(path, uploads: folder.path) { $0.role = .researcher }
        let watching = Task { await server.watch() }
        defer { watching.cancel() }
        let log = Log()
        let responder = server.router().buildResponder()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<8 {
                group.addTask {
                    while !log.isDone {
                        let path =
                            client % 2 == 0 ? "/summary?by=none&period=none" : "/collections/incidents/items?limit=1"
                        let reply = try await server.ask(path, of: responder)
                        // What is known already is answered without a pause, in which others could have their turn.
                        try await Task.sleep(for: .milliseconds(5))
                        let object = try? JSONSerialization.jsonObject(with: Data(reply.bytes)) as? [String: Any]
                        guard reply.status == 200, let object,
                            let number = object[client % 2 == 0 ? "incidents" : "numberMatched"] as? Int,
                            let revision = object[client % 2 == 0 ? "store_revision" : "storeRevision"] as? Int
                        else {
                            log.add(failure: "\(reply.status) \(reply.text.prefix(200))")
                            continue
                        }
                        log.add(
                            Seen(
                                revision: revision, number: number,
                                tag: reply.headers[.eTag].map { "\(client % 2) \($0)" }))
                    }
                }
            }
            // Another program would have the store opened for itself too.
            _ = try await Task.detached {
                try ReportImport(path: second, profile: .generic).run(into: GeoPackageStore.open(at: path))
            }.value
            let imported = ContinuousClock.now
            let third = try await server.ask(
                "/imports?source=c.csv", method: .post, headers: [.authorization: "Bearer admin"],
                body: Array(Self.file(700, "LESIONES").utf8))
            #expect(third.status == 201, "\(third.text)")
            // Alone on the machine it is two seconds: one, and twice the time that loading takes. Beside all other tests a reader
            // may wait minutes for its turn, so that no time is asserted here.
            while !log.seen.contains(where: { $0.number == 4_200 }), ContinuousClock.now - imported < .seconds(900) {
                try await Task.sleep(for: .milliseconds(50))
            }
            log.isDone = true
            try await group.waitForAll()
        }
        #expect(log.failures == [])
        let all = log.seen
        for (revision, answers) in Dictionary(grouping: all, by: \.revision) {
            #expect(Set(answers.map(\.number)).count == 1, "revision \(revision)")
        }
        for (tag, answers) in Dictionary(grouping: all, by: \.tag) {
            #expect(tag != nil && Set(answers.map { "\($0.revision) \($0.number)" }).count == 1, "\(tag ?? "")")
        }
        #expect(Set(all.map(\.number)).isSubset(of: [500, 3_500, 4_200]))
        #expect(all.contains { $0.number == 500 } && all.contains { $0.number == 4_200 })
    }
}
