import Foundation
import TestSupport
import Testing

@Suite struct QualityCommandTests {
    private let folder: TemporaryFolder
    private let store: String

    /// Two colonias side by side, and reports of which some say a name that neither has.
    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
        let features = [("09001", "CENTRO", -99.2), ("09002", "LAS FLORES", -99.15)].map { id, name, west in
            """
            {"type":"Feature","properties":{"id":"\(id)","name":"\(name)"},"geometry":{"type":"Polygon","coordinates":\
            [[[\(west),19.3],[\(west + 0.05),19.3],[\(west + 0.05),19.35],[\(west),19.35],[\(west),19.3]]]}}
            """
        }
        let layer = try folder.write(
            "c.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
        _ = try FaroProcess.run("boundaries", "import", store, layer, "--level", "colonia", "-q")
    }

    private let reports = """
        fecha,delito,colonia,longitud,latitud
        2024-03-01,ROBO,Centro,-99.17,19.32
        2024-03-02,ROBO,El Hoyo,,
        2024-03-02,ROBO,El Hoyo,,
        2024-03-03,FRAUDE,Las Flores,,

        """

    @Test func `An import ends with the quality, and info repeats it as text, JSON and a page`() throws {
        let imported = try FaroProcess.run("import", store, "-", input: reports)
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(
            imported.errors.contains("quality of all 4 incidents of the store\n  hit rate       25.00 % of incidents"))
        #expect(imported.errors.contains("BELOW the gate of 85 %"))
        #expect(imported.errors.contains("2  El Hoyo, unmatched"))
        let text = try FaroProcess.run("info", store, "--quality")
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.contains("hit rate       25.00 %") && text.output.contains("unknown_place, for example"))
        let json = try FaroProcess.run("info", store, "--quality", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((object?["hit_rate"] as? [String: Any])?["hits"] as? Int == 1)
        let page = try FaroProcess.run("info", store, "--quality", "--html", folder.file("q.html"), "-q")
        #expect(page.status == 0, "\(page.errors)")
        let html = try String(contentsOfFile: folder.file("q.html"), encoding: .utf8)
        #expect(html.contains("<html lang=\"es\">") && html.contains("Calidad de la georreferencia"))
        let taken = try FaroProcess.run("info", store, "--quality", "--html", folder.file("q.html"))
        #expect(taken.status == 73)
        let english = try FaroProcess.run("info", store, "--quality", "--html", "-", "--lang", "en", "--overwrite")
        #expect(
            english.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && english.output.hasSuffix("</html>\n"))
    }

    @Test func `Names go out, are answered, come in, and their reports are placed`() throws {
        _ = try FaroProcess.run("import", store, "-", "-q", input: reports)
        let written = try FaroProcess.run("info", store, "--quality", "--aliases", folder.file("n.csv"))
        #expect(written.errors == "1 names to answer in n.csv; then faro gazetteer aliases s.gpkg n.csv\n")
        let names = try String(contentsOfFile: folder.file("n.csv"), encoding: .utf8)
        let answered =
            names.trimmingCharacters(in: .newlines)
            + "\"09001\"\nLa Nada,,1,,,,,,,colonia,9001\nOtra,,1,,,,,,,colonia,\n"
        let taken = try FaroProcess.run(
            "gazetteer", "aliases", store, try folder.write("a.csv", answered), "--strict")
        #expect(taken.status == 65)
        #expect(
            taken.errors == """
                a.csv: 3 names, 1 answers taken, 0 known before, 1 left empty, 1 refused
                  line 3, La Nada: area_id must be the key of an area of colonia, or - for no place, but is "9001"; \
                09001 may have lost its zeros in a spreadsheet
                faro assign places the reports that have these names

                """)
        let assigned = try FaroProcess.run("assign", store)
        #expect(assigned.status == 0 && assigned.errors.contains("quality of all 4 incidents"))
        let export = try FaroProcess.run("export", store, "-o", folder.file("e.csv"), "-q")
        #expect(export.status == 0, "\(export.errors)")
        let rows = try String(contentsOfFile: folder.file("e.csv"), encoding: .utf8).split(separator: "\n")
        #expect(rows.count { $0.contains("colonia_alias") && $0.contains("\"09001\"") } == 2)
        let json = try FaroProcess.run("gazetteer", "aliases", store, folder.file("a.csv"), "--json", "-q")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["known"] as? Int == 1 && object?["left_empty"] as? Int == 1)
    }

    @Test func `What makes no sense is said in one sentence`() throws {
        let lone = try FaroProcess.run("info", store, "--html", folder.file("q.html"))
        #expect(lone.status == 64 && lone.errors.contains("--html and --aliases need --quality"))
        let both = try FaroProcess.run("info", store, "--quality", "--html", "-", "--json")
        #expect(both.status == 64 && both.errors.contains("standard output"))
        let file = try folder.write("x.csv", "a,b\n1,2\n")
        #expect(try FaroProcess.run("info", file, "--quality").status == 65)
        #expect(try FaroProcess.run("gazetteer", "aliases", store, file).status == 65)
    }

    @Test func `The new commands explain themselves with an example`() throws {
        for command in [["gazetteer", "import"], ["gazetteer", "aliases"]] {
            let result = try FaroProcess.run(["help"] + command)
            #expect(result.status == 0 && result.output.contains("Example"), "\(command)")
        }
    }
}
