public import SimpleFeatures

/// Brings positions as they stand in a file to WGS 84: the door through which every foreign geometry enters.
///
/// It belongs to one worker at a time, like the ``Transformation`` it is made of.
public final class FileTransformation {
    /// From the file's system to WGS 84: says which operation is used, and transforms columns.
    public let transformation: Transformation

    /// - Parameter operation: the EPSG code of a datum operation; nil for the preferred one.
    /// - Throws: ``GeodesyError/unknownCRS(_:reason:)``, ``GeodesyError/noOperation(from:to:)``,
    ///   ``GeodesyError/unknownOperation(code:from:to:)``.
    public init(from crs: CRS, operation: Int? = nil) throws(GeodesyError) {
        transformation = try Transformation(from: crs, to: .wgs84, operation: operation)
    }

    /// nil where the position is no place on the Earth.
    public func lonLat(_ position: FilePosition) -> LonLat? {
        let place: LonLat? = transformation.transform(position)
        return place.flatMap { $0.isOnEarth ? $0 : nil }
    }

    /// - Throws: ``GeodesyError/outsideDomain(x:y:from:to:)`` at the first position that is no place on the Earth.
    public func lonLat(_ geometry: Geometry<FilePosition>) throws(GeodesyError) -> Geometry<LonLat> {
        try geometry.map { position throws(GeodesyError) in
            guard let place = self.lonLat(position) else {
                throw .outsideDomain(
                    x: position.x, y: position.y, from: self.transformation.source.name, to: CRS.wgs84.name)
            }
            return place
        }
    }
}
