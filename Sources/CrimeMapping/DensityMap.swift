public import Grids
public import Hotspots
public import SimpleFeatures

/// The density surface of a point pattern over a study area: the job behind `faro hotspot kde`.
public struct DensityMap: Sendable {
    /// How the bandwidth is used.
    public enum Estimate: Hashable, Sendable {
        /// One bandwidth for all places, summed exactly.
        case exact
        /// The same with a stated error, at most this share of the greatest value.
        case approximate(tolerance: Double)
        /// Each place as wide as its k-th nearest incident is far.
        case nearest(Int)
        /// Abramson's: narrower where incidents are dense; the chosen bandwidth is the global one.
        case abramson
    }

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
    public var estimate = Estimate.exact
    /// What the values count.
    public var scale = KernelDensity.Scale.eventsPerKm2
    public var edgeCorrection = EdgeCorrection.none
    /// What is taken where the rule finds no bandwidth, as there are fewer places than it needs; nil is an error.
    public var bandwidthOfFew: Length?
    /// How the surface is compared with a second one; only where there is one.
    public var comparison = DualDensity(.ratio)

    /// All parameters as given; ``run(on:against:studyArea:control:)`` checks them.
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

    /// What a surface is compared with, made for its grid: a second pattern, or a population spread over its cells.
    public typealias Denominator = (_ grid: Grid) throws -> PointPattern

    /// - Parameters:
    ///   - denominator: the second pattern of a dual density; its surface has the same bandwidth.
    ///   - studyArea: cells whose centre lies outside it have no value; nil is the whole grid.
    /// - Throws: `HotspotError`, `GridError`, ``JobError/usage(_:)``, and ``JobError/interrupted(_:)``.
    public func run(
        on pattern: PointPattern, against denominator: Denominator? = nil, studyArea: StudyArea? = nil,
        control: JobControl = .silent
    ) throws -> DensityMapResult {
        let window = extent ?? studyArea?.envelope ?? pattern.envelope
        let (chosen, rule) = try bandwidth(for: pattern, window: window)
        // Without a study area the kernel's whole footprint is shown, so that no mass is cut at the last point.
        let reach = chosen.metres * kernel.support
        let covered = extent == nil && studyArea == nil ? window.grown(by: reach) : window
        let size = cellSize ?? Self.cellSize(for: covered)
        let grid = try Grid(covering: covered, cellSize: size, crs: pattern.crs, aligned: extent == nil)
        let mask = studyArea.map { Mask(grid: grid, areas: $0.polygons) }
        var result: DensityMapResult
        do {
            result = try surface(of: pattern, bandwidth: chosen, grid: grid, mask: mask, control: control)
            if let denominator {
                guard estimate == .exact else {
                    throw JobError.usage("a surface compared with another needs one bandwidth, exactly summed")
                }
                let second = try surface(
                    of: denominator(grid), bandwidth: chosen, grid: grid, mask: mask, control: control)
                result.compare(
                    with: second, by: comparison, try comparison.surface(of: result.surface, against: second.surface))
            }
        } catch HotspotError.cancelled {
            throw JobError.interrupted("nothing was written")
        }
        result.bandwidthRule = rule
        if rule != bandwidth {
            result.warnings.append("the rule \(bandwidth) needs more places than there are; \(rule) m were taken")
        }
        result.cellSizeWasChosen = cellSize == nil
        result.studyAreaName = studyArea?.name
        return result
    }

    private func bandwidth(
        for pattern: PointPattern, window: Envelope<PlanarPoint>
    ) throws -> (length: Length, rule: BandwidthRule) {
        do {
            return (try bandwidth.bandwidth(for: pattern, window: window, kernel: kernel), bandwidth)
        } catch {
            switch error {
            case .tooFewIncidents, .noSpread:
                guard let bandwidthOfFew else { throw error }
                let rule = BandwidthRule.fixed(bandwidthOfFew)
                return (try rule.bandwidth(for: pattern, window: window, kernel: kernel), rule)
            default: throw error
            }
        }
    }

