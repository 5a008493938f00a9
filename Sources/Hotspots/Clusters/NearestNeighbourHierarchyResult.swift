public import SimpleFeatures
import Statistics

/// Groups, groups of groups and so on, with what chance makes.
public struct NearestNeighbourHierarchyResult: Hashable, Sendable {
    /// Several clusters of the order below.
    public struct Group: Hashable, Sendable {
        /// Numbers of the clusters of the order below, ascending.
        public let members: [Int]
        /// Incidents of them all.
        public let incidents: Int
        /// The mean of their centres, each counted once.
        public let centre: PlanarPoint

        init(of members: [Int], centres: [(PlanarPoint, Int)]) {
            let (first, count) = (members.first.map { centres[$0].0 }, Double(members.count))
            let origin = first ?? PlanarPoint(x: 0, y: 0)
            var (east, north) = (0.0, 0.0)
            for member in members {
                east += (centres[member].0.x - origin.x) / count
                north += (centres[member].0.y - origin.y) / count
            }
            self.members = members
            incidents = members.reduce(0) { $0 + centres[$1].1 }
            centre = PlanarPoint(x: origin.x + east, y: origin.y + north)
        }
    }

    /// The clusters of a second or higher order.
    public struct Order: Hashable, Sendable {
        /// How close centres of the order below had to be.
        public let threshold: Length
        public let clusters: [Group]
    }

    /// What one random pattern makes.
    public struct Simulation: Hashable, Sendable {
        /// First-order clusters.
        public let clusters: Int
        /// Incidents of the largest; 0 where there is none.
        public let largest: Int
    }

    /// The parameters it was made with.
    public let method: NearestNeighbourHierarchy
    /// The study area, as it was chosen, and its size.
    public let area: AreaChoice
    public let squareMetres: Double
    /// How close incidents had to be.
    public let threshold: Length
    /// The groups of incidents.
    public let firstOrder: PlaceClusters
    /// The second order, the third, and so on: as many as came together.
    public let higherOrders: [Order]
    /// Incidents outside the study area.
    public let outside: Int
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int
    /// One per simulation, in their order; fewer where the area was too thin for a point to be drawn in it.
    public let simulated: [Simulation]

    /// The chance of at least as many first-order clusters in random patterns, (1 + k)/(1 + R); nil without
    /// simulations.
    public var p: Double? { p { $0.clusters >= firstOrder.clusters.count } }

    /// The chance that the largest cluster of a random pattern has at least as many incidents as this one: a test that
    /// allows for there being many clusters. Nil without simulations.
    public func p(of cluster: PlaceCluster) -> Double? { p { $0.largest >= cluster.incidents } }

    private func p(_ isAsExtreme: (Simulation) -> Bool) -> Double? {
        simulated.isEmpty ? nil : Double(1 + simulated.count(where: isAsExtreme)) / Double(1 + simulated.count)
    }
}

extension NearestNeighbourHierarchyResult.Simulation {
    /// Draws incidents in the window and groups them.
    init(incidents: Int, in window: StudyWindow, threshold: Double, minimum: Int, seed: UInt64, index: Int) {
        var mixer = SplitMix64(seed: seed)
        // A generator per simulation, so that threads may run them in any order.
        var generator = SplitMix64(seed: mixer.next() &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
        generator = SplitMix64(seed: generator.next())
        var (x, y) = ([Double](), [Double]())
        for _ in 0..<incidents {
            guard let point = window.draw(&generator) else { break }
            x.append(point.x)
            y.append(point.y)
        }
        let ones = [Int32](repeating: 1, count: x.count)
        let groups = SeededGroups(x: x, y: y, incidents: ones, threshold: threshold, minimum: minimum).groups
        (clusters, largest) = (groups.count, groups.reduce(0) { max($0, $1.count) })
    }
}
