import TestSupport
import Testing

/// Options of near repeats, changes and uncertain hours, as a person gives them and mistakes them.
@Suite struct SpaceTimeOptionTests {
    private let folder: TemporaryFolder
    private let points: String

    init() throws {
        folder = try TemporaryFolder()
        var text = "x,y,fecha\n"
        for index in 0..<60 {
            let (x, y) = (480_000 + index * 7919 % 2000, 2_140_000 + index * 104_729 % 1999)
            for (year, day) in [(2023, 10), (2024, 13)] { text += "\(x),\(y),\(year)-03-\(day + index % 15)\n" }
        }
        points = try folder.write("p.csv", text)
    }

    private func run(_ words: [String]) throws -> FaroProcess.Result {
        try FaroProcess.run(["hotspot"] + words + [points, "--crs", "EPSG:32614"])
    }

    private func expectRefusal(_ words: [String], says: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let result = try run(words + ["-o", folder.file("o.csv")])
        #expect(result.status == 64 && result.errors.contains(says), "\(result)", sourceLocation: sourceLocation)
        #expect(result.errors.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
        #expect(folder.names == ["p.csv"], sourceLocation: sourceLocation)
    }

    @Test func `A week of risk has a column and a small map a day`() throws {
        let risk = ["near-repeat", "--permutations", "19", "--rows", "risk", "--cell-size", "200"]
        let result = try run(risk + ["--ahead", "7", "-o", folder.file("r.csv"), "-o", folder.file("r.png")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(folder.content("r.csv")?.hasPrefix("x,y,risk,risk_day_2,risk_day_3,") == true)
        #expect(result.errors.contains("2024-04-03   "), "\(result.errors)")
        #expect(folder.names.contains("r.png"))
    }

    @Test func `Days ahead of anything but risk, and too many, are refused`() throws {
        try expectRefusal(["near-repeat", "--ahead", "7"], says: "--ahead is for --rows risk")
        try expectRefusal(["near-repeat", "--rows", "risk", "--ahead", "99", "--permutations", "9"], says: "1 to 60")
    }

    @Test func `The same month a year ago is compared, and the other way round what was before is after`() throws {
        let march = ["--from", "2024-03-01", "--to", "2024-03-31", "--against-from", "2023-03-01"]
        let change = ["change", "--cell-size", "500", "--json", "--explain", "--lang", "en"]
        let result = try run(change + march + ["--against-to", "2023-03-31"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("\"before\" : \"2023-03-01 to 2023-03-31\""), "\(result.output)")
        #expect(result.errors.contains("60 in 31 days before, 60 in 31 after"), "\(result.errors)")
        let turned = try run(
            change + [
                "--from", "2023-03-01", "--to", "2023-03-31", "--against-from", "2024-03-01", "--against-to",
                "2024-03-31",
            ])
        #expect(turned.output.contains("\"before\" : \"2024-03-01 to 2024-03-31\""), "\(turned.output)")
        // A year that nobody has data of is no year without incidents.
        let typo = try run(
            change + [
                "--from", "2024-03-01", "--to", "2024-03-31", "--against-from", "2003-03-01", "--against-to",
                "2003-03-31",
            ])
        #expect(typo.status == 65 && typo.errors.contains("must have days with data"), "\(typo.errors)")
        let beyond = try run(
            change + [
                "--from", "2024-03-01", "--to", "2099-03-31", "--against-from", "2023-03-01", "--against-to",
                "2023-03-31",
            ])
        #expect(beyond.status == 0 && beyond.errors.contains("goes beyond the days with data"), "\(beyond.errors)")
        try expectRefusal(change.dropLast(4) + march, says: "belong together")
        try expectRefusal(["change"], says: "say what to compare")
        try expectRefusal(["change", "--since", "2024-01-01", "--against-from", "2023-01-01"], says: "say one")
        try expectRefusal(
            ["change", "--against-from", "2023-03-01", "--against-to", "2023-03-31"], says: "say all four")
        try expectRefusal(["change"] + march + ["--against-to", "2023-02-01"], says: "must not come after")
        try expectRefusal(["change"] + march + ["--against-to", "2024-03-05"], says: "share no day")
        try expectRefusal(["change", "--since", "2022-01-01"], says: "must begin after")
    }

    @Test func `A Mantel test that cannot be made leaves the table and a warning`() throws {
        let two = try folder.write("two.csv", "x,y,fecha\n480000,2140000,2024-03-01\n480050,2140000,2024-03-03\n")
        let result = try FaroProcess.run(
            "hotspot", "near-repeat", two, "--crs", "EPSG:32614", "--mantel", "--permutations", "9", "-q")
        #expect(result.status == 0 && result.output.hasPrefix("distance,days,observed"), "\(result)")
        #expect(result.errors.hasPrefix("warning: Mantel's test is missing: Mantel's test needs at least 3 incidents"))
    }

    @Test func `Uncertain hours with bad options or nothing in them leave a sentence and no file`() throws {
        let spans = try folder.write("a.csv", "desde,hasta\n2024-03-04 22:30,2024-03-05 01:00\n")
        let refused: [(text: String?, words: [String], status: Int32, says: String)] = [
            (nil, ["--hours", "25"], 64, "hours must be written 18-23"),
            (nil, ["--hours", "a-b"], 64, "hours must be written"),
            (nil, ["--days", "someday"], 64, "days must be written"),
            (nil, ["--days", ""], 64, "days must be written"),
            (nil, ["--tz", "CST"], 64, "CST"), (nil, ["--end", "fin"], 64, "no column fin"),
            ("desde,hasta\n", [], 65, "none of its 0 rows"), ("desde,hasta\nx,\n,y\n", [], 65, "none of its 2 rows"),
            ("desde,hasta\nx,\n", ["--hours", "3"], 65, "none of its 1 rows"), ("", [], 65, "empty"),
            ("desde,hasta\n2024-03-04T22:30:00Z,\n", ["--hours", "3"], 64, "--tz"),
            ("desde,hasta,aoristic_weight\n", ["--hours", "3"], 64, "already"),
        ]
        for (text, words, status, says) in refused {
            let file = try text.map { try folder.write("b.csv", $0) } ?? spans
            let names = words.contains("--end") ? ["--start", "desde"] : ["--start", "desde", "--end", "hasta"]
            let result = try FaroProcess.run(
                ["hotspot", "aoristic", file] + names + words + ["-o", folder.file("o.csv")])
            #expect(result.status == status && result.errors.contains(says), "\(words) \(result)")
            #expect(result.errors.split(separator: "\n").count == 1 && !folder.names.contains { $0.contains("o.csv") })
        }
    }

    @Test func `A span longer than 68 years is told apart from one that ends before it begins`() throws {
        let spans = try folder.write(
            "a.csv", "a,b\n2024-03-04 22:30,2024-03-04 21:00\n1024-03-04 22:30,2024-03-04 23:00\n")
        let result = try FaroProcess.run("hotspot", "aoristic", spans, "--start", "a", "--end", "b")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains("  1 that end before they begin") && result.errors.contains("  1 that last longer"))
    }
}
