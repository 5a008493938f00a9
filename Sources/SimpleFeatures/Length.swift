/// A distance that says its unit where it is made: `Length.metres(500)`.
public struct Length: Hashable, Comparable, Sendable, Codable {
    /// The one unit in which it is kept, whichever it was made with.
    public var metres: Double

    /// A length of so many metres; negative, infinite and NaN are for the user of the length to refuse.
    public static func metres(_ value: Double) -> Length { Length(metres: value) }
    /// A length of so many kilometres.
    public static func kilometres(_ value: Double) -> Length { Length(metres: value * 1000) }

    /// By metres, as the numbers compare.
    public static func < (a: Length, b: Length) -> Bool { a.metres < b.metres }

    /// Reads a bare number of metres, as parameter records hold it.
    public init(from decoder: any Decoder) throws {
        metres = try decoder.singleValueContainer().decode(Double.self)
    }

    /// Writes the bare number of metres.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(metres)
    }

    private init(metres: Double) { self.metres = metres }
}

extension Length: CustomStringConvertible {
    /// `500 m`, `1.5 m`.
    public var description: String {
        metres == metres.rounded() && abs(metres) < 1e15 ? "\(Int64(metres)) m" : "\(metres) m"
    }
}
