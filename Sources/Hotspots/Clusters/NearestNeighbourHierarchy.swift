public import SimpleFeatures

/// Groups incidents that lie closer together than chance would have them, then the groups, then the groups of groups.
///
/// Two incidents belong together when they are closer than a threshold: the mean distance to the nearest neighbour that
/// chance leads to expect, less some standard errors, 0.5·√(A/N) − t·0.26136/√(N²/A), or a fixed distance. The place
/// with most incidents that close seeds the first group and takes them all; among the rest the next one does, until
/// none would have ``minimumSize``. The mean centres of the groups are then grouped in the same way, with the threshold
/// for so many centres in the same area, and so on until nothing more comes together. Each incident is in one group or
/// in none.
///
/// Simulated patterns, as many incidents drawn at random in the study area, tell how many groups, and how large, chance
/// makes with the same threshold.
///
/// ## Units
/// Distances in metres, the area in square metres.
///
/// ## Example
/// ```swift
/// let orders = try NearestNeighbourHierarchy(threshold: .random(standardErrors: 1.645))
///     .clusters(of: burglaries, in: .polygon(city))
/// ```
///
/// ## Source
/// Levine (2015), *CrimeStat IV*, chapter 7; the random distance: Clark & Evans (1954). CrimeStat does not say how
/// seeds are chosen once groups take their neighbours away: here each seed is the one with most incidents still free,
/// of equals the lowest place.
public struct NearestNeighbourHierarchy: Hashable, Codable, Sendable {
    /// How close incidents must be.
    public enum Threshold: Hashable, Codable, Sendable {
        /// The expected distance under chance less so many standard errors; negative ones allow more.
        case random(standardErrors: Double)
        /// The same distance at all orders.
        case fixed(Length)
    }

    public var threshold: Threshold
    /// The fewest incidents of a first-order cluster.
    public var minimumSize: Int
    /// The fewest clusters of one of a higher order.
    public var minimumOfHigherOrders: Int
    /// How many random patterns to compare with; 0 for none.
    public var simulations: Int
    public var seed: UInt64

    /// CrimeStat's default of ten incidents, and no simulations.
    public init(
        threshold: Threshold = .random(standardErrors: 0), minimumSize: Int = 10, minimumOfHigherOrders: Int = 2,
        simulations: Int = 0, seed: UInt64 = 1
    ) {
        self.threshold = threshold
        self.minimumSize = minimumSize
        self.minimumOfHigherOrders = minimumOfHigherOrders
        self.simulations = simulations
        self.seed = seed
    }

    /// The most simulations that may be asked for.
    public static let mostSimulations = 100_000

