import Grids
public import Hotspots
public import SimpleFeatures

/// The density surface of a point pattern over a study area: the job behind `faro hotspot kde`.
public struct DensityMap: Sendable {
    /// How an incident's weight falls off with distance.
    public var kernel: Kernel
    /// How the bandwidth is chosen; a fixed one is a rule too.
    public var bandwidth: BandwidthRule
    /// nil is the shorter side of the extent / 250, rounded to a number a person would choose.
    public var cellSize: Length?
    /// The extent of the grid; nil is the study area, or the points where there is none.
    public var extent: Envelope<PlanarPoint>?
    /// How many threads may work; nil for one per processor. The values do not depend on it.
    public var threads: Int?

    /// All parameters as given; ``run(on:studyArea:control:)`` checks them.
    public init(
        kernel: Kernel = .quartic, bandwidth: BandwidthRule, cellSize: Length? = nil,
        extent: Envelope<PlanarPoint>? = nil, threads: Int? = nil
    ) {
        self.kernel = kernel
        self.bandwidth = bandwidth
        self.cellSize = cellSize
        self.extent = extent
        self.threads = threads
    }

    /// - Parameter studyArea: cells whose centre lies outside it have no value; nil is the whole grid.
    /// - Throws: `HotspotError`, `GridError`, and ``JobError/interrupted(_:)``.
    public func run(
        on pattern: PointPattern, studyArea: StudyArea? = nil, control: JobControl = .silent
    ) throws -> DensityMapResult {
        let window = extent ?? studyArea?.envelope ?? pattern.envelope
        let chosen = try bandwidth.bandwidth(for: pattern, window: window)
        // Without a study area the kernel's whole footprint is shown, so that no mass is cut at the last point.
        let reach = chosen.metres * kernel.support
        let covered = extent == nil && studyArea == nil ? window.grown(by: reach) : window
        let size = cellSize ?? Self.cellSize(for: covered)
        let grid = try Grid(covering: covered, cellSize: size, crs: pattern.crs, aligned: extent == nil)
        let mask = studyArea.map { Mask(grid: grid, areas: $0.polygons) }
        let density = try estimate(pattern, bandwidth: chosen, grid: grid, mask: mask, control: control)
        return DensityMapResult(
            density: density, bandwidthRule: bandwidth, cellSizeWasChosen: cellSize == nil,
            studyAreaName: studyArea?.name)
    }

    private func estimate(
        _ pattern: PointPattern, bandwidth: Length, grid: Grid, mask: Mask?, control: JobControl
    ) throws -> DensityResult {
        let method = KernelDensity(bandwidth: bandwidth, kernel: kernel)
        do {
            return try method.surface(of: pattern, over: grid, mask: mask, threads: threads) { done in
                control.progress("estimating density", fraction: done)
                return !control.isCancelled
            }
        } catch {
            throw error == .cancelled ? JobError.interrupted("nothing was written") : error as any Error
        }
    }

    /// Esri's rule, rounded down to 1, 2 or 5 times a power of ten, so that grids of like studies share their cells.
    private static func cellSize(for window: Envelope<PlanarPoint>) -> Length {
        let ideal = max(1, CellSizeRule.esri.cellSize(for: window)?.metres ?? 1)
        var step = 1.0
        while step * 10 <= ideal { step *= 10 }
        return .metres(ideal >= step * 5 ? step * 5 : ideal >= step * 2 ? step * 2 : step)
    }
}

/// Where an analysis looks: polygons in the working CRS, and what to call them.
public struct StudyArea: Sendable {
    /// As a title or a record of parameters writes it.
    public var name: String
    /// In metres; a place in any of them lies in the area.
    public var polygons: [MultiPolygon<PlanarPoint>]

    /// Both as given; nothing is checked.
    public init(name: String, polygons: [MultiPolygon<PlanarPoint>]) {
        self.name = name
        self.polygons = polygons
    }

    /// Around all polygons, in metres; empty where there is none.
    public var envelope: Envelope<PlanarPoint> { polygons.reduce(.empty) { $0.union($1.envelope) } }
}

/// A density surface with everything that was chosen on the way to it.
public struct DensityMapResult: Sendable {
    /// The surface, with the bandwidth that the rule came to.
    public var density: DensityResult
    /// The rule that chose the bandwidth.
    public var bandwidthRule: BandwidthRule
    /// Whether the cell size follows from the extent; false where the caller gave it.
    public var cellSizeWasChosen: Bool
    /// nil where the whole grid was looked at.
    public var studyAreaName: String?

    /// Method and parameters, automatic choices included, in the order a reader wants them.
    public var members: [Property] {
        let grid = density.surface.grid
        let mass = density.mass
        var members = [
            Property("method", .text("kernel density")), Property("unit", .text("events per square kilometre")),
            Property("kernel", .text(density.method.kernel.rawValue)),
            Property("bandwidth_m", .number(density.method.bandwidth.metres)),
            Property("bandwidth_rule", .text(bandwidthRule.description)),
            Property("cell_size_m", .number(grid.cellSize.metres)),
            Property("cell_size_rule", .text(cellSizeWasChosen ? "shorter side / 250, rounded down" : "given")),
            Property("edge_correction", .text("none")), Property("columns", .integer(Int64(grid.columns))),
            Property("rows", .integer(Int64(grid.rows))), Property("origin_x", .number(grid.origin.x)),
            Property("origin_y", .number(grid.origin.y)), Property("crs", .text(grid.crs.name)),
            Property("incidents", .integer(Int64(mass.incidents))),
            Property("incidents_without_place", .integer(Int64(mass.dropped))),
            Property("weight", .number(mass.weight)),
            Property("weight_in_reach", .number(mass.weightInReach)), Property("mass_on_grid", .number(mass.onGrid)),
            Property("mass_in_study_area", .number(mass.inArea)),
        ]
        if let studyAreaName { members.append(Property("study_area", .text(studyAreaName))) }
        if !density.warnings.isEmpty {
            members.append(Property("warnings", .text(density.warnings.map(\.description).joined(separator: "; "))))
        }
        members.append(Property("faro_version", .text(FaroVersion.current)))
        return members
    }
}
