import Geodesy
public import Incidents
public import SimpleFeatures

/// Longitudes and latitudes of a table's incidents; NaN in both where there is no place.
public struct DegreeColumns: Sendable {
    public let longitudes: [Double]
    public let latitudes: [Double]

    /// Brings the places of a table from the plane to degrees.
    /// - Throws: `GeodesyError`.
    /// - Complexity: O(rows), about 0.3 µs each.
    public init(of table: IncidentTable, crs: CRS) throws {
        var (x, y) = (table.x, table.y)
        _ = try Transformation(from: crs, to: .wgs84).transform(x: &x, y: &y)
        longitudes = x
        latitudes = y
    }
}
