import CrimeMapping

/// One file features go to, in the format of its suffix. Opened before the work begins, so that a name that cannot be written
/// costs nothing.
struct FeatureTarget {
    let path: String
    let sink: any FeatureSink

    /// - Parameter standardOutput: the format of `-`.
    init(path: String, overwrite: Bool, standardOutput: FeatureFormat) throws {
        self.path = path
        let format = path == "-" ? standardOutput : try FeatureFormat(path: path)
        switch format {
        case .geoJSON, .geoJSONLines, .geoJSONSequence, .csv:
            sink = try FeatureTextFile(format, path: path, overwrite: overwrite)
        }
    }
}
