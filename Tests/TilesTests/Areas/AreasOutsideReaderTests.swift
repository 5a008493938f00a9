import Foundation
import SimpleFeatures
import Testing
import TestSupport
import Tiles

private let ogrinfo = "/usr/bin/ogrinfo"
/// A Python that has `mapbox_vector_tile` and `shapely`.
private let python = ProcessInfo.processInfo.environment["FARO_PYTHON"]

/// Writes tiles as `z/x/y.mvt` and asks others what they find.
struct WrittenTiles {
    private let folder: TemporaryFolder

    init(_ pyramid: some TileLayerSource, zooms: ClosedRange<Int>) throws {
        folder = try TemporaryFolder()
        for zoom in zooms {
            for tile in pyramid.tiles(zoom: zoom) {
                var bytes: [UInt8] = []
                _ = pyramid.append(tile, coarsening: 0, to: &bytes)
                try FileManager.default.createDirectory(
                    atPath: folder.file("\(zoom)/\(tile.x)"), withIntermediateDirectories: true)
                try Data(bytes).write(to: URL(fileURLWithPath: path(tile)))
            }
        }
    }

    func path(_ tile: TileID) -> String { folder.file("\(tile).mvt") }

    /// For each zoom: features, different ids, and features that GEOS calls invalid or that have no area.
    func judged() throws -> [Int: [Int]] {
        let text = try Self.output(of: [python ?? "", "-c", Self.script, folder.path])
        let numbers = text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
        return Dictionary(uniqueKeysWithValues: numbers.map { ($0[0], Array($0.dropFirst())) })
    }

    private static let script = """
        import sys, pathlib, mapbox_vector_tile, shapely.geometry
        root = pathlib.Path(sys.argv[1])
        for zoom in root.iterdir():
            features, ids, bad = 0, set(), 0
            for path in zoom.glob("*/*.mvt"):
                tile = mapbox_vector_tile.decode(path.read_bytes(), default_options={"y_coord_down": True})
                for feature in tile["areas"]["features"]:
                    shape = shapely.geometry.shape(feature["geometry"])
                    features += 1
                    ids.add(feature["id"])
                    bad += not (shape.is_valid and shape.area > 0)
            print(zoom.name, features, len(ids), bad)
        """

    static func output(of command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }
}

struct AreasOutsideReaderTests {
    private static let coverage = Coverage(west: -99.2, south: 19.3, side: 0.1, count: 5, steps: 40, seed: 31)

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: ogrinfo), "ogrinfo is not installed"))
    func `GDAL finds every area with its attributes and its place`() throws {
        let pyramid = Self.coverage.pyramid(zooms: 8...8)
        let tile = try #require(pyramid.tiles(zoom: 8).first)
        let tiles = try WrittenTiles(pyramid, zooms: 8...8)
        let text = try WrittenTiles.output(of: [
            ogrinfo, "-q", "-al", "-oo", "X=\(tile.x)", "-oo", "Y=\(tile.y)", "-oo", "Z=8", tiles.path(tile), "areas",
        ])
        let rows = text.matches(of: #/ row \(Integer\) = (\d+)/#).compactMap { Int($0.output.1) }
        #expect(rows == pyramid.read(tile).compactMap { $0.id.map { Int($0) } } && rows.count == 25)
        #expect(text.matches(of: #/(?:MULTI)?POLYGON \(\(/#).count == 25)
    }

    @Test(.enabled(if: python != nil, "FARO_PYTHON names no Python with mapbox-vector-tile and shapely"))
    func `GEOS calls every area of every tile valid`() throws {
        let pyramid = Self.coverage.pyramid(zooms: 5...13)
        let judged = try WrittenTiles(pyramid, zooms: 5...13).judged()
        for zoom in 5...13 {
            let counts = try #require(judged[zoom])
            #expect(counts[0] == pyramid.tiles(zoom: zoom).reduce(0) { $0 + pyramid.read($1).count })
            #expect(counts[1] == 25 && counts[2] == 0, "zoom \(zoom)")
        }
    }
}

/// Published layers, with their slivers, overlaps and repeated positions. They are not part of the project:
/// `FARO_REALDATA` names the folder.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FARO_REALDATA"] != nil, "FARO_REALDATA is not set"))
struct PublishedAreasTests {
    private static let layers = [
        ("colonias/cdmx_colonias_iecm2022.geojson.gz", 1814), ("colonias/juarez_colonias_original.geojson.gz", 1099),
        ("municipios/09_ciudad_de_mexico_AGEM_original.geojson.gz", 16),
    ]

    @Test(arguments: layers)
    func `No area is lost at any zoom`(name: String, count: Int) throws {
        let pyramid = try Self.pyramid(name, zooms: 0...13)
        #expect(pyramid.account.rowsWithoutPlace.isEmpty && pyramid.account.positionsMoved == 0)
        for zoom in 0...13 {
            var seen = Set<UInt64>()
            var features = 0
            for tile in pyramid.tiles(zoom: zoom) {
                var bytes: [UInt8] = []
                features += pyramid.append(tile, coarsening: 0, to: &bytes).features
                let read = VectorTile(bytes)
                #expect(read.findings.isEmpty)
                for feature in read.layers.first?.features ?? [] {
                    if let id = feature.id { seen.insert(id) }
                    #expect(feature["row"] == feature.id.map { .integer(Int64($0)) })
                    features -= 1
                }
            }
            #expect(seen.count == count && features == 0)
        }
    }

    @Test(
        .enabled(if: python != nil, "FARO_PYTHON names no Python with mapbox-vector-tile and shapely"),
        arguments: layers)
    func `GEOS calls every published area of every tile valid`(name: String, count: Int) throws {
        let judged = try WrittenTiles(Self.pyramid(name, zooms: 0...13), zooms: 0...13).judged()
        for zoom in 0...13 { #expect(judged[zoom]?.dropFirst() == [count, 0], "zoom \(zoom)") }
    }

    private static func pyramid(_ name: String, zooms: ClosedRange<Int>) throws -> AreaPyramid {
        let folder = ProcessInfo.processInfo.environment["FARO_REALDATA"] ?? ""
        let text = try WrittenTiles.output(of: ["/usr/bin/env", "gzip", "-dc", folder + "/" + name])
        let reader = try GeoJSONReader(Array(text.utf8))
        var areas: [MultiPolygon<LonLat>] = []
        _ = try reader.features { feature in
            let geometry = feature.geometry?.map { LonLat(longitude: $0.x, latitude: $0.y) }
            if let area = geometry?.asMultiPolygon { areas.append(area) }
        }
        let ids = areas.indices.map { UInt64($0) + 1 }
        return AreaPyramid(
            layer: .areas(zooms), areas: areas, ids: ids,
            columns: [AttributeColumn(name: "row", values: .integers(ids.map { Int64($0) }))])
    }
}
