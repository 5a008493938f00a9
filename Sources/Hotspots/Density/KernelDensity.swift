public import Grids
public import SimpleFeatures

/// Estimates how densely incidents lie over the cells of a grid.
///
/// Each place spreads its weight over the plane by a kernel; a cell's value is the sum of what reaches its centre.
/// Unless an ``edgeCorrection`` is asked for, nothing is added for weight that falls outside the study area: how much that
/// is stands in the result, with a warning above 5 %.
///
/// ## Units
/// Points and bandwidth in metres. Values in events per square kilometre, or as ``scale`` says.
///
/// ## Example
/// ```swift
/// let density = try KernelDensity(bandwidth: .metres(300)).surface(of: burglaries, over: grid)
/// ```
///
/// ## Accuracy
/// The sum runs over every place in reach; nothing is binned. A value differs from that sum, taken exactly, by at most
/// 6 · 10⁻¹² + 2 · 10⁻¹⁴ · √*n* of the surface's greatest value, with *n* places in reach of its row: 10⁻¹¹ for 40,000.
/// Cells that no place reaches are exactly 0. (Where a kernel ends in a step, as the uniform one does, and the gaussian by
/// 1.5 · 10⁻⁸ of its peak, a cell centre at just that distance counts as outside.)
///
/// ## Source
/// Silverman (1986), *Density Estimation for Statistics and Data Analysis*, equations 4.3–4.6; kernels and scaling as in
/// CrimeStat IV, chapter 10. Sweeping along rows: Chan et al. (2022), *SLAM*, doi 10.1145/3514221.3517823.
public struct KernelDensity: Hashable, Codable, Sendable {
    /// What the values of a surface count.
    public enum Scale: String, Hashable, Codable, Sendable, CaseIterable {
        case eventsPerKm2
        /// Events in a cell: events per square kilometre times the cell's area.
        case count
        /// A cell's share of all incidents' weight that the surface is made of; the cells that hold it all sum to 1.
        case probability
    }

    /// The kernel's radius; for the gaussian its standard deviation.
    public var bandwidth: Length
    /// How an incident's weight falls off with distance.
    public var kernel: Kernel
    /// Saved with the parameters, so that a file says what its values count.
    public var scale: Scale
    /// What is done about the weight that leaves the study area.
    public var edgeCorrection: EdgeCorrection

    /// All parameters as given; ``surface(of:over:mask:threads:progress:)`` refuses a bandwidth that cannot be used.
    public init(
        bandwidth: Length, kernel: Kernel = .quartic, scale: Scale = .eventsPerKm2,
        edgeCorrection: EdgeCorrection = .none
    ) {
        self.bandwidth = bandwidth
        self.kernel = kernel
        self.scale = scale
        self.edgeCorrection = edgeCorrection
    }

    /// A quarter of the way round the Earth: no plane is wider.
    public static let greatestBandwidth = Length.kilometres(10_000)

