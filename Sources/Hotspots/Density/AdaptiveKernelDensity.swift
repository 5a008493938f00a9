public import Grids
public import SimpleFeatures

/// Estimates how densely incidents lie with a bandwidth of its own for each place: narrow in crowds, wide between them.
///
/// Each place spreads its weight by a kernel of its own bandwidth hᵢ; a cell's value is the sum of what reaches its centre.
///
/// ## Units
/// Lengths in metres. Values in events per square kilometre, or as ``scale`` says.
///
/// ## Example
/// ```swift
/// let density = try AdaptiveKernelDensity(.abramson(global: .metres(400))).surface(of: burglaries, over: grid)
/// ```
///
/// ## Source
/// Abramson (1982), *On Bandwidth Variation in Kernel Estimates*, and Silverman (1986), section 5.3, with the geometric mean
/// and trimming of `bw.abram` in R's spatstat and sparr; k-nearest: Breiman, Meisel & Purcell (1977), as in CrimeStat IV,
/// chapter 10.
public struct AdaptiveKernelDensity: Hashable, Codable, Sendable {
    /// How each place comes to its bandwidth.
    public enum Bandwidths: Hashable, Codable, Sendable {
        /// The distance from a place to its k-th nearest incident, others at the same place being neighbours at 0 m; at
        /// least the floor, nil for the grid's cell size.
        case nearest(Int, floor: Length? = nil)
        /// hᵢ = global · min(f̃(xᵢ)^−½ / γ, trim), with f̃ the density of a fixed `pilot` bandwidth (nil for the global
        /// one) at the places, each place with itself, and γ the geometric mean of f̃^−½ over the incidents.
        case abramson(global: Length, pilot: Length? = nil, trim: Double = 5)
    }

    /// How each place comes to its bandwidth.
    public var bandwidths: Bandwidths
    /// How an incident's weight falls off with distance, in the pilot too.
    public var kernel: Kernel
    /// What the values count.
    public var scale: KernelDensity.Scale
    /// `none` or `diggle`; there is no one bandwidth that a cell could be corrected for.
    public var edgeCorrection: EdgeCorrection

    /// The parameters as given; ``surface(of:over:mask:threads:progress:)`` refuses those that cannot be used.
    public init(
        _ bandwidths: Bandwidths, kernel: Kernel = .quartic, scale: KernelDensity.Scale = .eventsPerKm2,
        edgeCorrection: EdgeCorrection = .none
    ) {
        self.bandwidths = bandwidths
        self.kernel = kernel
        self.scale = scale
        self.edgeCorrection = edgeCorrection
    }

    /// - Parameters: as for ``KernelDensity/surface(of:over:mask:threads:progress:)``.
    /// - Returns: one value per cell, with the bandwidths that were used and an account of the weight.
    /// - Throws: ``HotspotError/bandwidthNotPositive(_:)``, ``HotspotError/bandwidthTooLarge(_:)``,
    ///   ``HotspotError/noSuchNeighbour(k:incidents:)``, ``HotspotError/parameterOutOfRange(name:must:found:)``,
    ///   ``HotspotError/edgeCorrectionUndefined``, ``HotspotError/crsMismatch(pattern:grid:)``,
    ///   ``HotspotError/maskOfAnotherGrid``, ``HotspotError/cancelled``.
    /// - Complexity: for bandwidths O(*n*·(*k* + log *n*)) by neighbours, O(*n*·*m*) by Abramson with *m* places within the
    ///   pilot's reach; then as ``KernelDensity``, once per doubling from the least bandwidth to the greatest.
    public func surface(
        of pattern: PointPattern, over grid: Grid, mask: Mask? = nil, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> AdaptiveDensityResult {
        guard pattern.crs == grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: grid.crs) }
        guard mask.map({ $0.grid == grid }) ?? true else { throw .maskOfAnotherGrid }
        guard edgeCorrection != .uniform else { throw .edgeCorrectionUndefined }
        let half = ParallelWork.part(of: progress, from: 0, length: 0.5)
        let choice = PlaceBandwidths(pattern, kernel: kernel, cellSize: grid.cellSize, threads: threads, progress: half)
        let chosen = try choice.metres(by: bandwidths)
        let radius = chosen.metres.map { $0 / grid.cellSize.metres }
        let points = CellPoints(
            x: pattern.x, y: pattern.y, weight: pattern.weight, radius: radius, grid: grid, mask: mask,
            reach: kernel.support)
        let sources = edgeCorrection == .none ? points : corrected(points, grid, mask)
        let painting = AdaptivePainting(
            points: sources, kernel: kernel, grid: grid, mask: mask, threads: threads,
            progress: ParallelWork.part(of: progress, from: 0.5, length: 0.5))
        let raster = try painting.raster()
        let mass = DensityMass(pattern, points, raster, usesStudyAreaOnly: edgeCorrection != .none)
        let values = scale.values(raster.values, on: grid, weight: mass.weightUsed)
        return AdaptiveDensityResult(
            method: self, surface: Surface(grid: grid, values: values), mass: mass, bandwidths: chosen.summary)
    }

    private func corrected(_ points: CellPoints, _ grid: Grid, _ mask: Mask?) -> CellPoints {
        let area = KernelCover(grid: grid, mask: mask, kernel: kernel)
        return points.inStudyArea(of: grid, mask) { area.share(column: $0, row: $1, radius: $2) }
    }
}

/// An adaptive surface, the method that made it, and what was chosen on the way.
public struct AdaptiveDensityResult: Sendable {
    /// The parameters it was made with.
    public let method: AdaptiveKernelDensity
    /// In the unit that the method's scale says; NaN outside the mask.
    public let surface: Surface
    /// What became of the incidents' weight.
    public let mass: DensityMass
    /// The bandwidths that the places came to; nil without places.
    public let bandwidths: Bandwidths?

    /// What the bandwidths of a pattern's places were.
    public struct Bandwidths: Hashable, Codable, Sendable {
        /// The narrowest.
        public let least: Length
        /// The middle one over the places.
        public let median: Length
        /// The widest.
        public let greatest: Length
        /// Places whose bandwidth was raised to the floor, or lowered to the greatest that is allowed.
        public let limited: Int
        /// The least bandwidth that was allowed, for neighbours.
        public let floor: Length?
        /// The bandwidth of the pilot, for Abramson's.
        public let pilot: Length?
        /// γ, the geometric mean of f̃^−½ with f̃ a probability per square metre; for Abramson's.
        public let geometricMean: Double?
    }
}
