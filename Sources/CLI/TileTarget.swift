import CrimeMapping
import MBTiles
import Tiles

/// Where tiles go: an archive by its suffix. Opened before the work begins, so that a name that cannot be written costs
/// nothing.
enum TileFormat: String, SuffixFormat {
    case pmtiles
    case mbtiles

    static let subject = "tiles"

    func open(_ path: String, overwrite: Bool) throws -> any TileArchiveWriter {
        switch self {
        case .pmtiles: try PMTilesWriter(path: path, overwrite: overwrite)
        case .mbtiles: try MBTilesWriter(path: path, overwrite: overwrite)
        }
    }
}
