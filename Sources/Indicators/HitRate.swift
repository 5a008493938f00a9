public import Statistics

/// How many of a group of incidents were found on the map, held against the least share that maps can bear.
///
/// A hit is a point or a crossing (`PrecisionGrade.isHit`). The middle of a colonia, a postal code or a municipality is
/// never one.
///
/// ## Source
/// Ratcliffe (2004), *Geocoding crime and a first estimate of a minimum acceptable hit rate*, International Journal of
/// Geographical Information Science 18, 61–72: below 85 % maps of crime differ from those of all incidents.
public struct HitRate: Hashable, Sendable {
    public var incidents: Int
    public var hits: Int

    /// The least share of hits with which a map may be trusted.
    public static let gate = 0.85

    /// - Parameter hits: of the incidents.
    public init(incidents: Int = 0, hits: Int = 0) {
        self.incidents = incidents
        self.hits = hits
    }

    /// Where a group stands to the gate.
    public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
        /// The whole interval lies at the gate or above it.
        case reached
        /// The whole interval lies below the gate.
        case missed
        /// The gate lies within the interval: too few incidents, or a rate too near, to tell.
        case tooFew = "too_few"
    }

    /// Hits over incidents, 0 to 1; nil without incidents.
    public var rate: Double? { incidents > 0 ? Double(hits) / Double(incidents) : nil }

    /// Within which the rate of such reports lies with 95 %; nil without incidents.
    public var interval: WilsonInterval? { WilsonInterval(successes: hits, of: incidents) }

    /// The lower end of ``interval``.
    public var low: Double? { interval?.low }

    /// The upper end of ``interval``.
    public var high: Double? { interval?.high }

    public var standing: Standing {
        guard let interval else { return .tooFew }
        return interval.low >= Self.gate ? .reached : interval.high < Self.gate ? .missed : .tooFew
    }

    mutating func count(isHit: Bool) {
        incidents += 1
        hits += isHit ? 1 : 0
    }
}

extension HitRate: Encodable {
    private enum Key: String, CodingKey {
        case incidents, hits, rate, low, high, standing
    }

    /// Writes every member, so that none stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(incidents, forKey: .incidents)
        try container.encode(hits, forKey: .hits)
        try container.encode(rate, forKey: .rate)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
        try container.encode(standing, forKey: .standing)
    }
}
