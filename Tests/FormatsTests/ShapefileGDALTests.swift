import Bytes
import Formats
import Foundation
import SimpleFeatures
import Testing

private let ogr2ogr = "/usr/bin/ogr2ogr"

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: ogr2ogr), "ogr2ogr is not installed"))
struct ShapefileGDALTests {
    @Test(arguments: ["UTF-8", "CP1252"])
    func `What GDAL writes is read as GDAL was given it`(encoding: String) throws {
        let folder = NSTemporaryDirectory() + "faro-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try convert(in: folder, encoding: encoding)

        let reader = try open(folder)
        #expect(reader.encoding == (encoding == "UTF-8" ? .utf8 : .windows1252))
        #expect(reader.prj?.contains("WGS_1984") == true)
        var features: [Feature<FilePosition>] = []
        let notes = try reader.features { features.append($0) }
        #expect(notes.misorientedRings == 0)
        #expect(
            features.map(\.properties) == [
                [
                    Property("NOMBRE", .text("Peñón de los Baños")), Property("POB", .integer(12_034)),
                    Property("IM", .number(155.25)), Property("DIA", .text("2024-02-29")),
                ],
                [
                    Property("NOMBRE", .text("")), Property("POB", .null), Property("IM", .number(-0.5)),
                    Property("DIA", .null),
                ],
            ])
        #expect(features.last?.geometry == nil)
        let polygons = features.first?.geometry?.asMultiPolygon?.polygons ?? []
        let found = Dictionary(grouping: polygons) { Set($0.exterior) }.mapValues { $0.map { $0.holes.map(Set.init) } }
        #expect(
            found == [
                corners([(0, 0), (9, 0), (9, 9), (0, 9)]): [[corners([(1, 1), (1, 8), (8, 8), (8, 1)])]],
                corners([(2, 2), (4, 2), (4, 4), (2, 4)]): [[]], corners([(20, 0), (21, 0), (21, 1)]): [[]],
            ])
    }

    /// Has GDAL make a shapefile of a square with a hole, an island in the hole and a triangle beside it.
    private func convert(in folder: String, encoding: String) throws {
        let source = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"NOMBRE":"Peñón de los Baños","POB":12034,"IM":155.25,"DIA":"2024-02-29"},
            "geometry":{"type":"MultiPolygon","coordinates":[
            [[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,8],[8,8],[8,1],[1,1]]],
            [[[2,2],[4,2],[4,4],[2,4],[2,2]]],[[[20,0],[21,0],[21,1],[20,0]]]]}},
            {"type":"Feature","properties":{"NOMBRE":null,"POB":null,"IM":-0.5,"DIA":null},"geometry":null}]}
            """
        try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/source.geojson"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ogr2ogr)
        process.arguments = [
            "-f", "ESRI Shapefile", folder + "/LAYER.shp", folder + "/source.geojson", "-lco", "ENCODING=" + encoding,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func open(_ folder: String) throws -> ShapefileReader {
        func bytes(_ name: String?) -> [UInt8]? {
            name.flatMap { FileManager.default.contents(atPath: folder + "/" + $0) }.map { [UInt8]($0) }
        }
        func text(_ name: String?) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let set = try #require(FeatureFileSet.sets(in: names).first)
        return try ShapefileReader(
            shp: try #require(bytes(set.shp)), dbf: bytes(set.dbf), prj: text(set.prj), cpg: text(set.cpg))
    }

    private func corners(_ numbers: [(Double, Double)]) -> Set<FilePosition> {
        Set(numbers.map { FilePosition(x: $0.0, y: $0.1) })
    }
}
