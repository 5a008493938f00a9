public import Grids
import SimpleFeatures

/// Estimates a density surface in less time than ``KernelDensity`` takes, with an error that is measured and told.
///
/// Every incident counts with its exact place; but the surface is computed in every few rows only, and between them lies a
/// cubic through the four nearest. That goes for quartic kernels of 12 cells or more; for others, whose rims are sharper or
/// whose cells are too coarse, the exact surface is computed, and the error is 0.
///
/// ## Error
/// Where rows are left out, a surface is rough near the rims of kernels and at sharp peaks, and there the fourth difference
/// of the computed rows is great. In each tile of up to 256 rows and 12 bandwidths, the two rows in the middles of the gaps
/// beside the greatest fourth difference are computed exactly too. The stated bound is twice the greatest difference found,
/// over all tiles: a posteriori, conservative, and not proven. Where it is above ``tolerance``, the rows are taken half as
/// far apart, or all of them. That is to be expected of few incidents, where each kernel's rim shows.
///
/// ## Example
/// ```swift
/// let density = try ApproximateDensity(KernelDensity(bandwidth: .metres(500))).surface(of: thefts, over: grid)
/// print(density.errorBound) // at most 0.001
/// ```
public struct ApproximateDensity: Hashable, Codable, Sendable {
    /// The surface that is meant.
    public var method: KernelDensity
    /// The greatest error that may be stated, as a share of the surface's greatest value.
    public var tolerance: Double

    /// The parameters as given; ``surface(of:over:mask:threads:progress:)`` refuses those that cannot be used.
    public init(_ method: KernelDensity, tolerance: Double = 0.001) {
        self.method = method
        self.tolerance = tolerance
    }

    /// With fewer, too few surfaces keep to a tolerance of 0.1 %.
    private static let nodesPerBandwidth = 6.0
    /// Wider kernels than six of these are flat enough over any grid for it to have few rows to sweep exactly.
    private static let greatestPitch = 1e6

    /// - Parameters: as for ``KernelDensity/surface(of:over:mask:threads:progress:)``.
    /// - Throws: as it does, and ``HotspotError/parameterOutOfRange(name:must:found:)`` for a negative tolerance.
    /// - Complexity: O(*n*·*r*/*p* + *c*) with *n* places, *r* rows within one bandwidth, *p* the row pitch and *c* cells.
    public func surface(
        of pattern: PointPattern, over grid: Grid, mask: Mask? = nil, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> ApproximateDensityResult {
        guard tolerance >= 0 else {
            throw .parameterOutOfRange(name: "tolerance", must: "be at least 0", found: tolerance)
        }
        try method.check(pattern, grid, mask)
        let cells = method.bandwidth.metres / grid.cellSize.metres / Self.nodesPerBandwidth
        var pitch = cells < Self.greatestPitch ? Int(cells) : 1
        while pitch > 1 {
            guard
                let (density, error) = try method.splineSurface(
                    of: pattern, over: grid, mask: mask, pitch: pitch, threads: threads, progress: progress)
            else { break }
            let greatest = density.surface.range?.upperBound ?? 0
            let unit = method.scale.values([1], on: grid, weight: density.mass.weightUsed)[0]
            let bound = greatest > 0 ? 2 * error * unit / greatest : 0
            if bound <= tolerance {
                return ApproximateDensityResult(method: self, density: density, rowPitch: pitch, errorBound: bound)
            }
            // Errors shrink with the third power of the pitch at best.
            pitch = bound > 8 * tolerance ? 1 : pitch / 2
        }
        let density = try method.surface(of: pattern, over: grid, mask: mask, threads: threads, progress: progress)
        return ApproximateDensityResult(method: self, density: density, rowPitch: 1, errorBound: 0)
    }
}

/// An approximate surface and how far it may be from the exact one.
public struct ApproximateDensityResult: Sendable {
    /// The parameters it was made with.
    public let method: ApproximateDensity
    /// The surface with its account.
    public let density: DensityResult
    /// How many rows lie from one computed row to the next; 1 where all were computed.
    public let rowPitch: Int
    /// The greatest error of a cell, as a share of the surface's greatest value: see ``ApproximateDensity``.
    public let errorBound: Double
}
