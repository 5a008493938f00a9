import Tiles

/// What a person is told of tiles that were written.
enum TilesText {
    static func of(_ account: TilePyramidAccount, path: String) -> String {
        var lines = ["wrote \(account.tiles.grouped) tiles, \(account.bytes.grouped) bytes, to \(path)"]
        lines.append("  largest      \(account.largestTile.grouped) bytes")
        for (zoom, tiles) in account.zooms.sorted(by: { $0.key < $1.key }) {
            let features = zip(account.layers, tiles.features).map { "\($0) \($1.grouped)" }
            lines.append(
                "  zoom \(zoom)".padded(to: 15) + "\(tiles.tiles.grouped) tiles: \(features.joined(separator: ", "))")
            for (way, count) in tiles.coarsenings.sorted(by: { $0.key < $1.key }) {
                lines.append("               coarsened in \(count.grouped): \(way)")
            }
            if tiles.tilesOverLimit > 0 {
                lines.append("               \(tiles.tilesOverLimit.grouped) over the limit all the same")
            }
        }
        return lines.joined(separator: "\n")
    }
}
