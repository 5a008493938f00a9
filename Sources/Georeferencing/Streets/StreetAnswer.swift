public import Incidents
public import SimpleFeatures

/// What a table of streets says of an address.
public struct StreetAnswer: Hashable, Sendable {
    /// Whether the words have one place.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// One place.
        case match
        /// Several, or one that lies in another municipality than the one that is stated; ``StreetAnswer/candidates``
        /// has them.
        case ambiguous
        /// None that the table knows.
        case none
    }

    public var verdict: Verdict
    /// Only of a match.
    public var place: LonLat?
    /// How a match was found; `severalPlaces` or `unknownPlace` without one.
    public var method: PlacementMethod
    /// `none` without a match.
    public var grade: PrecisionGrade
    /// The radius around ``place`` in metres within which it is meant; nil without a match.
    public var uncertainty: Double?
    /// 1 where the words are the table's own, less the more had to be supposed; 0 for none.
    public var score: Double
    /// What answers, the best first: one for a match, at most ``StreetIndex/mostCandidates``.
    public var candidates: [StreetCandidate]
    /// Which of the readings asked was answered; nil for none.
    public var reading: Int?

    static let unknown = StreetAnswer(
        verdict: .none, place: nil, method: .unknownPlace, grade: .none, uncertainty: nil, score: 0, candidates: [],
        reading: nil)
}

/// One place that may be meant.
public struct StreetCandidate: Hashable, Sendable {
    /// As the table writes it: `INSURGENTES SUR y BARRANCA DEL MUERTO`.
    public var name: String
    /// The key of its municipality, where the table says it.
    public var municipality: String?
    public var place: LonLat
    public var score: Double
}
