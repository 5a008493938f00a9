import Boundaries
import CrimeMapping
import Files
import Formats
import Foundation
import GeoPackageStore
import Incidents
import TestSupport
import Testing

/// What nobody can place is written to be answered, and is placed once it has been.
struct AliasFileTests {
    private let city: SmallCity

    init() throws { city = try SmallCity() }

    private static let reports =
        Array(repeating: "2024-03-01,ROBO,El Hoyo,Norteña,,", count: 3)
        + Array(repeating: "2024-03-02,ROBO,Las Flores,,,", count: 2)
        + [
            "2024-03-03,ROBO,=1+1,Sureña,,", "2024-03-03,ROBO,Sn Juan Bautizta,Norteña,,",
            "2024-03-03,ROBO,No especificado,,,",
        ]

    private func write(_ city: SmallCity) throws -> [String] {
        let path = city.folder.file("names.csv")
        let file = try AtomicFile(path: path, overwrite: true)
        let names = try OpenNames(of: city.store)
        #expect(try AliasFile.write(names, versions: city.store.boundaryVersions(), to: file) == names.names.count)
        try file.commit()
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test
    func `Names are written by frequency with the nearest candidates, and what a spreadsheet would run is disarmed`()
        throws
    {
        try city.report(Self.reports)
        let lines = try write(city)
        #expect(
            lines[0]
                == "name,municipality,count,candidate_1,candidate_1_id,candidate_2,candidate_2_id,candidate_3,candidate_3_id,level,area_id"
        )
        let bytes = try Data(contentsOf: URL(fileURLWithPath: city.folder.file("names.csv")))
        #expect(Array(bytes.prefix(4)) == [0xEF, 0xBB, 0xBF, UInt8(ascii: "n")])
        #expect(lines[1].hasPrefix("El Hoyo,Norteña,3,"))
        #expect(lines[2] == "Las Flores,,2,LAS FLORES,\"A2\",LAS FLORES,\"B2\",,,colonia,")
        #expect(lines.count == 4)
        #expect(lines[3].hasPrefix("'=1+1,Sureña,1,") && lines[3].hasSuffix(",colonia,"))
    }

    @Test func `An answered name is taken, and placing again puts its reports in the area`() throws {
        try city.report(Self.reports)
        var lines = try write(city)
        lines[1] += "A1"
        lines[2] += "-"
        lines[3] += "'=B3"
        let path = try city.folder.write("answered.csv", lines.joined(separator: "\r\n"))
        let summary = try AliasImport(path: path).run(into: city.store)
        #expect(summary.rows == 3 && summary.taken == 3 && summary.leftEmpty == 0 && summary.refused.isEmpty)
        #expect(try OpenNames(of: city.store).answeredIncidents == 4)
        _ = try AreaAssignment().run(in: city.store)
        var placed: [String: [String]] = [:]
        try city.store.incidents { incident in
            let key = incident.areas.first { $0.level == "colonia" }?.key
            placed[incident.coloniaLabel ?? "", default: []].append("\(incident.method.name) \(key ?? "–")")
        }
        #expect(placed["El Hoyo"] == Array(repeating: "colonia_alias A1", count: 3))
        #expect(placed["=1+1"] == ["colonia_alias =B3"])
        #expect(placed["Las Flores"] == Array(repeating: "pseudo_place –", count: 2))
        let after = try OpenNames(of: city.store)
        #expect(after.names.isEmpty && after.answeredIncidents == 0)
        let again = try AliasImport(path: path).run(into: city.store)
        #expect(again.known == 3 && again.taken == 0)
    }

