import Files
import Formats
import MBTiles
import SimpleFeatures
import Tiles

/// An archive of tiles among the files that `faro info` and `faro validate` are asked about.
enum TileArchiveFile {
    /// - Returns: nil for a file that is no archive of tiles.
    /// - Throws: `TileArchiveError` for one that is damaged, `FileError`.
    static func open(_ path: String) throws -> (archive: any TileArchive, kind: String)? {
        if FolderTree.names(in: path) != nil { return (try TileFolder(path: path), "folder of tiles") }
        let prefix = try RandomAccessFile(path: path).read(at: 0, count: 16)
        if PMTilesArchive.recognizes(prefix: prefix) { return (try PMTilesArchive(path: path), "PMTiles") }
        guard path.lowercased().hasSuffix(".mbtiles") else { return nil }
        return (try MBTilesArchive(path: path), "MBTiles")
    }
}

/// What a person is told of an archive of tiles.
enum TileArchiveText {
    static func of(_ set: TileSet, _ check: TileArchiveCheck, path: String, kind: String) -> String {
        var lines = [
            "\(path.fileName): \(kind), \(set.name)",
            "  tiles        \(check.tiles.grouped), \(check.bytes.grouped) bytes"
                + (check.distinct.map { ", \($0.grouped) distinct" } ?? ""),
            "  format       \(set.format == .vector ? "vector tiles" : "PNG" + (set.pixels.map { ", \($0) pixels" } ?? ""))",
            "  zooms        \(set.zooms.lowerBound) to \(set.zooms.upperBound)",
            "  bounds       \(set.bounds.minX), \(set.bounds.minY), \(set.bounds.maxX), \(set.bounds.maxY)",
        ]
        lines += set.layers.map { layer in
            "  layer        \(layer.id): \(layer.fields.map(\.name).joined(separator: ", "))"
        }
        lines += check.zooms.map {
            "  zoom \($0.zoom)".padded(to: 15)
                + "\($0.tiles.grouped) tiles, the largest \($0.largest) of \($0.largestBytes.grouped) bytes"
        }
        return (lines + check.warnings.map { "  warning      \($0)" }).joined(separator: "\n")
    }
}
