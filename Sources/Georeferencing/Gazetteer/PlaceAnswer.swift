public import Boundaries
public import Incidents
public import PlaceNames

/// An area of a layer that a gazetteer was built from.
public struct AreaReference: Hashable, Sendable {
    public var level: Level
    /// The version of the level; a key means an area only together with it.
    public var version: Int
    /// The area's position in the layer.
    public var index: Int32
    /// The area's key.
    public var id: String

    /// All fields as given; nothing is checked.
    public init(level: Level, version: Int, index: Int32, id: String) {
        self.level = level
        self.version = version
        self.index = index
        self.id = id
    }
}

/// An area that a name may mean.
public struct PlaceCandidate: Hashable, Sendable {
    public var area: AreaReference
    /// How much of the two names is the same, 0 to 1. It orders candidates; it is no probability.
    public var score: Double
    /// In what the two names differ.
    public var rule: PlaceRule

    /// All fields as given; nothing is checked.
    public init(area: AreaReference, score: Double, rule: PlaceRule) {
        self.area = area
        self.score = score
        self.rule = rule
    }
}

/// What was decided about a name.
public enum PlaceStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// It means one area.
    case match
    /// It may mean any of the candidates, or one alone that nothing confirms.
    case ambiguous
    /// No area has such a name.
    case unmatched
}

/// What became of the municipality beside a name.
public enum MunicipalityStanding: String, Hashable, Sendable, Codable, CaseIterable {
    case notGiven = "not_given"
    /// It is one municipality.
    case known
    /// Several municipalities have the name; the area was looked for in all of them.
    case several
    /// No municipality has the name, so it narrowed nothing.
    case unknown
    /// It is known, but the name exists only elsewhere, or the name's own text says another one.
    case contradicted
}

/// What told areas of one name apart.
public enum PlaceEvidence: String, Hashable, Sendable, Codable, CaseIterable {
    case municipality
    case postalCode = "postal_code"
    case settlementType = "settlement_type"
}

/// The area that a name means, or those that it may mean, with the reason.
public struct PlaceAnswer: Hashable, Sendable {
    /// At most so many candidates are listed.
    public static let longestList = 20

    public var status: PlaceStatus
    /// The area that is meant; nil unless ``status`` is ``PlaceStatus/match``.
    public var area: AreaReference?
    /// The best first; ties by key. A match has itself as its only candidate.
    public var candidates: [PlaceCandidate] = []
    /// How many there are, also where the list is cut off.
    public var candidateCount = 0
    /// The score of the best candidate; 0 without one.
    public var score: Double { candidates.first?.score ?? 0 }
    /// For the store: how the place was found, or why not.
    public var method: PlacementMethod
    /// Which rule decided.
    public var rule: PlaceRule
    /// What told several areas of the name apart; nil where the name alone did.
    public var decidedBy: PlaceEvidence?
    /// Set where the words say that no place is known.
    public var unknown: UnknownPlace?
    /// The municipality that narrowed the search, where it is one area of the municipality layer.
    public var municipality: AreaReference?
    public var municipalityStanding = MunicipalityStanding.notGiven

    init(status: PlaceStatus, method: PlacementMethod, rule: PlaceRule) {
        self.status = status
        self.method = method
        self.rule = rule
    }
}
