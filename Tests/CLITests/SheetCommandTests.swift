import Foundation
import TestSupport
import Testing

/// The verbs of a council as its clerk uses them, from files to the sheet.
@Suite struct SheetCommandTests {
    private static func tidy(_ january: Int) -> String {
        let rows =
            (1...12).map { "19039,2023-\($0 < 10 ? "0" : "")\($0),homicide,4" } + ["19039,2024-01,homicide,\(january)"]
        return (["area,month,indicator,count"] + rows).joined(separator: "\n") + "\n"
    }

    private static let questions = """
        {"survey": "pulso", "minimum": 2, "questions": [{"id": "q", "topic": "perception", "wording_es": "¿Se siente insegura?",
          "counts": ["sí"]}]}
        """

    @Test func `From tidy counts, goals, measures and a survey to the sheet, its tables and its lights`() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        func faro(_ arguments: String...) throws -> FaroProcess.Result {
            let result = try FaroProcess.run(arguments)
            #expect(result.status == 0, "\(arguments): \(result.errors)")
            return result
        }
        let source = ["--source", "tidy", "--published"]
        let first = try folder.write("a.csv", Self.tidy(6))
        let brought = try FaroProcess.run(["series", "import", store, first] + source + ["2024-02-20"])
        #expect(brought.status == 0 && brought.errors.contains("tidy-series 1"), "\(brought.errors)")
        let second = try folder.write("b.csv", Self.tidy(2))
        #expect(try FaroProcess.run(["series", "import", store, second] + source + ["2024-03-20"]).status == 0)
        let early = try FaroProcess.run(["series", "import", store, first] + source + ["2024-01-20"])
        #expect(early.status != 0 && early.errors.contains("oldest to the newest"))
        _ = try faro(
            "indicators", "import", store,
            folder.write(
                "g.json",
                """
                {"goals": [{"id": "g", "indicator": "homicide", "area": "19039", "baseline": 4, "target": 2, "start": "2023-12",
                  "due": "2024-12", "set_on": "2024-01-01"}]}
                """))
        _ = try faro(
            "series", "measures", store,
            folder.write("m.csv", "indicator,area,month,value,whole\nplated_cars,19039,2024-01,4650,5000\n"))
        _ = try faro(
            "survey", "import", store,
            folder.write("s.csv", "area,question,answer,weight\n19039,q,sí,1\n19039,q,no,1\n"),
            "--survey", "pulso", "--wave", "2024-Q1", "--questions", folder.write("q.json", Self.questions))

        let (page, json) = (folder.file("sheet.html"), folder.file("sheet.json"))
        let told = try faro("report", store, "--month", "2024-01", "-o", page, "-o", json)
        #expect(told.output.isEmpty && told.errors.contains("1 indicators on 1 areas"))
        let sheet = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json))) as? [String: Any])
        let indicator = try #require((sheet["indicators"] as? [[String: Any]])?.first)
        let line = try #require((indicator["areas"] as? [[String: Any]])?.first)
        #expect(line["count"] as? Int == 2 && line["light"] as? String == "green")
        #expect((line["recent_lights_first_told"] as? [Any])?.last as? String == "red")
        for (table, rows) in [("goals", 1), ("measures", 1), ("surveys", 2), ("index", 1), ("restatements", 1)] {
            let file = folder.file(table + ".csv")
            _ = try faro("report", store, "--month", "2024-01", "--table", table, "-o", file)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.split(separator: "\n").count == 1 + rows, "\(table): \(text)")
        }
        let then = folder.file("then.csv")
        _ = try faro("report", store, "--month", "2024-01", "--as-of", "2024-03-01", "-o", then)
        #expect(try String(contentsOfFile: then, encoding: .utf8).contains("homicide,\"19039\",19039,6,"))
        let lights = folder.file("lights.csv")
        _ = try faro("indicators", "lights", store, "--as-of", "2024-03-01", "-o", lights)
        #expect(try String(contentsOfFile: lights, encoding: .utf8).contains("2024-01,6,"))
        #expect(try FaroProcess.run("info", store).output.contains("published 2024-03-20"))
        #expect(try FaroProcess.run("validate", store).status == 0)
    }

    @Test(arguments: [
        (["report", "STORE", "--month", "2024-13", "-o", "x.html"], Int32(64), "2024-13"),
        (["report", "STORE", "--month", "2024-01", "--table", "all", "-o", "x.csv"], 64, "--table"),
        (["report", "STORE", "--month", "2024-01", "-o", "x.html"], 64, "faro boundaries import"),
        (["series", "import", "STORE", "FILE"], 65, "tidy-series"),
        (["series", "import", "STORE", "-"], 64, "say how standard input is read"),
        (["series", "import", "STORE", "FILE", "--published", "soon"], 64, "--published"),
        (["import", "STORE", "FILE", "--data-to", "2024-02-30"], 64, "--data-to"),
        (
            ["survey", "import", "STORE", "FILE", "--survey", "pulso"], 64,
            "the questions of pulso must be in the store"
        ),
        (["indicators", "import", "STORE", "FILE"], 65, "JSON object"),
    ])
    func `What cannot be done is said, and leaves no file`(options: [String], status: Int32, text: String) throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try folder.write("f.csv", "a,b\n1,2\n")
        let names = ["STORE": store, "FILE": file, "x.html": folder.file("x.html"), "x.csv": folder.file("x.csv")]
        let result = try FaroProcess.run(options.map { names[$0] ?? $0 }, input: "")
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(text), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("x.html")))
        #expect(!FileManager.default.fileExists(atPath: folder.file("x.csv")))
    }
}
