/// A value of one attribute, as GeoJSON, DBF and GeoPackage can hold it.
public enum PropertyValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A nested object or array, kept as its JSON text.
    case json(String)

    /// The value as a key would be written: `"09015"` stays as it is, `9015.0` becomes `9015`; nil for null and nested values.
    public var keyText: String? {
        switch self {
        case .null, .json: nil
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value):
            value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : String(value)
        case .text(let text): text
        }
    }
}

/// A named attribute of a feature.
public struct Property: Hashable, Sendable {
    /// As it stands in the file. A feature may have several attributes of one name.
    public var name: String
    /// ``PropertyValue/null`` where the file has the attribute without a value.
    public var value: PropertyValue

    /// Name and value as given; nothing is checked.
    public init(_ name: String, _ value: PropertyValue) {
        self.name = name
        self.value = value
    }
}

/// A geometry with its attributes, in the order they stand in the file.
public struct Feature<P: Position>: Hashable, Sendable {
    /// The feature's own key in the file, as text even where it was a number; nil where it has none.
    public var id: String?
    /// nil for a feature without a place.
    public var geometry: Geometry<P>?
    /// In the order of the file.
    public var properties: [Property]

    /// All fields as given; nothing is checked.
    public init(id: String? = nil, geometry: Geometry<P>?, properties: [Property] = []) {
        self.id = id
        self.geometry = geometry
        self.properties = properties
    }

    /// The value of the first attribute with this name; nil where the feature has none.
    public subscript(name: String) -> PropertyValue? {
        properties.first { $0.name == name }?.value
    }
}
