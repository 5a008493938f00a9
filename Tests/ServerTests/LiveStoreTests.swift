import CrimeMapping
import GeoPackageStore
import Incidents
import SimpleFeatures
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite struct LiveStoreTests {
    private final class Counter: Sendable {
        let count = Atomic(0)
    }

    @Test func `What another program imports is seen at the next look, and a snapshot in use stays`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("store.gpkg")
        let definition = try NewStore(settings: StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Mexico_City"))
            .validated()
        let writer = try GeoPackageStore.create(
            at: path, settings: definition.settings, crsDefinition: (definition.crsName, definition.crsWKT))
        let live = try LiveStore { try GeoPackageStore.open(at: path, readOnly: true) }
        let held = live.current
        #expect(!live.refresh())
        let file = try folder.write("a.csv", "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1,19.4\n")
        _ = try ReportImport(path: file, profile: .generic).run(into: writer)
        while !live.refresh() {}
        #expect(held.table.count == 0 && live.current.table.count == 1)
        #expect(live.failure == nil)
    }

    @Test func `A cache keeps within its budget, and what was asked for last stays longest`() {
        let cache = GenerationCache<Int>(budget: 100)
        for value in 0..<50 {
            cache.insert("\(value)", value, cost: 10)
            _ = cache.value("0")
        }
        #expect(cache.account.bytes <= 100)
        #expect(cache.value("0") == 0 && cache.value("49") == 49 && cache.value("10") == nil)
        cache.insert("large", 1, cost: 60)
        #expect(cache.value("large") == nil)
    }

    @Test func `What several ask for at once is made once`() async throws {
        let flights = Flights<Int>()
        let made = Counter()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await flights.value("key", isAbandoned: { false }) { _ in
                        made.count.add(1, ordering: .relaxed)
                        try await Task.sleep(for: .milliseconds(200))
                        return 7
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 7, count: 20) && made.count.load(ordering: .relaxed) == 1)
    }

    @Test func `Work ends when nobody waits any more, at its deadline, and is refused when too much waits`()
        async throws
    {
        let pool = WorkerPool(threads: 1, mostWaiting: 1)
        await #expect(throws: (any Error).self) {
            try await pool.run(until: .now + .seconds(1800), isAbandoned: { true }) { _ in 1 }
        }
        await #expect(throws: Problem.self) {
            try await pool.run(until: .now + .milliseconds(50), isAbandoned: { false }) { control in
                while !control.isCancelled {}
                return 1
            }
        }
        let isHeld = Counter()
        async let slow = pool.run(until: .now + .seconds(1800), isAbandoned: { false }) { _ in
            while isHeld.count.load(ordering: .acquiring) == 0 {}
            return 1
        }
        while pool.load == 0 { await Task.yield() }
        await #expect(throws: Problem.self) {
            try await pool.run(until: .now + .seconds(1800), isAbandoned: { false }) { _ in 2 }
        }
        isHeld.count.store(1, ordering: .releasing)
        #expect(try await slow == 1)
    }
}
