import Boundaries
import GRDB
import Incidents
import Testing

@testable import GeoPackageStore

@Suite struct StoreValidationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func store() throws -> GeoPackageStore {
        let store = try newStore(in: folder)
        _ = try store.addBoundaries(layer(.colonia, ["a", "b"]), audit: "")
        let rows = [
            TestRow(row: 1, category: "A", areas: [0]), TestRow(row: 2, category: "B", day: 19_000, areas: [1]),
            TestRow(row: 4, outcome: .unplaced, method: .noCoordinates, areas: [-1]),
        ]
        guard
            case .new(let record) = try store.beginImport(source: "a", sha256: "a", profile: "", settings: "", at: noon)
        else {
            throw Unmet("must be new")
        }
        var counts = counts(of: rows)
        counts.rejected = 1
        try store.append(
            batch(rows, levels: 1), areas: [AreaKeys(level: "colonia", keys: ["a", "b"])], notes: [],
            issues: [issue(3, .rejected, raw: "x"), issue(3, .rejected), issue(4, .unplaced)], counts: counts,
            to: record.id)
        _ = try store.finishImport(record.id, at: evening)
        return store
    }

    @Test func `A sound store has no findings`() throws {
        #expect(try StoreValidation.validate(path: store().path).isEmpty)
    }

    @Test(arguments: [
        ("import_counts", "DELETE FROM incidents WHERE fid = (1 << 32) + 2"),
        ("import_counts", "DELETE FROM import_issue WHERE \"row\" = 3"),
        ("import_counts", "UPDATE import SET duplicates = 5"),
        ("orphan_rows", "UPDATE incidents SET fid = fid + (7 << 32) WHERE source_row = 2"),
        ("orphan_rows", "UPDATE incidents SET source_row = 9 WHERE source_row = 2"),
        ("time_shape", "UPDATE incidents SET occurred_at = '2024-03-01T12:00:00-06:00' WHERE source_row = 2"),
        ("time_shape", "UPDATE incidents SET local_date = NULL WHERE source_row = 2"),
        ("area_keys", "UPDATE incidents SET colonia_id = 'nowhere' WHERE source_row = 2"),
        ("rtree", "DELETE FROM rtree_colonia_geom WHERE id = 1"),
        ("boundary_counts", "DELETE FROM colonia WHERE area_id = 'a'; DELETE FROM rtree_colonia_geom WHERE id = 1"),
        ("contents", "DROP TABLE analysis_layer"),
        ("contents", "DELETE FROM gpkg_geometry_columns WHERE table_name = 'colonia'"),
        ("contents", "DELETE FROM gpkg_contents WHERE table_name = 'import'"),
        ("header", "PRAGMA user_version = 7"),
        ("foreign_keys", "PRAGMA foreign_keys = OFF; UPDATE import_issue SET import_id = 99 WHERE \"row\" = 4"),
    ])
    func `A broken rule is found under its name`(check: String, sql: String) throws {
        let store = try store()
        try store.queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    CREATE TABLE analysis_layer (fid INTEGER PRIMARY KEY);
                    INSERT INTO gpkg_contents (table_name, data_type) VALUES ('analysis_layer', 'attributes');
                    """)
            try db.execute(sql: sql)
        }
        try store.close()
        let findings = try StoreValidation.validate(path: store.path)
        #expect(findings.contains { $0.check == check }, "\(findings)")
        #expect(findings.allSatisfy { !$0.message.isEmpty })
    }

    @Test func `What is no store cannot be validated`() throws {
        let path = folder.file("none.gpkg")
        #expect(throws: StoreError.notFound(path)) { try StoreValidation.validate(path: path) }
    }

    @Test func `A summary tells what a store holds`() throws {
        let store = try store()
        try importRows(
            [TestRow(row: 1, category: "A", day: 20_000, isDuplicate: true, areas: [])], into: store, source: "b",
            sha256: "b")
        let summary = try store.summary()
        #expect(summary.settings == utm14)
        #expect(summary.revision == (try store.revision()))
        #expect(summary.structure == Migrations.migrator.migrations.last)
        #expect(summary.boundaries.map(\.areaCount) == [2])
        #expect(summary.imports.map(\.state) == [.complete, .complete])
        #expect(summary.counts.placed == 3)
        #expect(summary.counts.unplaced == 1)
        #expect(summary.counts.rejected == 1)
        #expect(summary.counts.duplicates == 1)
        #expect(summary.firstDate == "2022-01-08")
        #expect(summary.lastDate == "2024-10-04")
        #expect(summary.categories == 2)
        #expect(summary.hitRate == 0.75)
    }

    @Test func `An empty store has no hit rate and no dates`() throws {
        let summary = try newStore(in: folder).summary()
        #expect(summary.hitRate == nil)
        #expect(summary.firstDate == nil)
        #expect(summary.counts == ImportCounts())
    }
}
