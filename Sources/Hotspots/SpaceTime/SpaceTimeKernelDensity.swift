public import Grids
import SimpleFeatures

/// Estimates how densely incidents lie in space and time: one surface per moment, as frames of a film.
///
/// Each incident is spread over the plane by a kernel and over the days by another; a frame sums what reaches it. Frames
/// are exact, each made anew from the incidents that reach it, and share one legend: ``SpaceTimeDensity/range``.
///
/// ## Units
/// Metres and days. Values in events per square kilometre and day.
///
/// ## Example
/// ```swift
/// let method = SpaceTimeKernelDensity(space: KernelDensity(bandwidth: .metres(500)), days: 30)
/// let film = try method.frames(of: robberies, at: [0, 30, 60], over: grid)
/// ```
///
/// ## Source
/// Nakaya & Yano (2010), *Visualising crime clusters in a space-time cube*, Transactions in GIS 14, 223–239, equation 1.
public struct SpaceTimeKernelDensity: Hashable, Codable, Sendable {
    /// Its scale is not used: values are densities.
    public var space: KernelDensity
    public var time: TimeKernel
    /// The bandwidth of the time kernel.
    public var days: Double

    /// The most frames times cells.
    public static let greatestBinCount = 1 << 28

    /// All parameters as given; those out of range are refused where they are used.
    public init(space: KernelDensity, time: TimeKernel = .epanechnikov, days: Double) {
        self.space = space
        self.time = time
        self.days = days
    }

    /// - Parameters:
    ///   - moments: in days, each of a frame; in any order.
    ///   - mask: the study area; cells outside it become NaN.
    /// - Throws: ``HotspotError/parameterOutOfRange(name:must:found:)``, ``HotspotError/tooManyBins(limit:found:)``, and
    ///   as ``KernelDensity/surface(of:over:mask:threads:progress:)``.
    /// - Complexity: that of a density of the incidents in reach, per frame.
    public func frames(
        of pattern: SpaceTimePattern, at moments: [Double], over grid: Grid, mask: Mask? = nil, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> SpaceTimeDensity {
        guard days > 0, days < 1e6 else {
            throw .parameterOutOfRange(
                name: "bandwidth in time", must: "be above 0 days and below a million", found: days)
        }
        for moment in moments where !(abs(moment) < 1e7) {
            throw .parameterOutOfRange(name: "moment of a frame", must: "be a day of the calendar", found: moment)
        }
        let bins = Double(moments.count) * Double(grid.cellCount)
        guard bins <= Double(Self.greatestBinCount) else {
            throw .tooManyBins(limit: Self.greatestBinCount, found: bins)
        }
        var density = space
        density.scale = .eventsPerKm2
        var surfaces: [Surface] = []
        for (index, moment) in moments.enumerated() {
            let part = 1 / Double(moments.count)
            let inner = ParallelWork.part(of: progress, from: Double(index) * part, length: part)
            let result = try density.surface(
                of: weighted(pattern, at: moment), over: grid, mask: mask, threads: threads, progress: inner)
            surfaces.append(result.surface)
        }
        return SpaceTimeDensity(method: self, moments: moments, surfaces: surfaces)
    }

    /// The incidents that reach a moment, each weighing what reaches it.
    private func weighted(_ pattern: SpaceTimePattern, at moment: Double) throws(HotspotError) -> PointPattern {
        var (x, y, weights): ([Double], [Double], [Double]) = ([], [], [])
        for incident in 0..<pattern.count {
            let weight = time.weight(daysAfter: moment - pattern.day(of: incident), bandwidth: days)
            guard weight > 0 else { continue }
            x.append(pattern.x[incident])
            y.append(pattern.y[incident])
            weights.append(weight * pattern.weight[incident])
        }
        return try PointPattern(x: x, y: y, weights: weights, crs: pattern.crs)
    }
}

/// A film of surfaces.
public struct SpaceTimeDensity: Sendable {
    public let method: SpaceTimeKernelDensity
    /// In days, one per frame.
    public let moments: [Double]
    public let surfaces: [Surface]

    /// The least and the greatest value over all frames, for one legend; nil where no cell has a value.
    public var range: ClosedRange<Double>? {
        let ranges = surfaces.compactMap(\.range)
        guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return nil }
        return low...high
    }
}
