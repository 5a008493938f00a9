import Boundaries
import CrimeMapping
import GeoPackageStore
import Georeferencing
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing

@Suite struct PlaceAccountTests {
    /// Ten incidents at places a kilometre apart: five points of which two are artefacts, a crossing, a street, two colonias
    /// of which one is an artefact, and one without a place.
    private func store(in folder: TemporaryFolder) throws -> GeoPackageStore {
        let store = try GeoPackageStore.empty(in: folder)
        let text = (0..<10).map { "2024-03-01,ROBO,\($0 < 9 ? "\(-99.2 + Double($0) / 100),19.3" : ",")\n" }.joined()
        _ = try ReportImport(
            path: try folder.write("a.csv", "fecha,delito,longitud,latitud\n" + text), profile: .generic
        ).run(into: store)
        var ids: [Int64] = []
        var moved = IncidentBatch()
        let table = try store.incidentTable(levels: [], asOf: nil)
        try store.places { place in
            ids.append(place.incident)
            guard let row = table.id.firstIndex(of: place.incident), (5..<9).contains(ids.count - 1) else { return }
            moved.sourceRow.append(place.incident)
            moved.outcome.append(.placed)
            moved.method.append([.crossing, .street, .coloniaName, .coloniaName][ids.count - 6])
            moved.grade.append([.crossing, .street, .colonia, .colonia][ids.count - 6])
            moved.uncertainty.append(50)
            moved.longitude.append(place.longitude)
            moved.latitude.append(place.latitude)
            moved.x.append(table.x[row])
            moved.y.append(table.y[row])
            moved.cell.append(table.cell[row])
        }
        try store.relocate(Array(ids[5..<9]), to: moved)
        try store.setArtefacts([], incidents: [ids[0], ids[1], ids[7]])
        return store
    }

    private func account(_ store: GeoPackageStore, _ change: (inout IncidentFilter) -> Void = { _ in }) throws
        -> (PlaceAccount, PointPattern)
    {
        var filter = IncidentFilter()
        change(&filter)
        let selection = try IncidentSelection(from: store, filter: filter)
        return (selection.placeAccount, try selection.pattern())
    }

    @Test func `A point map takes hits and leaves artefacts out, and says how many of each it left`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        let (account, pattern) = try account(store)
        #expect(account.grades == [.point, .crossing])
        #expect(account.incidents == 10 && account.withoutPlace == 1)
        #expect(account.leftOutByGrade == [.street: 1, .colonia: 2])
        #expect(account.leftOutAtArtefacts == 2)
        #expect(account.used == 4 && pattern.count == 4 && pattern.dropped == 1)
        #expect(
            account.members == [
                Property("precision", .text("point, crossing")),
                Property("left_out_by_precision", .json(#"{"street":1,"colonia":2}"#)),
                Property("include_artefacts", .bool(false)), Property("left_out_at_artefacts", .integer(2)),
            ])
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `What is asked for is taken, and counts by area take all`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        let (all, everything) = try account(store) {
            $0.grades = Set(PrecisionGrade.allCases)
            $0.includesArtefacts = true
        }
        #expect(all.used == 9 && all.leftOutByGrade.isEmpty && all.leftOutAtArtefacts == 0 && everything.count == 9)
        let (colonias, two) = try account(store) { $0.grades = [.colonia] }
        // The filter has left the others out before: they are not among the selected.
        #expect(colonias.incidents == 2 && colonias.leftOutAtArtefacts == 1 && two.count == 1)
        let (kept, six) = try account(store) { $0.includesArtefacts = true }
        #expect(kept.used == 6 && six.count == 6 && kept.members.contains(Property("include_artefacts", .bool(true))))
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        #expect(try AreaSummary(level: nil, period: nil).run(on: selection, in: store).map(\.count) == [10])
    }

    @Test func `Placing again leaves words' areas alone`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        let ring = "[[-99.3,19.2],[-99,19.2],[-99,19.4],[-99.3,19.4],[-99.3,19.2]]"
        let file = try folder.write(
            "c.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"1\"},"
                + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}}]}")
        _ = try BoundaryImport(path: file, level: .colonia).run(into: store)
        var ids: [Int64] = []
        try store.places { if $0.grade == .colonia { ids.append($0.incident) } }
        let note = AssignmentNote(
            row: 0, level: "colonia", areaKey: nil, versionNumber: 1, candidates: 2, onBorder: false,
            candidateKeys: ["x", "y"])
        try store.assign(
            AreaKeys(level: "colonia", keys: ["1"]), incidents: ids, areas: [-1, 0], labelAgrees: [-1, -1],
            notes: [note])
        let tally = try #require(try AreaAssignment().run(in: store).first)
        #expect(tally.inArea == 7)
        var keys: [String?] = []
        try store.incidents { if $0.grade == .colonia { keys.append($0.areas.first?.key) } }
        #expect(keys == [nil, "1"])
    }
}
