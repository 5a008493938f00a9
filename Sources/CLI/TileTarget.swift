import CrimeMapping
import MBTiles
import Tiles

/// Where tiles go: an archive or a folder, by the name. Opened before the work begins, so that a name that cannot be written
/// costs nothing.
enum TileTarget {
    /// The archives, by the suffix of the file.
    enum Archive: String, SuffixFormat {
        case pmtiles
        case mbtiles

        static let subject = "an archive of tiles"
    }

    /// A name without a suffix is a folder's.
    /// - Parameter page: what a folder shows to a browser.
    static func open(
        _ path: String, format: TileSet.Format, page: TilePage? = nil, overwrite: Bool
    ) throws -> any TileArchiveWriter {
        let name = path.split(separator: "/").last ?? ""
        guard name.contains(".") else {
            return try TileFolderWriter(path: path, format: format, page: page, overwrite: overwrite)
        }
        switch try Archive(path: path) {
        case .pmtiles: return try PMTilesWriter(path: path, overwrite: overwrite)
        case .mbtiles: return try MBTilesWriter(path: path, overwrite: overwrite)
        }
    }
}
