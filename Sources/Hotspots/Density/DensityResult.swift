public import Grids
public import SimpleFeatures

/// A density surface, the method that made it, and where the incidents' weight went.
public struct DensityResult: Sendable {
    /// The parameters it was made with.
    public let method: KernelDensity
    /// In the unit that the method's scale says, events per square kilometre by default; NaN outside the mask.
    public let surface: Surface
    /// What became of the incidents' weight.
    public let mass: DensityMass
    /// What must be told with the surface; empty where there is nothing.
    public let warnings: [DensityWarning]

    init(method: KernelDensity, pattern: PointPattern, grid: Grid, points: CellPoints, raster: Raster) {
        self.method = method
        let isCorrected = method.edgeCorrection != .none
        mass = DensityMass(pattern, points, raster, usesStudyAreaOnly: isCorrected)
        surface = Surface(grid: grid, values: method.scale.values(raster.values, on: grid, weight: mass.weightUsed))
        var warnings: [DensityWarning] = []
        if method.bandwidth < grid.cellSize {
            warnings.append(.bandwidthBelowCellSize(bandwidth: method.bandwidth, cellSize: grid.cellSize))
        }
        if mass.leavesStudyArea, !isCorrected { warnings.append(.massLeavesStudyArea(share: mass.shareLeaving)) }
        self.warnings = warnings
    }
}

/// The account of a density surface: weights of incidents against the sum of value × cell area, both in incidents where
/// each weighs 1.
public struct DensityMass: Hashable, Codable, Sendable {
    /// Incidents in the pattern.
    public let incidents: Int
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int
    /// Weight of all incidents in the pattern.
    public let weight: Double
    /// Weight of the incidents close enough to reach the centre of some cell of the grid.
    public let weightInReach: Double
    /// Weight of the incidents in the study area: in cells of the mask, or of the grid where there is no mask.
    public let weightInArea: Double
    /// Weight of the incidents that the surface is made of: of the whole pattern, but with an edge correction of those in
    /// the study area only.
    public let weightUsed: Double
    /// What the surface holds over the whole grid, outside the study area too unless it is corrected at its edge.
    public let onGrid: Double
    /// What the surface holds over the study area.
    public let inArea: Double

    init(_ pattern: PointPattern, _ points: CellPoints, _ raster: Raster, usesStudyAreaOnly: Bool) {
        incidents = pattern.count
        dropped = pattern.dropped
        weight = points.weight
        weightInReach = points.weightInReach
        weightInArea = points.weightInArea
        weightUsed = usesStudyAreaOnly ? points.weightInArea : points.weight
        onGrid = raster.massOnGrid
        inArea = raster.massInArea
    }

    /// How much less the surface holds over the study area than the incidents there weigh, as a share of their weight.
    ///
    /// Weight that leaves across the border less weight that comes in from incidents outside: where the pattern ends
    /// at the border, this is what an edge correction would have to make up for. At least 0.
    public var shareLeaving: Double { weightInArea > 0 ? max(0, 1 - inArea / weightInArea) : 0 }

    /// Above this share the surface near the border should not be read without an edge correction.
    public static let greatestShareWithoutWarning = 0.05

    /// Whether more leaves than ``greatestShareWithoutWarning``.
    public var leavesStudyArea: Bool { shareLeaving > Self.greatestShareWithoutWarning }
}

/// What a reader of a density surface must know.
public enum DensityWarning: Hashable, Sendable, CustomStringConvertible {
    /// The cells are too coarse to show what the bandwidth resolves, and the surface's sum is not reliable.
    case bandwidthBelowCellSize(bandwidth: Length, cellSize: Length)
    case massLeavesStudyArea(share: Double)

    /// One sentence, for the person who reads the surface.
    public var description: String {
        switch self {
        case .bandwidthBelowCellSize(let bandwidth, let cellSize):
            "the bandwidth should be at least the cell size, but is \(bandwidth) with cells of \(cellSize)"
        case .massLeavesStudyArea(let share):
            "\((share * 1000).rounded() / 10) % of the incidents' weight leaves the study area: densities near its border"
                + " are too low"
        }
    }
}

extension KernelDensity.Scale {
    /// Brings events per square kilometre to this unit.
    func values(_ perKm2: [Double], on grid: Grid, weight: Double) -> [Double] {
        switch self {
        case .eventsPerKm2: return perKm2
        case .count: return perKm2.map { $0 * grid.cellAreaKm2 }
        case .probability:
            let factor = weight > 0 ? grid.cellAreaKm2 / weight : 0
            return perKm2.map { $0 * factor }
        }
    }
}
