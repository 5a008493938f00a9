/// The name of a coordinate reference system, such as `EPSG:32614`. Geodesy knows what it means.
public struct CRS: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Authority and code (`EPSG:32614`), or any text PROJ understands (a `.prj`'s WKT).
    public let name: String

    /// The name is kept as given; whether anything knows it shows when Geodesy uses it.
    public init(_ name: String) { self.name = name }

    /// Longitude and latitude in degrees: what GeoJSON holds.
    public static let wgs84 = CRS("EPSG:4326")

    /// The name as it is.
    public var description: String { name }

    /// 32614 for `EPSG:32614`; nil for another authority or free text.
    public var epsgCode: Int? {
        let parts = name.split(separator: ":")
        guard parts.count == 2, parts[0].uppercased() == "EPSG" else { return nil }
        return Int(parts[1])
    }

    /// Reads a bare string: `"EPSG:32614"`.
    public init(from decoder: any Decoder) throws { name = try decoder.singleValueContainer().decode(String.self) }

    /// Writes a bare string: `"EPSG:32614"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