    private func surface(
        of pattern: PointPattern, bandwidth: Length, grid: Grid, mask: Mask?, control: JobControl
    ) throws -> DensityMapResult {
        let progress: @Sendable (Double) -> Bool = { done in
            control.progress("estimating density", fraction: done)
            return !control.isCancelled
        }
        let fixed = KernelDensity(bandwidth: bandwidth, kernel: kernel, scale: scale, edgeCorrection: edgeCorrection)
        switch estimate {
        case .exact:
            let found = try fixed.surface(of: pattern, over: grid, mask: mask, threads: threads, progress: progress)
            return DensityMapResult(fixed, found.surface, found.mass, found.warnings.map(\.description), estimate)
        case .approximate(let tolerance):
            let found = try ApproximateDensity(fixed, tolerance: tolerance)
                .surface(of: pattern, over: grid, mask: mask, threads: threads, progress: progress)
            let density = found.density
            var result = DensityMapResult(
                fixed, density.surface, density.mass, density.warnings.map(\.description), estimate)
            result.details = [
                Property("error_bound", .number(found.errorBound)),
                Property("row_pitch", .integer(Int64(found.rowPitch))),
            ]
            return result
        case .nearest(let k):
            return try adaptive(.nearest(k), fixed, pattern, grid, mask, progress)
        case .abramson:
            return try adaptive(.abramson(global: bandwidth), fixed, pattern, grid, mask, progress)
        }
    }

    private func adaptive(
        _ bandwidths: AdaptiveKernelDensity.Bandwidths, _ fixed: KernelDensity, _ pattern: PointPattern, _ grid: Grid,
        _ mask: Mask?, _ progress: @escaping @Sendable (Double) -> Bool
    ) throws -> DensityMapResult {
        let method = AdaptiveKernelDensity(
            bandwidths, kernel: kernel, scale: scale, edgeCorrection: edgeCorrection)
        let found = try method.surface(of: pattern, over: grid, mask: mask, threads: threads, progress: progress)
        var result = DensityMapResult(fixed, found.surface, found.mass, [], estimate)
        guard let used = found.bandwidths else { return result }
        result.method.bandwidth = used.median
        result.details = [
            Property("bandwidth_least_m", .number(used.least.metres)),
            Property("bandwidth_median_m", .number(used.median.metres)),
            Property("bandwidth_greatest_m", .number(used.greatest.metres)),
            Property("places_with_limited_bandwidth", .integer(Int64(used.limited))),
            Property("bandwidth_floor_m", used.floor.map { .number($0.metres) } ?? .null),
            Property("pilot_bandwidth_m", used.pilot.map { .number($0.metres) } ?? .null),
        ]
        return result
    }

