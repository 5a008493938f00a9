import Boundaries
import CrimeMapping
import GeoPackageStore
import Georeferencing
import Incidents
import TestSupport
import Testing

/// Reports without coordinates, from the file to the store, and again after more names are known.
@Suite struct PlaceByWordsTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try GeoPackageStore.empty(in: folder)
        func layer(_ name: String, _ areas: [(id: String, name: String, x: Double, side: Double)]) throws -> String {
            let features = areas.map { area in
                let (x, end) = (area.x, area.x + area.side)
                return
                    "{\"type\":\"Feature\",\"properties\":{\"id\":\"\(area.id)\",\"name\":\"\(area.name)\"},\"geometry\":"
                    + "{\"type\":\"Polygon\",\"coordinates\":[[[\(x),19.3],[\(end),19.3],[\(end),\(19.3 + area.side)],"
                    + "[\(x),\(19.3 + area.side)],[\(x),19.3]]]}}"
            }
            return try folder.write(
                name, "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
        }
        _ = try BoundaryImport(
            path: layer("m.geojson", [("001", "San Telmo", -99.2, 0.1), ("002", "Villa Faro", -99.1, 0.1)]),
            level: .municipality
        ).run(into: store)
        var colonias = BoundaryImport(
            path: try layer(
                "c.geojson",
                [("a1", "La Joya", -99.2, 0.02), ("a2", "Centro", -99.18, 0.02), ("b1", "La Joya", -99.1, 0.02)]),
            level: .colonia)
        colonias.parentLevel = .municipality
        _ = try colonias.run(into: store)
    }

    private static let reports = """
        folio,fecha,delito,colonia,municipio,lugar,longitud,latitud
        1,2024-03-01,ROBO,Centro,San Telmo,,-99.19,19.31
        2,2024-03-01,ROBO,CENTRO,San Telmo,,,
        3,2024-03-02,ROBO,La Joya,,,,
        4,2024-03-02,ROBO,La Joya,VILLA FARO,,,
        5,2024-03-03,ROBO,El Hoyo,San Telmo,,,
        6,2024-03-03,ROBO,Se ignora,,,,
        7,2024-03-03,ROBO,,,Av. Juárez y 5 de Mayo,,
        8,2024-03-03,ROBO,Centro,San Telmo,,0,0
        9,2024-03-04,ROBO,,,,,

        """

    private func imported() throws -> ReportImportSummary {
        try ReportImport(path: try folder.write("r.csv", Self.reports), profile: .generic).run(into: store)
    }

    /// Method and colonia of every report, by its row.
    private func places() throws -> [Int64: (method: PlacementMethod, colonia: String?, municipality: String?)] {
        var places: [Int64: (method: PlacementMethod, colonia: String?, municipality: String?)] = [:]
        try store.incidents { incident in
            func key(_ level: String) -> String? { incident.areas.first { $0.level == level }?.key }
            places[incident.sourceRow] = (incident.method, key("colonia"), key("municipality"))
        }
        return places
    }

    @Test func `Every row without coordinates is placed by its words, or kept with the reason`() throws {
        let summary = try imported()
        #expect(summary.counts.read == 9 && summary.counts.placed == 5 && summary.counts.ambiguous == 1)
        #expect(summary.counts.unplaced == 3 && summary.counts.rejected == 0)
        #expect(summary.grades == ["point": 1, "colonia": 3, "municipality": 1, "none": 4])
        let places = try places()
        #expect(places[1]?.method == .coordinates && places[1]?.colonia == "a1", "coordinates come before the label")
        #expect(places[2]?.method == .coloniaName && places[2]?.colonia == "a2" && places[2]?.municipality == "001")
        #expect(places[3]?.method == .severalPlaces && places[3]?.colonia == nil && places[3]?.municipality == nil)
        #expect(places[4]?.method == .coloniaName && places[4]?.colonia == "b1")
        #expect(places[5]?.method == .municipalityName && places[5]?.colonia == nil && places[5]?.municipality == "001")
        #expect(places[6]?.method == .pseudoPlace && places[7]?.method == .unknownPlace)
        #expect(places[8]?.method == .coloniaName && places[8]?.colonia == "a2")
        #expect(places[9]?.method == .noCoordinates)
        let reasons = Dictionary(summary.issues.map { ($0.reason, $0.rows) }) { a, _ in a }
        #expect(reasons["several_places"] == 1 && reasons["pseudo_place"] == 1)
        #expect(reasons["unknown_place"] == 2 && reasons["zero_coordinates"] == 1)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
        #expect(try PlaceValidation.findings(in: store).isEmpty)
    }

    @Test func `Assigning again asks the words of what is known by then, and twice changes nothing`() throws {
        _ = try imported()
        try store.addAliases(
            [PlaceAlias(name: "El Hoyo", level: .colonia, version: 1, areaID: "a1")], source: "aliases.csv")
        try store.addStreetPlaces(
            [
                StreetPlace(
                    kind: .crossing, street: "AV JUAREZ", detail: "5 DE MAYO", municipality: nil, longitude: -99.09,
                    latitude: 19.31)
            ], source: "cruces.csv")
        var first: [Int64: String] = [:]
        for run in 0..<2 {
            _ = try AreaAssignment().run(in: store)
            let places = try places()
            #expect(places[5]?.method == .coloniaAlias && places[5]?.colonia == "a1")
            #expect(places[7]?.method == .crossing && places[7]?.colonia == "b1" && places[7]?.municipality == "002")
            #expect(places[1]?.colonia == "a1" && places[2]?.colonia == "a2" && places[3]?.method == .severalPlaces)
            #expect(try StoreValidation.validate(path: store.path).isEmpty)
            #expect(try PlaceValidation.findings(in: store).isEmpty)
            let described = places.mapValues { "\($0)" }
            if run == 0 { first = described } else { #expect(described == first) }
        }
    }

    @Test func `Coordinates are as uncertain as their digits leave them, and never better than ten metres`() throws {
        let reports = """
            fecha,delito,longitud,latitud
            2024-03-01,ROBO,-99.12345,19.31234
            2024-03-01,ROBO,-99.19,19.31
            2024-03-01,ROBO,-99.1,19.312

            """
        _ = try ReportImport(path: try folder.write("d.csv", reports), profile: .generic).run(into: store)
        var radii: [Double] = []
        try store.incidents { radii.append($0.uncertainty ?? .nan) }
        // A hundredth of a degree there: 1,051 m by 1,107 m, half of whose diagonal is 763 m; a thousandth, a tenth of that.
        #expect(radii.count == 3 && radii[0] == 10 && abs(radii[1] - 763) < 2 && abs(radii[2] - 76.3) < 0.2)
    }

    @Test func `Only a crossing is a hit: point maps leave the middles of areas out`() throws {
        _ = try imported()
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        #expect(selection.rows.count == 9)
        #expect(selection.placeAccount.used == 1)
        #expect(selection.placeAccount.leftOutByGrade == [.colonia: 3, .municipality: 1])
    }

    @Test func `A file that leaves placing for later is placed by assign alone`() throws {
        var job = ReportImport(path: try folder.write("r.csv", Self.reports), profile: .generic)
        job.placesInAreas = false
        #expect(try job.run(into: store).counts.placed == 1)
        _ = try AreaAssignment().run(in: store)
        #expect(try places()[4]?.colonia == "b1")
    }
}