    /// - Parameters:
    ///   - mask: the study area; cells outside it become NaN. Nil for the whole grid.
    ///   - threads: how many may work at once; nil for one per active processor. The values do not depend on it.
    ///   - progress: told the share that is done after each band of rows, one call at a time but on any thread; the
    ///     work is given up when it returns false.
    /// - Returns: one value per cell, row by row from the south-west corner, with an account of the weight.
    /// - Throws: ``HotspotError/bandwidthNotPositive(_:)``, ``HotspotError/bandwidthTooLarge(_:)``,
    ///   ``HotspotError/crsMismatch(pattern:grid:)``, ``HotspotError/maskOfAnotherGrid``, ``HotspotError/cancelled``.
    /// - Complexity: for quartic, Epanechnikov and uniform kernels of many cells O(*n*·*r* + *c*) with *n* places, *r* rows
    ///   within one bandwidth and *c* cells; otherwise O(*n*·*k* + *c*) with *k* cells under the kernel.
    public func surface(
        of pattern: PointPattern, over grid: Grid, mask: Mask? = nil, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> DensityResult {
        try check(pattern, grid, mask)
        return try density(of: pattern, over: grid, mask, threads) { points throws(HotspotError) in
            let run = RasterRun(points: points, grid: grid, mask: mask, threads: threads, progress: progress)
            return try paint(run, cellsPerBandwidth: radius(on: grid))
        }
    }

    /// The surface as a spline on nodes some cells apart, and its greatest error where it was measured; nil for kernels
    /// other than the quartic, and where nodes would not be fewer than cells.
    func splineSurface(
        of pattern: PointPattern, over grid: Grid, mask: Mask?, pitch: Int, threads: Int?,
        progress: (@Sendable (_ done: Double) -> Bool)?
    ) throws(HotspotError) -> (density: DensityResult, error: Double)? {
        guard kernel == .quartic else { return nil }
        let radius = radius(on: grid)
        let kernel = SplineKernel(radius: radius, pitch: pitch)
        guard let nodes = SplineNodes(kernel: kernel, pitch: pitch, grid: grid) else { return nil }
        let perKm2 = 1e6 / (.pi * bandwidth.metres * bandwidth.metres)
        var error = 0.0
        let density = try density(of: pattern, over: grid, mask, threads) { points throws(HotspotError) in
            let run = RasterRun(points: points, grid: grid, mask: mask, threads: threads, progress: progress)
            let surface = try SplineSurface(run, nodes, kernel)
            let raster = try surface.raster(scale: 3 * perKm2)
            let scale = 3 * perKm2 / (radius * radius * radius * radius)
            error = try SplineCheck(surface, radius: radius).error(of: raster, scale: scale)
            return raster
        }
        return (density, error)
    }

    /// A surface as some way of painting gives it, corrected at its edge, with its account.
    private func density(
        of pattern: PointPattern, over grid: Grid, _ mask: Mask?, _ threads: Int?,
        by paint: (CellPoints) throws(HotspotError) -> Raster
    ) throws(HotspotError) -> DensityResult {
        let radius = radius(on: grid)
        let points = CellPoints(pattern, grid: grid, mask: mask, reach: radius * kernel.support)
        guard edgeCorrection != .none else {
            return DensityResult(method: self, pattern: pattern, grid: grid, points: points, raster: try paint(points))
        }
        let area = KernelCover(grid: grid, mask: mask, kernel: kernel)
        let dividesPlaces = edgeCorrection == .diggle
        let sources = points.inStudyArea(of: grid, mask) { column, row, _ in
            dividesPlaces ? area.share(column: column, row: row, radius: radius) : 1
        }
        var raster = try paint(sources)
        if !dividesPlaces { raster.divide(by: area.shares(radius: radius, threads: threads), on: grid, mask) }
        return DensityResult(method: self, pattern: pattern, grid: grid, points: points, raster: raster)
    }

    /// Refuses what no surface can be made of.
    func check(_ pattern: PointPattern, _ grid: Grid, _ mask: Mask?) throws(HotspotError) {
        guard bandwidth.metres > 0 else { throw .bandwidthNotPositive(bandwidth) }
        guard bandwidth <= Self.greatestBandwidth else { throw .bandwidthTooLarge(bandwidth) }
        guard pattern.crs == grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: grid.crs) }
        guard mask.map({ $0.grid == grid }) ?? true else { throw .maskOfAnotherGrid }
    }

    private func radius(on grid: Grid) -> Double { bandwidth.metres / grid.cellSize.metres }

    /// Below this many cells to a bandwidth, visiting each cell under a kernel is faster than sweeping.
    private static let leastRadiusToSweep = 6.0

    private func paint(_ run: RasterRun, cellsPerBandwidth radius: Double) throws(HotspotError) -> Raster {
        let perKm2 = 1e6 / (.pi * bandwidth.metres * bandwidth.metres)
        let sweeps = radius >= Self.leastRadiusToSweep
        switch kernel {
        case .quartic:
            let scale = 3 * perKm2 / (radius * radius * radius * radius)
            guard sweeps else { return try run.raster(by: RadialScatter<QuarticProfile>(reach: radius), scale: scale) }
            return try run.raster(by: PolynomialSweep<QuarticSums>(reach: radius), scale: scale)
        case .epanechnikov:
            let scale = 2 * perKm2 / (radius * radius)
            guard sweeps else { return try run.raster(by: RadialScatter<ParabolaProfile>(reach: radius), scale: scale) }
            return try run.raster(by: PolynomialSweep<ParabolaSums>(reach: radius), scale: scale)
        case .uniform:
            guard sweeps else { return try run.raster(by: RadialScatter<DiscProfile>(reach: radius), scale: perKm2) }
            return try run.raster(by: PolynomialSweep<DiscSums>(reach: radius), scale: perKm2)
        case .triangular:
            return try run.raster(by: RadialScatter<ConeProfile>(reach: radius), scale: 3 * perKm2 / radius)
        case .gaussian:
            let scatter = GaussianScatter(deviation: radius, reach: radius * kernel.support)
            return try run.raster(by: scatter, scale: perKm2 / 2 / scatter.massWithinReach)
        }
    }
}
