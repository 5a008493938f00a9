public import SimpleFeatures

/// Ripley's K of a pattern, and what chance makes of it.
public struct RipleyKResult: Sendable {
    public let method: RipleyK
    /// How the study area was chosen: `polygon`, `bbox`, `hull`.
    public let area: String
    public let squareMetres: Double
    /// Incidents in the study area, which all figures are about.
    public let incidents: Int
    /// Incidents left out because they lie outside the study area.
    public let outside: Int
    /// Incidents that the pattern had left out.
    public let dropped: Int
    /// Those that share their place: each such pair is within every distance.
    public let duplicates: DuplicateShareResult
    /// One per distance, from the nearest.
    public let steps: [Step]
    /// Of random patterns the share that is as extreme as this one over all distances together; nil without simulations.
    public let p: Double?
    /// The probability that a random pattern leaves the pointwise range at a given distance: what so many simulations allow,
    /// at most the significance asked for except where that asks for more simulations.
    public let pointwiseLevel: Double?

    /// K, L and the ranges of random patterns at one distance.
    public struct Step: Hashable, Sendable {
        public let distance: Length
        /// In square metres; nil where the border correction leaves no incident to look around from.
        public let k: Double?
        /// The mean K of the random patterns.
        public let meanOfRandom: Double?
        /// The K of random patterns at this distance by itself.
        public let pointwise: ClosedRange<Double>?
        /// The K of random patterns over all distances together (extreme rank length): a pattern that leaves it at any
        /// distance is not random at the significance asked for.
        public let overall: ClosedRange<Double>?

        /// √(K/π) in metres: the distance itself for incidents spread at random.
        public var l: Double? { k.map { Self.l(ofK: $0) } }

        /// L − r in metres: above 0 for more others than chance would give.
        public var lMinusDistance: Double? { l.map { $0 - distance.metres } }

        /// Any K as an L, ranges and means included.
        public static func l(ofK k: Double) -> Double { (max(0, k) / .pi).squareRoot() }
    }

    init(
        method: RipleyK, area: String, squareMetres: Double, incidents: Int, outside: Int, dropped: Int,
        duplicates: DuplicateShareResult, distances: [Double], observed: [Double?], envelopes: RankEnvelopes
    ) {
        self.method = method
        self.area = area
        self.squareMetres = squareMetres
        self.incidents = incidents
        self.outside = outside
        self.dropped = dropped
        self.duplicates = duplicates
        let hasEnvelopes = !envelopes.means.isEmpty
        steps = distances.indices.map { step in
            Step(
                distance: .metres(distances[step]), k: observed[step],
                meanOfRandom: hasEnvelopes ? envelopes.means[step] : nil,
                pointwise: hasEnvelopes ? envelopes.pointwise[step] : nil,
                overall: hasEnvelopes ? envelopes.overall[step] : nil)
        }
        p = envelopes.p
        pointwiseLevel = envelopes.pointwiseLevel
    }
}
