/// A kind of area into which a territory is divided: `municipality`, `colonia`, `district`.
///
/// Its name becomes a column and a layer, so it is lower-case ASCII letters, digits and underscores,
/// starts with a letter, and has at most 40 characters.
public struct Level: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Keeps to the rule above.
    public let name: String

    /// INEGI's municipios; in Mexico City the alcaldías.
    public static let municipality = Level(unchecked: "municipality")
    /// A neighbourhood with a name, as residents and reports use it.
    public static let colonia = Level(unchecked: "colonia")
    /// A division of the police: sector, cuadrante, zona.
    public static let district = Level(unchecked: "district")

    /// - Returns: nil where the name breaks the rule above.
    public init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, (97...122).contains(first), bytes.count <= 40,
            bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 })
        else { return nil }
        self.init(unchecked: name)
    }

    private init(unchecked name: String) { self.name = name }

    /// The name.
    public var description: String { name }

    /// Reads a bare string.
    /// - Throws: `DecodingError.dataCorrupted` for a name that breaks the rule.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let level = Level(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is not a level's name")
        }
        self = level
    }

    /// Writes the name as a bare string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
