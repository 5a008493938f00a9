import CrimeMapping
import GeoPackageStore
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@Suite struct PlaceValidationTests {
    private func store(in folder: TemporaryFolder) throws -> GeoPackageStore {
        let store = try GeoPackageStore.empty(in: folder)
        let text = "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.13,19.43\n2024-03-01,ROBO,,\n"
        _ = try ReportImport(path: try folder.write("a.csv", text), profile: .generic).run(into: store)
        return store
    }

    /// Moves the first incident by so many metres, and to another tile.
    private func move(_ store: GeoPackageStore, by metres: Double, cell: Int64 = 0) throws {
        let table = try store.incidentTable(levels: [], asOf: nil)
        var batch = IncidentBatch()
        var incidents: [Int64] = []
        try store.places { place in
            guard place.longitude.isFinite, let row = table.id.firstIndex(of: place.incident) else { return }
            incidents.append(place.incident)
            batch.outcome.append(place.outcome)
            batch.method.append(place.method)
            batch.grade.append(place.grade)
            batch.uncertainty.append(place.uncertainty)
            batch.longitude.append(place.longitude)
            batch.latitude.append(place.latitude)
            batch.x.append(table.x[row] + metres)
            batch.y.append(table.y[row])
            batch.cell.append(table.cell[row] + cell)
        }
        try store.relocate(incidents, to: batch)
    }

    @Test func `Metres and tile are those of the degrees, in whatever system the file gave them`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        #expect(try PlaceValidation.findings(in: store).isEmpty)
        let metric = try ReportImport(
            path: try folder.write("m.csv", "fecha,delito,este,norte\n2024-03-01,ROBO,486000,2148000\n"),
            profile: {
                var profile = try ImportProfile.generic.mapping(["x=este", "y=norte"])
                profile.crs = .init("EPSG:32614")
                return profile
            }()
        ).run(into: store)
        #expect(metric.counts.placed == 1)
        #expect(try PlaceValidation.findings(in: store).isEmpty)
    }

    @Test func `A place whose metres or tile are elsewhere is found`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        try move(store, by: 0.5)
        #expect(try PlaceValidation.findings(in: store).isEmpty)
        try move(store, by: 600)
        #expect(
            try PlaceValidation.findings(in: store)
                == ["place: 1 incidents have an x and y that are not where their geometry is"])
        try move(store, by: -600.5, cell: 1)
        #expect(
            try PlaceValidation.findings(in: store)
                == ["place: 1 incidents have a cell_z14 that is not that of their geometry"])
    }

    @Test func `An empty store has nothing to find`() throws {
        #expect(try PlaceValidation.findings(in: GeoPackageStore.empty(in: TemporaryFolder())).isEmpty)
    }
}
