public import Grids
import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Compares a surface with another on the same grid, cell by cell: incidents with people, or one kind with another.
///
/// ## Units
/// A ratio and its natural logarithm have no unit where both surfaces are in the same; differences and sums are in theirs.
/// Of two surfaces whose scale is ``KernelDensity/Scale/probability`` the ratio is the relative risk.
///
/// ## No data
/// A cell is NaN where either surface is, and in a ratio or its logarithm where both are 0. A denominator below the floor ε
/// is taken as ε, in the logarithm a numerator too: nothing becomes infinite.
///
/// ## Example
/// ```swift
/// let risk = try DualDensity(.ratio).surface(of: robberies, against: residents)
/// ```
///
/// ## Source
/// CrimeStat IV, chapter 10 (dual kernel density); Kelsall & Diggle (1995), *Kernel estimation of relative risk*; Davies,
/// Marshall & Hazelton (2018), *Tutorial on kernel estimation of continuous spatial and spatiotemporal relative risk* (sparr).
public struct DualDensity: Hashable, Codable, Sendable {
    /// What becomes of a cell's two values, f of the first surface and g of the second.
    public enum Comparison: String, Hashable, Codable, Sendable, CaseIterable {
        /// f / max(g, ε).
        case ratio
        /// ln(max(f, ε) / max(g, ε)).
        case logRatio
        /// f − g.
        case difference
        /// f + g.
        case sum
    }

    /// What becomes of a cell's two values.
    public var comparison: Comparison
    /// ε in the unit of the second surface; nil for a hundredth of its greatest value.
    public var denominatorFloor: Double?

    /// The parameters as given; the methods refuse a floor that is not above 0.
    public init(_ comparison: Comparison, denominatorFloor: Double? = nil) {
        self.comparison = comparison
        self.denominatorFloor = denominatorFloor
    }

    /// - Throws: ``HotspotError/gridsDiffer``, ``HotspotError/parameterOutOfRange(name:must:found:)``.
    /// - Complexity: O(*c*) with *c* cells.
    public func surface(of first: Surface, against second: Surface) throws(HotspotError) -> DualDensityResult {
        guard first.grid == second.grid, first.values.count == second.values.count else { throw .gridsDiffer }
        let floor = try floor(for: second)
        var (noData, floored) = (0, 0)
        let values = zip(first.values, second.values).map { f, g in
            if f.isNaN || g.isNaN { return Double.nan }
            switch comparison {
            case .difference: return finite(f - g, &noData)
            case .sum: return finite(f + g, &noData)
            case .ratio, .logRatio:
                guard f != 0 || g != 0, floor > 0 else {
                    noData += 1
                    return .nan
                }
                if g < floor { floored += 1 }
                let ratio = (comparison == .ratio ? f : max(f, floor)) / max(g, floor)
                return finite(comparison == .ratio ? ratio : log(ratio), &noData)
            }
        }
        let usesFloor = comparison == .ratio || comparison == .logRatio
        return DualDensityResult(
            method: self, surface: Surface(grid: first.grid, values: values), denominatorFloor: usesFloor ? floor : nil,
            cellsWithoutData: noData, cellsFloored: floored)
    }

    /// Both patterns' surfaces by one method, so with equal bandwidths, compared.
    /// - Throws: as ``KernelDensity/surface(of:over:mask:threads:progress:)`` and ``surface(of:against:)``.
    public func surface(
        of first: PointPattern, against second: PointPattern, by method: KernelDensity, over grid: Grid,
        mask: Mask? = nil, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> DualDensityResult {
        let numerator = try method.surface(
            of: first, over: grid, mask: mask, threads: threads,
            progress: ParallelWork.part(of: progress, from: 0, length: 0.5))
        let denominator = try method.surface(
            of: second, over: grid, mask: mask, threads: threads,
            progress: ParallelWork.part(of: progress, from: 0.5, length: 0.5))
        var result = try surface(of: numerator.surface, against: denominator.surface)
        (result.first, result.second) = (numerator, denominator)
        return result
    }

    /// 0 where the second surface has no value above 0: there every ratio is without data.
    private func floor(for surface: Surface) throws(HotspotError) -> Double {
        guard let floor = denominatorFloor else { return max(0, surface.range?.upperBound ?? 0) / 100 }
        guard floor > 0, floor < .infinity else {
            throw .parameterOutOfRange(name: "denominator floor", must: "be above 0 and finite", found: floor)
        }
        return floor
    }

    private func finite(_ value: Double, _ noData: inout Int) -> Double {
        if value.isFinite { return value }
        noData += 1
        return .nan
    }
}

/// A comparison of two surfaces, and what was done where the second is small.
public struct DualDensityResult: Sendable {
    /// The parameters it was made with.
    public let method: DualDensity
    /// NaN outside the study area, and where there is nothing to compare.
    public let surface: Surface
    /// The ε used, in the unit of the second surface; nil for differences and sums.
    public let denominatorFloor: Double?
    /// Cells that both surfaces cover but that have no value: 0 to 0, or numbers too large.
    public let cellsWithoutData: Int
    /// Cells with a denominator below ε.
    public let cellsFloored: Int
    /// The surfaces of the patterns, where those were given.
    public internal(set) var first: DensityResult?
    /// The second pattern's.
    public internal(set) var second: DensityResult?
}
