import Grids
public import SimpleFeatures
public import Statistics

/// Tells lasting, recent, former and intermittent hot spots apart, by the share of periods in which a cell was one.
///
/// Every period is tested by Gi* for itself, so that a city that grows safer or more dangerous as a whole does not count
/// as a change of its places; false discoveries are controlled over all cells and periods. A simpler, steadier scheme
/// than ``EmergingHotSpots``, which compares all periods with one mean.
///
/// ## Units
/// Distances in metres.
///
/// ## Example
/// ```swift
/// let result = try HotSpotClassification(distance: .metres(400)).classes(in: cube)
/// ```
///
/// ## Source
/// Ashby (2023), *sfhotspot*, an R package, `hotspot_classify` with its default shares. Its recent periods are one more
/// than its share says (read in code); ours are not. It adjusts by Holm's method within periods, then within cells.
public struct HotSpotClassification: Hashable, Codable, Sendable {
    /// Between centres of cells.
    public var distance: Length
    /// The least share of periods of any hot spot.
    public var hotShare: Double
    /// The least share of periods of a persistent one.
    public var persistentShare: Double
    /// The share of periods, counted from the end, that are recent; at least one, and at most all but one.
    public var recentShare: Double
    /// The greatest adjusted probability.
    public var significance: Double
    public var correction: FalseDiscovery

    /// All parameters as given; those out of range are refused where they are used.
    public init(
        distance: Length, hotShare: Double = 0.1, persistentShare: Double = 0.8, recentShare: Double = 0.2,
        significance: Double = 0.05, correction: FalseDiscovery = .benjaminiHochberg
    ) {
        self.distance = distance
        self.hotShare = hotShare
        self.persistentShare = persistentShare
        self.recentShare = recentShare
        self.significance = significance
        self.correction = correction
    }

    /// What a cell is on one side, or on both.
    public enum Category: Hashable, Sendable {
        /// In at least the persistent share of all periods.
        case persistent(SpotSide)
        /// In at least the recent share of the recent periods, seldom before.
        case emerging(SpotSide)
        /// Before, but seldom in the recent periods.
        case former(SpotSide)
        /// In at least the least share of all periods, neither of the above.
        case intermittent(SpotSide)
        /// Hot by some rule and cold by another.
        case mixed
        case none

        /// `persistent hot spot`.
        public var name: String {
            switch self {
            case .persistent(let side): "persistent \(side) spot"
            case .emerging(let side): "emerging \(side) spot"
            case .former(let side): "former \(side) spot"
            case .intermittent(let side): "intermittent \(side) spot"
            case .mixed: "mixed hot and cold spot"
            case .none: "no pattern"
            }
        }
    }

    /// A cell with the shares that its category follows from.
    public struct Cell: Hashable, Sendable {
        public let cell: Int
        public let category: Category
        /// Periods in which it was hot, and cold, of all.
        public let hotPeriods: Int
        public let coldPeriods: Int
        /// Of the recent ones.
        public let recentHotPeriods: Int
        public let recentColdPeriods: Int
    }

    /// - Returns: one per cell of the study area, in the grid's order.
    /// - Throws: ``HotspotError/tooFewUnits(needed:found:)`` for fewer than two periods,
    ///   ``HotspotError/numberOutOfRange(name:must:found:)``, ``HotspotError/lengthNotPositive(name:_:)``, and as
    ///   ``GetisOrd`` does, but for periods in which all cells count alike: in them nothing is hot or cold.
    /// - Complexity: O(*b* log *b*) with *b* cells times periods.
    public func classes(in cube: SpaceTimeCube) throws(HotspotError) -> [Cell] {
        try check(cube)
        var z: [Double] = []
        for period in 0..<cube.periods {
            do {
                let result = try GetisOrd().hotSpots(of: Array(cube.period(period)), over: cube.mask, within: distance)
                z += result.z
            } catch HotspotError.noVariation {
                z += Array(repeating: .nan, count: cube.mask.grid.cellCount)
            }
        }
        let q = correction.adjusted(z.map { $0.isNaN ? .nan : NormalDistribution.twoSidedP($0) })
        let cells = cube.mask.grid.cellCount
        let recent = recentPeriods(of: cube.periods)
        return cube.mask.insideCells.map { cell in
            let states = (0..<cube.periods).map { period -> BinState in
                let bin = period * cells + Int(cell)
                guard q[bin] <= significance else { return .neither }
                return z[bin] > 0 ? .hot : .cold
            }
            return self.cell(Int(cell), states, recent)
        }
    }

    /// At least one, and at most all but one.
    func recentPeriods(of periods: Int) -> Int {
        max(1, min(periods - 1, Int((recentShare * Double(periods) + 1e-9).rounded(.down))))
    }

    func cell(_ cell: Int, _ states: [BinState], _ recent: Int) -> Cell {
        let (hot, cold) = (states.count { $0 == .hot }, states.count { $0 == .cold })
        let last = states.suffix(recent)
        let (recentHot, recentCold) = (last.count { $0 == .hot }, last.count { $0 == .cold })
        let asHot = category(.hot, hot, recentHot, states.count, recent)
        let asCold = category(.cold, cold, recentCold, states.count, recent)
        return Cell(
            cell: cell, category: asHot != .none && asCold != .none ? .mixed : asHot == .none ? asCold : asHot,
            hotPeriods: hot, coldPeriods: cold, recentHotPeriods: recentHot, recentColdPeriods: recentCold)
    }

    private func category(_ side: SpotSide, _ times: Int, _ recentTimes: Int, _ all: Int, _ recent: Int) -> Category {
        let share = Double(times) / Double(all)
        let recently = Double(recentTimes) / Double(recent)
        let before = Double(times - recentTimes) / Double(all - recent)
        if share >= persistentShare { return .persistent(side) }
        if before < hotShare, recently >= recentShare { return .emerging(side) }
        if before >= hotShare, recently < hotShare { return .former(side) }
        return share >= hotShare ? .intermittent(side) : .none
    }

    private func check(_ cube: SpaceTimeCube) throws(HotspotError) {
        guard cube.periods >= 2 else { throw .tooFewUnits(needed: 2, found: cube.periods) }
        let shares = [
            ("hot share", hotShare), ("persistent share", persistentShare), ("recent share", recentShare),
            ("significance", significance),
        ]
        for (name, share) in shares where !(share > 0 && share < 1) {
            throw .numberOutOfRange(name: name, must: "above 0 and below 1", found: share)
        }
    }
}
