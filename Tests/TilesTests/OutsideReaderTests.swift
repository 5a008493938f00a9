import Compression
import Foundation
import SimpleFeatures
import Testing
import TestSupport
import Tiles

private let ogrinfo = "/usr/bin/ogrinfo"
/// A Python that has `mapbox_vector_tile`.
private let python = ProcessInfo.processInfo.environment["FARO_PYTHON"]

struct OutsideReaderTests {
    /// A tile of merged points, single points and a polygon, and the points that are in it.
    private static func tile() throws -> (bytes: [UInt8], points: PointFixture, merged: [VectorTile.Feature]) {
        let points = PointFixture(count: 300, seed: 12)
        let single = try PointPyramid(layer: "single", zooms: 0...0, points: points.columns())
        let merged = try PointPyramid(
            layer: "merged", zooms: 0...0, points: points.columns(),
            merging: .init(below: 1, countsBy: ["category"]))
        var bytes = try #require(try TilePyramid(layers: [single, merged], zooms: 0...0).message(.world))
        var areas = VectorTileLayer(name: "areas", columns: [])
        areas.polygon(
            id: 7,
            rings: [[(0, 0), (4000, 0), (4000, 4000), (0, 4000)], [(10, 10), (10, 20), (20, 20), (20, 10)]].map {
                $0.map { TilePoint(x: $0.0, y: $0.1) }
            }, row: 0)
        areas.append(to: &bytes)
        return (bytes, points, try #require(VectorTile(bytes)["merged"]).features)
    }

    private static func output(of command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        return text
    }

    private static func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "faro-\(UUID().uuidString).mvt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try body(path)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: ogrinfo), "ogrinfo is not installed"))
    func `GDAL reads a tile, compressed or not`() throws {
        let (bytes, points, merged) = try Self.tile()
        for stored in [bytes, try Gzip.compress(bytes)] {
            try Self.withFile(stored) { path in
                let text = try Self.output(of: [
                    ogrinfo, "-q", "-al", "-oo", "X=0", "-oo", "Y=0", "-oo", "Z=0", path, "single",
                ])
                #expect(text.components(separatedBy: "OGRFeature(single)").count - 1 == points.count)
                let years = text.matches(of: #/years \(Integer\) = (-?\d+)/#).compactMap { Int64($0.output.1) }
                #expect(years.sorted() == points.years.sorted())
                let robberies = text.components(separatedBy: "= Robo a transeúnte").count - 1
                #expect(robberies == points.categories.count { $0 == 1 })
                let counts = try Self.output(of: [
                    ogrinfo, "-q", "-al", "-oo", "X=0", "-oo", "Y=0", "-oo", "Z=0", path, "merged",
                ]).matches(of: #/ count \(Integer\) = (\d+)/#).compactMap { Int($0.output.1) }
                #expect(counts == merged.map { $0.integer("count") } && counts.reduce(0, +) == points.count)
                let areas = try Self.output(of: [
                    ogrinfo, "-q", "-al", "-oo", "X=0", "-oo", "Y=0", "-oo", "Z=0", path, "areas",
                ])
                #expect(areas.contains("POLYGON"))
            }
        }
    }

    private static let script = """
        import json, sys, mapbox_vector_tile
        with open(sys.argv[1], "rb") as file:
            tile = mapbox_vector_tile.decode(file.read(), default_options={"y_coord_down": True})
        print(json.dumps({name: [[f.get("id"), f["geometry"]["coordinates"], f["properties"]] for f in layer["features"]]
                          for name, layer in tile.items()}))
        """

    @Test(.enabled(if: python != nil, "FARO_PYTHON names no Python with mapbox-vector-tile"))
    func `The decoder of PyPI finds the same features as ours`() throws {
        let (bytes, _, _) = try Self.tile()
        try Self.withFile(bytes) { path in
            let text = try Self.output(of: [python ?? "", "-c", Self.script, path])
            let theirs = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[Any]]])
            let ours = VectorTile(bytes)
            #expect(ours.findings == [] && Set(theirs.keys) == Set(ours.layers.map(\.name)))
            for layer in ours.layers where layer.name != "areas" {
                let features = try #require(theirs[layer.name])
                #expect(features.count == layer.features.count)
                for (their, our) in zip(features, layer.features) {
                    // It gives a feature without id the id 0.
                    #expect((their[0] as? NSNumber)?.uint64Value == our.id ?? 0)
                    let place = try #require(our.point)
                    #expect(their[1] as? [Int32] == [place.x, place.y])
                    let properties = try #require(their[2] as? [String: Any])
                    #expect(properties.count == our.properties.count)
                    for property in our.properties { #expect(Self.same(properties[property.name], property.value)) }
                }
            }
            #expect((theirs["areas"]?.first?[1] as? [[[Int]]])?.map(\.count) == [5, 5])
        }
    }

    private static func same(_ their: Any?, _ our: PropertyValue) -> Bool {
        switch our {
        case .text(let text): their as? String == text
        case .integer(let value): (their as? NSNumber)?.int64Value == value
        case .number(let value): (their as? NSNumber)?.doubleValue == value
        default: false
        }
    }
}
