public import SimpleFeatures

/// Finds clusters of any shape: places with many incidents around them, and what lies within reach of those.
///
/// A place is a core where at least ``minimumIncidents`` incidents, its own among them, lie at most ``reach`` away.
/// Cores within reach of each other belong to one cluster. A place that is no core but within reach of one is on the
/// border of its cluster; where several clusters reach it, it goes to the one with the lowest number. All others are
/// noise. Incidents at one place are counted each; weights are not used.
///
/// ## Units
/// Reach in metres.
///
/// ## Example
/// ```swift
/// let result = try DBSCAN(reach: .metres(150), minimumIncidents: 10).clusters(of: burglaries)
/// ```
///
/// ## Source
/// Ester, Kriegel, Sander & Xu (1996), *A Density-Based Algorithm for Discovering Clusters*, KDD-96, 226–231; cells of
/// reach/√2: Gunawan (2013), *A faster algorithm for DBSCAN*. The numbering gives what the original does when it visits
/// the places in the pattern's order.
public struct DBSCAN: Hashable, Codable, Sendable {
    /// How far away an incident still counts, itself included (ε).
    public var reach: Length
    /// How many incidents make a core, its own counted (minPts).
    public var minimumIncidents: Int

    /// All parameters as given; ``clusters(of:progress:)`` refuses those that cannot be used.
    public init(reach: Length, minimumIncidents: Int) {
        self.reach = reach
        self.minimumIncidents = minimumIncidents
    }

    /// - Parameter progress: told the share that is done from time to time; the work is given up when it returns false.
    /// - Returns: a label per place of the pattern, with the clusters.
    /// - Throws: ``HotspotError/lengthNotPositive(name:_:)``, ``HotspotError/distanceTooSmall(name:least:found:)``
    ///   where the places spread over more than 2³¹ cells in a direction,
    ///   ``HotspotError/countTooSmall(name:least:found:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n*) where places are spread; O(*n* · *k*) with *k* places in reach of one.
    public func clusters(
        of pattern: PointPattern, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> DBSCANResult {
        guard reach.metres > 0, reach.metres.isFinite else { throw .lengthNotPositive(name: "reach", reach) }
        guard minimumIncidents > 0 else {
            throw .countTooSmall(name: "minimum of incidents", least: 1, found: minimumIncidents)
        }
        let cells = try ReachCells(pattern, reach: reach)
        var search = DensitySearch(cells: cells, minimum: minimumIncidents, progress: progress)
        guard search.run() else { throw .cancelled }
        return DBSCANResult(method: self, pattern: pattern, search: search)
    }
}

/// Clusters found by density, with the parameters that found them.
public struct DBSCANResult: Hashable, Sendable {
    /// The parameters it was made with.
    public let method: DBSCAN
    /// The label of each place, and the clusters.
    public let found: PlaceClusters
    /// Per place: whether it is a core.
    public let isCore: [Bool]
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int

    /// Incidents in no cluster.
    public var noise: Int { found.incidents - found.incidentsInClusters }

    fileprivate init(method: DBSCAN, pattern: PointPattern, search: DensitySearch) {
        let (labels, count) = search.labels()
        self.method = method
        found = PlaceClusters(labels: labels, count: count, pattern: pattern)
        isCore = search.coresByPlace()
        dropped = pattern.dropped
    }
}
