import Formats
import Geodesy
public import SimpleFeatures

extension StudyArea {
    /// The polygons of a file, brought to a working system.
    ///
    /// - Throws: as ``FeatureFile/read(_:layer:geoPackage:)``, `GeodesyError`, and ``JobError/badData(_:)`` for a file without
    ///   polygons.
    public init(file path: String, crs: CRS) throws {
        let file = try FeatureFile.read(path)
        let toWGS84 = try FileTransformation(from: file.declaredCRS ?? .wgs84)
        let plane = try ProjectedTransformation(crs)
        let polygons = try file.features.compactMap { $0.geometry }
            .compactMap { try plane.forward(toWGS84.lonLat($0)).asMultiPolygon }
        guard !polygons.isEmpty else {
            throw JobError.badData("\(path) must hold polygons, but none of its \(file.features.count) features is one")
        }
        self.init(name: String(path.split(separator: "/").last ?? Substring(path)), polygons: polygons)
    }
}
