import CrimeMapping
import Files
import Geodesy
import Grids
import Pictures
import SimpleFeatures
import Tiles

/// One file a surface goes to. Opened before the work begins, so that a name that cannot be written costs nothing.
struct SurfaceTarget {
    /// What surfaces are written as besides cells as features.
    private enum GridFormat: String, SuffixFormat {
        case asciiGrid = "asc"
        case geoTIFF = "tif"
        case png

        static let subject = "a surface"
    }

    private enum Target {
        case cells(any FeatureSink)
        /// An ASCII grid cannot say its reference system; every reader looks for it in a file beside it.
        case asciiGrid(AtomicFile, projection: AtomicFile)
        case geoTIFF(AtomicFile)
        case picture(AtomicFile)
        case tiles(any TileArchiveWriter)
    }

    let path: String
    private let target: Target

    init(path: String, overwrite: Bool) throws {
        self.path = path
        func file(_ path: String) throws -> AtomicFile { try AtomicFile(path: path, overwrite: overwrite) }
        if (try? TileTarget.Archive(path: path)) != nil {
            target = .tiles(try TileTarget.open(path, format: .png, overwrite: overwrite))
        } else if let grid = try? GridFormat(path: path) {
            target =
                switch grid {
                case .asciiGrid: .asciiGrid(try file(path), projection: try file(String(path.dropLast(4)) + ".prj"))
                case .geoTIFF: .geoTIFF(try file(path))
                case .png: .picture(try file(path))
                }
        } else {
            target = .cells(try FeatureTarget(path: path, overwrite: overwrite, standardOutput: .csv).sink)
        }
    }

    func write(_ surface: SurfaceFile, of result: DensityMapResult, picture: DensityPicture, control: JobControl) throws
    {
        switch target {
        case .cells(let sink): try surface.write(to: sink, control: control)
        case .asciiGrid(let file, let projection):
            try surface.writeASCIIGrid(to: file, control: control)
            let wkt = try CRSInfo.describe(surface.surface.grid.crs).esriWKT
            try file.commit()
            if let wkt {
                try projection.write(Array(wkt.utf8))
                try projection.commit()
            }
        case .geoTIFF(let file):
            try surface.writeGeoTIFF(to: file, control: control)
            try file.commit()
        case .picture(let file):
            try file.write(try picture.png())
            try file.commit()
        case .tiles(let archive):
            let tiles = try result.tiles(zooms: 0...14, language: picture.language)
            _ = try tiles.write(to: archive, name: picture.subject.source, members: surface.members, control: control)
        }
    }
}
