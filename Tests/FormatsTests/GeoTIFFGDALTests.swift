import Files
import Formats
import Foundation
import Grids
import SimpleFeatures
import TestSupport
import Testing

private let gdalinfo = "/usr/bin/gdalinfo"

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: gdalinfo), "GDAL is not installed"))
struct GeoTIFFGDALTests {
    private static let validator = "osgeo_utils.samples.validate_cloud_optimized_geotiff"
    private static let hasValidator = (try? run("/usr/bin/python3", ["-c", "import " + validator]).status) == 0

    @Test func `GDAL reads place, cells, method and name`() throws {
        let folder = try TemporaryFolder()
        let path = try write(columns: 40, rows: 30, to: folder)
        let info = try run(gdalinfo, ["-json", path])
        let text = info.output
        #expect(text.contains("ID[\\\"EPSG\\\",32614]"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["geoTransform"] as? [Double] == [480_000, 125, 0, 2_133_750, 0, -125])
        let metadata = try #require((json["metadata"] as? [String: [String: String]])?[""])
        #expect(metadata["method"] == "\"kernel\" & <densidad> &amp; más" && metadata["bandwidth_m"] == "300")
        #expect(metadata["TIFFTAG_IMAGEDESCRIPTION"] == "Peñón <1>" && metadata["AREA_OR_POINT"] == "Area")
        let band = try #require((json["bands"] as? [[String: Any]])?.first)
        #expect(band["type"] as? String == "Float32" && band["description"] as? String == "density")
        #expect("\(band["noDataValue"] ?? "")".lowercased() == "nan")
    }

    @Test(arguments: [(40, 30), (700, 20)])
    func `GDAL reads every cell as it was`(columns: Int, rows: Int) throws {
        let folder = try TemporaryFolder()
        let path = try write(columns: columns, rows: rows, to: folder)
        let raw = folder.file("raw.bin")
        #expect(try run("/usr/bin/gdal_translate", ["-q", "-of", "ENVI", path, raw]).status == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: raw))
        let cells = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let values = Self.values(columns, rows)
        let expected = (0..<rows).reversed().flatMap { values[($0 * columns)..<(($0 + 1) * columns)].map { Float($0) } }
        #expect(cells.count == expected.count)
        #expect(zip(cells, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
    }

    @Test(arguments: [(40, 30), (700, 20)])
    func `GDAL reads a stack as bands with names, each cell as it was`(columns: Int, rows: Int) throws {
        let folder = try TemporaryFolder()
        let grid = try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 480_000, y: 2_130_000), cellSize: .metres(125),
            columns: columns, rows: rows)
        let first = Self.values(columns, rows)
        let surfaces = [first, first.map { $0 + 1 }, first.map { -$0 }].map { Surface(grid: grid, values: $0) }
        let stack = GeoTIFFStack(
            surfaces: surfaces, valueNames: ["2024-01", "2024 <T2>"], members: [Property("method", .text("film"))])
        let path = folder.file("stack.tif")
        let file = try AtomicFile(path: path, overwrite: false)
        try stack.write(to: file)
        try file.commit()
        let info = try run(gdalinfo, ["-json", path]).output
        let json = try #require(JSONSerialization.jsonObject(with: Data(info.utf8)) as? [String: Any])
        let bands = try #require(json["bands"] as? [[String: Any]])
        #expect(bands.map { $0["description"] as? String } == ["2024-01", "2024 <T2>", "3"])
        #expect((json["metadata"] as? [String: [String: String]])?[""]?["method"] == "film")
        let raw = folder.file("raw.bin")
        #expect(try run("/usr/bin/gdal_translate", ["-q", "-of", "ENVI", path, raw]).status == 0)
        let cells = try Data(contentsOf: URL(fileURLWithPath: raw)).withUnsafeBytes {
            Array($0.bindMemory(to: Float.self))
        }
        let expected = surfaces.flatMap { surface in
            (0..<rows).reversed().flatMap { surface.values[($0 * columns)..<(($0 + 1) * columns)].map { Float($0) } }
        }
        #expect(cells.count == expected.count)
        #expect(zip(cells, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })

        var other = stack
        other.surfaces[1] = Surface(
            grid: try Grid(
                crs: grid.crs, origin: grid.origin, cellSize: .metres(250), columns: columns, rows: rows), values: first
        )
        #expect(throws: GeoTIFFError.bandsDiffer(band: 1)) { try other.bytes() }
        other.surfaces = []
        #expect(throws: GeoTIFFError.bandsDiffer(band: 0)) { try other.bytes() }
    }

    @Test func `GDAL reads overviews as means of the cells that have a value`() throws {
        let folder = try TemporaryFolder()
        let (columns, rows) = (701, 21)
        let path = try write(columns: columns, rows: rows, to: folder)
        let raw = folder.file("raw.bin")
        let arguments = ["-q", "-of", "ENVI", "-oo", "OVERVIEW_LEVEL=0", path, raw]
        #expect(try run("/usr/bin/gdal_translate", arguments).status == 0)
        let cells = try Data(contentsOf: URL(fileURLWithPath: raw)).withUnsafeBytes {
            Array($0.bindMemory(to: Float.self))
        }
        #expect(cells.count == 351 * 11)
        let values = Self.values(columns, rows)
        for row in 0..<11 {
            for column in 0..<351 {
                var known: [Double] = []
                for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] where 2 * column + x < columns && 2 * row + y < rows {
                    let value = values[(rows - 1 - 2 * row - y) * columns + 2 * column + x]
                    if !value.isNaN { known.append(Double(Float(value))) }
                }
                let expected = known.reduce(0, +) / Double(known.count)
                let cell = cells[row * 351 + column]
                #expect(cell.isNaN ? known.isEmpty : abs(Double(cell) - expected) <= 1e-6 * max(1, abs(expected)))
            }
        }
    }

    @Test(
        .enabled(if: hasValidator, "the validator of GDAL's samples is not installed"), arguments: [(9, 9), (1100, 30)])
    func `It is a Cloud Optimized GeoTIFF`(columns: Int, rows: Int) throws {
        let folder = try TemporaryFolder()
        let path = try write(columns: columns, rows: rows, to: folder)
        let answer = try run("/usr/bin/python3", ["-m", Self.validator, "--full-check=yes", path])
        #expect(answer.status == 0 && answer.output.contains("is a valid cloud optimized GeoTIFF"))
        #expect(!answer.output.contains("warning"))
    }

    private static func values(_ columns: Int, _ rows: Int) -> [Double] {
        var generator = SeededGenerator(seed: 11)
        return (0..<columns * rows).map { _ in
            generator.next() % 5 == 0 ? .nan : .random(in: -100...100, using: &generator)
        }
    }

    private func write(columns: Int, rows: Int, to folder: TemporaryFolder) throws -> String {
        let grid = try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 480_000, y: 2_130_000), cellSize: .metres(125),
            columns: columns, rows: rows)
        let file = try AtomicFile(path: folder.file("a.tif"), overwrite: false)
        try GeoTIFF(
            surface: Surface(grid: grid, values: Self.values(columns, rows)), valueName: "density", title: "Peñón <1>",
            members: [
                Property("method", .text("\"kernel\" & <densidad> &amp; más")), Property("bandwidth_m", .number(300)),
            ]
        ).write(to: file)
        try file.commit()
        return file.path
    }
}

/// Runs a program to its end; what it prints on both outputs.
func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
}
