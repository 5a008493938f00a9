import Foundation
import TestSupport
import Testing

/// `faro place` and `faro gazetteer`, as a person and as a script meet them.
@Suite struct PlaceCommandTests {
    private let folder: TemporaryFolder
    private let store: String

    /// Two municipalities of 0.1 degrees, each with a colonia LA JOYA and one of its own name.
    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
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
        let municipalities = try layer("m.geojson", [("001", "San Telmo", -99.2, 0.1), ("002", "Peñón", -99.1, 0.1)])
        let colonias = try layer(
            "c.geojson",
            [
                ("a1", "La Joya", -99.2, 0.02), ("a2", "Centro", -99.18, 0.02), ("b1", "La Joya", -99.1, 0.02),
                ("b2", "Ampliación Centro", -99.08, 0.02),
            ])
        _ = try FaroProcess.run("boundaries", "import", store, municipalities, "--level", "municipality", "-q")
        _ = try FaroProcess.run(
            "boundaries", "import", store, colonias, "--level", "colonia", "--parent-level", "municipality", "-q")
    }

    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func `One text is explained: how it was read, what it may mean, what was decided`() throws {
        let result = try FaroProcess.run("place", "Col. La Joya, C.P. 32000", "--store", store)
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "read as       colonia      LA JOYA  from \"La Joya\"")
        #expect(
            result.output.contains(
                "candidates    1.00  La Joya (a1): the name is the area's, once both are normalised."))
        #expect(lines.last == "decision      ambiguous, by several places: 2 candidates")
        let narrowed = try FaroProcess.run("place", "La Joya", "--store", store, "--municipality", "penon")
        #expect(narrowed.output.contains("municipality  Peñón (002)"))
        #expect(narrowed.output.contains("decision      match, by colonia name: La Joya (b1); colonia within "))
    }

    @Test func `A CSV on standard input is answered row by row, with the keys of its rows`() throws {
        let input =
            "folio,col,mun\nF1,CENTRO,San Telmo\nF2,La Joya,\nF3,\"\",Peñón\nF4,Se ignora,PEÑON\nF5,ampl. centro,\n"
        let result = try FaroProcess.run(
            "place", "-", "--store", store, "--json", "--text-field", "col", "--municipality-field", "mun",
            "--id-field",
            "folio", input: input)
        #expect(result.status == 0, "\(result.errors)")
        let answers = try objects(result.output)
        #expect(answers.map { $0["id"] as? String } == ["F1", "F2", "F3", "F4", "F5"])
        #expect(
            answers.map { $0["status"] as? String } == ["match", "ambiguous", "unmatched", "unmatched", "match"])
        #expect(answers.map { $0["area_id"] as? String } == ["a2", nil, nil, nil, "b2"])
        #expect(answers.map { $0["candidate_ids"] as? [String] } == [[], ["a1", "b1"], [], [], []])
        #expect(
            answers.map { $0["method"] as? String }
                == ["colonia_name", "several_places", "municipality_name", "municipality_name", "colonia_name"])
        #expect(answers.allSatisfy { Set($0.keys) == Self.members })
        #expect(result.errors.contains("2 match, 1 ambiguous, 2 unmatched"))
    }

    private static let members: Set = [
        "id", "status", "area_id", "area_name", "boundary_version", "candidate_ids", "candidate_count",
        "municipality_id",
        "score", "method", "rule", "precision", "uncertainty_m", "longitude", "latitude",
    ]

    @Test func `Lines without a header are answered in their order, and empty ones too`() throws {
        let result = try FaroProcess.run(
            "place", "-", "--store", store, "--json", input: "Centro\n\nla joya, San Telmo\n")
        let answers = try objects(result.output)
        #expect(answers.map { $0["id"] as? String } == ["1", "2", "3"])
        #expect(answers.map { $0["area_id"] as? String } == ["a2", nil, "a1"])
        let text = try FaroProcess.run("place", "-", "--store", store, "-q", input: "Centro\n")
        #expect(text.output == "match\t1.00\tcolonia_name\ta2\tCentro\tCentro\n")
        #expect(text.errors.isEmpty)
    }

    @Test func `A table of crossings is brought in once, and names the corner from then on`() throws {
        let table = try folder.write(
            "cruces.csv",
            "calle1,calle2,lon,lat\nAV. JUAREZ,5 DE MAYO,-99.19,19.31\nNAN,NAN,-99.1,19.3\nHIDALGO,ALLENDE,,\n")
        let result = try FaroProcess.run("gazetteer", "import", store, table)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("crossings, 3 rows read, 1 kept, left out: 1 no_coordinates, 1 no_name"))
        let found = try FaroProcess.run("place", "5 de mayo esq. avenida juárez", "--store", store, "--json")
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
        #expect(answer["method"] as? String == "crossing" && answer["precision"] as? String == "crossing")
        #expect(answer["area_id"] as? String == "a1" && answer["longitude"] as? Double == -99.19)
    }

    @Test(arguments: [
        (["place", "Centro", "--store", "none.gpkg"], Int32(66), "none.gpkg"),
        (["place", "Centro", "--store", "STORE", "--text-field", "x"], 64, "say -"),
        (["place", "-", "--store", "STORE", "--id-field", "x"], 64, "need --text-field"),
        (
            ["place", "-", "--store", "STORE", "--text-field", "calle"], 64,
            "standard input has no column calle; it has a, b"
        ),
        (["gazetteer", "import", "STORE", "none.csv"], 66, "none.csv"),
        (["gazetteer", "import", "STORE", "AB"], 65, "must have columns of longitude and latitude"),
        (["gazetteer", "import", "STORE", "AB", "--map", "calle=a"], 64, "--map must be field=column"),
    ])
    func `What cannot be done is said in one sentence`(arguments: [String], status: Int32, text: String) throws {
        let table = try folder.write("ab.csv", "a,b\n1,2\n")
        let result = try FaroProcess.run(
            arguments.map { $0 == "STORE" ? store : $0 == "AB" ? table : $0 }, input: "a,b\n1,2\n")
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(text), "\(result.errors)")
    }

    @Test func `A store without boundaries says what to bring in`() throws {
        let empty = folder.file("e.gpkg")
        _ = try FaroProcess.run("init", empty, "--crs", "EPSG:32614", "--tz", "America/Mexico_City", "-q")
        let result = try FaroProcess.run("place", "Centro", "--store", empty)
        #expect(result.status == 64 && result.errors.contains("faro boundaries import"))
    }
}
