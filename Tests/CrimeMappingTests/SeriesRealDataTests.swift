import Boundaries
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures
import TestSupport
import Testing

/// Real published tables. The figures in each comment were computed with Python's csv module on the same files.
@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"))
struct SeriesRealDataTests {
    /// A store with all municipalities, made once: reading and measuring them takes longest.
    private nonisolated(unsafe) static let template: Result<(TemporaryFolder, String), any Error> = Result {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder, crs: "EPSG:6372")
        _ = try BoundaryImport(
            path: RealData.path("municipios/mx_municipios_inegi2025_simplificado.geojson.gz"), level: .municipality
        ).run(into: store)
        try store.close()
        return (folder, store.path)
    }

    private func withMunicipalities(_ body: (GeoPackageStore, TemporaryFolder) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: try Self.template.get().1, toPath: folder.file("store.gpkg"))
        try body(try GeoPackageStore.open(at: folder.file("store.gpkg")), folder)
    }

    private func stored(_ store: GeoPackageStore) throws -> (figures: Int, sum: Int64, placed: Int64) {
        var (figures, sum, placed) = (0, Int64(0), Int64(0))
        try store.monthlyCounts(asOf: nil) {
            figures += 1
            sum += $0.count
            if $0.place.areaKey != nil { placed += $0.count }
        }
        return (figures, sum, placed)
    }

    /// `sum(float(row[month]) for … if row[month])` = 22,581 over 29,394 cells; 414 are blank, all in December 2025;
    /// 2,484 × 12 − 414 = 29,394. Of 46 codes 45 bear the layer's name; the other is San José (de) Iturbide.
    @Test(arguments: [false, true])
    func `Guanajuato's homicides in the wide format, in UTF-8 and in Latin-1`(isLatin1: Bool) throws {
        try withMunicipalities { store, folder in
            var path = RealData.path("estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv")
            if isLatin1 {
                let text = try String(contentsOfFile: path, encoding: .utf8)
                path = folder.file("latin1.csv")
                try #require(text.data(using: .isoLatin1)).write(to: URL(fileURLWithPath: path))
            }
            let summary = try SeriesImport(path: path, profile: .sesnspMunicipal).run(into: store)
            #expect(summary.counts.read == 2484 && summary.counts.placed == 2484)
            #expect(summary.account.figures == 29_394 && summary.account.blanks == 414)
            #expect(summary.account.sum == 22_581 && summary.account.areas == 46)
            #expect(summary.account.cut == "2025-11" && summary.account.missingMonths == ["2025-12"])
            #expect(summary.account.partialMonths.isEmpty)
            #expect(summary.issues.map(\.reason) == ["name_differs"])
            #expect(try stored(store) == (29_394, 22_581, 22_581))
            var goods: Set<String> = []
            try store.monthlyCounts(asOf: nil) { goods.insert($0.seriesClass.modality ?? "") }
            #expect(goods.contains("En accidente de tránsito"))
        }
    }

    /// 2,469 rows with a code of the form `dd ddd` sum to 126,014,024, 61,473,390 men and 64,540,634 women; 33 rows are totals,
    /// one line names the source. Against poblacion_municipios_censo2020.csv no total differs.
    @Test func `The census export sums to the nation and agrees with the table by code`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let summary = try SeriesImport(
            path: RealData.path("estadistica/censo2020_municipios_original_cp1252.csv"), profile: .inegiCensus
        ).run(into: store)
        #expect(summary.counts.read == 2503 && summary.counts.placed == 2469 && summary.counts.rejected == 34)
        #expect(
            Dictionary(uniqueKeysWithValues: summary.issues.map { ($0.reason, $0.rows) })
                == ["total_row": 33, "field_count": 1])
        #expect(
            summary.account.sums == ["population": 126_014_024, "men": 61_473_390, "women": 64_540_634])
        #expect(summary.account.totals.count == 99 && summary.account.differingTotals.isEmpty)

        let figures = try store.populations(asOf: nil)
        #expect(figures.count == 2469 * 3)
        var residents: [String: Double] = [:]
        for figure in figures where figure.kind == "population" { residents[figure.areaKey] = figure.value }
        let table = try String(
            contentsOfFile: RealData.path("municipios/poblacion_municipios_censo2020.csv"), encoding: .utf8)
        var compared = 0
        for line in table.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 6, let expected = Double(fields[fields.count - 4]),
                let found = residents[String(fields[0])]
            else { continue }
            #expect(found == expected, "\(fields[0])")
            compared += 1
        }
        #expect(compared == 2469)
    }

    /// 44,748 rows, 18 months of 2,486 places; Feminicidio 1,149 + culposo 26,310 + doloso 36,236 + other 0 = 63,695.
    /// 2,461 pairs of names are in the layer; of the other 25, 8 are no places, 4 are the two Mixtepec of Oaxaca with a
    /// district's number, 13 are new or differently written: 25 × 18 = 450 rows.
    @Test func `Homicides by name: what joins, what does not, and every count kept`() throws {
        try withMunicipalities { store, _ in
            let summary = try SeriesImport(
                path: RealData.path("estadistica/homicidios_municipal_nacional_2024_2025.csv.gz"),
                profile: .sesnspHomicides
            ).run(into: store)
            #expect(summary.counts.read == 44_748)
            #expect(summary.counts.placed == 2461 * 18)
            #expect(summary.counts.ambiguous == 4 * 18 && summary.counts.unplaced == 21 * 18)
            #expect(
                Dictionary(uniqueKeysWithValues: summary.issues.map { ($0.reason, $0.rows) })
                    == ["unknown_municipality": 13 * 18, "pseudo_place": 8 * 18, "several_municipalities": 4 * 18])
            #expect(summary.account.figures == 44_748 * 4 && summary.account.sum == 63_695)
            #expect(summary.account.cut == "2025-06" && summary.account.missingMonths.isEmpty)
            #expect(summary.account.areas == 2461)
            let stored = try stored(store)
            #expect(stored.figures == 178_992 && stored.sum == 63_695 && stored.placed == summary.account.placedSum)
            var women: Int64 = 0
            try store.monthlyCounts(asOf: nil) { if $0.seriesClass.type == "Feminicidio" { women += $0.count } }
            #expect(women == 1149)
        }
    }

    /// 5,280 rows sum to 907,342; seven cells are blank (May, July and August 2014).
    @Test func `Mexico City by delegación before 2018 joins by name`() throws {
        try withMunicipalities { store, _ in
            let summary = try SeriesImport(
                path: RealData.path("estadistica/cdmx_delitos_delegacion_mes_2013_2017.csv.gz"),
                profile: .cdmxDelegaciones
            ).run(into: store)
            #expect(summary.counts.read == 5280 && summary.counts.placed == 5280)
            #expect(summary.account.sum == 907_342 && summary.account.figures == 5280 * 12 - 7)
            #expect(summary.account.areas == 16)
            #expect(summary.account.partialMonths == ["2014-05", "2014-07", "2014-08"])
        }
    }

    /// 270 rows; `awk -F, 'NR>1 && $5!=""'` finds a crossing street in all of them.
    @Test func `San Pedro's pedestrians keep both of their streets`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let summary = try ReportImport(
            path: RealData.path("incidentes/spgg_atropellos_2015_2019.csv"), profile: .generic
        ).run(into: store)
        #expect(summary.counts.read == 270 && summary.counts.placed == 270 && summary.counts.rejected == 0)
        #expect(summary.columns["cross_street"] == "cruce" && summary.columns["place"] == "calle")
        var texts: [String] = []
        try store.incidents { texts.append($0.placeText ?? "") }
        #expect(texts.count == 270 && texts.allSatisfy { $0.contains(" y ") })
        #expect(texts.contains("20 DE NOVIEMBRE y ENRIQUE GARCIA LEAL"))
    }

    /// Its features are all of the state 8 and the municipality 37, under the INE's attribute names.
    @Test func `Juárez's colonias are seen to be electoral`() throws {
        let file = try FeatureFile.read(RealData.path("colonias/juarez_colonias_original.geojson.gz"))
        #expect(CodeScheme.note(onAttributes: file.features.first?.properties.map(\.name) ?? []) != nil)
    }
}
