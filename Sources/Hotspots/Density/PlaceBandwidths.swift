import SimpleFeatures
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Works out a bandwidth for each place of a pattern.
struct PlaceBandwidths {
    let pattern: PointPattern
    let kernel: Kernel
    let cellSize: Length
    let threads: Int?
    let progress: (@Sendable (Double) -> Bool)?

    struct Chosen {
        let metres: [Double]
        let summary: AdaptiveDensityResult.Bandwidths?
    }

    init(
        _ pattern: PointPattern, kernel: Kernel, cellSize: Length, threads: Int?,
        progress: (@Sendable (Double) -> Bool)?
    ) {
        self.pattern = pattern
        self.kernel = kernel
        self.cellSize = cellSize
        self.threads = threads
        self.progress = progress
    }

    func metres(by rule: AdaptiveKernelDensity.Bandwidths) throws(HotspotError) -> Chosen {
        switch rule {
        case .nearest(let k, let floor): try nearest(k, floor: floor ?? cellSize)
        case .abramson(let global, let pilot, let trim): try abramson(global, pilot: pilot ?? global, trim: trim)
        }
    }

    private func nearest(_ k: Int, floor: Length) throws(HotspotError) -> Chosen {
        try Self.check(floor)
        guard k > 0, k < pattern.count || pattern.count == 0 else {
            throw .noSuchNeighbour(k: k, incidents: pattern.count)
        }
        let neighbours = NeighbourTree(pattern)
        let distances = try ParallelWork(threads: threads, progress: progress).values(pattern.x.count) {
            neighbours.distance(from: $0, toNeighbour: k)
        }
        let greatest = KernelDensity.greatestBandwidth.metres
        let metres = distances.map { min(max($0, floor.metres), greatest) }
        let limited = zip(metres, distances).reduce(0) { $0 + ($1.0 != $1.1 ? 1 : 0) }
        return Chosen(metres: metres, summary: summary(metres, limited, floor: floor))
    }

    private func abramson(_ global: Length, pilot: Length, trim: Double) throws(HotspotError) -> Chosen {
        try Self.check(global)
        try Self.check(pilot)
        guard trim > 0, trim * global.metres <= KernelDensity.greatestBandwidth.metres else {
            throw .parameterOutOfRange(
                name: "trim", must: "be above 0 and keep bandwidths within \(KernelDensity.greatestBandwidth)",
                found: trim)
        }
        let sums = KernelSums(pattern, profile: .kernel(kernel), bandwidth: pilot.metres)
        let density = try sums.atPlaces(threads: threads, progress: progress)
        let weight = pattern.weight.reduce(0, +)
        // Places of weight 0 have no say, nor a density where they are alone.
        var logarithms = CompensatedSum()
        var incidents = 0.0
        for (place, value) in density.enumerated() where value > 0 && pattern.weight[place] > 0 {
            logarithms.add(-0.5 * log(value / weight) * Double(pattern.multiplicity[place]))
            incidents += Double(pattern.multiplicity[place])
        }
        let mean = exp(incidents > 0 ? logarithms.value / incidents : 0)
        let factors = density.map { $0 > 0 ? 1 / ($0 / weight).squareRoot() / mean : trim }
        let metres = factors.map { global.metres * min($0, trim) }
        let limited = factors.reduce(0) { $0 + ($1 > trim ? 1 : 0) }
        return Chosen(metres: metres, summary: summary(metres, limited, pilot: pilot, mean: mean))
    }

    private static func check(_ bandwidth: Length) throws(HotspotError) {
        guard bandwidth.metres > 0 else { throw .bandwidthNotPositive(bandwidth) }
        guard bandwidth <= KernelDensity.greatestBandwidth else { throw .bandwidthTooLarge(bandwidth) }
    }

    private func summary(
        _ metres: [Double], _ limited: Int, floor: Length? = nil, pilot: Length? = nil, mean: Double? = nil
    ) -> AdaptiveDensityResult.Bandwidths? {
        guard let least = metres.min(), let greatest = metres.max(), let median = Quantile.median(of: metres) else {
            return nil
        }
        return AdaptiveDensityResult.Bandwidths(
            least: .metres(least), median: .metres(median), greatest: .metres(greatest), limited: limited, floor: floor,
            pilot: pilot, geometricMean: mean)
    }
}
