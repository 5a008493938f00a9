import Foundation
import TestSupport
import Testing

/// Boundaries in time, and how closely places are known, as a person at the command line meets them.
@Suite struct BoundaryVersionCommandTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
        func layer(_ name: String, _ west: String, _ east: String) throws -> String {
            let features = zip([west, east], [-99.2, -99.1]).map { code, x in
                "{\"type\":\"Feature\",\"properties\":{\"id\":\"\(code)\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                    + "[[[\(x),19.3],[\(x + 0.1),19.3],[\(x + 0.1),19.4],[\(x),19.4],[\(x),19.3]]]}}"
            }
            return try folder.write(
                name, "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
        }
        _ = try FaroProcess.run(
            "boundaries", "import", store, try layer("old.geojson", "P-1", "P-2"), "--level", "district", "-q")
        _ = try FaroProcess.run(
            "boundaries", "import", store, try layer("new.geojson", "P-2", "P-1"), "--level", "district",
            "--valid-from", "2024-03-01", "-q")
        let reports =
            "fecha,delito,longitud,latitud\n2024-02-29,ROBO,-99.15,19.35\n2024-03-01,ROBO,-99.15,19.35\n"
            + "2024-03-02,ROBO,-99.15,19.35\n"
        _ = try FaroProcess.run("import", store, "-", "-q", input: reports)
    }

    @Test func `Versions are listed with their days`() throws {
        let list = try FaroProcess.run("boundaries", "list", store)
        #expect(list.status == 0, "\(list.errors)")
        #expect(
            list.output == "level\tversion\tvalid_from\tvalid_to\tareas\tsource\n"
                + "district\t1\t\t2024-03-01\t2\told.geojson\ndistrict\t2\t2024-03-01\t\t2\tnew.geojson\n")
        let json = try FaroProcess.run("boundaries", "list", store, "--json")
        let versions = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(versions?.count == 2)
    }

    @Test func `A summary across a change says so, and keeps the versions apart`() throws {
        let counts = try FaroProcess.run("summary", store, "--by", "district", "--period", "month", "-q")
        #expect(
            counts.output == "level,area_id,area_name,period,category,count,boundary_version,break\n"
                + "district,\"P-1\",P-1,2024-02,,1,1,\ndistrict,\"P-1\",P-1,2024-03,,0,2,\n"
                + "district,\"P-2\",P-2,2024-02,,0,1,\ndistrict,\"P-2\",P-2,2024-03,,2,2,\n")
        #expect(
            counts.errors == "warning: district has 2 versions in these days; counts are not joined across them; "
                + "P-1 of version 1 is not P-1 of version 2\n")
        let march = try FaroProcess.run("summary", store, "--by", "district", "--from", "2024-03-01", "-q")
        #expect(march.errors.isEmpty)
    }

    @Test func `An area of several versions is asked for with its version`() throws {
        let both = try FaroProcess.run("summary", store, "--by", "none", "--area", "district:P-2")
        #expect(both.status == 64)
        #expect(
            both.errors == "faro: \"P-2\" of level district is another area in each version that has it; say which: "
                + "district:P-2@1, district:P-2@2\n")
        let one = try FaroProcess.run(
            "summary", store, "--by", "none", "--period", "none", "--area", "district:P-2@2", "-q")
        #expect(one.output.hasSuffix("\n,,,,,2,,\n"), "\(one.errors)")
        let none = try FaroProcess.run("summary", store, "--by", "none", "--area", "district:P-2@3")
        #expect(none.status == 64 && none.errors.contains("it is in versions 1, 2"))
    }

    @Test func `Areas are exported in the version of a number or a day`() throws {
        for (arguments, version) in [
            (["--boundary-version", "1"], "1"), (["--on", "2024-02-29"], "1"), (["--on", "2024-03-01"], "2"),
            (["-q", "-q"], "2"),
        ] {
            let file = folder.file("\(arguments.joined()).csv")
            let result = try FaroProcess.run("export", store, "district", "-o", file, arguments[0], arguments[1])
            #expect(result.status == 0, "\(result.errors)")
            let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(rows.count == 2 && rows.allSatisfy { $0.contains(",\(version),") }, "\(rows)")
        }
        let unsaid = try FaroProcess.run("export", store, "district", "-o", folder.file("u.csv"))
        #expect(unsaid.errors.contains("wrote version 2 (from 2024-03-01)"), "\(unsaid.errors)")
        let wrong = try FaroProcess.run(
            "export", store, "district", "-o", folder.file("w.csv"), "--boundary-version", "3")
        #expect(wrong.status == 64 && wrong.errors.split(separator: "\n").count == 1)
        #expect(
            try FaroProcess.run("export", store, "-o", folder.file("w.csv"), "--on", "2024-03-01").status == 64)
        #expect(!folder.names.contains("w.csv"))
    }

    @Test func `A density states the precisions it used and what it left out`() throws {
        let result = try FaroProcess.run(
            "hotspot", "kde", store, "--bandwidth", "500", "--json", "--precision", "point,colonia",
            "--include-artefacts")
        #expect(result.status == 0, "\(result.errors)")
        let record = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(record["precision"] as? String == "point, colonia")
        #expect(record["include_artefacts"] as? Bool == true)
        #expect(record["left_out_at_artefacts"] as? Int == 0)
        #expect((record["left_out_by_precision"] as? [String: Any])?.isEmpty == true)
        #expect(result.errors.contains("precision    point, colonia"))
        let usual = try FaroProcess.run("hotspot", "kde", store, "--bandwidth", "500", "-o", folder.file("d.geojson"))
        #expect(usual.errors.contains("precision    point, crossing"))
        let text = try String(contentsOfFile: folder.file("d.geojson"), encoding: .utf8)
        #expect(text.contains("\"precision\":\"point, crossing\""))
        let wrong = try FaroProcess.run("summary", store, "--precision", "exact")
        #expect(wrong.status == 64 && wrong.errors.contains("postal_code"))
        let plain = try folder.write("p.csv", "lon,lat\n-99.13,19.43\n")
        #expect(try FaroProcess.run("hotspot", "kde", plain, "--bandwidth", "500", "--precision", "point").status == 64)
    }
}
