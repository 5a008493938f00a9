import Compression
import Foundation
import SimpleFeatures
import Tiles

/// W4p: how long do a layer's polygons take to become an archive of vector tiles, zooms 8 to 14, without gaps between
/// neighbours? Timed from a GeoJSON file to compressed tiles on disk. The note has the same from polygons in memory.
struct AreaTiles {
    private static let zooms = 8...14
    private let layer: String

    init(_ arguments: [String]) throws {
        guard arguments.count == 1 else { throw BenchError("usage: faro-bench bench w4p <layer>") }
        layer = arguments[0]
    }

    func run() throws {
        let path = try BenchInput.path("\(layer).geojson")
        let (measurement, account) = try Measurement.of { try Self.write(try Self.areas(in: path)) }
        let areas = try Self.areas(in: path)
        let (inMemory, _) = try Measurement.of { try Self.write(areas) }
        measurement.report(
            "W4P", case: layer, check: "{\"areas\":\(try Self.counted(areas))}",
            note: "\(inMemory.cpu) s from memory; \(account.tiles) tiles, \(account.bytes) bytes")
    }

    private struct Areas {
        var shapes: [MultiPolygon<LonLat>] = []
        var names: [String] = []
    }

    private static func areas(in path: String) throws -> Areas {
        var areas = Areas()
        _ = try GeoJSONReader(BenchInput.bytes(path)).features { feature in
            let geometry = feature.geometry?.map { LonLat(longitude: $0.x, latitude: $0.y) }
            guard let shape = geometry?.asMultiPolygon else { return }
            areas.shapes.append(shape)
            areas.names.append(feature.properties.lazy.compactMap(\.value.keyText).first ?? "")
        }
        return areas
    }

    private static func pyramid(_ areas: Areas) throws -> TilePyramid {
        let rows = areas.shapes.indices
        let layer = TileLayer(
            id: "areas", summary: "", shape: .polygon, zooms: zooms, fields: [.init("name", .text)])
        let source = AreaPyramid(
            layer: layer, areas: areas.shapes, ids: rows.map { UInt64($0) },
            columns: [AttributeColumn(name: "name", values: .codes(rows.map { Int32($0) }, of: areas.names))])
        return try TilePyramid(layers: [source], zooms: zooms)
    }

    private static func write(_ areas: Areas) throws -> TilePyramidAccount {
        try pyramid(areas).writePMTiles(to: BenchInput.scratch.appending(path: "faro-w4p.pmtiles").path)
    }

    /// How many areas the tiles of zoom 8 have, as read back from them.
    private static func counted(_ areas: Areas) throws -> Int {
        let pyramid = try pyramid(areas)
        var ids = Set<UInt64>()
        for tile in pyramid.layers[0].tiles(zoom: 8) {
            guard let bytes = try pyramid.message(tile) else { continue }
            ids.formUnion(VectorTile(bytes)["areas"]?.features.compactMap(\.id) ?? [])
        }
        return ids.count
    }
}
