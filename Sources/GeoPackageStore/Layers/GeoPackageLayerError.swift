public import SimpleFeatures

/// Why features cannot be written as a layer of a GeoPackage. Features are counted from 1.
public enum GeoPackageLayerError: Error, Hashable, CustomStringConvertible {
    case layerName(String)
    case reservedColumn(String)
    case repeatedColumn(String)
    case unknownColumn(String, feature: Int)
    case wrongValue(PropertyValue, column: String, kind: GeoPackageLayerFile.Column.Kind, feature: Int)
    case notFinite(Double, feature: Int)

    /// One sentence: what must hold, what was found, and where.
    public var description: String {
        switch self {
        case .layerName(let name):
            "a layer's name must not be empty, hold NUL or begin with gpkg_, rtree_ or sqlite_, but is \"\(name)\""
        case .reservedColumn(let name):
            "a GeoPackage column must not be called fid or geom, which are the row's key and its geometry, nor hold NUL, "
                + "but one is \"\(name)\"; give it another name"
        case .repeatedColumn(let name):
            "a GeoPackage column must have a name that differs from the others' in more than case, "
                + "but \"\(name)\" occurs twice"
        case .unknownColumn(let name, let feature):
            "a GeoPackage attribute must be declared, but \"\(name)\" of feature \(feature) is not"
        case .wrongValue(let value, let name, .dateTime, let feature):
            "GeoPackage column \"\(name)\" must hold instants in UTC such as 2024-03-01T12:00:00Z, "
                + "but feature \(feature) has \(value)"
        case .wrongValue(let value, let name, let kind, let feature):
            "GeoPackage column \"\(name)\" must hold \(kind), but feature \(feature) has \(value)"
        case .notFinite(let value, let feature):
            "a GeoPackage coordinate must be finite, but is \(value) in feature \(feature)"
        }
    }
}
