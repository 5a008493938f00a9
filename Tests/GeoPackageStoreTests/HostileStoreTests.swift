import Boundaries
import Foundation
import GRDB
import Incidents
import Testing

@testable import GeoPackageStore

@Suite struct HostileStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A store that somebody has changed with other means.
    private func changed(_ sql: String) throws -> String {
        let store = try newStore(in: folder, UUID().uuidString + ".gpkg")
        _ = try store.addBoundaries(layer(.colonia, ["a"]), audit: "")
        try importRows([TestRow(row: 1)], into: store)
        try store.close()
        let queue = try DatabaseQueue(path: store.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
        return store.path
    }

    @Test(arguments: [
        ("trigger", "steal", "CREATE TRIGGER steal AFTER INSERT ON incidents BEGIN DELETE FROM import; END"),
        ("trigger", "Late", "CREATE TRIGGER Late BEFORE UPDATE ON REVISION BEGIN SELECT 1; END"),
        (
            "trigger", "rtree_colonia_geom_delete",
            """
            DROP TRIGGER rtree_colonia_geom_delete;
            CREATE TRIGGER "rtree_colonia_geom_delete" AFTER DELETE ON "colonia" BEGIN DELETE FROM incidents; END
            """
        ),
        ("view", "taxonomy", "DROP TABLE taxonomy; CREATE VIEW taxonomy AS SELECT 1 AS id"),
        ("table", "population", "DROP TABLE population; CREATE VIRTUAL TABLE population USING fts5(value)"),
        (
            "table", "rtree_colonia_geom",
            "DROP TABLE rtree_colonia_geom; CREATE VIRTUAL TABLE rtree_colonia_geom USING fts5(id, minx, maxx, miny, maxy)"
        ),
    ])
    func `A trigger, view or virtual table on Faro's own names is refused by name`(
        kind: String, name: String, sql: String
    ) throws {
        let path = try changed(sql)
        let error = StoreError.foreignObject(path: path, kind: kind, name: name)
        #expect(throws: error) { try GeoPackageStore.open(at: path) }
        #expect(try StoreValidation.validate(path: path).map(\.check) == ["open"])
    }

    @Test func `What another program keeps under its own names does not disturb the store`() throws {
        let path = try changed(
            """
            CREATE TABLE analysis (fid INTEGER PRIMARY KEY, geom POLYGON);
            CREATE TRIGGER rtree_analysis_geom_insert AFTER INSERT ON analysis BEGIN SELECT 1; END;
            CREATE VIEW latest AS SELECT * FROM incidents;
            CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT);
            """)
        let store = try GeoPackageStore.open(at: path)
        try importRows([TestRow(row: 1)], into: store, source: "b", sha256: "b")
        #expect(try store.incidentTable(levels: [], asOf: nil).count == 2)
        #expect(try StoreValidation.validate(path: path).isEmpty)
    }

    @Test func `A trigger that appears while the store is open does not run`() throws {
        let store = try newStore(in: folder)
        let other = try DatabaseQueue(path: store.path)
        try other.writeWithoutTransaction {
            try $0.execute(
                sql: "CREATE TRIGGER late AFTER INSERT ON incidents BEGIN UPDATE setting SET value = 'stolen'; END")
        }
        try importRows([TestRow(row: 1)], into: store)
        #expect(
            try other.read { try String.fetchOne($0, sql: "SELECT value FROM setting WHERE name = 'crs'") }
                == "EPSG:32614")
    }

    @Test func `A level whose name another program has taken is refused`() throws {
        let path = try changed("CREATE TABLE district (fid INTEGER PRIMARY KEY)")
        let store = try GeoPackageStore.open(at: path)
        #expect(throws: StoreError.foreignObject(path: path, kind: "table", name: "district")) {
            try store.addBoundaries(layer(.district, ["D"]), audit: "")
        }
        #expect(try store.boundaryVersions().count == 1)
    }

    @Test func `The safety switches of a connection are on`() throws {
        let store = try newStore(in: folder)
        try store.queue.inDatabase { db in
            #expect(try db.firstInteger("PRAGMA trusted_schema") == 0)
            #expect(try db.firstInteger("PRAGMA cell_size_check") == 1)
            // Without the defensive flag this would let the next statement write into the schema.
            try db.execute(sql: "PRAGMA writable_schema = ON")
            #expect(throws: (any Error).self) { try db.execute(sql: "UPDATE sqlite_master SET sql = ''") }
        }
    }

    @Test func `A path that looks like an address of SQLite's is a path`() throws {
        let here = FileManager.default.currentDirectoryPath
        #expect(Connection.literal("file:x.gpkg?mode=memory") == "./file:x.gpkg?mode=memory")
        #expect(Connection.literal(":memory:") == "./:memory:")
        #expect(Connection.literal(here) == here)
    }
}
