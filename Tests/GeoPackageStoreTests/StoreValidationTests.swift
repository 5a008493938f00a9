import Boundaries
import GRDB
import Incidents
import SimpleFeatures
import Testing

@testable import GeoPackageStore

@Suite struct StoreValidationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func store() throws -> GeoPackageStore {
        let store = try newStore(in: folder)
        _ = try store.addBoundaries(layer(.colonia, ["a", "b"]), audit: "")
        func row(_ number: Int64, _ category: String, day: Int32 = 19_783, area: Int32) -> TestRow {
            TestRow(row: number, category: category, day: day, minute: 61, areas: [area])
        }
        let rows = [
            row(1, "A", area: 0), row(2, "B", day: 19_000, area: 1),
            TestRow(
                row: 4, place: nil, cell: -1, outcome: .unplaced, method: .noCoordinates, grade: .none, areas: [-1]),
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
        try store.addStreetPlaces(
            [
                StreetPlace(
                    kind: .landmark, street: "Faro", detail: nil, municipality: nil, longitude: -100, latitude: 25)
            ], source: "s")
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
        ("area_keys", "UPDATE incidents SET colonia_version = 2 WHERE source_row = 2"),
        ("area_keys", "UPDATE incidents SET colonia_version = NULL WHERE source_row = 2"),
        ("area_keys", "UPDATE incidents SET colonia_version = 1 WHERE source_row = 4"),
        ("precision", "UPDATE incidents SET precision = 'exact' WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET precision = NULL WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET precision = 'none' WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET uncertainty_m = -1 WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET uncertainty_m = 'far' WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET is_artefact = 2 WHERE source_row = 2"),
        ("precision", "UPDATE incidents SET outcome = 'placed', precision = 'colonia' WHERE source_row = 4"),
        ("place", "UPDATE incidents SET x = NULL WHERE source_row = 2"),
        ("place", "UPDATE incidents SET geom = NULL, precision = 'municipality' WHERE source_row = 2"),
        ("place", "UPDATE incidents SET cell_z14 = NULL WHERE source_row = 2"),
        ("local_time", "UPDATE incidents SET local_date = '2024-03-02' WHERE source_row = 1"),
        ("local_time", "UPDATE incidents SET local_minute = 62 WHERE source_row = 1"),
        ("local_time", "UPDATE incidents SET local_hour = 2 WHERE source_row = 1"),
        ("local_time", "UPDATE incidents SET local_hour = NULL WHERE source_row = 1"),
        ("local_time", "UPDATE incidents SET local_dow = 1 WHERE source_row = 1"),
        ("local_time", "UPDATE incidents SET occurred_at = '2024-03-01T08:01:00.000Z' WHERE source_row = 1"),
        ("local_time", "UPDATE setting SET value = 'Mexico/Nowhere' WHERE name = 'time_zone'"),
        ("street_place", "UPDATE street_place SET kind = 'bridge'"),
        ("street_place", "UPDATE street_place SET latitude = 91"),
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
        #expect(summary.precision == ["point": 3, "none": 1])
        #expect(summary.streetPlaces == ["landmark": 1])
        #expect(summary.aliases == 0 && summary.artefacts == 0 && summary.incidentsAtArtefacts == 0)
    }

    @Test func `A place that stands for an area is no hit`() throws {
        let store = try newStore(in: folder)
        let grades: [PrecisionGrade] = [
            .point, .crossing, .street, .snapped, .colonia, .postalCode, .municipality, .none,
        ]
        let rows = grades.enumerated().map { TestRow(row: Int64($0 + 1), grade: $1) }
        try importRows(rows, into: store)
        try store.addAliases([PlaceAlias(name: "n", level: .colonia, version: 1, areaID: nil)], source: "s")
        let place = ArtefactPlace(
            longitude: 0, latitude: 0, incidents: 2, share: 0.25, expected: 0, reason: "pile", explanation: "")
        try store.setArtefacts([place], incidents: [1 << 32 + 1, 1 << 32 + 2])
        let summary = try store.summary()
        #expect(summary.hitRate == 0.25)
        #expect(summary.precision.count == 8)
        #expect(summary.aliases == 1 && summary.artefacts == 1 && summary.incidentsAtArtefacts == 2)
    }

    @Test func `An empty store has no hit rate and no dates`() throws {
        let summary = try newStore(in: folder).summary()
        #expect(summary.hitRate == nil)
        #expect(summary.firstDate == nil)
        #expect(summary.counts == ImportCounts())
    }
}
