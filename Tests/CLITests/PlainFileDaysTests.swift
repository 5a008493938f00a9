import Foundation
import TestSupport
import Testing

/// The verbs of space and time on plain files, as a person meets them.
@Suite struct PlainFileDaysTests {
    private let folder: TemporaryFolder

    /// `days.csv`: 300 points in three months of 2024. `spans.csv`: the same, each from the evening before on. `s.gpkg` holds
    /// them too.
    init() throws {
        folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 5)
        var (days, spans, reports) = ("x,y,fecha\n", "x,y,desde,hasta\n", "fecha,delito,x,y\n")
        for _ in 0..<300 {
            let place = (0..<2).map { [480_000, 2_140_000][$0] + Int.random(in: 0..<3000, using: &generator) }
                .map(String.init).joined(separator: ",")
            let month = Int.random(in: 1...3, using: &generator)
            let day = Int.random(in: 12...28, using: &generator)
            days += "\(place),2024-0\(month)-\(day)\n"
            spans += "\(place),2024-0\(month)-\(day - 1) 20:00,2024-0\(month)-\(day) 08:00\n"
            reports += "2024-0\(month)-\(day),ROBO,\(place)\n"
        }
        _ = try folder.write("days.csv", days)
        _ = try folder.write("spans.csv", spans)
        let store = try folder.store()
        _ = try FaroProcess.run(
            "import", store, try folder.write("reports.csv", reports), "--crs", "EPSG:32614", "-q")
    }

    static let verbs = [
        ["hotspot", "near-repeat", "--permutations", "19"],
        ["hotspot", "near-repeat", "--permutations", "19", "--rows", "risk", "--cell-size", "200"],
        ["hotspot", "emerging", "--cell-size", "500", "--period", "7"],
        ["hotspot", "classify", "--cell-size", "500", "--period", "7"],
        ["hotspot", "scan", "--cell-size", "500", "--permutations", "19"],
        ["hotspot", "change", "--cell-size", "500", "--since", "2024-02-15"],
        ["hotspot", "film", "--cell-size", "500", "--period", "14", "--bandwidth", "800"],
        ["hotspot", "kde", "--cell-size", "500", "--half-life", "30", "--bandwidth", "800"],
        ["hotspot", "kde", "--cell-size", "500", "--from", "2024-02-01", "--to", "2024-02-29", "--bandwidth", "800"],
        ["hotspot", "count", "--cell-size", "500", "--from", "2024-02-01", "--to", "2024-03-15"],
        ["forecast", "--cell-size", "500"], ["forecast", "--cell-size", "500", "--method", "near-repeat"],
        ["evaluate", "forecast", "--cell-size", "500", "--period", "14", "--periods", "2"],
        ["evaluate", "bandwidth", "--cell-sizes", "500", "--period", "14", "--periods", "2"],
    ]

    private let crs = ["--crs", "EPSG:32614", "-q"]

    @Test(arguments: verbs)
    func `A plain file with days gives the very bytes that a store gives`(verb: [String]) throws {
        let plain = try FaroProcess.run(verb + [folder.file("days.csv")] + crs)
        let stored = try FaroProcess.run(verb + [folder.file("s.gpkg"), "-q"])
        #expect(plain.status == 0 && stored.status == 0, "\(plain.errors) \(stored.errors)")
        #expect(plain.output == stored.output && plain.output.split(separator: "\n").count > 2)
    }

    @Test(arguments: verbs)
    func `Uncertain times are spread or taken at their middle, and the result says which`(verb: [String]) throws {
        let result = try FaroProcess.run(
            verb + [folder.file("spans.csv"), "--start", "desde", "--end", "hasta", "--json", "--explain"]
                + crs.dropLast())
        #expect(result.status == 0, "\(result.errors)")
        let whole = ["near-repeat", "scan", "change"].contains { verb.contains($0) }
        // Where places alone are looked at, the record says it and the account.
        guard verb[1] != "kde", verb[1] != "count" else {
            #expect(result.errors.contains("uncertain times are spread over the days"), "\(result.errors)")
            return
        }
        #expect(result.output.contains(whole ? "on the day in the middle" : "spread over the days"), "\(result.output)")
        #expect(result.errors.contains(whole ? "día central" : "se repartieron"), "\(result.errors)")
    }

    @Test func `The bytes do not depend on the order of rows or on threads`() throws {
        let lines = try #require(folder.content("spans.csv")).split(separator: "\n")
        let turned = try folder.write(
            "turned.csv", ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n")
        let verb = ["hotspot", "emerging", "--cell-size", "500", "--period", "7", "--start", "desde", "--end", "hasta"]
        let one = try FaroProcess.run(verb + [folder.file("spans.csv"), "--threads", "1"] + crs)
        let two = try FaroProcess.run(verb + [turned, "--threads", "2"] + crs)
        #expect(one.status == 0 && one.output == two.output, "\(one.errors)")
    }

    @Test func `Rows without a day, and ends that are wrong, are told and counted`() throws {
        let path = try folder.write(
            "w.csv",
            try #require(folder.content("spans.csv"))
                + "480000,2140000,,\n480000,2140000,2024-01-15,2024-01-14\n,,2024-01-15,\n480000\n"
        )
        let result = try FaroProcess.run(
            "hotspot", "classify", path, "--start", "desde", "--end", "hasta", "--crs", "EPSG:32614", "--cell-size",
            "500",
            "--period", "7", "--json")
        #expect(result.status == 0, "\(result.errors)")
        for says in [
            "1 of 304 rows have a place and no day in desde, hasta", "1 of 304 rows end before they begin",
            "2 of 304 rows have no usable coordinates",
        ] { #expect(result.errors.contains(says), "\(result.errors)") }
        let members = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let names = ["rows_read", "incidents", "incidents_without_place", "rows_without_day", "rows_of_other_days"]
        #expect(names.map { members[$0] as? Int } == [304, 301, 2, 1, 0] && members["rows_reversed"] as? Int == 1)
    }

    @Test func `Options that do not fit are refused in one sentence, and no file is left`() throws {
        let refused: [([String], Int32, String)] = [
            (["days.csv", "--time", "cuando"], 64, "no column cuando"),
            (["days.csv", "--time", "fecha", "--start", "x"], 64, "say one of both"),
            (["days.csv", "--start", "fecha"], 64, "belong together"),
            (["days.csv", "--category", "ROBO"], 64, "need a store"),
            (["days.csv", "--from", "2024-03-01", "--to", "2024-01-01"], 64, "must not come after"),
            (["days.csv", "--from", "2030-01-01"], 65, "days asked for"),
            (["days.csv", "--tz", "nowhere"], 64, "nowhere"),
            (["s.gpkg", "--time", "fecha"], 64, "--time is for plain files"),
            (["s.gpkg", "--from", "2030-01-01"], 65, "no incident is selected"),
            (["e.csv"], 65, "is empty"), (["h.csv"], 65, "none of its 0 rows"), (["r.csv"], 65, "none of its 2 rows"),
        ]
        _ = try folder.write("e.csv", "")
        _ = try folder.write("h.csv", "x,y,fecha\n")
        _ = try folder.write("r.csv", "x,y,fecha\n480000\n,\"2\n")
        for (words, status, says) in refused {
            for verb in Self.verbs.prefix(7) {
                let arguments =
                    verb + [folder.file(words[0])] + words.dropFirst() + ["-o", folder.file("o.geojson")]
                    + (words[0] == "s.gpkg" ? [] : ["--crs", "EPSG:32614"])
                let result = try FaroProcess.run(arguments)
                #expect(result.status == status && result.errors.contains(says), "\(arguments) \(result)")
                #expect(result.errors.split(separator: "\n").count == 1 && result.output.isEmpty)
                #expect(!folder.names.contains { $0.contains("o.geojson") })
            }
        }
    }

    @Test func `Only areas before and after, and people, still need a store`() throws {
        let words = ["--since", "2024-02-15", "--treated", folder.file("none.geojson")]
        let areas = try FaroProcess.run(["evaluate", "before-after", folder.file("days.csv")] + words + crs)
        #expect(areas.status == 64 && areas.errors.contains("need a store"), "\(areas.errors)")
        let people = try FaroProcess.run(
            ["hotspot", "scan", folder.file("days.csv"), "--population", "colonia:residents"] + crs)
        #expect(people.status == 64 && people.errors.contains("needs a store"), "\(people.errors)")
    }
}
