import Foundation
import TestSupport
import Testing

/// What a person may give by mistake, or a small town by its nature, to every verb that takes points.
@Suite struct DegenerateSourceTests {
    /// Sources in metres that leave a method little or nothing to work on.
    static let degenerate: [(name: String, rows: [String])] = [
        ("no row", []), ("one point", ["480000,2140000"]),
        ("two points", ["480000,2140000", "480100,2140070"]),
        ("one place", Array(repeating: "480000,2140000", count: 30)),
        ("a line", (0..<30).map { "\(480_000 + $0 * 10),2140000" }),
        ("a diagonal", (0..<30).map { "\(480_000 + $0 * 10),\(2_140_000 + $0 * 10)" }),
        ("one each", (0..<100).map { "\(480_050 + $0 % 10 * 100),\(2_140_050 + $0 / 10 * 100)" }),
        ("no numbers", ["nan,nan", "inf,5", ",", "x,y"]),
        ("far numbers", ["1e200,1e200", "480000,2140000", "-1e300,3"]),
    ]

    @Test(arguments: degenerate.map(\.name))
    func `A source with little in it gives a sentence or an answer, and no number that is none`(name: String) throws {
        let rows = try #require(Self.degenerate.first { $0.name == name }?.rows)
        let folder = try TemporaryFolder()
        let dated = rows.enumerated().map { "\($1),2024-01-\(10 + $0 % 20)\n" }
        let points = try folder.write("d.csv", "x,y,fecha\n" + dated.joined())
        let cells = ["--cell-size", "100"]
        let runs =
            [
                ["hotspot", "count"], ["hotspot", "count", "--grid-type", "hex"] + cells,
                ["hotspot", "gistar", "--permutations", "9"] + cells,
                ["hotspot", "gistar", "--without-self", "--neighbours", "band:10"] + cells,
                ["hotspot", "lisa", "--permutations", "9"] + cells,
                ["hotspot", "lisa", "--permutations", "0", "--neighbours", "knn:3"] + cells,
                ["describe", "--moran", "--permutations", "9"] + cells,
                ["describe", "--ripley", folder.file("k.csv"), "--simulations", "3"],
            ]
            + [
                ["dbscan", "--reach", "100"], ["hdbscan", "--outline", "ellipse"], ["nnh", "--min-size", "2"],
                ["stac", "--reach", "200"],
            ].map { ["hotspot", "clusters", "--method"] + $0 }
            + [
                ["hotspot", "near-repeat", "--permutations", "9", "--mantel"],
                ["hotspot", "near-repeat", "--permutations", "9", "--rows", "incidents"],
                ["hotspot", "near-repeat", "--permutations", "9", "--rows", "risk", "--ahead", "3"] + cells,
                ["hotspot", "emerging", "--period", "2"] + cells, ["hotspot", "classify", "--period", "2"] + cells,
                ["hotspot", "scan", "--period", "2", "--permutations", "9"] + cells,
                ["hotspot", "change", "--since", "2024-01-20"] + cells,
                ["hotspot", "film", "--period", "7", "--bandwidth", "300"] + cells, ["forecast"] + cells,
                ["forecast", "--method", "self-exciting"] + cells, ["forecast", "--method", "near-repeat"] + cells,
                ["evaluate", "forecast", "--period", "7", "--periods", "1"] + cells,
                ["evaluate", "bandwidth", "--period", "5", "--periods", "2", "--cell-sizes", "100"],
            ]
        for words in runs {
            let output = folder.file("d.geojson")
            let result = try FaroProcess.run(
                words + [points, "--crs", "EPSG:32614", "-o", output, "--json", "--overwrite"])
            guard result.status == 0 else {
                #expect([64, 65].contains(result.status), "\(words) \(result)")
                #expect(result.errors.hasPrefix("faro: "), "\(words) \(result.errors)")
                #expect(result.errors.split(separator: "\n").count == 1, "\(words) \(result.errors)")
                continue
            }
            for text in [result.output, try String(contentsOfFile: output, encoding: .utf8)] {
                // JSON has no word for a number that is none: it would not be read.
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
                #expect(!text.contains("\"nan\"") && !text.contains("\"inf\""))
            }
        }
    }
}
