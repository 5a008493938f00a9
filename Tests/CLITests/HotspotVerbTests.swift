import Foundation
import TestSupport
import Testing

/// The verbs that describe, count, associate and cluster, as a person and as a script meet them.
@Suite struct HotspotVerbTests {
    private let folder: TemporaryFolder

    /// `s.gpkg`, and `p.csv` with `box.geojson`, of the same 240 points. In `again` the same with the rows shuffled, those of
    /// the store not imported yet.
    init() throws {
        folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 11)
        let places = (0..<240).map { index -> String in
            // Half of them around a corner, so that there is something to find.
            let spread = index % 2 == 0 ? 0.004 : 0.1
            let x = -99.2 + spread * Double.random(in: 0..<1, using: &generator)
            let y = 19.3 + spread / 5 * Double.random(in: 0..<1, using: &generator)
            return "\((x * 1e6).rounded() / 1e6),\((y * 1e6).rounded() / 1e6)"
        }
        // Places are all different.
        let days = Dictionary(
            places.enumerated().map { ($1, "2024-03-\(10 + $0 % 20)") }, uniquingKeysWith: { first, _ in first })
        try FileManager.default.createDirectory(atPath: folder.file("again"), withIntermediateDirectories: true)
        for (path, order) in [("", places), ("again/", places.shuffled(using: &generator))] {
            let rows = order.map { "\($0),\(days[$0] ?? "")\n" }
            _ = try folder.write(path + "p.csv", "lon,lat,fecha\n" + rows.joined())
        }
        _ = try folder.write("box.geojson", Self.areas([("1", -99.2, 0.1, 0.02)]))
        let colonias = Self.areas([
            ("a", -99.2, 0.02, 0.01), ("b", -99.18, 0.02, 0.01), ("c", -99.16, 0.02, 0.01), ("d", -99.14, 0.02, 0.01),
            ("e", -99.11, 0.01, 0.01),
        ])
        let municipality = folder.file("box.geojson")
        let layer = try folder.write("c.geojson", colonias)
        let store = try folder.store()
        for (path, level) in [(municipality, "municipality"), (layer, "colonia")] {
            _ = try FaroProcess.run("boundaries", "import", store, path, "--level", level, "-q")
        }
        let reports = places.enumerated().map { "\(days[$1] ?? ""),\($0 % 24):15,ROBO,\($1)" }
        for (path, order) in [("", reports), ("again/", reports.shuffled(using: &generator))] {
            _ = try folder.write(path + "r.csv", "fecha,hora,delito,longitud,latitud\n" + order.joined(separator: "\n"))
        }
        try FileManager.default.copyItem(atPath: store, toPath: folder.file("again/s.gpkg"))
        _ = try FaroProcess.run("import", store, folder.file("r.csv"), "-q")
    }

    private static func areas(_ boxes: [(id: String, x: Double, width: Double, height: Double)]) -> String {
        let features = boxes.map { box in
            let (east, north) = (box.x + box.width, 19.3 + box.height)
            return "{\"type\":\"Feature\",\"properties\":{\"id\":\"\(box.id)\",\"name\":\"\(box.id)\"},\"geometry\":"
                + "{\"type\":\"Polygon\",\"coordinates\":[[[\(box.x),19.3],[\(east),19.3],[\(east),\(north)],"
                + "[\(box.x),\(north)],[\(box.x),19.3]]]}}"
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }

    /// A verb with its options; whether it takes a plain file, and whether `--threads`.
    struct Verb: Sendable {
        var words: [String]
        var options: [String]
        var needsStore = false
        var hasThreads = true
    }

    private static let count = ["hotspot", "count"]
    private static let clusters = ["hotspot", "clusters", "--method"]
    static let verbs = [
        Verb(words: count, options: ["--cell-size", "500"], hasThreads: false),
        Verb(words: count, options: ["--cell-size", "500", "--grid-type", "hex"], hasThreads: false),
        Verb(words: count, options: ["--by", "colonia"], needsStore: true, hasThreads: false),
        Verb(words: count, options: ["--corners"], hasThreads: false),
        Verb(words: ["hotspot", "gistar"], options: ["--cell-size", "500"]),
        Verb(words: ["hotspot", "gistar"], options: ["--cell-size", "500", "--permutations", "99"]),
        Verb(words: ["hotspot", "gistar"], options: ["--by", "colonia", "--without-self"], needsStore: true),
        Verb(words: ["hotspot", "lisa"], options: ["--cell-size", "500", "--permutations", "99"]),
        Verb(words: ["hotspot", "lisa"], options: ["--by", "colonia", "--permutations", "99"], needsStore: true),
        Verb(words: clusters, options: ["dbscan", "--reach", "100"]),
        Verb(words: clusters, options: ["hdbscan", "--min-size", "5", "--outline", "ellipse"]),
        Verb(words: clusters, options: ["nnh", "--min-size", "5", "--simulations", "19"]),
        Verb(words: clusters, options: ["stac", "--reach", "200"]),
        Verb(
            words: ["hotspot", "near-repeat"],
            options: ["--rows", "incidents", "--permutations", "19", "--mantel", "--within-days", "2,4"]),
        Verb(words: ["hotspot", "emerging"], options: ["--cell-size", "500", "--period", "4"]),
        Verb(words: ["hotspot", "film"], options: ["--cell-size", "500", "--period", "4", "--bandwidth", "800"]),
        Verb(words: ["describe"], options: ["--moran", "--cell-size", "500", "--permutations", "19"]),
    ]

    private func run(_ verb: Verb, _ source: String, _ options: [String]) throws -> FaroProcess.Result {
        try FaroProcess.run(verb.words + verb.options + [folder.file(source)] + options)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }

    /// No number that is none, as a word whatever its case.
    private func expectNumbers(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let words = text.lowercased().split { !$0.isLetter }
        #expect(!words.contains { ["nan", "inf", "infinity"].contains($0) }, sourceLocation: sourceLocation)
    }

    @Test
    func
        `A verb works on a store and on a plain file, and its bytes depend neither on threads nor on the order of rows`()
        throws
    {
        _ = try FaroProcess.run("import", folder.file("again/s.gpkg"), folder.file("again/r.csv"), "-q")
        for verb in Self.verbs {
            for source in verb.needsStore ? ["s.gpkg"] : ["s.gpkg", "p.csv"] {
                let area = source == "p.csv" ? ["--study-area", folder.file("box.geojson")] : []
                var written: Set<[String]> = []
                var explained: [String] = []
                for (path, threads, language) in [("", "1", "es"), ("", "2", "en"), ("again/", "2", "en")] {
                    let result = try run(
                        verb, path + source,
                        area + ["-o", folder.file("o.geojson"), "-o", folder.file("o.csv"), "--json", "--overwrite"]
                            + ["--explain", "--lang", language] + (verb.hasThreads ? ["--threads", threads] : []))
                    #expect(result.status == 0, "\(verb) \(result.errors)")
                    written.insert([result.output, try text("o.geojson"), try text("o.csv")])
                    explained.append(result.errors)
                }
                #expect(written.count == 1, "\(verb) \(source)")
                try expectAccount(try #require(written.first), verb, source)
                expectExplanation(spanish: explained[0], english: explained[1])
            }
        }
    }

    /// - Parameter written: members, GeoJSON and CSV.
    private func expectAccount(_ written: [String], _ verb: Verb, _ source: String) throws {
        let members = try object(written[0])
        let collection = try object(written[1])
        let inFile = try #require(collection["faro"] as? [String: Any])
        for name in ["method", "crs", "source", "faro_version"] {
            #expect(members[name] is String, "\(verb) \(name)")
            #expect(inFile[name] as? String == members[name] as? String, "\(verb) \(name)")
        }
        #expect(members["crs"] as? String == "EPSG:32614")
        #expect(members["incidents"] is Int || members["incidents_counted"] is Int, "\(verb)")
        #expect(members["incidents_without_place"] as? Int == 0)
        if source == "s.gpkg" { #expect(members["store_revision"] is Int && members["filter"] != nil) }
        let features = try #require(collection["features"] as? [[String: Any]])
        #expect(!features.isEmpty && features.allSatisfy { $0["geometry"] is [String: Any] })
        #expect(written[2].split(separator: "\n").count == features.count + 1)
        for text in written { expectNumbers(text) }
        #expect(try FaroProcess.run("validate", folder.file("o.geojson")).status == 0)
    }

    /// Each ends with a paragraph in its language that names a source with its year.
    private func expectExplanation(spanish: String, english: String) {
        for (text, word, other) in [(spanish, " de ", " the "), (english, " the ", " los ")] {
            let last = text.split(separator: "\n").last ?? ""
            #expect(last.count > 150 && last.contains(word) && !last.contains(other), "\(last)")
            #expect(last.contains("CrimeStat") || last.contains("19") || last.contains("20"))
            expectNumbers(text)
        }
    }

    @Test func `Ripley's K comes as a table, equal for any number of threads and any order of rows`() throws {
        var written: Set<String> = []
        for (path, threads) in [("", "1"), ("", "2"), ("again/", "2")] {
            let result = try FaroProcess.run(
                "describe", folder.file(path + "p.csv"), "--study-area", folder.file("box.geojson"), "--ripley",
                folder.file("k.csv"), "--simulations", "19", "--threads", threads, "--overwrite")
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("Ripley's K") && result.output.contains("of 19 simulations"))
            written.insert(try text("k.csv"))
        }
        let table = try #require(written.count == 1 ? written.first : nil)
        let lines = table.split(separator: "\n")
        #expect(lines[0] == "distance_m,k,l,l_minus_r,k_of_random,k_low,k_high,k_low_overall,k_high_overall")
        #expect(lines.count == 51 && lines.dropFirst().allSatisfy { $0.split(separator: ",").count == 9 })
        expectNumbers(table)
    }

    @Test func `A unit without neighbours has null, and its class says so`() throws {
        let result = try FaroProcess.run("hotspot", "lisa", folder.file("s.gpkg"), "--by", "colonia", "-q")
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "level,area_id,area_name,count,i,z,p,q,class")
        #expect(lines.count == 6 && lines.last?.hasSuffix(",,,,,no neighbours") == true)
        _ = try FaroProcess.run(
            "hotspot", "lisa", folder.file("s.gpkg"), "--by", "colonia", "-o", folder.file("l.geojson"))
        let features = try #require(try object(try text("l.geojson"))["features"] as? [[String: Any]])
        let island = try #require(features.last?["properties"] as? [String: Any])
        for name in ["i", "z", "p", "q"] { #expect(island[name] is NSNull) }
    }

    @Test func `A description leaves out what lies outside the study area, and says so`() throws {
        let far = try folder.write("far.csv", try text("p.csv") + "-98.2,20.3,\n-98.2,20.3,\n")
        let area = ["--study-area", folder.file("box.geojson"), "--working-crs", "EPSG:32614"]
        let all = try FaroProcess.run(["describe", far] + area)
        let near = try FaroProcess.run(["describe", folder.file("p.csv")] + area)
        #expect(all.status == 0, "\(all.errors)")
        #expect(all.output.hasPrefix("incidents          240 at "))
        #expect(all.output.contains(", 2 outside the study area left out"))
        #expect(all.output.split(separator: "\n").dropFirst() == near.output.split(separator: "\n").dropFirst())
        let members = try object(try FaroProcess.run(["describe", far, "--json"] + area).output)
        #expect(members["incidents"] as? Int == 240 && members["incidents_outside"] as? Int == 2)
    }

    @Test func `A count by area does not speak of places that point maps leave out`() throws {
        let store = folder.file("s.gpkg")
        let byArea = try object(try FaroProcess.run("hotspot", "count", store, "--by", "colonia", "--json").output)
        let byCell = try object(try FaroProcess.run("hotspot", "count", store, "--cell-size", "500", "--json").output)
        #expect(byArea["precision"] == nil && byCell["precision"] != nil)
    }

    private static let refused = [
        (["hotspot", "count", "p.csv", "--by", "colonia"], "--by needs a store"),
        (["hotspot", "count", "s.gpkg", "--by", "colonia", "--cell-size", "9"], "--cell-size is for a grid"),
        (["hotspot", "count", "s.gpkg", "--by", "colonia", "--grid-type", "hex"], "--grid-type is for a grid"),
        (["hotspot", "lisa", "s.gpkg", "--by", "colonia", "--study-area", "none"], "--study-area is for a grid"),
        (["hotspot", "count", "s.gpkg", "--by", "district"], "no level district"),
        (["hotspot", "count", "p.csv", "--cell-size", "nan"], "cell"),
        (["hotspot", "count", "p.csv", "--cell-size", "1e-9"], "cells"),
        (["hotspot", "count", "p.csv", "--cell-size", "1"], "choose larger cells"),
        (["hotspot", "count", "p.csv", "--cell-size", "1", "--grid-type", "hex"], "choose larger cells"),
        (["hotspot", "count", "p.csv", "--json", "-o", "-"], "say one"),
        (["hotspot", "gistar", "p.csv", "--neighbours", "band"], "--neighbours must be"),
        (["hotspot", "gistar", "p.csv", "--neighbours", "knn:1e300"], "--neighbours must be"),
        (["hotspot", "gistar", "p.csv", "--neighbours", "band:nan"], "--neighbours must be"),
        (["hotspot", "gistar", "p.csv", "--neighbours", "kernel:-5"], "--neighbours must be"),
        (["hotspot", "gistar", "p.csv", "--permutations=-5"], "permutations must be"),
        (["hotspot", "lisa", "p.csv", "--neighbours", "knn:100000"], "less than"),
        (["hotspot", "clusters", "p.csv"], "needs --reach"),
        (["hotspot", "clusters", "p.csv", "--reach", "inf"], "reach must be"),
        (["hotspot", "clusters", "p.csv", "--reach", "100", "--min-incidents", "0"], "at least 1"),
        (["hotspot", "clusters", "p.csv", "--method", "stac", "--reach", "0"], "greater than 0"),
        (["hotspot", "clusters", "p.csv", "--method", "nnh", "--simulations=-1"], "simulations"),
        (["hotspot", "clusters", "p.csv", "--method", "hdbscan", "--min-size=-4"], "at least"),
        (["describe", "p.csv", "--ripley", "k.csv", "--distance", "nan"], "distance must be"),
        (["describe", "p.csv", "--ripley", "k.csv", "--simulations", "100000"], "simulations must be"),
    ]

    @Test func `What cannot be done is said in one sentence`() throws {
        let own = ["p.csv", "s.gpkg", "k.csv"]
        for (arguments, says) in Self.refused {
            let result = try FaroProcess.run(arguments.map { own.contains($0) ? folder.file($0) : $0 })
            #expect(result.status == 64, "\(arguments) \(result.errors)")
            #expect(result.errors.contains(says), "\(arguments) \(result.errors)")
            #expect(result.output.isEmpty && !folder.names.contains("k.csv"))
        }
    }

    @Test func `An empty file, one area, and areas of equal counts are refused in one sentence`() throws {
        let empty = try folder.write("e.csv", "")
        for verb in Self.verbs where !verb.needsStore {
            let result = try FaroProcess.run(verb.words + verb.options + [empty])
            #expect(result.status == 65 && result.errors.contains("is empty"), "\(result.errors)")
        }
        let store = folder.file("s.gpkg")
        for verb in ["gistar", "lisa"] {
            let single = try FaroProcess.run("hotspot", verb, store, "--by", "municipality")
            #expect(single.status == 64 && single.errors.contains("units"), "\(single.errors)")
            let even = try FaroProcess.run("hotspot", verb, store, "--by", "colonia", "--category", "FRAUDE")
            #expect([64, 65].contains(even.status), "\(even.errors)")
            #expect(even.errors.split(separator: "\n").count == 1, "\(even.errors)")
        }
        let none = try FaroProcess.run("hotspot", "count", store, "--by", "colonia", "--from", "2030-01-01", "-q")
        #expect(none.status == 0 && none.output.split(separator: "\n").count == 6)
    }
}
