public import SimpleFeatures

/// Finds clusters of differing densities: those that persist longest as the reach of a density search shrinks.
///
/// The core distance of an incident is that to its ``neighbours``-th nearest incident, itself counted; the mutual
/// reachability of two is the largest of their core distances and their distance. Its minimum spanning tree gives the
/// hierarchy of clusters for all reaches at once; groups below ``minimumSize`` incidents are not clusters. Of the
/// clusters that contain each other, those with the most stability Σ(λ − λ_birth), λ = 1/distance, are chosen.
///
/// Distances below ``resolution`` count as that: without it, incidents recorded at one corner would be infinitely
/// dense. Distances that tie take effect at once, so that the result depends on no order. The cluster of all incidents
/// is never chosen. Weights are not used.
///
/// ## Example
/// ```swift
/// let result = try HDBSCAN(minimumSize: 15).clusters(of: burglaries)
/// ```
///
/// ## Source
/// Campello, Moulavi & Sander (2013), *Density-Based Clustering Based on Hierarchical Density Estimates*, PAKDD 2013;
/// McInnes, Healy & Astels (2017), *hdbscan: Hierarchical density based clustering*. Borůvka's algorithm over a tree of
/// boxes: March, Ram & Gray (2010), *Fast Euclidean Minimum Spanning Tree*.
public struct HDBSCAN: Hashable, Codable, Sendable {
    /// Which of the clusters that contain each other are chosen.
    public enum Selection: String, Hashable, Codable, Sendable, CaseIterable {
        /// Those that together are most stable.
        case excessOfMass
        /// Those that contain no other.
        case leaf
    }

    /// The fewest incidents of a cluster, at least 2.
    public var minimumSize: Int
    /// How many incidents, itself counted, the core distance reaches; nil for as many as ``minimumSize``.
    public var neighbours: Int?
    public var selection: Selection
    /// The distance below which places are not told apart.
    public var resolution: Length

    /// All parameters as given; ``clusters(of:progress:)`` refuses those that cannot be used.
    public init(
        minimumSize: Int, neighbours: Int? = nil, selection: Selection = .excessOfMass, resolution: Length = .metres(1)
    ) {
        self.minimumSize = minimumSize
        self.neighbours = neighbours
        self.selection = selection
        self.resolution = resolution
    }

    /// - Parameter progress: told the share that is done from time to time; the work is given up when it returns false.
    /// - Returns: a label and a probability per place of the pattern, with the clusters; none where there are fewer
    ///   incidents than neighbours are asked for.
    /// - Throws: ``HotspotError/countTooSmall(name:least:found:)``, ``HotspotError/lengthNotPositive(name:_:)``,
    ///   ``HotspotError/distanceTooSmall(name:least:found:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n* log² *n*) for places that are spread, with the neighbours few.
    public func clusters(
        of pattern: PointPattern, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> HDBSCANResult {
        guard minimumSize >= 2 else { throw .countTooSmall(name: "minimum size", least: 2, found: minimumSize) }
        let neighbours = neighbours ?? minimumSize
        guard neighbours >= 1 else { throw .countTooSmall(name: "number of neighbours", least: 1, found: neighbours) }
        guard resolution.metres > 0 else { throw .lengthNotPositive(name: "resolution", resolution) }
        let size = max(pattern.envelope.width, pattern.envelope.height)
        // Squares of distances, and the sums of their inverses, must stay numbers.
        guard resolution.metres >= 1e-100, resolution.metres <= 1e100, size <= 1e100 else {
            throw .distanceTooSmall(
                name: "resolution", least: .metres(max(1e-100, min(size, 1e100) * 1e-9)), found: resolution)
        }
        guard neighbours <= pattern.count else { return HDBSCANResult(method: self, pattern: pattern, tree: nil) }
        let graph = try ReachabilityTree(
            pattern, neighbours: neighbours, resolution: resolution.metres, progress: progress)
        let hierarchy = MergeHierarchy(graph, multiplicity: pattern.multiplicity)
        let tree = CondensedTree(hierarchy, minimumSize: minimumSize)
        return HDBSCANResult(method: self, pattern: pattern, tree: tree)
    }
}

/// Clusters found by density at all reaches, with the parameters that found them.
public struct HDBSCANResult: Hashable, Sendable {
    /// The parameters it was made with.
    public let method: HDBSCAN
    /// The label of each place, and the clusters.
    public let found: PlaceClusters
    /// Per place, how firmly it belongs to its cluster: 1 for its densest places, 0 for places in none.
    public let probabilities: [Double]
    /// Per cluster, its stability, in incidents per metre.
    public let stability: [Double]
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int

    /// Incidents in no cluster.
    public var noise: Int { found.incidents - found.incidentsInClusters }

    fileprivate init(method: HDBSCAN, pattern: PointPattern, tree: CondensedTree?) {
        let owner = tree.map { $0.owners(method.selection) } ?? []
        var numbers: [Int: Int32] = [:]
        var labels = [Int32](repeating: PlaceClusters.noCluster, count: pattern.x.count)
        var probabilities = [Double](repeating: 0, count: pattern.x.count)
        var stability: [Double] = []
        if let tree {
            for place in labels.indices {
                guard let cluster = owner[tree.cluster[place]] else { continue }
                if numbers[cluster] == nil {
                    numbers[cluster] = Int32(numbers.count)
                    stability.append(tree.clusters[cluster].stability)
                }
                labels[place] = numbers[cluster] ?? PlaceClusters.noCluster
                probabilities[place] = min(1, tree.density[place] / tree.clusters[cluster].greatestDensity)
            }
        }
        self.method = method
        found = PlaceClusters(labels: labels, count: numbers.count, pattern: pattern)
        self.probabilities = probabilities
        self.stability = stability
        dropped = pattern.dropped
    }
}
