import Compression
import SimpleFeatures
import Tiles

/// Takes tiles as an archive does, reads each of them again, and adds up what they count.
final class TileTally: TileArchiveWriter {
    /// By layer and zoom: the sum of the features' counts; a feature in several tiles counts once.
    private(set) var counts: [String: [Int: Int]] = [:]
    /// By zoom: incidents by category.
    private(set) var categories: [Int: [String: Int]] = [:]
    private(set) var violations: [String] = []
    private(set) var description: TileSet?
    private(set) var tiles: [TileID: VectorTile] = [:]
    private var seen: Set<String> = []

    func append(_ tile: TileID, _ bytes: [UInt8]) throws {
        let read = VectorTile(try Gzip.decompress(bytes))
        violations += read.findings.filter { $0.severity == .error }.map { "\(tile): \($0)" }
        for layer in read.layers where layer.name != "faro" {
            for feature in layer.features {
                if layer.name == "incidents" {
                    count(feature, tile)
                } else if seen.insert("\(layer.name) \(tile.zoom) \(feature.id ?? 0)").inserted {
                    counts[layer.name, default: [:]][tile.zoom, default: 0] += Self.integer(feature["count"]) ?? 0
                }
            }
        }
        tiles[tile] = read
    }

    func finish(_ description: TileSet) throws { self.description = description }

    /// One incident, or many merged with a count of each category.
    private func count(_ feature: VectorTile.Feature, _ tile: TileID) {
        let all = Self.integer(feature["count"]) ?? 1
        counts["incidents", default: [:]][tile.zoom, default: 0] += all
        let prefix = "count_"
        let merged = feature.properties.filter { $0.name.hasPrefix(prefix) }
        for property in merged {
            let name = String(property.name.dropFirst(prefix.count))
            categories[tile.zoom, default: [:]][name, default: 0] += Self.integer(property.value) ?? 0
        }
        if merged.isEmpty, case .text(let name)? = feature["category"] {
            categories[tile.zoom, default: [:]][name, default: 0] += all
        }
    }

    private static func integer(_ value: PropertyValue?) -> Int? {
        if case .integer(let integer)? = value { Int(integer) } else { nil }
    }
}
