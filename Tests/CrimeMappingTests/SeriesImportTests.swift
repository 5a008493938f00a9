import Boundaries
import Bytes
@testable import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import Synchronization
import TestSupport
import Testing

@Suite struct SeriesImportTests {
    private static let header =
        "Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
        + "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre\n"

    private func csv(rows: Int, count: Int = 1) -> String {
        Self.header
            + (0..<rows).map {
                "2024,19,Nuevo León,\(19001 + $0 % 50),,La vida,Homicidio,Doloso,M\($0 / 50),"
                    + Array(repeating: "\(count)", count: 11).joined(separator: ",") + ",\n"
            }.joined()
    }

    private func municipalities(_ names: [(String, String)]) -> String {
        let features = names.enumerated().map { index, area in
            let x = -100 + Double(index) * 0.1
            return """
                {"type":"Feature","properties":{"CVEGEO":"\(area.0)","NOMGEO":"\(area.1)"},"geometry":{"type":"Polygon",\
                "coordinates":[[[\(x),25],[\(x + 0.1),25],[\(x + 0.1),25.1],[\(x),25.1],[\(x),25]]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    }

    private func importMunicipalities(
        _ names: [(String, String)], into store: GeoPackageStore, _ folder: TemporaryFolder
    ) throws {
        _ = try BoundaryImport(
            path: try folder.write("m.geojson", municipalities(names)), level: .municipality
        ).run(into: store)
    }

    @Test func `Twelve counts a row, less those that are blank, are in the store`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var job = SeriesImport(path: try folder.write("a.csv", csv(rows: 200)), profile: .sesnspMunicipal)
        job.batchSize = 30
        let summary = try job.run(into: store)
        #expect(summary.counts.read == 200 && summary.counts.placed == 200)
        #expect(summary.account.figures == 200 * 12 - 200 && summary.account.blanks == 200)
        #expect(summary.account.cut == "2024-11" && summary.account.missingMonths == ["2024-12"])
        var (counts, sum) = (0, Int64(0))
        try store.monthlyCounts(asOf: nil) {
            counts += 1
            sum += $0.count
        }
        #expect(counts == 2200 && sum == 2200)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)

        let revision = try store.revision()
        let again = try job.run(into: store)
        #expect(again.alreadyImported && again.account == summary.account && again.counts == summary.counts)
        #expect(try store.revision() == revision)
    }

    @Test func `A stopped import goes on where it ended and holds what a whole one holds`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var job = SeriesImport(path: try folder.write("a.csv", csv(rows: 500)), profile: .sesnspMunicipal)
        job.batchSize = 100
        let asked = Atomic<Int>(0)
        let stop = JobControl(isCancelled: { asked.add(1, ordering: .relaxed).newValue == 3 })
        #expect(throws: JobError.self) { try job.run(into: store, control: stop) }
        #expect(try store.imports().map(\.counts.read) == [300])
        let summary = try job.run(into: store)
        #expect(summary.counts.read == 500)
        var counts = 0
        try store.monthlyCounts(asOf: nil) { _ in counts += 1 }
        #expect(counts == 5500)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `A corrected file replaces the earlier one`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        for count in [1, 2] {
            _ = try SeriesImport(
                path: try folder.write("a.csv", csv(rows: 10, count: count)), profile: .sesnspMunicipal
            ).run(into: store)
        }
        var sum: Int64 = 0
        try store.monthlyCounts(asOf: nil) { sum += $0.count }
        #expect(sum == 220)
        #expect(try store.imports().map(\.state) == [.superseded, .complete])
    }

    @Test func `Codes that are not INEGI's are refused, and joined by name when told so`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        try importMunicipalities(
            [("19021", "General Escobedo"), ("19045", "Salinas Victoria"), ("19048", "Santa Catarina")], into: store,
            folder)
        let zeros = Array(repeating: "1", count: 12).joined(separator: ",")
        let rows = [("19021", "Santa Catarina"), ("19045", "GENERAL ESCOBEDO"), ("19048", "Salinas Victoria")].map {
            "2024,19,Nuevo León,\($0.0),\($0.1),v,t,s,m,\(zeros)\n"
        }
        var job = SeriesImport(
            path: try folder.write("a.csv", Self.header + rows.joined()), profile: .sesnspMunicipal)
        let error = #expect(throws: SeriesError.self) { try job.run(into: store) }
        #expect(error?.description.contains("--code-scheme ine") == true)
        #expect(try store.imports().isEmpty)
        job.codeScheme = .ine
        let summary = try job.run(into: store)
        #expect(summary.counts.placed == 3 && summary.codeScheme == .ine)
        var keys: [String] = []
        try store.monthlyCounts(asOf: nil) { if $0.sourceRow == 1 { keys.append($0.place.areaKey ?? "") } }
        #expect(Set(keys) == ["19048"])
    }

    @Test func `Latin-1, titles and footers are taken as they come`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let text = "Incidencia delictiva municipal\n\n" + csv(rows: 3) + "Fuente: SESNSP\n"
        let latin1 = try #require(text.data(using: .isoLatin1))
        try latin1.write(to: URL(fileURLWithPath: folder.file("a.csv")))
        let summary = try SeriesImport(path: folder.file("a.csv"), profile: .sesnspMunicipal).run(into: store)
        #expect(summary.counts.placed == 3 && summary.counts.rejected == 1)
        #expect(summary.issues.map(\.reason) == ["field_count"])
        var legal: Set<String> = []
        try store.monthlyCounts(asOf: nil) { legal.insert($0.seriesClass.legalGood ?? "") }
        #expect(legal == ["La vida"])
    }

    @Test func `A dry run writes nothing, and a profile of reports reads no aggregates`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let path = try folder.write("a.csv", csv(rows: 5))
        var job = SeriesImport(path: path, profile: .sesnspMunicipal)
        job.dryRun = true
        #expect(try job.run(into: store).account.figures == 55)
        #expect(try store.imports().isEmpty)
        #expect(throws: JobError.self) { try SeriesImport(path: path, profile: .generic).run(into: store) }
    }

    @Test func `A file joined without a layer is joined anew once there is one`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let path = try folder.write("a.csv", csv(rows: 2))
        _ = try SeriesImport(path: path, profile: .sesnspMunicipal).run(into: store)
        try importMunicipalities([("19001", "Abasolo")], into: store, folder)
        let summary = try SeriesImport(path: path, profile: .sesnspMunicipal).run(into: store)
        #expect(!summary.alreadyImported && summary.counts.placed == 1 && summary.counts.unplaced == 1)
        #expect(try store.imports().map(\.state) == [.superseded, .complete])
    }

    @Test func `Random bytes are refused or accounted for, and never trap`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<40 {
            var data = Data(csv(rows: 20).utf8)
            for _ in 0..<30 {
                let index = Int.random(in: Self.header.utf8.count..<data.count, using: &generator)
                data[index] = UInt8.random(in: 1...255, using: &generator)
            }
            try data.write(to: URL(fileURLWithPath: folder.file("r.csv")))
            var job = SeriesImport(path: folder.file("r.csv"), profile: .sesnspMunicipal)
            job.dryRun = true
            guard let summary = try? job.run(into: store) else { continue }
            #expect(summary.counts.read >= 10)
        }
    }
}
