import Statistics

/// From one count to another, with what chance makes of it.
///
/// ## Tests
/// The E-test says how probable a difference at least as great is if both counts came from one rate; the difference of roots,
/// z = 2(√a − √b), is called notable from ±3 on. Both take incidents to be independent.
///
/// ## Example
/// ```swift
/// Change(from: 300, to: 108)?.percent  // −64
/// ```
///
/// ## Source
/// ``PoissonETest`` (Krishnamoorthy & Thomson 2004) and ``RootDifference`` (Wheeler 2016).
public struct Change: Hashable, Sendable {
    public let from: Int
    public let to: Int
    /// Of the E-test, two-sided.
    public let p: Double
    /// Of the difference of roots; positive for a rise.
    public let z: Double

    /// - Returns: nil for negative counts, and beyond a thousand million.
    public init?(from: Int, to: Int) {
        guard let test = PoissonETest(to, from), let roots = RootDifference(to, from) else { return nil }
        self.from = from
        self.to = to
        p = test.p
        z = roots.z
    }

    /// nil where one of the two is missing.
    public init?(from: Int?, to: Int?) {
        guard let from, let to else { return nil }
        self.init(from: from, to: to)
    }

    public var difference: Int { to - from }

    /// In percent of the first count; nil from zero, where there is no percent.
    public var percent: Double? { from == 0 ? nil : Double(to - from) / Double(from) * 100 }

    /// Whether chance alone would seldom make such a change: p below 5 %.
    public var isBeyondChance: Bool { p < Self.limit }

    /// Whether the difference of roots reaches ±3.
    public var isNotable: Bool { abs(z) >= RootDifference.notableScore }

    /// The probability below which a change is called more than chance.
    public static let limit = 0.05
}

extension Change: Encodable {
    private enum CodingKeys: String, CodingKey {
        case from, to, difference, percent, p, z
        case isBeyondChance = "beyond_chance"
    }

    /// Writes every member; `percent` is null from zero.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(difference, forKey: .difference)
        try container.encode(percent, forKey: .percent)
        try container.encode(p, forKey: .p)
        try container.encode(z, forKey: .z)
        try container.encode(isBeyondChance, forKey: .isBeyondChance)
    }
}
