public import Grids
import SimpleFeatures

/// Estimates a density surface in less time than ``KernelDensity`` takes, with an error that is measured and told.
///
/// Every incident counts with its exact place; but the surface is made of cubic splines on nodes some cells apart: at most
/// a sixth of the bandwidth. That goes for quartic kernels of 12 cells or more, and for so many incidents that it is worth
/// its while; otherwise the exact surface is computed, and the error is 0. The surface accounts for the whole weight.
///
/// ## Error
/// The quartic kernel is curved up to its rim and flat beyond, so that splines cannot follow it closer than to a share of
/// the squared distance of nodes: up to 0.7 % of its peak for six nodes to a bandwidth, 0.2 % for twelve. In sums over
/// many incidents most of that cancels out, which no bound from the kernel's derivatives alone can tell. So the error is
/// measured: of 256 equal blocks of the grid, at the roughest node of each of the 16 roughest (where the spline's fourth
/// differences are greatest), three rows of cells are computed exactly. The stated bound is three times the greatest
/// difference found: a posteriori, conservative, and not proven. Where it is above ``tolerance``, nodes are put closer, or
/// the exact surface is computed. That is to be expected of few incidents, where each kernel's rim shows.
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
    /// How many times the greatest difference found is the stated bound.
    private static let caution = 3.0

    /// - Parameters: as for ``KernelDensity/surface(of:over:mask:threads:progress:)``.
    /// - Throws: as it does, and ``HotspotError/parameterOutOfRange(name:must:found:)`` for a negative tolerance.
    /// - Complexity: O(*n* + *c*) with *n* places and *c* cells.
    public func surface(
        of pattern: PointPattern, over grid: Grid, mask: Mask? = nil, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> ApproximateDensityResult {
        guard tolerance >= 0 else {
            throw .parameterOutOfRange(name: "tolerance", must: "be at least 0", found: tolerance)
        }
        try method.check(pattern, grid, mask)
        var pitch = greatestPitch(pattern, grid)
        while pitch > 1 {
            guard
                let (density, error) = try method.splineSurface(
                    of: pattern, over: grid, mask: mask, pitch: pitch, threads: threads, progress: progress)
            else { break }
            // So that every weight has a share of it.
            guard density.mass.weight.isNormal else { break }
            let greatest = density.surface.range?.upperBound ?? 0
            let unit = method.scale.values([1], on: grid, weight: density.mass.weightUsed)[0]
            let bound = greatest > 0 ? Self.caution * error * unit / greatest : 0
            if bound <= tolerance {
                return ApproximateDensityResult(method: self, density: density, rowPitch: pitch, errorBound: bound)
            }
            // Errors shrink with the square of the pitch at least.
            let closer = Double(pitch) * (tolerance / bound).squareRoot()
            pitch = closer < Double(pitch - 1) ? Int(closer) : pitch - 1
        }
        let density = try method.surface(of: pattern, over: grid, mask: mask, threads: threads, progress: progress)
        return ApproximateDensityResult(method: self, density: density, rowPitch: 1, errorBound: 0)
    }

    /// In cells; 1 where exact sums cost no more.
    private func greatestPitch(_ pattern: PointPattern, _ grid: Grid) -> Int {
        let cells = method.bandwidth.metres / grid.cellSize.metres
        let rows = min(2 * cells, Double(grid.rows))
        guard Double(pattern.x.count) * rows > Double(grid.cellCount), cells < 1e6 else { return 1 }
        return Int(cells / Self.nodesPerBandwidth)
    }
}

/// An approximate surface and how far it may be from the exact one.
public struct ApproximateDensityResult: Sendable {
    /// The parameters it was made with.
    public let method: ApproximateDensity
    /// The surface with its account.
    public let density: DensityResult
    /// How many rows, and columns, lie from one node to the next; 1 where all cells were computed exactly.
    public let rowPitch: Int
    /// The greatest error of a cell, as a share of the surface's greatest value: see ``ApproximateDensity``.
    public let errorBound: Double
}