    @Test func `Every bad row is refused with its line and what must hold, and the good ones are taken`() throws {
        let text = """
            name,municipality,level,area_id
            El Hoyo,Norteña,colonia,A1
            El Hoyo,NORTENA,colonia,A2
            ,Norteña,colonia,A1
            La Loma,Norteña,colonia,Z9
            La Loma,Norteña,manzana,A1
            La Loma,Otrolado,colonia,A1
            La Loma,Norteña,colonia@2,A1
            La Loma,Norteña,,
            Col. El Hoyo,Norteña,colonia,A1
            La Loma,,,A3

            """
        let path = try city.folder.write("bad.csv", text)
        let summary = try AliasImport(path: path).run(into: city.store)
        #expect(summary.refused.map(\.line) == [3, 4, 5, 6, 7, 8])
        #expect(
            summary.refused.map(\.reason) == [
                "the name must have one answer, but an earlier row says A1",
                "name must be what reports write, but is empty",
                "area_id must be the key of an area of colonia, or - for no place, but is \"Z9\"",
                "level must be one of the store, but is \"manzana\"",
                "municipality must be one of the store or empty for any, but is \"Otrolado\"",
                "level must be one of the store, but is \"colonia@2\"",
            ])
        #expect(summary.leftEmpty == 1)
        #expect(summary.rows == summary.taken + summary.known + summary.leftEmpty + summary.refused.count)
        let stored = try city.store.aliases()
        #expect(
            stored.contains(
                PlaceAlias(name: "El Hoyo", municipality: "Norteña", level: .colonia, version: 1, areaID: "A1")))
        #expect(stored.contains(PlaceAlias(name: "La Loma", level: .colonia, version: 1, areaID: "A3")))
    }

    @Test func `An answer that the store has otherwise is kept until it is said to be replaced`() throws {
        let first = try city.folder.write("a.csv", "name,area_id\nEl Hoyo,A1\n")
        let second = try city.folder.write("b.csv", "name;area_id\nEl Hoyo;A2\n")
        _ = try AliasImport(path: first).run(into: city.store)
        let refused = try AliasImport(path: second).run(into: city.store)
        #expect(
            refused.refused.map(\.reason) == [
                "the name must have one answer, but the store says A1; say --replace to change it"
            ])
        var job = AliasImport(path: second)
        job.replaces = true
        #expect(try job.run(into: city.store).taken == 1)
        #expect(try city.store.aliases().map(\.areaID) == ["A2"])
    }

    @Test(arguments: ["", "x\n1\n", "name\nEl Hoyo\n", "area_id\nA1\n"])
    func `A file without the columns is no such file, and nothing is written`(_ text: String) throws {
        let revision = try city.store.revision()
        let path = try city.folder.write("n.csv", text)
        #expect(throws: (any Error).self) { try AliasImport(path: path).run(into: city.store) }
        #expect(try city.store.revision() == revision)
    }

    @Test func `Short, long and broken rows are refused or read, and none stops the rest`() throws {
        let long = String(repeating: "Ñ", count: 100_000)
        let text = "name,area_id\nA\n\(long),A1\nEl \u{1} Hoyo,A1\n\"a\nname,area_id\nb,A2,x,y,z\n"
        let summary = try AliasImport(path: try city.folder.write("h.csv", text)).run(into: city.store)
        #expect(summary.rows == summary.taken + summary.known + summary.leftEmpty + summary.refused.count)
        #expect(summary.taken >= 2 && !summary.refused.isEmpty)
    }

    /// `plain` and `armoured` are not to be seen from outside: a name goes the whole way instead.
    @Test(arguments: ["=1+1", "+52", "-", "@x", "'a", "'=a", "a=b", "''"])
    func `A name comes back as it went out`(_ name: String) throws {
        try city.report(["2024-03-01,ROBO,\(name) Hoyito,Norteña,,"])
        let lines = try write(city)
        #expect(!"=+-@".contains(lines[1].first ?? "="))
        _ = try AliasImport(path: try city.folder.write("f.csv", lines[0] + "\n" + lines[1] + "A1\n")).run(
            into: city.store)
        #expect(try city.store.aliases().map(\.name) == ["\(name) Hoyito"])
    }
}
