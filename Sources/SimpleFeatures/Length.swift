/// A distance that says its unit where it is made: `Length.metres(500)`.
public struct Length: Hashable, Comparable, Sendable, Codable {
    public var metres: Double

    public static func metres(_ value: Double) -> Length { Length(metres: value) }
    public static func kilometres(_ value: Double) -> Length { Length(metres: value * 1000) }

    public static func < (a: Length, b: Length) -> Bool { a.metres < b.metres }

    // Saved in parameter records as a bare number of metres.
    public init(from decoder: any Decoder) throws {
        metres = try decoder.singleValueContainer().decode(Double.self)
    }

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
