import CrimeMapping
import Files
import Formats
import Geodesy
import Grids
import SimpleFeatures

/// One file a surface goes to. Opened before the work begins, so that a name that cannot be written costs nothing.
struct SurfaceTarget {
    let path: String
    private let format: SurfaceFile.Format
    private let file: AtomicFile
    private let projection: AtomicFile?

    init(path: String, overwrite: Bool) throws {
        self.path = path
        format = path == "-" ? .csv : try SurfaceFile.Format(path: path)
        file = try AtomicFile(path: path, overwrite: overwrite)
        // An ASCII grid cannot say its reference system; every reader looks for it in a file beside it.
        projection =
            format == .asciiGrid ? try AtomicFile(path: String(path.dropLast(4)) + ".prj", overwrite: overwrite) : nil
    }

    func write(_ surface: SurfaceFile, picture: DensityPicture, control: JobControl) throws {
        switch format {
        case .geoJSON: try surface.writeGeoJSON(to: file, control: control)
        case .csv: try surface.writeCSV(to: file, control: control)
        case .asciiGrid: try surface.writeASCIIGrid(to: file, control: control)
        case .png: try file.write(try picture.png())
        }
        if let projection, let wkt = try CRSInfo.describe(surface.surface.grid.crs).esriWKT {
            try projection.write(Array(wkt.utf8))
            try projection.commit()
        }
        try file.commit()
    }
}
