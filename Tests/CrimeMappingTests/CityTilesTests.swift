import Boundaries
import CrimeMapping
import GeoPackageStore
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing
import Tiles

@Suite struct CityTilesTests {
    @Test func `Every zoom of the demo city counts every incident of a filter, as the table does`() throws {
        let demo = try DemoStore()
        let store = demo.store
        var filter = IncidentFilter()
        filter.categories = [try #require(try IncidentSelection(from: store, filter: filter).table.categories.first)]
        let selection = try IncidentSelection(from: store, filter: filter)
        let tiles = TileTally()
        var job = CityTiles(zooms: 0...14)
        job.countsBy = ["modality"]
        let account = try job.drawing(of: selection, in: store, name: "demo", members: []).write(to: tiles)
        let pattern = try selection.pattern()
        #expect(pattern.count > 20)
        for zoom in 0...14 {
            #expect(tiles.counts["incidents"]?[zoom] == pattern.count, "zoom \(zoom)")
            #expect(tiles.counts["grid"]?[zoom] == pattern.count, "zoom \(zoom)")
            #expect(
                try tiles.counts["colonia"]?[zoom] == selection.counts(by: .colonia, in: store).counted, "zoom \(zoom)")
        }
        #expect(tiles.violations.isEmpty && account.tiles == tiles.tiles.count)
        let set = try #require(tiles.description)
        #expect(Set(set.layers.map(\.id)).isSuperset(of: ["incidents", "grid", "colonia", "district", "municipality"]))
        #expect(set.members["incidents_in_tiles"] == .integer(Int64(pattern.count)))
    }

    @Test func `One thread or two, and drawn alone or in an archive, a tile has the same bytes`() throws {
        let demo = try DemoStore()
        let store = demo.store
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        var job = CityTiles(zooms: 11...12)
        job.threads = 1
        let one = try job.drawing(of: selection, in: store, name: "demo", members: [])
        job.threads = 2
        let two = try job.drawing(of: selection, in: store, name: "demo", members: [])
        let tiles = one.pyramid.layers.flatMap { $0.tiles(zoom: 12) }
        #expect(!tiles.isEmpty)
        for tile in Set(tiles) { #expect(try one.pyramid.tile(tile) == two.pyramid.tile(tile)) }
    }

    @Test func `A layer that the store has not is refused with the names it has`() throws {
        let demo = try DemoStore()
        let store = demo.store
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        var job = CityTiles()
        job.layers = ["manzana"]
        let error = #expect(throws: JobError.self) {
            try job.drawing(of: selection, in: store, name: "demo", members: [])
        }
        #expect(error?.description.contains("incidents, grid, colonia, district, municipality") == true)
    }
}
