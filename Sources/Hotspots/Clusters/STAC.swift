public import SimpleFeatures

/// Finds the densest circles on a lattice and merges those that share incidents: Spatial and Temporal Analysis of
/// Crime.
///
/// Circles of √2 times the search radius stand on a lattice over the study rectangle, one search radius apart, so that
/// they overlap. The ``mostCircles`` with most incidents are kept (of equals the southernmost, then the westernmost),
/// those that share incidents become one, and what has fewer than ``minimumSize`` incidents is dropped.
///
/// The lattice hangs on the rectangle, so results are comparable only for the same one: fix it for a study.
///
/// ## Units
/// Metres.
///
/// ## Example
/// ```swift
/// let clusters = try STAC(searchRadius: .metres(250)).clusters(of: burglaries, in: rectangle)
/// ```
///
/// ## Source
/// Block (1995), *STAC Hot-Spot Areas: A Statistical Tool for Law Enforcement Decisions*; Levine (2015), *CrimeStat
/// IV*, chapter 8.
public struct STAC: Hashable, Codable, Sendable {
    /// How the centres of the circles lie.
    public enum Lattice: String, Hashable, Codable, Sendable, CaseIterable {
        case square
        /// Every second row half a step further east, rows √3/2 of a step apart.
        case triangular
    }

    public var searchRadius: Length
    public var minimumSize: Int
    public var lattice: Lattice
    public var mostCircles: Int

    /// CrimeStat's defaults: ten incidents, 25 circles.
    public init(searchRadius: Length, minimumSize: Int = 10, lattice: Lattice = .square, mostCircles: Int = 25) {
        self.searchRadius = searchRadius
        self.minimumSize = minimumSize
        self.lattice = lattice
        self.mostCircles = mostCircles
    }

    /// The most circles that a lattice may have: 2²⁶.
    public static let greatestLattice = 1 << 26

    /// - Parameter rectangle: the study area; incidents outside are left out.
    /// - Throws: ``HotspotError/lengthNotPositive(name:_:)``, ``HotspotError/countTooSmall(name:least:found:)``,
    ///   ``HotspotError/countOutOfRange(name:least:most:found:)``, ``HotspotError/studyAreaWithoutArea``,
    ///   ``HotspotError/distanceTooSmall(name:least:found:)`` where the lattice would have too many circles.
    /// - Complexity: O(*n* + *c*) with *c* circles.
    public func clusters(
        of pattern: PointPattern, in rectangle: Envelope<PlanarPoint>
    ) throws(HotspotError) -> STACResult {
        guard searchRadius.metres > 0, searchRadius.metres.isFinite else {
            throw .lengthNotPositive(name: "search radius", searchRadius)
        }
        guard minimumSize >= 2 else { throw .countTooSmall(name: "minimum size", least: 2, found: minimumSize) }
        guard (1...1000).contains(mostCircles) else {
            throw .countOutOfRange(name: "the number of circles", least: 1, most: 1000, found: mostCircles)
        }
        guard rectangle.width > 0, rectangle.height > 0, rectangle.width.isFinite, rectangle.height.isFinite else {
            throw .studyAreaWithoutArea
        }
        let circles = try CircleLattice(rectangle, step: searchRadius, isTriangular: lattice == .triangular)
        let inside = pattern.x.indices.filter {
            rectangle.contains(PlanarPoint(x: pattern.x[$0], y: pattern.y[$0]))
        }
        let densest = circles.densest(mostCircles, atLeast: 2, inside, pattern)
        var sets = DisjointSets(count: densest.count)
        var circleOf: [Int: Int] = [:]
        for (circle, found) in densest.enumerated() {
            for place in found.places {
                if let other = circleOf[place] { sets.merge(circle, other) } else { circleOf[place] = circle }
            }
        }
        var groups: [Int: [Int]] = [:]
        for (place, circle) in circleOf { groups[sets.find(circle), default: []].append(place) }
        let kept = groups.values.map { $0.sorted() }
            .filter { $0.reduce(0) { $0 + Int(pattern.multiplicity[$1]) } >= minimumSize }
            .sorted { $0[0] < $1[0] }
        var labels = [Int32](repeating: PlaceClusters.noCluster, count: pattern.x.count)
        for (number, group) in kept.enumerated() {
            for place in group { labels[place] = Int32(number) }
        }
        return STACResult(
            method: self, rectangle: rectangle,
            found: PlaceClusters(labels: labels, count: kept.count, pattern: pattern),
            circles: densest.map { STACResult.Circle(centre: $0.centre, incidents: $0.incidents) },
            circleRadius: .metres(circles.radius),
            outside: pattern.count - inside.reduce(0) { $0 + Int(pattern.multiplicity[$1]) },
            dropped: pattern.dropped)
    }
}

/// Clusters of merged circles.
public struct STACResult: Hashable, Sendable {
    /// One of the densest circles.
    public struct Circle: Hashable, Sendable {
        public let centre: PlanarPoint
        public let incidents: Int
    }

    /// The parameters it was made with, and the study rectangle, on which the result depends.
    public let method: STAC
    public let rectangle: Envelope<PlanarPoint>
    /// The label of each place, and the clusters.
    public let found: PlaceClusters
    /// The densest circles, that with most incidents first.
    public let circles: [Circle]
    public let circleRadius: Length
    /// Incidents outside the study rectangle.
    public let outside: Int
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int
}
