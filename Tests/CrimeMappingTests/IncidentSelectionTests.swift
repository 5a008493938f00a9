import CrimeMapping
import GeoPackageStore
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing

@Suite struct IncidentSelectionTests {
    /// A lattice of 21 × 21 places a hundredth of a degree apart, imported once.
    private func lattice(in folder: TemporaryFolder) throws -> GeoPackageStore {
        let store = try GeoPackageStore.empty(in: folder)
        var text = "fecha,delito,longitud,latitud\n"
        for row in 0...20 {
            for column in 0...20 {
                text += "2024-03-01,ROBO,\(-99.2 + Double(column) / 100),\(19.3 + Double(row) / 100)\n"
            }
        }
        _ = try ReportImport(path: try folder.write("a.csv", text), profile: .generic).run(into: store)
        return store
    }

    @Test func `A box in degrees is decided in degrees, and one in metres in metres`() throws {
        let folder = try TemporaryFolder()
        let store = try lattice(in: folder)
        // Between lattice lines: six columns and four rows of places.
        let degrees = Envelope<FilePosition>(minX: -99.155, minY: 19.345, maxX: -99.095, maxY: 19.385)
        let inDegrees = try IncidentSelection(from: store, filter: IncidentFilter(), box: (degrees, .wgs84))
        #expect(inDegrees.rows.count == 24)

        let table = inDegrees.table
        let metres = Envelope<FilePosition>(minX: 480_000, minY: 2_140_000, maxX: 490_000, maxY: 2_150_000)
        let inMetres = try IncidentSelection(from: store, filter: IncidentFilter(), box: (metres, CRS("EPSG:32614")))
        let expected = table.x.indices.filter {
            table.x[$0] >= 480_000 && table.x[$0] <= 490_000 && table.y[$0] >= 2_140_000 && table.y[$0] <= 2_150_000
        }
        #expect(!expected.isEmpty && inMetres.rows == expected)
    }

    @Test func `A wide box in degrees holds every place in it, and those on its border`() throws {
        let folder = try TemporaryFolder()
        let store = try lattice(in: folder)
        // From sea to sea: on the plane its southern border bends far north of its corners.
        let wide = Envelope<FilePosition>(minX: -118, minY: 19.3, maxX: -86, maxY: 33)
        #expect(try IncidentSelection(from: store, filter: IncidentFilter(), box: (wide, .wgs84)).rows.count == 441)
        let tight = Envelope<FilePosition>(minX: -99.2, minY: 19.3, maxX: -99, maxY: 19.5)
        #expect(try IncidentSelection(from: store, filter: IncidentFilter(), box: (tight, .wgs84)).rows.count == 441)
    }

    @Test func `What a filter leaves is the same for a table, a pattern and a count`() throws {
        let folder = try TemporaryFolder()
        let store = try lattice(in: folder)
        var filter = IncidentFilter()
        filter.categories = ["robo"]
        let selection = try IncidentSelection(from: store, filter: filter)
        #expect(selection.rows.count == 441)
        #expect(try selection.pattern().count == 441)
        #expect(try AreaSummary(level: nil, period: nil).run(on: selection, in: store).map(\.count) == [441])
    }
}
