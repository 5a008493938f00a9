import Boundaries
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import TestSupport
import Testing

@Suite struct PopulationImportTests {
    @Test func `The demo city's denominators come in with every row accounted for, and again change nothing`() throws {
        let demo = try DemoStore()
        let path = demo.folder.file("poblacion.csv")
        let summary = try PopulationImport(path: path).run(into: demo.store)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count - 1
        #expect(summary.counts.read == lines && summary.counts.placed == lines)
        #expect(summary.kinds.keys.sorted().first == "dwellings 2021")
        // Colonias, districts and municipalities divide the same people.
        for sums in summary.kinds.values { #expect(Set(sums.values).count == 1 && sums.count == 3, "\(sums)") }
        #expect(try demo.store.populations(asOf: nil).count == lines)
        #expect(try PopulationImport(path: path).run(into: demo.store).alreadyImported)
        #expect(try demo.store.populations(asOf: nil).count == lines)
        #expect(try StoreValidation.validate(path: demo.demo.storePath).isEmpty)
    }

    @Test func `Rows that cannot be read are rejected, and areas that nobody knows are kept without place`() throws {
        let demo = try DemoStore()
        let file = try demo.folder.write(
            "p.csv",
            "clave,poblacion\n00901,\"1,000\"\n99999,5\n,7\n00902,many\n00903,-1\n00902,12.0\n00901,1e300\n")
        var job = PopulationImport(path: file)
        (job.level, job.year) = (.municipality, 2020)
        var issues: [ImportIssue] = []
        let summary = try job.run(into: demo.store) { issues.append($0) }
        #expect(summary.counts.read == 7 && summary.counts.placed == 2 && summary.counts.unplaced == 1)
        #expect(summary.counts.rejected == 4)
        #expect(
            issues.map(\.reason) == [
                "unknown_area", "area_missing", "value_unreadable", "value_unreadable", "value_unreadable",
            ])
        let figures = try demo.store.populations(asOf: nil)
        #expect(
            figures.map { "\($0.areaKey) \($0.year) \($0.kind) \($0.value)" }.sorted()
                == ["00901 2020 population 1000.0", "00902 2020 population 12.0"])
    }

    @Test func `A corrected file of the same source replaces the figures`() throws {
        let demo = try DemoStore()
        for value in [10, 20] {
            var job = PopulationImport(path: try demo.folder.write("v\(value).csv", "area,value\n00901,\(value)\n"))
            (job.level, job.year, job.source) = (.municipality, 2020, "census")
            _ = try job.run(into: demo.store)
        }
        #expect(try demo.store.populations(asOf: nil).map(\.value) == [20])
    }

    @Test(arguments: [
        ("area,value\n1,2\n", "--level"), ("value,level\n1,colonia\n", "column of the area"),
        ("area,level,year\n1,colonia,2020\n", "column of the value"), ("area,value,level\n1,2,colonia\n", "--year"),
    ])
    func `A table without what it needs is refused with what it lacks`(text: String, words: String) throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let job = PopulationImport(path: try folder.write("p.csv", text))
        do {
            _ = try job.run(into: store)
            Issue.record("it was read")
        } catch let error as JobError { #expect("\(error)".contains(words), "\(error)") }
    }
}