    /// - Parameters:
    ///   - area: where the incidents were looked for; those outside are left out.
    ///   - threads: how many simulations may run at once; nil for one per active processor. The result does not depend
    ///     on it.
    ///   - progress: told the share that is done from time to time; the work is given up when it returns false.
    /// - Throws: ``HotspotError/countTooSmall(name:least:found:)``,
    ///   ``HotspotError/countOutOfRange(name:least:most:found:)``, ``HotspotError/lengthNotPositive(name:_:)`` where
    ///   the threshold is, ``HotspotError/studyAreaWithoutArea``, ``HotspotError/coordinatesTooLarge(method:)``,
    ///   ``HotspotError/tooFew(method:needed:found:)`` where no incident is in the area, ``HotspotError/cancelled``.
    /// - Complexity: O((1 + simulations) · *n* · *k*), *k* incidents closer than the threshold to one.
    public func clusters(
        of pattern: PointPattern, in area: AreaChoice, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> NearestNeighbourHierarchyResult {
        for (name, size) in [
            ("minimum size", minimumSize), ("minimum size of higher orders", minimumOfHigherOrders),
        ] where size < 2 { throw .countTooSmall(name: name, least: 2, found: size) }
        guard (0...Self.mostSimulations).contains(simulations) else {
            throw .countOutOfRange(
                name: "the number of simulations", least: 0, most: Self.mostSimulations, found: simulations)
        }
        let method = "nearest-neighbour hierarchical clustering"
        let window = try StudyWindow(area.borders(for: pattern), method: method)
        let inside = window.places(of: pattern, area: area)
        guard inside.count > 0 else { throw .tooFew(method: method, needed: 1, found: 0) }
        let first = try distance(of: inside.count, squareMetres: window.squareMetres)
        let members = pattern.x.indices.filter { place in
            if case .polygon = area {
                return window.contains(x: pattern.x[place] - window.origin.x, y: pattern.y[place] - window.origin.y)
            }
            return true
        }
        let groups = SeededGroups(
            x: inside.x, y: inside.y, incidents: inside.multiplicity, threshold: first, minimum: minimumSize
        ).groups
        let labels = Self.labels(groups, members: members, places: pattern.x.count)
        let found = PlaceClusters(labels: labels, count: groups.count, pattern: pattern)
        let simulated = try simulate(
            incidents: inside.count, in: window, threshold: first, ParallelWork(threads: threads, progress: progress))
        return NearestNeighbourHierarchyResult(
            method: self, area: area, squareMetres: window.squareMetres, threshold: .metres(first), firstOrder: found,
            higherOrders: higherOrders(found, squareMetres: window.squareMetres), outside: pattern.count - inside.count,
            dropped: pattern.dropped, simulated: simulated)
    }

    private func distance(of count: Int, squareMetres: Double) throws(HotspotError) -> Double {
        let distance = threshold.distance(of: count, squareMetres: squareMetres)
        guard distance > 0, distance.isFinite else { throw .lengthNotPositive(name: "threshold", .metres(distance)) }
        return distance
    }

    /// Numbers the groups by their lowest places.
    private static func labels(_ groups: [[Int]], members: [Int], places: Int) -> [Int32] {
        var labels = [Int32](repeating: PlaceClusters.noCluster, count: places)
        let sorted = groups.map { $0.map { members[$0] }.sorted() }.sorted { $0[0] < $1[0] }
        for (number, group) in sorted.enumerated() {
            for place in group { labels[place] = Int32(number) }
        }
        return labels
    }

    /// Groups the centres of groups for as long as some come together.
    private func higherOrders(
        _ first: PlaceClusters, squareMetres: Double
    ) -> [NearestNeighbourHierarchyResult.Order] {
        var orders: [NearestNeighbourHierarchyResult.Order] = []
        var centres = first.clusters.map { ($0.centre, $0.incidents) }
        while centres.count >= minimumOfHigherOrders {
            let distance = threshold.distance(of: centres.count, squareMetres: squareMetres)
            guard distance > 0 else { break }
            let groups = SeededGroups(
                x: centres.map(\.0.x), y: centres.map(\.0.y), incidents: centres.map { _ in 1 }, threshold: distance,
                minimum: minimumOfHigherOrders
            ).groups.map { $0.sorted() }.sorted { $0[0] < $1[0] }
            guard !groups.isEmpty else { break }
            let clusters = groups.map { NearestNeighbourHierarchyResult.Group(of: $0, centres: centres) }
            orders.append(.init(threshold: .metres(distance), clusters: clusters))
            centres = clusters.map { ($0.centre, $0.incidents) }
        }
        return orders
    }

    private func simulate(
        incidents: Int, in window: StudyWindow, threshold: Double, _ work: ParallelWork
    ) throws(HotspotError) -> [NearestNeighbourHierarchyResult.Simulation] {
        let minimum = minimumSize
        let seed = seed
        return try work.products(simulations) { index in
            .init(incidents: incidents, in: window, threshold: threshold, minimum: minimum, seed: seed, index: index)
        }
    }
}

extension NearestNeighbourHierarchy.Threshold {
    /// - Returns: possibly 0 or less, where the standard errors are many.
    func distance(of count: Int, squareMetres: Double) -> Double {
        switch self {
        case .fixed(let length): return length.metres
        case .random(let errors):
            let n = Double(count)
            return 0.5 * (squareMetres / n).squareRoot() - errors * 0.26136 / (n * n / squareMetres).squareRoot()
        }
    }
}
