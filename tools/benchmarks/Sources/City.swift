import SimpleFeatures

/// The plane in which the generator's points lie.
enum City {
    static let side = 40_000.0

    /// The points' system has no name; any projected one will do.
    static let crs = CRS("EPSG:32614")

    static func points(_ count: Int) throws -> (x: [Double], y: [Double]) {
        let positions = try BenchInput.column("pts_\(count).xy.f64", of: Double.self)
        let places = 0..<positions.count / 2
        return (places.map { positions[2 * $0] }, places.map { positions[2 * $0 + 1] })
    }
}
