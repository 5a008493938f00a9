/// Why a text is not the GeoJSON that it should be, or why something cannot be written as GeoJSON.
///
/// What is not even JSON is a ``JSONError``.
public enum GeoJSONError: Error, Hashable, CustomStringConvertible {
    case empty
    case unknownType(String?, at: JSONScanner.Place)
    case missingFeatures(at: JSONScanner.Place)
    case notAFeature(String?, at: JSONScanner.Place)
    case repeatedMember(String, at: JSONScanner.Place)
    case propertiesNotObject(at: JSONScanner.Place)
    case noSeparator(at: JSONScanner.Place)
    case unreadableCRS(String, at: JSONScanner.Place)
    case conflictingCRS(CRS, CRS, at: JSONScanner.Place)

    /// Written features are counted from 1.
    case notFinite(Double, feature: Int, property: String?)
    case notJSON(JSONError, feature: Int, property: String)

    /// One sentence: what must hold, what was found, and where.
    public var description: String {
        switch self {
        case .empty: "GeoJSON must hold an object, but the text is empty"
        case .unknownType(let type, let place):
            "GeoJSON must be a FeatureCollection, a Feature or a geometry, but is \(Self.spelled(type)) at \(place)"
        case .missingFeatures(let place):
            "a GeoJSON FeatureCollection must have one array of features, but has none at \(place)"
        case .notAFeature(let type, let place):
            "the features of a GeoJSON collection must be of type Feature, but one is \(Self.spelled(type)) at \(place)"
        case .repeatedMember(let name, let place):
            "a GeoJSON object must have its member \"\(name)\" once, but has it again at \(place)"
        case .propertiesNotObject(let place):
            "the properties of a GeoJSON feature must be an object or null, but are not at \(place)"
        case .noSeparator(let place):
            "GeoJSON texts in one file must stand on lines of their own, but one follows another at \(place)"
        case .unreadableCRS(let found, let place):
            "a \"crs\" member must name a coordinate reference system, but is \(found) at \(place); "
                + "remove it and say the reference system yourself"
        case .conflictingCRS(let first, let second, let place):
            "a GeoJSON file must be in one coordinate reference system, "
                + "but declares \(first) first and \(second) at \(place)"
        case .notFinite(let value, let feature, nil):
            "a GeoJSON coordinate must be finite, but is \(value) in feature \(feature)"
        case .notFinite(let value, let feature, let property?):
            "a GeoJSON number must be finite, but property \"\(property)\" of feature \(feature) is \(value)"
        case .notJSON(let error, let feature, let property):
            "nested property \"\(property)\" of feature \(feature) must be JSON: \(error)"
        }
    }

    private static func spelled(_ type: String?) -> String { type.map { "\"\($0)\"" } ?? "of no type" }
}
