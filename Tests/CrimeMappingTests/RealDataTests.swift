import Boundaries
import CivilTime
import CrimeMapping
import GeoPackageStore
import Georeferencing
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing
import Tiles
import Topology

/// The figures of `geodata/README.md`, which were computed with geopandas on the same files.
@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"))
struct RealDataTests {
    @Test func `Mexico City 2022: every row is accounted for, and 99.69 % lie in the alcaldía that was published`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try BoundaryImport(
            path: RealData.path("municipios/09_ciudad_de_mexico_AGEM_original.geojson.gz"), level: .municipality
        )
        .run(into: store)
        var colonias = BoundaryImport(
            path: RealData.path("colonias/cdmx_colonias_iecm2022.geojson.gz"), level: .colonia)
        colonias.parentLevel = .municipality
        let layer = try colonias.run(into: store)
        #expect(layer.version.areaCount == 1814)
        #expect(layer.audit.repaired.count == 5)

        let summary = try ReportImport(
            path: RealData.path("incidentes/cdmx_fgj_2022.csv.gz"), profile: try .named("fgj-cdmx")
        ).run(into: store)
        #expect(summary.counts.read == 224_393)
        #expect(summary.counts.placed == 224_393)
        #expect(summary.counts.duplicates == 24)
        let municipality = try #require(summary.levels.first { $0.level == "municipality" })
        #expect(municipality.inNone == 117)
        #expect(municipality.inArea + municipality.inNone == 224_393)
        #expect(abs(try #require(municipality.agreement) - 0.9969) <= 0.0001)
        let colonia = try #require(summary.levels.first { $0.level == "colonia" })
        #expect(abs(try #require(colonia.agreement) - 0.3056) <= 0.0001)

        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        let result = try DensityMap(bandwidth: .fixed(.metres(500)), cellSize: .metres(100))
            .run(on: selection.pattern(), studyArea: selection.studyArea(in: store))
        #expect(abs(result.mass.onGrid / result.mass.weightInReach - 1) < 1e-4)
        try checkTiles(of: store)
    }

    /// At every zoom the tiles hold every incident once, and every category's incidents.
    private func checkTiles(of store: GeoPackageStore) throws {
        var filter = IncidentFilter()
        filter.grades = Set(PrecisionGrade.allCases)
        filter.includesArtefacts = true
        let selection = try IncidentSelection(from: store, filter: filter)
        var expected: [String: Int] = [:]
        for row in selection.rows {
            expected[selection.table.categories[Int(selection.table.category[row])], default: 0] += 1
        }
        var job = CityTiles(zooms: 0...14)
        job.layers = ["incidents", "grid", "municipality"]
        job.countsBy = ["category"]
        let tiles = TileTally()
        let drawing = try job.drawing(of: selection, in: store, name: "cdmx", members: [])
        let account = try drawing.write(to: tiles)
        #expect(account.largestTile <= 500_000)
        for zoom in 0...14 {
            #expect(tiles.counts["incidents"]?[zoom] == 224_393, "zoom \(zoom)")
            #expect(tiles.counts["grid"]?[zoom] == 224_393, "zoom \(zoom)")
            #expect(tiles.counts["municipality"]?[zoom] == 224_393 - 117, "zoom \(zoom)")
            #expect(tiles.categories[zoom] == expected, "zoom \(zoom)")
        }
        #expect(tiles.violations.isEmpty)
    }

    @Test func `Juárez: 88 repeated names and 17 pairs that overlap by more than a hectare`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder, crs: "EPSG:32613")
        let audit = try BoundaryImport(
            path: RealData.path("colonias/juarez_colonias_original.geojson.gz"), level: .colonia
        )
        .run(into: store).audit
        #expect(audit.features == 1099)
        #expect(audit.repeatedNames.surplus == 88)
        #expect(audit.overlaps.pairs == 856)
        #expect(audit.overlaps.over100SquareMetres == 62)
        #expect(audit.overlaps.overOneHectare == 17)
        #expect(abs(try #require(audit.overlaps.worst).squareMetres / 1e6 - 8.4) < 0.05)
    }

    @Test(arguments: [("colonias__mty", 895), ("colonias_apodaca", 593), ("colonias_spgg3", 216)])
    func `Monterrey: each layer of the zip is read in Windows-1252 and brought from Lambert metres`(
        layer: String, count: Int
    ) throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var job = BoundaryImport(path: RealData.path("colonias/monterrey_shp_original_lcc_cp1252.zip"), level: .colonia)
        job.layer = layer
        let summary = try job.run(into: store)
        #expect(summary.audit.features == count)
        #expect(summary.notes.contains { $0.contains("windows-1252") })
        let areas = try store.boundaryLayer(.colonia, number: 1).areas
        let box = areas.reduce(Envelope<LonLat>.empty) { $0.union($1.geometry.envelope) }
        #expect(box.minX > -100.7 && box.maxX < -99.9 && box.minY > 25.4 && box.maxY < 26.0)
        #expect(
            areas.contains {
                $0.name.contains("Ñ") || $0.name.contains("ñ") || $0.name.contains("í") || $0.name.contains("Í")
            })
        #expect(!areas.contains { $0.name.contains("Ã") || $0.name.contains("\u{FFFD}") })
    }

    @Test func `The country: 2,475 municipalities stand in a store with their keys as text`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder, crs: "EPSG:6372")
        let summary = try BoundaryImport(
            path: RealData.path("municipios/mx_municipios_inegi2025_simplificado.geojson.gz"), level: .municipality
        ).run(into: store)
        #expect(summary.version.areaCount == 2475)
        let areas = try store.boundaryLayer(.municipality, number: 1).areas
        #expect(areas.first?.id == "01001")
        #expect(areas.reduce(0) { $0 + $1.geometry.vertexCount } >= 833_000)
    }

    @Test(arguments: [
        ("incidentes/cdmx_fgj_2019.csv.gz", 236_814, 140), ("incidentes/cdmx_fgj_2024t4.csv.gz", 45_884, 1),
    ])
    func `Other years of the prosecutor read to the last row`(file: String, rows: Int, duplicates: Int) throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let summary = try ReportImport(path: RealData.path(file), profile: try .named("fgj-cdmx")).run(into: store)
        #expect(summary.counts.read == rows && summary.counts.kept == rows)
        #expect(summary.counts.duplicates == duplicates)
    }

    @Test
    func `Police quadrants renumbered in mid-November count by code and version as a plain crossing test has them`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var job = BoundaryImport(path: RealData.path("policia/cdmx_cuadrantes_2023.geojson.gz"), level: .district)
        job.idField = "Nomenclatu"
        let change = try #require(CalendarDate("2024-11-15"))
        job.validity = Validity(to: change)
        _ = try job.run(into: store)
        let old = try store.boundaryLayer(.district, number: 1)
        #expect(old.areas.count == 847)
        // The same ground under other codes: each takes the code that stands 100 further on.
        var renumbered = old
        renumbered.version.validity = Validity(from: change)
        for index in old.areas.indices { renumbered.areas[index].id = old.areas[(index + 100) % 847].id }
        renumbered.areas.sort { $0.id < $1.id }
        _ = try store.addBoundaries(renumbered, audit: "{}")
        _ = try ReportImport(
            path: RealData.path("incidentes/cdmx_fgj_2024t4.csv.gz"), profile: try .named("fgj-cdmx")
        ).run(into: store)

        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        let rows = try AreaSummary(level: .district, period: nil).run(on: selection, in: store)
        var counts: [String: Int] = [:]
        for row in rows { counts["\(row.areaID ?? "")@\(row.boundaryVersion ?? 0)"] = row.count }
        #expect(counts.count == rows.count)

        var expected: [String: Int] = [:]
        for layer in [old, renumbered] {
            for area in layer.areas { expected["\(area.id)@\(layer.version.validity.from == nil ? 1 : 2)"] = 0 }
        }
        let slow = CrossingTest(areas: old.areas)
        let codes = renumbered.areas.reduce(into: [Envelope<LonLat>: String]()) { $0[$1.geometry.envelope] = $1.id }
        try store.incidents { incident in
            let place = LonLat(longitude: incident.longitude ?? .nan, latitude: incident.latitude ?? .nan)
            guard let found = slow.area(at: place) else { return expected["@0", default: 0] += 1 }
            let isOld = incident.localDate < "2024-11-15"
            let code = isOld ? old.areas[found].id : codes[old.areas[found].geometry.envelope] ?? ""
            expected["\(code)@\(isOld ? 1 : 2)", default: 0] += 1
        }
        #expect(counts == expected)
        #expect(counts.values.reduce(0, +) == 45_884)
        #expect(try PlaceValidation.findings(in: store).isEmpty)
    }

    @Test func `San Pedro's file with its four time patterns reads to the last row`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let summary = try ReportImport(
            path: RealData.path("incidentes/spgg_atropellos_2015_2019.csv"),
            profile: try ImportProfile.generic.mapping(["category=tipo_accidente"])
        ).run(into: store)
        #expect(summary.counts.read == 270 && summary.counts.placed == 270)
        #expect(!summary.issues.contains { $0.reason.hasPrefix("time") })
    }
}

/// Point in polygon as a schoolbook has it: crossings of a ray to the east, in floating point, the smallest area of several.
private struct CrossingTest {
    private let areas: [(box: Envelope<LonLat>, rings: [[LonLat]], squareMetres: Double)]

    init(areas: [Area]) {
        self.areas = areas.map { ($0.geometry.envelope, $0.geometry.polygons.flatMap(\.rings), $0.squareMetres) }
    }

    func area(at place: LonLat) -> Int? {
        areas.indices.filter { areas[$0].box.contains(place) && isOdd(areas[$0].rings, place) }
            .min { areas[$0].squareMetres < areas[$1].squareMetres }
    }

    private func isOdd(_ rings: [[LonLat]], _ place: LonLat) -> Bool {
        var crossings = 0
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst())
            where (a.latitude > place.latitude) != (b.latitude > place.latitude) {
                let along = (place.latitude - a.latitude) / (b.latitude - a.latitude)
                if a.longitude + along * (b.longitude - a.longitude) > place.longitude { crossings += 1 }
            }
        }
        return crossings % 2 == 1
    }
}
