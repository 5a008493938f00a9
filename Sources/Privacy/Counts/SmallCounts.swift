/// The rule that no count of 1 to k − 1 is shown.
public struct SmallCounts: Hashable, Sendable, Codable {
    /// The least count that is shown. The police of England publish a place with at least 8 addresses; see DESIGN, section 8.
    public let k: Int

    /// Below 4 the intervals that hide a count would hold almost nothing; above 1000 nothing would be published.
    public static let range = 4...1000

    /// - Throws: ``PrivacyError/thresholdOutOfRange(_:)``.
    public init(k: Int = 8) throws(PrivacyError) {
        guard Self.range.contains(k) else { throw .thresholdOutOfRange(k) }
        self.k = k
    }

    /// The default, 8.
    public static let standard = SmallCounts(unchecked: 8)

    private init(unchecked k: Int) { self.k = k }

    /// Whether a count would expose somebody: 1 to k − 1. Zero exposes nobody.
    public func isSmall(_ count: Int) -> Bool { count > 0 && count < k }

    /// Whether a count may stand by itself.
    public func mayStandAlone(_ count: Int) -> Bool { count == 0 || count >= k }

    public init(from decoder: any Decoder) throws { try self.init(k: decoder.singleValueContainer().decode(Int.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(k)
    }
}
