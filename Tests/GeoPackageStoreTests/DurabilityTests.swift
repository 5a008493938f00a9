import Boundaries
import Foundation
import GRDB
import Incidents
import TestSupport
import Testing

@testable import GeoPackageStore

@Suite struct DurabilityTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [true, false])
    func `A store whose writer was killed in the middle is as it was before`(readOnly: Bool) throws {
        let store = try newStore(in: folder)
        try importRows(randomRows(1...200, areas: [], seed: 1), into: store)
        let before = try store.incidentTable(levels: [], asOf: nil)
        let revision = try store.revision()
        // A writer with next to no cache writes its pages to the file long before it commits: what a kill leaves behind
        // is the file half changed, and the journal that knows how it was.
        let writer = try DatabaseQueue(path: store.path)
        let copy = folder.file("killed.gpkg")
        try writer.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE incidents SET category = 'half', place_text = hex(zeroblob(600));
                    UPDATE revision SET number = 99; DELETE FROM import;
                    """)
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: store.path + suffix, toPath: copy + suffix)
            }
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) != Data(contentsOf: URL(fileURLWithPath: store.path)))
        let killed = try GeoPackageStore.open(at: copy, readOnly: readOnly)
        #expect(try killed.revision() == revision)
        #expect(try killed.incidentTable(levels: [], asOf: nil).category == before.category)
        try killed.close()
        #expect(try StoreValidation.validate(path: copy).isEmpty)
        #expect(try !folder.names.contains("killed.gpkg-journal"))
    }

    @Test func `A copy taken between any two batches holds whole batches and can be completed`() throws {
        let store = try newStore(in: folder)
        let rows = randomRows(1...300, areas: [], seed: 2)
        guard
            case .new(let record) = try store.beginImport(
                source: "a.csv", sha256: "aa", profile: "p", settings: "{}", at: noon)
        else { return }
        for start in stride(from: 0, to: 300, by: 60) {
            let done = Array(rows[..<(start + 60)])
            try store.append(
                batch(Array(done[start...])), areas: [], notes: [], issues: [], counts: counts(of: done), to: record.id)
            let path = folder.file("copy\(start).gpkg")
            try FileManager.default.copyItem(atPath: store.path, toPath: path)
            #expect(try StoreValidation.validate(path: path).isEmpty)
            let copy = try GeoPackageStore.open(at: path)
            guard
                case .resume(let half) = try copy.beginImport(
                    source: "a.csv", sha256: "aa", profile: "p", settings: "{}", at: noon)
            else { throw Unmet("a begun import must be resumed") }
            #expect(half.counts.read == start + 60)
            let rest = Array(rows[half.counts.read...])
            try copy.append(batch(rest), areas: [], notes: [], issues: [], counts: counts(of: rows), to: half.id)
            _ = try copy.finishImport(half.id, at: evening)
            #expect(try copy.incidentTable(levels: [], asOf: nil).count == 300)
            #expect(try StoreValidation.validate(path: path).isEmpty)
        }
    }

    @Test func `A full disk is reported by the file's name and leaves the store as it was`() throws {
        let store = try newStore(in: folder)
        try importRows(randomRows(1...50, areas: [], seed: 3), into: store)
        let revision = try store.revision()
        guard
            case .new(let record) = try store.beginImport(
                source: "b.csv", sha256: "bb", profile: "p", settings: "{}", at: noon)
        else { return }
        let rows = randomRows(1...5000, areas: [], seed: 4)
        func append() throws {
            try store.append(batch(rows), areas: [], notes: [], issues: [], counts: counts(of: rows), to: record.id)
        }
        for spare in [0, 1, 5, 20, 60] as [Int64] {
            try store.queue.inDatabase { db in
                let pages = try db.firstInteger("PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + spare)")
            }
            #expect(throws: StoreError.full(store.path)) { try append() }
            #expect(try store.revision() == revision + 1)
            #expect(try store.incidentTable(levels: [], asOf: nil).count == 50)
        }
        try store.queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try append()
        _ = try store.finishImport(record.id, at: evening)
        #expect(try store.incidentTable(levels: [], asOf: nil).count == 5050)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `Three hundred damaged copies are refused or read, and never bring the program down`() throws {
        let original = try fullStore()
        #expect(try survives(original, "sound"))
        var generator = SeededGenerator(seed: 300)
        var refused = 0
        for copy in 0..<300 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...16, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] ^= UInt8.random(in: 1...255, using: &generator)
            }
            refused += try survives(bytes, "flip\(copy)") ? 0 : 1
        }
        // Most hits are noticed; one inside a text or a number leaves a row that may have been written so.
        #expect((100...299).contains(refused), "\(refused)")
    }

    @Test func `A store cut off at any page is refused or read`() throws {
        let original = try fullStore()
        for length in stride(from: 0, to: original.count, by: 4096) {
            _ = try survives(original.prefix(length), "cut\(length)")
        }
    }

    /// A store with rows of all kinds, replaced rows, issues, notes and two versions of a level, as bytes.
    private func fullStore() throws -> Data {
        let store = try newStore(in: folder)
        _ = try store.addBoundaries(layer(.colonia, ["a", "b", "c"]), audit: "{}")
        _ = try store.addBoundaries(layer(.colonia, ["a", "b"], from: "2024-01-01"), audit: "{}")
        let keys = [AreaKeys(level: "colonia", keys: ["a", "b"])]
        try importRows(randomRows(1...120, areas: [2], seed: 5), into: store, areas: keys)
        try importRows(
            randomRows(1...200, areas: [2], seed: 6), into: store, sha256: "b", areas: keys, from: nextDay, to: nextDay)
        guard
            case .new(let record) = try store.beginImport(source: "b", sha256: "c", profile: "", settings: "", at: noon)
        else {
            throw Unmet("must be new")
        }
        var rejected = ImportCounts()
        rejected.rejected = 40
        try store.append(
            batch([]), areas: [], notes: [], issues: (1...40).map { issue($0, .rejected) }, counts: rejected,
            to: record.id)
        try store.close()
        let data = try Data(contentsOf: URL(fileURLWithPath: store.path))
        return data
    }

    /// Does everything that can be done with a file that may be damaged.
    /// - Returns: whether all of it went well.
    private func survives(_ bytes: Data, _ name: String) throws -> Bool {
        let path = folder.file(name + ".gpkg")
        try bytes.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var isWell = true
        func attempt(_ body: () throws -> Void) throws {
            do { try body() } catch is StoreError { isWell = false }
        }
        try attempt { isWell = try StoreValidation.validate(path: path).isEmpty }
        try attempt {
            let store = try GeoPackageStore.open(at: path)
            try attempt { try expectWhole(store.incidentTable(levels: ["colonia"], asOf: nil)) }
            try attempt { try expectWhole(store.incidentTable(levels: [], asOf: evening)) }
            try attempt { try store.incidents { _ in } }
            try attempt { try store.places { _ in } }
            try attempt { try store.issues(of: nil) { _, _ in } }
            try attempt { _ = try store.boundaryLayer(.colonia, number: 1) }
            try attempt { _ = try store.boundaryLayer(.colonia, number: 2) }
            try attempt { _ = try store.summary() }
            try attempt { _ = try store.addBoundaries(layer(.district, ["D"]), audit: "") }
            try attempt {
                try store.assign(
                    AreaKeys(level: "colonia", keys: ["z"]), incidents: [1 << 32 + 1], areas: [0], labelAgrees: [0],
                    notes: [])
            }
            try attempt { try store.relocate([2 << 32 + 1], to: batch([TestRow(row: 1)])) }
            try attempt { try store.setArtefacts([], incidents: [2 << 32 + 1]) }
            try attempt { _ = try (store.artefacts(), store.aliases(), store.streetPlaces()) }
            try attempt { try importRows([TestRow(row: 1)], into: store, source: "c", sha256: "d") }
            try store.close()
        }
        try attempt {
            let reader = try GeoPackageFeatureReader(path: path)
            for layer in reader.layers { try attempt { try reader.features(of: layer.name) { _ in } } }
        }
        return isWell
    }

    private func expectWhole(_ table: IncidentTable) {
        let lengths: Set<Int> = [
            table.x.count, table.y.count, table.cell.count, table.instant.count, table.localDay.count,
            table.localMinute.count,
            table.category.count, table.modality.count, table.weight.count, table.outcome.count, table.grade.count,
            table.isArtefact.count,
        ]
        #expect(lengths == [table.count])
        for column in table.areas {
            #expect(column.index.count == table.count)
            #expect(column.index.allSatisfy { (-1..<Int32(column.keys.count)).contains($0) })
        }
        #expect(table.category.allSatisfy { Int($0) < table.categories.count })
    }
}
