import Statistics

/// What ``GetisOrd`` found, and how.
public struct GetisOrdResult: Sendable {
    /// The parameters it was made with.
    public let method: GetisOrd
    /// Who counted as a neighbour.
    public let neighbours: NeighbourRule
    /// How many units, or cells of the study area, went in.
    public let units: Int
    /// How many of them had no neighbour but themselves.
    public let islands: Int
    /// One score per unit, or per cell of the grid; NaN where there is none: outside the study area, for Gi without
    /// neighbours, and where all units are neighbours.
    public let z: [Double]
    /// From permutations, where they were asked for; NaN for units without neighbours.
    public let permutedP: [Double]?
    /// What must be told with the result.
    public let warnings: [AssociationWarning]

    init(
        method: GetisOrd, neighbours: NeighbourRule, units: Int, islands: Int, z: [Double], permutedP: [Double]?
    ) {
        self.method = method
        self.neighbours = neighbours
        self.units = units
        self.islands = islands
        self.z = z
        // A unit without a score is not tested.
        self.permutedP = permutedP.map { zip($0, z).map { $1.isNaN ? .nan : $0 } }
        warnings = AssociationWarning.all(units: units, islands: islands)
    }

    /// p, q and class of each unit.
    /// - Complexity: O(*n* log *n*): kept apart from the scores, which take less.
    public func significance() -> HotSpotSignificance {
        let p = permutedP ?? z.map { $0.isNaN ? .nan : NormalDistribution.twoSidedP($0) }
        let q = method.correction.adjusted(p)
        return HotSpotSignificance(p: p, q: q, classes: zip(z, q).map { HotSpotClass(z: $0, q: $1) })
    }
}

/// How sure a hot or cold spot is, per unit or cell.
public struct HotSpotSignificance: Sendable {
    /// Two-sided probability of a score at least as far out by chance; NaN where nothing was tested.
    public let p: [Double]
    /// p adjusted for the number of tests; NaN where nothing was tested.
    public let q: [Double]
    /// By q.
    public let classes: [HotSpotClass]
}

/// Hot or cold, and with what confidence; the raw values are those of Esri's `Gi_Bin` field.
public enum HotSpotClass: Int8, Hashable, Codable, Sendable, CaseIterable {
    case cold99 = -3
    case cold95 = -2
    case cold90 = -1
    case notSignificant = 0
    case hot90 = 1
    case hot95 = 2
    case hot99 = 3

    /// By the adjusted probability: at most 0.01, 0.05 or 0.10. Not significant where either is NaN, or z is 0.
    public init(z: Double, q: Double) {
        let step: Int8 = q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.1 ? 1 : 0
        self = HotSpotClass(rawValue: z > 0 ? step : z < 0 ? -step : 0) ?? .notSignificant
    }

    /// At any level.
    public var isHot: Bool { rawValue > 0 }
    /// At any level.
    public var isCold: Bool { rawValue < 0 }
}

/// What a reader of a statistic of association must know.
public enum AssociationWarning: Hashable, Sendable, CustomStringConvertible {
    /// Scores of few units are far from normal.
    case fewUnits(Int)
    case islands(Int)
    /// No adjusted probability could fall to the level asked for, however clear the pattern.
    case permutationsTooFew(count: Int)

    /// One sentence, for the person who reads the result.
    public var description: String {
        switch self {
        case .fewUnits(let count): "with fewer than 30 units z and p are unreliable, and here are \(count)"
        case .islands(let count): "\(count) units have no neighbours"
        case .permutationsTooFew(let count):
            "with \(count) permutations none of the least possible p is significant once adjusted; draw more"
        }
    }

    static func all(units: Int, islands: Int) -> [AssociationWarning] {
        (units < 30 ? [.fewUnits(units)] : []) + (islands > 0 ? [.islands(islands)] : [])
    }
}
