import Grids

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Paints places with a radius each: those within a factor of two of each other at a time, and the rasters added up.
struct AdaptivePainting {
    let points: CellPoints
    let kernel: Kernel
    let grid: Grid
    let mask: Mask?
    let threads: Int?
    let progress: (@Sendable (Double) -> Bool)?

    /// Below this many cells all radii are taken together.
    private static let leastRadiusToSweep = 6.0

    func raster() throws(HotspotError) -> Raster {
        let groups = groups()
        var values = [Double](repeating: 0, count: grid.cellCount)
        for (index, group) in groups.enumerated() {
            let share = 1 / Double(groups.count)
            let run = RasterRun(
                points: group, grid: grid, mask: nil, threads: threads,
                progress: ParallelWork.part(of: progress, from: Double(index) * share, length: share))
            let part = try paint(run, greatest: group.radius?.max() ?? 0)
            for cell in values.indices { values[cell] += part.values[cell] }
        }
        return masked(values)
    }

    private func masked(_ values: [Double]) -> Raster {
        var raster = Raster(values: values, massOnGrid: 0, massInArea: 0)
        for cell in values.indices {
            raster.massOnGrid += values[cell]
            if mask?.isInside[cell] ?? true {
                raster.massInArea += values[cell]
            } else {
                raster.values[cell] = .nan
            }
        }
        raster.massOnGrid *= grid.cellAreaKm2
        raster.massInArea *= grid.cellAreaKm2
        return raster
    }

    /// The places by the octave of their radius, in canonical order, their weights divided by a power of it.
    private func groups() -> [CellPoints] {
        guard let radius = points.radius else { return [points] }
        var members: [Int: [Int]] = [:]
        for i in radius.indices {
            members[max(0, Int(log2(radius[i] / Self.leastRadiusToSweep).rounded(.up))), default: []].append(i)
        }
        return members.keys.sorted().compactMap { octave in
            guard let places = members[octave] else { return nil }
            return CellPoints(
                x: places.map { points.x[$0] }, y: places.map { points.y[$0] },
                weight: places.map { points.pointWeight[$0] * factor(radius[$0]) }, radius: places.map { radius[$0] },
                grid: grid, mask: nil, reach: kernel.support)
        }
    }

    /// What a point's weight is times in the painters' units, for a kernel of so many cells.
    private func factor(_ radius: Double) -> Double {
        let area = radius * radius
        return switch kernel {
        case .quartic: 3 / (area * area * area)
        case .epanechnikov: 2 / (area * area)
        case .triangular: 3 / (area * radius)
        case .uniform: 1 / area
        case .gaussian: 0.5 / area / (1 - exp(-0.5 * kernel.support * kernel.support))
        }
    }

    private func paint(_ run: RasterRun, greatest: Double) throws(HotspotError) -> Raster {
        let scale = 1 / (.pi * grid.cellAreaKm2)
        let sweeps = greatest > Self.leastRadiusToSweep
        switch kernel {
        case .quartic:
            guard sweeps else {
                return try run.raster(by: RadialScatter<QuarticProfile>(reach: greatest), scale: scale)
            }
            return try run.raster(by: AdaptiveSweep<QuarticSums>(reach: greatest), scale: scale)
        case .epanechnikov:
            guard sweeps else {
                return try run.raster(by: RadialScatter<ParabolaProfile>(reach: greatest), scale: scale)
            }
            return try run.raster(by: AdaptiveSweep<ParabolaSums>(reach: greatest), scale: scale)
        case .uniform:
            guard sweeps else { return try run.raster(by: RadialScatter<DiscProfile>(reach: greatest), scale: scale) }
            return try run.raster(by: AdaptiveSweep<DiscSums>(reach: greatest), scale: scale)
        case .triangular: return try run.raster(by: RadialScatter<ConeProfile>(reach: greatest), scale: scale)
        case .gaussian:
            return try run.raster(by: AdaptiveGaussianScatter(reach: greatest * kernel.support), scale: scale)
        }
    }
}
