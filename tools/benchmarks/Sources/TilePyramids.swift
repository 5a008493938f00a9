import Compression
import Foundation
import SimpleFeatures
import Tiles

/// W4: how long do a million points take to become an archive of vector tiles, zooms 8 to 14? Timed from a file of GeoJSON
/// lines to compressed tiles on disk. w4a draws every point at every zoom, w4c clusters them at all.
///
/// The note has the same from columns in memory, and one tile of zoom 14 with about 7,500 points, drawn alone.
struct TilePyramids {
    private static let zooms = 8...14
    private let question: String
    private let count: Int

    init(_ question: String, _ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]), count > 0 else {
            throw BenchError("usage: faro-bench bench w4a|w4c <n>")
        }
        (self.question, self.count) = (question, count)
    }

    func run() throws {
        let path = try BenchInput.path("pts_\(count).geojsonl")
        let (measurement, account) = try Measurement.of(repetitions: 3) {
            try self.write(try self.pyramid(try Self.points(inLinesOf: path)))
        }
        let points = try Self.points(inLinesOf: path)
        let (inMemory, _) = try Measurement.of(repetitions: 3) { try self.write(try self.pyramid(points)) }
        measurement.report(
            question.uppercased(), case: "n=\(count)", check: "{\"points\":\(try counted())}",
            note: "\(inMemory.cpu) s from memory; \(account.tiles) tiles, \(account.bytes) bytes; "
                + "\(try oneTile(points))")
    }

    private func pyramid(_ points: MercatorPoints) throws -> TilePyramid {
        let layer = try PointPyramid(
            layer: "inc", zooms: Self.zooms, points: points,
            merging: .init(below: question == "w4c" ? Self.zooms.upperBound + 1 : 0))
        var pyramid = try TilePyramid(layers: [layer], zooms: Self.zooms)
        pyramid.sizeLimit = nil
        return pyramid
    }

    private static func points(inLinesOf path: String) throws -> MercatorPoints {
        var (longitudes, latitudes, days): ([Double], [Double], [Double]) = ([], [], [])
        var (ids, categories): ([Int64], [Int64]) = ([], [])
        try GeoJSONReader(BenchInput.bytes(path)).features { feature in
            guard case .point(let place)? = feature.geometry else { return }
            longitudes.append(place.x)
            latitudes.append(place.y)
            for property in feature.properties {
                switch (property.name, property.value) {
                case ("id", .integer(let id)): ids.append(id)
                case ("cat", .integer(let category)): categories.append(category)
                case ("d", .number(let day)): days.append(day)
                case ("d", .integer(let day)): days.append(Double(day))
                default: break
                }
            }
        }
        return try MercatorPoints(
            longitudes: longitudes, latitudes: latitudes, ids: ids,
            attributes: [
                AttributeColumn(name: "cat", values: .integers(categories)),
                AttributeColumn(name: "d", values: .numbers(days)),
            ])
    }

    private var output: String { BenchInput.scratch.appending(path: "faro-\(question).pmtiles").path }

    private func write(_ pyramid: TilePyramid) throws -> TilePyramidAccount {
        try pyramid.writePMTiles(to: output)
    }

    /// How many points the tiles of zoom 10 have together, as read back from them.
    private func counted() throws -> Int {
        let points = try Self.points(inLinesOf: BenchInput.path("pts_\(count).geojsonl"))
        let pyramid = try pyramid(points)
        var count = 0
        for tile in pyramid.layers[0].tiles(zoom: 10) {
            guard let bytes = try pyramid.tile(tile) else { continue }
            for feature in VectorTile(try Gzip.decompress(bytes))["inc"]?.features ?? [] {
                if case .integer(let merged)? = feature["count"] { count += Int(merged) } else { count += 1 }
            }
        }
        return count
    }

    private func oneTile(_ points: MercatorPoints) throws -> String {
        let pyramid = try pyramid(points)
        let layer = pyramid.layers[0]
        func distance(_ tile: TileID) -> Int { abs((layer.features(in: tile, coarsening: 0) ?? 0) - 7500) }
        guard let tile = layer.tiles(zoom: 14).min(by: { distance($0) < distance($1) }) else { return "" }
        let (measurement, bytes) = try Measurement.of(repetitions: 1) { try pyramid.message(tile) }
        return "tile of \(layer.features(in: tile, coarsening: 0) ?? 0) features, \(bytes?.count ?? 0) bytes: "
            + "\(measurement.cpu) s"
    }
}

extension TilePyramid {
    /// The whole archive, durable on the disk.
    func writePMTiles(to path: String) throws -> TilePyramidAccount {
        let archive = try PMTilesWriter(path: path, overwrite: true)
        let account = try write(to: archive)
        try archive.finish(
            TileSet(
                name: "benchmark", summary: "", format: .vector, zooms: zooms,
                bounds: .init(minX: -180, minY: -85, maxX: 180, maxY: 85), layers: describedLayers(account)))
        return account
    }
}
