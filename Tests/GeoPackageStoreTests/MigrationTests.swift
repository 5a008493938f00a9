import Boundaries
import Foundation
import GRDB
import Incidents
import Testing

@testable import GeoPackageStore

/// A store as the first migration alone made it, opened by this version.
@Suite struct MigrationTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("old.gpkg")
        try Self.makeOldStore(at: path)
    }

    /// Two versions of a level that share the key `a`; the second ended the first without placing anew, so that row 3, of
    /// 2024, still lies in `gone`, which only the first version has.
    private static func makeOldStore(at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: "PRAGMA application_id = \(GeoPackageTables.applicationID); PRAGMA user_version = 10300")
        }
        try Migrations.migrator.migrate(queue, upTo: Migrations.first)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO setting (name, value)
                        VALUES ('crs', 'EPSG:32614'), ('time_zone', 'America/Monterrey'), ('levels', 'colonia,zone');
                    UPDATE revision SET number = 7;
                    CREATE TABLE "colonia" (
                        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, area_id TEXT NOT NULL, name TEXT,
                        parent_id TEXT, version INTEGER NOT NULL, valid_from DATE, valid_to DATE, area_km2 DOUBLE,
                        properties TEXT, UNIQUE (version, area_id));
                    INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
                        VALUES ('colonia', 'features', 'colonia', 4326);
                    INSERT INTO gpkg_geometry_columns VALUES ('colonia', 'geom', 'MULTIPOLYGON', 4326, 0, 0);
                    INSERT INTO colonia (area_id, name, version) VALUES ('a', 'A', 1), ('gone', 'G', 1), ('a', 'A', 2);
                    INSERT INTO boundary_version (level, number, valid_from, valid_to, source, sha256, areas, audit) VALUES
                        ('colonia', 1, NULL, '2024-01-01', 's', 's', 2, ''),
                        ('colonia', 2, '2024-01-01', NULL, 's', 's', 1, '');
                    INSERT INTO import (source, sha256, profile, settings, started_at, finished_at, state, placed, unplaced)
                        VALUES ('a.csv', 'aa', '', '', '2024-03-01T12:00:00.000Z', '2024-03-01T12:00:00.000Z', 'complete', 4, 1);
                    """)
            for table in [IncidentTables.current, IncidentTables.superseded] {
                for level in ["colonia", "zone"] {
                    try db.execute(
                        sql: """
                            ALTER TABLE \(table) ADD COLUMN "\(level)_id" TEXT;
                            ALTER TABLE \(table) ADD COLUMN "\(level)_label_agrees" BOOLEAN
                            """)
                }
            }
            let rows = [
                ("2023-12-31", "coordinates", "placed", "'a'", "'z'"),
                ("2024-01-01", "sign_restored", "placed", "'a'", "NULL"),
                ("2024-02-01", "coordinates", "placed", "'gone'", "NULL"),
                ("2024-02-01", "coordinates", "placed", "NULL", "NULL"),
                ("2024-02-01", "zero_coordinates", "unplaced", "NULL", "NULL"),
            ]
            for (index, row) in rows.enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO incidents (fid, occurred_at, local_date, local_dow, outcome, method, is_duplicate, weight,
                            import_id, source_row, colonia_id, zone_id)
                        VALUES (4294967296 + \(index + 1), '\(row.0)T12:00:00.000Z', '\(row.0)', 7, '\(row.2)', '\(row.1)', 0, 1,
                            1, \(index + 1), \(row.3), \(row.4));
                        """)
            }
            try RTree.create(db, table: "colonia")
        }
        try queue.close()
    }

    @Test func `The first migration makes what it always made`() throws {
        let queue = try DatabaseQueue(path: path)
        func columns(_ table: String) throws -> [String] {
            try queue.read { try String.fetchAll($0, sql: "SELECT name FROM pragma_table_info('\(table)')") }
        }
        let incidents = """
            fid geom record_id category modality occurred_at local_date local_hour local_minute local_dow colonia_label \
            municipality_label place_text x y cell_z14 outcome method is_duplicate weight import_id source_row
            """
        let levels = ["colonia_id", "colonia_label_agrees", "zone_id", "zone_label_agrees"]
        let fixed = incidents.split(separator: " ").map(String.init)
        #expect(try columns("incidents") == fixed + levels)
        #expect(try columns("incident_superseded") == fixed + ["superseded_at", "superseded_by"] + levels)
        #expect(
            try columns("assignment") == ["id", "incident", "level", "area_id", "version", "candidates", "on_border"])
        #expect(
            try queue.read {
                try String.fetchAll($0, sql: "SELECT table_name FROM gpkg_contents WHERE data_type = 'attributes'")
            } == ["import", "import_issue", "assignment", "taxonomy", "population", "boundary_version"])
    }

    @Test func `Opened for writing an older store learns how closely places are known, and of which version keys are`()
        throws
    {
        let store = try GeoPackageStore.open(at: path)
        #expect(try store.revision() == 8)
        var found: [StoredIncident] = []
        try store.incidents { found.append($0) }
        #expect(found.map(\.grade) == [.point, .point, .point, .point, .none])
        #expect(found.map(\.uncertainty) == [nil, nil, nil, nil, nil])
        #expect(found.map(\.isArtefact) == [false, false, false, false, false])
        // Row 3 lies in an area that its day's version has not: the version that has it is meant.
        #expect(found.map { $0.areaVersions[0] } == [1, 2, 1, nil, nil])
        // A level without boundaries has no versions to tell apart.
        #expect(found.map { $0.areaVersions[1] } == [1, nil, nil, nil, nil])
        let column = try store.incidentTable(levels: ["colonia"], asOf: nil).areas(of: "colonia")
        #expect(column?.keys == ["a", "a", "gone"])
        #expect(column?.versions == [1, 2, 1])
        try importRows(
            [TestRow(row: 1, areas: [0])], into: store, source: "b", sha256: "b",
            areas: [AreaKeys(level: "colonia", keys: ["a"], versions: [2])])
        #expect(try store.incidentTable(levels: ["colonia"], asOf: nil).count == 6)
        try store.addAliases([PlaceAlias(name: "x", level: .colonia, version: 2, areaID: "a")], source: "s")
        try store.close()
        #expect(try GeoPackageStore.open(at: path, readOnly: true).aliases().count == 1)
    }

    @Test func `Opened for reading an older store says in one sentence what to do`() throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = StoreError.older(path: path, migration: Migrations.second)
        #expect(throws: error) { try GeoPackageStore.open(at: path, readOnly: true) }
        #expect(
            error.description
                == "\(path) lacks \"2 precision, versions, place names\" of this version's structure; open it once for "
                + "writing, as faro assign does")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func `A store in which another program has taken a new table's name is refused and stays as it is`() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE street_place (mine TEXT)") }
        try queue.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try GeoPackageStore.open(at: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func `A migrated store and a new one have the same tables`() throws {
        try GeoPackageStore.open(at: path).close()
        let new = try newStore(in: folder)
        _ = try new.addBoundaries(layer(.colonia, ["a"]), audit: "")
        func columns(_ path: String, _ table: String) throws -> Set<String> {
            let queue = try DatabaseQueue(path: path)
            return try queue.read {
                try Set(String.fetchAll($0, sql: "SELECT name || type FROM pragma_table_info('\(table)')"))
            }
        }
        for table in RegisteredTables.attributes.map(\.table) {
            #expect(try columns(path, table) == columns(new.path, table), "\(table)")
        }
        for table in [IncidentTables.current, IncidentTables.superseded] {
            let zone = ["zone_idTEXT", "zone_label_agreesBOOLEAN", "zone_versionINTEGER"]
            #expect(try columns(path, table) == columns(new.path, table).union(zone), "\(table)")
        }
    }
}
