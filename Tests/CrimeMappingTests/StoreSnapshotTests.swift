import Boundaries
import CivilTime
import CrimeMapping
import GeoPackageStore
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing
import Tiles

@Suite struct StoreSnapshotTests {
    @Test func `Every reading job says of a snapshot what it says of the store`() throws {
        let demo = try DemoStore()
        let snapshot = try StoreSnapshot(of: demo.store)
        var filter = IncidentFilter()
        filter.hours = try HourRange("18-23")
        let stored = try IncidentSelection(from: demo.store, filter: filter)
        let held = try IncidentSelection(from: snapshot, filter: filter)
        #expect(held.rows == stored.rows && !held.rows.isEmpty)
        #expect(try held.studyArea(in: snapshot)?.polygons == stored.studyArea(in: demo.store)?.polygons)
        #expect(
            try held.counts(by: .colonia, in: snapshot).units == stored.counts(by: .colonia, in: demo.store).units)
        let summary = AreaSummary(level: .municipality, period: .month)
        #expect(try summary.run(on: held, in: snapshot) == summary.run(on: stored, in: demo.store))
        #expect(try TaxonomyBreaks.of(held, in: snapshot) == TaxonomyBreaks.of(stored, in: demo.store))
        let tile = try #require(TileID(zoom: 0, x: 0, y: 0))
        let tiles = CityTiles(zooms: 0...12)
        #expect(
            try tiles.drawing(of: held, in: snapshot, name: "a", members: []).pyramid.message(tile)
                == tiles.drawing(of: stored, in: demo.store, name: "a", members: []).pyramid.message(tile))
    }

    @Test func `A snapshot stays what it is while the store goes on`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let before = try StoreSnapshot(of: store)
        let file = try folder.write("a.csv", "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1,19.4\n")
        _ = try ReportImport(path: file, profile: .generic).run(into: store)
        let after = try StoreSnapshot(of: store)
        #expect(before.table.count == 0 && after.table.count == 1)
        #expect(before.revision() < after.revision())
        #expect(try after.revision() == store.revision())
    }

    @Test func `What a snapshot does not hold it refuses`() throws {
        let folder = try TemporaryFolder()
        let snapshot = try StoreSnapshot(of: GeoPackageStore.empty(in: folder))
        #expect(throws: JobError.self) { try snapshot.incidentTable(levels: [], asOf: "2024-03-01T00:00:00Z") }
        #expect(throws: JobError.self) { try snapshot.boundaryLayer(.colonia, number: 1) }
    }
}
