@testable import GeoPackageStore
import GRDB
import Testing

struct SeriesMigrationTests {
    @Test func `Population that somebody has put into an older store stays`() throws {
        let queue = try DatabaseQueue()
        try Migrations.migrator.migrate(queue, upTo: Migrations.first)
        try queue.write { db in
            try db.execute(
                sql:
                    "INSERT INTO population (level, area_id, year, kind, value) VALUES ('colonia', 'C1', 2021, 'k', 7.5)"
            )
        }
        try Migrations.migrator.migrate(queue)
        try queue.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT level, area_id, year, kind, value, import_id FROM population")
            #expect(row?["area_id"] == "C1" && row?["value"] == 7.5 && row?["import_id"] as Int64? == nil)
            let listed = try String.fetchAll(
                db, sql: "SELECT table_name FROM gpkg_contents WHERE data_type = 'attributes' ORDER BY table_name")
            for table in SeriesTables.tables + ["population"] {
                #expect(listed.contains(table))
                #expect(try db.tableExists(table))
            }
        }
    }
}