    /// Esri's rule, rounded down to 1, 2 or 5 times a power of ten, so that grids of like studies share their cells.
    public static func cellSize(for window: Envelope<PlanarPoint>) -> Length {
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
    /// Kernel, bandwidth (of an adaptive surface the median over its places), scale and edge correction.
    public internal(set) var method: KernelDensity
    public internal(set) var estimate: DensityMap.Estimate
    /// In the unit of ``valueName``; NaN where there is no value.
    public internal(set) var surface: Surface
    /// The account of the incidents' weight; of a comparison, of the first surface.
    public internal(set) var mass: DensityMass
    /// The account of the second surface of a comparison.
    public internal(set) var secondMass: DensityMass?
    /// How two surfaces were compared; nil for one alone.
    public internal(set) var comparison: DualDensity?
    /// What must be told with the surface, a sentence each.
    public internal(set) var warnings: [String]
    /// What the estimate came to besides the surface.
    public internal(set) var details: [Property] = []
    /// The rule that chose the bandwidth.
    public internal(set) var bandwidthRule = BandwidthRule.mass
    /// Whether the cell size follows from the extent; false where the caller gave it.
    public internal(set) var cellSizeWasChosen = false
    /// nil where the whole grid was looked at.
    public internal(set) var studyAreaName: String?

    init(
        _ method: KernelDensity, _ surface: Surface, _ mass: DensityMass, _ warnings: [String],
        _ estimate: DensityMap.Estimate
    ) {
        self.method = method
        self.surface = surface
        self.mass = mass
        self.warnings = warnings
        self.estimate = estimate
    }

    mutating func compare(with second: DensityMapResult, by method: DualDensity, _ dual: DualDensityResult) {
        surface = dual.surface
        comparison = method
        secondMass = second.mass
        warnings += second.warnings
        details += [
            Property("comparison", .text(method.comparison.rawValue)),
            Property("denominator_floor", dual.denominatorFloor.map(PropertyValue.number) ?? .null),
            Property("cells_without_data", .integer(Int64(dual.cellsWithoutData))),
            Property("cells_at_the_floor", .integer(Int64(dual.cellsFloored))),
            Property("second_incidents", .integer(Int64(second.mass.incidents))),
            Property("second_weight", .number(second.mass.weight)),
        ]
    }

    /// The name of the values' column: `density`, `count`, `probability`, or the comparison's.
    public var valueName: String {
        switch comparison?.comparison {
        case .ratio: return "ratio"
        case .logRatio: return "log_ratio"
        case .difference: return "difference"
        case .sum: return "sum"
        case nil: break
        }
        switch method.scale {
        case .eventsPerKm2: return "density"
        case .count: return "count"
        case .probability: return "probability"
        }
    }

    private var unit: String {
        switch comparison?.comparison {
        case .ratio: return "first density over second"
        case .logRatio: return "natural logarithm of first density over second"
        case .difference, .sum, nil: break
        }
        switch method.scale {
        case .eventsPerKm2: return "events per square kilometre"
        case .count: return "events per cell"
        case .probability: return "share of all events per cell"
        }
    }

    private var estimateWords: String {
        switch estimate {
        case .exact: "fixed bandwidth"
        case .approximate(let tolerance): "fixed bandwidth, approximated to \(tolerance) of the greatest value"
        case .nearest(let k): "adaptive, to the \(k)th nearest incident"
        case .abramson: "adaptive, after Abramson"
        }
    }

    /// Method and parameters, automatic choices included, in the order a reader wants them.
    public var members: [Property] {
        let grid = surface.grid
        var members = [
            Property("method", .text(comparison == nil ? "kernel density" : "dual kernel density")),
            Property("unit", .text(unit)), Property("kernel", .text(method.kernel.rawValue)),
            Property("estimate", .text(estimateWords)), Property("bandwidth_m", .number(method.bandwidth.metres)),
            Property("bandwidth_rule", .text(bandwidthRule.description)),
            Property("cell_size_m", .number(grid.cellSize.metres)),
            Property("cell_size_rule", .text(cellSizeWasChosen ? "shorter side / 250, rounded down" : "given")),
            Property("edge_correction", .text(method.edgeCorrection.rawValue)),
            Property("columns", .integer(Int64(grid.columns))),
            Property("rows", .integer(Int64(grid.rows))), Property("origin_x", .number(grid.origin.x)),
            Property("origin_y", .number(grid.origin.y)), Property("crs", .text(grid.crs.name)),
            Property("incidents", .integer(Int64(mass.incidents))),
            Property("incidents_without_place", .integer(Int64(mass.dropped))),
            Property("weight", .number(mass.weight)),
            Property("weight_in_reach", .number(mass.weightInReach)), Property("mass_on_grid", .number(mass.onGrid)),
            Property("mass_in_study_area", .number(mass.inArea)),
        ]
        members += details
        if let studyAreaName { members.append(Property("study_area", .text(studyAreaName))) }
        if !warnings.isEmpty { members.append(Property("warnings", .text(warnings.joined(separator: "; ")))) }
        members.append(Property("faro_version", .text(FaroVersion.current)))
        return members
    }

    public var explanation: Explanation {
        let metres = (method.bandwidth.metres * 10).rounded() / 10
        return Explanation(
            spanish: """
                La densidad se estimó con un núcleo \(MethodWords.spanish(method.kernel.rawValue)) (Silverman 1986, ec. 4.3 a 4.6), ancho de banda \(metres.inWords) m \
                (regla \(bandwidthRule); \(estimateWords)), celdas de \(surface.grid.cellSize.metres.inWords) m, corrección de borde \
                \(MethodWords.spanish(method.edgeCorrection.rawValue)). Cuártico: f(x) = Σ wᵢ · 3/(πh²) · (1 − dᵢ²/h²)² para dᵢ < h; la superficie integra al peso de los \
                incidentes (\(mass.weight.inWords)).\(comparison.map { " Se comparó con una segunda superficie del mismo ancho de banda (\($0.comparison.rawValue))." } ?? "")
                """,
            english: """
                Density was estimated with a \(method.kernel.rawValue) kernel (Silverman 1986, eqs. 4.3 to 4.6), bandwidth \(metres.inWords) m \
                (rule \(bandwidthRule); \(estimateWords)), cells of \(surface.grid.cellSize.metres.inWords) m, edge correction \
                \(method.edgeCorrection.rawValue). Quartic: f(x) = Σ wᵢ · 3/(πh²) · (1 − dᵢ²/h²)² for dᵢ < h; the surface integrates to the weight of \
                the incidents (\(mass.weight.inWords)).\(comparison.map { " It was compared with a second surface of the same bandwidth (\($0.comparison.rawValue))." } ?? "")
                """)
    }
}
