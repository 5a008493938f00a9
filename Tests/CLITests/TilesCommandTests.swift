import Foundation
import TestSupport
import Testing

/// `faro tiles`, and what the verbs write for other programs, as those programs read it.
@Suite struct TilesCommandTests {
    private static let incidents = 240
    private let folder: TemporaryFolder
    private let store: String

    /// A municipality with two colonias and 240 incidents in them.
    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
        var generator = SeededGenerator(seed: 5)
        let rows = (0..<Self.incidents).map { index in
            let spread = index % 2 == 0 ? 0.005 : 0.1
            let x = -99.2 + spread * Double.random(in: 0..<1, using: &generator)
            let y = 19.3 + spread / 5 * Double.random(in: 0..<1, using: &generator)
            return "2024-03-\(10 + index % 20),\(index % 24):15,\(index % 3 == 0 ? "ROBO" : "LESIONES"),\(x),\(y)"
        }
        let boxes = [
            ("municipality", [("m", -99.2, -99.1)]), ("colonia", [("a", -99.2, -99.15), ("b", -99.15, -99.1)]),
        ]
        for (level, areas) in boxes {
            let features = areas.map { id, west, east in
                """
                {"type":"Feature","properties":{"id":"\(id)","name":"\(id)"},"geometry":{"type":"Polygon","coordinates":\
                [[[\(west),19.3],[\(east),19.3],[\(east),19.32],[\(west),19.32],[\(west),19.3]]]}}
                """
            }
            let file = try folder.write(
                level + ".geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
            )
            _ = try FaroProcess.run("boundaries", "import", store, file, "--level", level, "-q")
        }
        let reports = try folder.write(
            "r.csv", "fecha,hora,delito,longitud,latitud\n" + rows.joined(separator: "\n"))
        _ = try FaroProcess.run("import", store, reports, "-q")
    }

    private func tiles(_ name: String, _ options: String...) throws -> String {
        let path = folder.file(name)
        let made = try FaroProcess.run(["tiles", store, "-o", path, "-z", "12", "-q"] + options)
        #expect(made.status == 0, "\(made.errors)")
        return path
    }

    @Test(arguments: ["t.pmtiles", "t.mbtiles", "folder"])
    func `Tiles are read back, and every rule holds`(name: String) throws {
        let path = try tiles(name)
        let info = try FaroProcess.run("info", path)
        #expect(
            info.status == 0 && info.output.contains("zooms        0 to 12")
                && info.output.contains("layer        grid"))
        let check = try FaroProcess.run("validate", path)
        #expect(check.status == 0 && check.errors.contains("every rule holds"), "\(check.errors)")
        #expect(try FaroProcess.run("tiles", store, "-o", path, "-q").status == 73)
    }

    @Test(.enabled(if: ForeignProgram.ogrinfo.isInstalled, "ogrinfo is not installed"))
    func `GDAL reads the incidents of an MBTiles, each once`() throws {
        let path = try tiles("t.mbtiles", "--merge-below", "0")
        let read = try ForeignProgram.ogrinfo.run(["-ro", "-so", path, "incidents"])
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output.contains("Feature Count: \(Self.incidents)"))
        for field in ["category: String", "local_date: String"] { #expect(read.output.contains(field)) }
        let robberies = try ForeignProgram.ogrinfo.run(["-ro", "-so", "-where", "category = 'ROBO'", path, "incidents"])
        #expect(robberies.output.contains("Feature Count: 80"))
    }

    @Test(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON is not set"))
    func `A newer GDAL, the decoder of PMTiles and the decoder of vector tiles agree about a PMTiles`() throws {
        let path = try tiles("t.pmtiles")
        let read = try ForeignProgram.python.run([
            "-c",
            """
            import sys, gzip, pyogrio, mapbox_vector_tile
            from pmtiles.reader import Reader, MmapSource, all_tiles
            path = sys.argv[1]
            print("layers", *sorted(name for name, _ in pyogrio.list_layers(path)))
            sums = {}
            with open(path, "rb") as f:
                for (z, x, y), data in all_tiles(MmapSource(f)):
                    for feature in mapbox_vector_tile.decode(gzip.decompress(data)).get("incidents", {}).get("features", []):
                        sums[z] = sums.get(z, 0) + feature["properties"].get("count", 1)
            print("sums", sorted(set(sums.values())), len(sums))
            """, path,
        ])
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output.contains("layers colonia faro grid incidents municipality"))
        #expect(read.output.contains("sums [\(Self.incidents)] 13"), "\(read.output)")
    }

    @Test func `One thread or two, an archive has the same bytes`() throws {
        let one = try tiles("one.pmtiles", "--threads", "1")
        let two = try tiles("two.pmtiles", "--threads", "2")
        #expect(try Data(contentsOf: URL(fileURLWithPath: one)) == Data(contentsOf: URL(fileURLWithPath: two)))
    }

    @Test func `A damaged archive is refused in a sentence`() throws {
        for name in ["t.pmtiles", "t.mbtiles"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: try tiles(name)))
            let cut = folder.file("cut-" + name)
            try bytes.prefix(bytes.count * 2 / 3).write(to: URL(fileURLWithPath: cut))
            var flipped = bytes
            for place in stride(from: 200, to: bytes.count, by: 97) { flipped[place] ^= 0x55 }
            let damaged = folder.file("flipped-" + name)
            try flipped.write(to: URL(fileURLWithPath: damaged))
            for path in [cut, damaged] {
                let check = try FaroProcess.run("validate", path)
                #expect(check.status == 65 && !check.errors.isEmpty, "\(path): \(check.status) \(check.errors)")
            }
        }
    }

    @Test func `Heatmap tiles are pictures with their legend`() throws {
        let path = try tiles("heat.mbtiles", "--png", "--bandwidth", "500")
        #expect(try FaroProcess.run("validate", path).status == 0)
        let info = try FaroProcess.run("info", path, "--json")
        #expect(
            info.output.contains("\"legend_unit\":\"delitos por km²\"") && info.output.contains("\"format\":\"png\""))
        if ForeignProgram.gdalinfo.isInstalled {
            let read = try ForeignProgram.gdalinfo.run([path])
            #expect(read.status == 0 && read.output.contains("Driver: MBTiles") && read.output.contains("Band 4"))
        }
    }

    @Test(
        .enabled(if: ForeignProgram.ogrinfo.isInstalled, "ogrinfo is not installed"),
        arguments: ["fgb", "gpkg", "geojsons", "csv"])
    func `GDAL reads every format of a table with the same cells`(suffix: String) throws {
        let path = folder.file("cells." + suffix)
        let made = try FaroProcess.run("hotspot", "gistar", store, "--cell-size", "500", "-o", path, "-q")
        #expect(made.status == 0, "\(made.errors)")
        let read = try ForeignProgram.ogrinfo.run(["-ro", "-al", "-so", path])
        let plain = try FaroProcess.run("hotspot", "gistar", store, "--cell-size", "500", "-q")
        #expect(
            read.output.contains("Feature Count: \(plain.output.split(separator: "\n").count - 1)"), "\(read.output)")
        // The .csvt says it to GDAL where CSV cannot.
        #expect(read.output.contains("z: Real") && read.output.contains("class: String"))
    }

    @Test func `Pictures and tiles of every verb are made`() throws {
        let verbs = [
            ["hotspot", "count", "--cell-size", "500"], ["hotspot", "count", "--corners"],
            ["hotspot", "count", "--by", "colonia"],
            ["hotspot", "gistar", "--cell-size", "500", "--grid-type", "hex"],
            ["hotspot", "lisa", "--cell-size", "500"],
            ["hotspot", "clusters", "--method", "dbscan", "--reach", "100"],
            ["hotspot", "kde", "--cell-size", "200", "--bandwidth", "500"],
        ]
        for (index, verb) in verbs.enumerated() {
            let (picture, archive) = (folder.file("\(index).png"), folder.file("\(index).pmtiles"))
            let made = try FaroProcess.run(verb + [store, "-o", picture, "-o", archive, "-q"])
            #expect(made.status == 0, "\(verb): \(made.errors)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: picture)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
            let check = try FaroProcess.run("validate", archive)
            #expect(check.status == 0, "\(verb): \(check.errors)")
        }
    }

    @Test(.enabled(if: ForeignProgram.gdalinfo.isInstalled, "gdalinfo is not installed"))
    func `A surface as GeoTIFF lies where it belongs and says how it was made`() throws {
        let path = folder.file("d.tif")
        _ = try FaroProcess.run("hotspot", "kde", store, "--cell-size", "200", "--bandwidth", "500", "-o", path, "-q")
        let read = try ForeignProgram.gdalinfo.run(["-stats", path])
        #expect(read.output.contains("ID[\"EPSG\",32614]") && read.output.contains("Pixel Size = (200"))
        #expect(read.output.contains("kernel density") && read.output.contains("NoData Value=nan"))
        #expect(try FaroProcess.run("validate", path).status == 0)
    }

    @Test func `What cannot be is said in one sentence`() throws {
        let cases: [([String], Int32, String)] = [
            (["tiles", store, "-o", folder.file("t.shp")], 64, ".pmtiles, .mbtiles"),
            (
                ["tiles", store, "-o", folder.file("t.pmtiles"), "-l", "manzana"], 64,
                "incidents, grid, colonia, municipality"
            ),
            (["tiles", store, "-o", folder.file("t.pmtiles"), "-z", "21"], 64, "zooms must lie in 0 to 20"),
            (["tiles", store, "-o", folder.file("t.pmtiles"), "--count-by", "local_hour"], 64, "category"),
            (["tiles", store, "-o", folder.file("none/t.pmtiles")], 74, "none/t.pmtiles"),
            (["tiles", store, "-o", folder.file("t.pmtiles"), "--category", "X"], 64, "X"),
        ]
        for (arguments, status, words) in cases {
            let result = try FaroProcess.run(arguments)
            #expect(result.status == status && result.errors.contains(words), "\(arguments): \(result)")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("tmp") }
        #expect(left.isEmpty)
    }
}
