import Foundation
import TestSupport
import Testing

@Suite struct TaxonomyCommandTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
    }

    @Test func `The schemes are listed, shown as a tree, and written as JSON that can be brought in again`() throws {
        let list = try FaroProcess.run("taxonomy", "list")
        #expect(list.status == 0 && list.errors.isEmpty)
        #expect(list.output.contains("CNSP/38/15 2.4") && list.output.contains("98 published rows"))
        let tree = try FaroProcess.run("taxonomy", "show", "CNSP/38/15")
        #expect(tree.output.contains("    Robo a casa habitación  [property.robbery.home]\n"))
        let json = try FaroProcess.run("taxonomy", "show", "RNID", "--json")
        let file = try folder.write("rnid.json", json.output)
        let imported = try FaroProcess.run("taxonomy", "import", store, file)
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.errors.contains("scheme RNID 1.0 with 153 classes"))
        #expect(try FaroProcess.run("taxonomy", "show", "RNID", "--store", store, "--json").output == json.output)
        let unknown = try FaroProcess.run("taxonomy", "show", "CNSP")
        #expect(unknown.status == 64)
        #expect(unknown.errors == "faro: \"CNSP\" is no crime scheme; known are CNSP/38/15, RNID\n")
    }

    @Test func `What is unmapped is reported, and a mapping leads it to a class`() throws {
        let reports =
            "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.13,19.43\n2024-03-02,ROBO,-99.14,19.44\n2024-03-02,DDH,-99.1,19.4\n"
        _ = try FaroProcess.run("import", store, "-", "-q", input: reports)
        let before = try FaroProcess.run("taxonomy", "report", store)
        #expect(
            before.output.hasPrefix(
                "3 incidents: 0 (0.00 %) in a class, 0 (0.00 %) in none by rule, 3 (100.00 %) unmapped\n"))
        #expect(before.output.contains("  2  ROBO  (generic)\n  1  DDH  (generic)\n"))
        let mapping = try folder.write(
            "m.csv",
            "source,category,modality,scheme,class,count_unit\ngeneric,robo,,CNSP/38/15,property.robbery,case_file\ngeneric,ddh,,CNSP/38/15,,case_file\n"
        )
        #expect(try FaroProcess.run("taxonomy", "import", store, mapping, "-q").status == 0)
        let after = try FaroProcess.run("taxonomy", "report", store)
        #expect(after.output.contains("2 (66.67 %) in a class, 1 (33.33 %) in none by rule, 0 (0.00 %) unmapped"))
        #expect(after.output.contains("    2  Robo  [property.robbery]\n"))
        let json = try FaroProcess.run("taxonomy", "report", store, "--json")
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
        let exported = try FaroProcess.run("taxonomy", "export", store, "-q")
        #expect(exported.output.hasSuffix("generic,ddh,,CNSP/38/15,,case_file,,,\n"))
    }

    @Test func `A damaged mapping is refused with its line and code 65, and nothing is written`() throws {
        let mapping = try folder.write(
            "m.csv", "source,category,modality,scheme,class,count_unit\np,robo,,RNID,life,apples\n")
        let result = try FaroProcess.run("taxonomy", "import", store, mapping)
        #expect(result.status == 65)
        #expect(
            result.errors
                == "faro: \(mapping):2: count_unit must be one of case_file, victim, call, report, incident, person, but is \"apples\"\n"
        )
    }

    @Test func `A summary over the change of register is flagged in its rows and on standard error`() throws {
        _ = try FaroProcess.run(
            "import", store, "-", "-q",
            input: "fecha,delito,longitud,latitud\n2025-12-01,Fraude,-99.13,19.43\n2026-01-05,Fraude,-99.13,19.43\n")
        let unflagged = try FaroProcess.run("summary", store, "--by", "none", "-q")
        #expect(unflagged.errors.isEmpty)
        let mapping = try folder.write(
            "m.csv",
            """
            source,category,modality,scheme,class,count_unit,valid_from,valid_to
            generic,*,,CNSP/38/15,,case_file,,2025-12-31
            generic,*,,RNID,,case_file,2026-01-01,

            """)
        _ = try FaroProcess.run("taxonomy", "import", store, mapping, "-q")
        let flagged = try FaroProcess.run("summary", store, "--by", "none", "-q")
        #expect(
            flagged.output
                == "level,area_id,area_name,period,category,count,boundary_version,break\n,,,2025-12,,1,,\n,,,2026-01,,1,,rnid-2026\n"
        )
        #expect(
            flagged.errors.hasPrefix("warning: series break rnid-2026: On 1 January 2026 the national register RNID"))
    }
}
