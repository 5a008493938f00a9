public import SimpleFeatures

/// Places of a pattern sorted into clusters, each in one or in none.
///
/// Clusters are numbered from 0 in the order of their lowest places (for ``DBSCAN`` the lowest core places), so that
/// the numbers do not depend on the order of the rows.
public struct PlaceClusters: Hashable, Sendable {
    /// The label of a place in no cluster: −1.
    public static let noCluster: Int32 = -1

    /// Per place of the pattern: the number of its cluster, or ``noCluster``.
    public let labels: [Int32]
    /// The clusters in the order of their numbers.
    public let clusters: [PlaceCluster]
    /// Incidents in the pattern.
    public let incidents: Int
    /// Incidents in some cluster.
    public let incidentsInClusters: Int

    /// - Parameter count: how many clusters there are; labels are below it.
    init(labels: [Int32], count: Int, pattern: PointPattern) {
        var members = [[Int]](repeating: [], count: count)
        for (place, label) in labels.enumerated() where label >= 0 { members[Int(label)].append(place) }
        self.labels = labels
        clusters = members.map { PlaceCluster(places: $0, of: pattern) }
        incidents = pattern.count
        incidentsInClusters = clusters.reduce(0) { $0 + $1.incidents }
    }
}

/// Places that lie together.
public struct PlaceCluster: Hashable, Sendable {
    /// Places of the pattern, ascending.
    public let places: [Int]
    /// Incidents at these places.
    public let incidents: Int
    /// Sum of their weights.
    public let weight: Double
    /// The mean centre of the incidents, each counted once whatever its weight.
    public let centre: PlanarPoint

    init(places: [Int], of pattern: PointPattern) {
        let incidents = places.reduce(0) { $0 + Int(pattern.multiplicity[$1]) }
        // Offsets from the first place keep large eastings and northings from eating digits.
        let (x, y) = places.first.map { (pattern.x[$0], pattern.y[$0]) } ?? (0, 0)
        var (east, north, weight) = (0.0, 0.0, 0.0)
        for place in places {
            let share = Double(pattern.multiplicity[place]) / Double(incidents)
            east += (pattern.x[place] - x) * share
            north += (pattern.y[place] - y) * share
            weight += pattern.weight[place]
        }
        self.places = places
        self.incidents = incidents
        self.weight = weight
        centre = PlanarPoint(x: x + east, y: y + north)
    }
}
