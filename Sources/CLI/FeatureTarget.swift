import CrimeMapping
import SimpleFeatures

/// One file features go to, in the format of its suffix. Opened before the work begins, so that a name that cannot be written
/// costs nothing.
struct FeatureTarget {
    let path: String
    let sink: any FeatureSink

    /// - Parameter standardOutput: the format of `-`.
    init(path: String, overwrite: Bool, standardOutput: FeatureFormat) throws {
        self.path = path
        let format = path == "-" ? standardOutput : try FeatureFormat(path: path)
        sink =
            switch format {
            case .geoJSON: try FeatureTextFile(.collection, path: path, overwrite: overwrite)
            case .geoJSONLines: try FeatureTextFile(.lines, path: path, overwrite: overwrite)
            case .geoJSONSequence: try FeatureTextFile(.sequence, path: path, overwrite: overwrite)
            case .csv: try FeatureTextFile(csv: path, overwrite: overwrite)
            case .flatGeobuf: try FlatGeobufFile(path: path, overwrite: overwrite)
            case .geoPackage: try GeoPackageTarget(path: path, overwrite: overwrite)
            }
    }
}
