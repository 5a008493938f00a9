import SimpleFeatures

/// How a cluster is drawn: by the hull around its places, and the standard deviational ellipse of its incidents.
public struct ClusterOutline: Hashable, Sendable {
    /// The smallest convex outline; a line or a point where the places are on one.
    public let hull: ConvexHullResult
    /// One standard deviation to each side, each incident counted once; nil where it cannot be computed.
    public let ellipse: StandardDeviationalEllipseResult?
}

extension PlaceCluster {
    /// The outlines of the cluster.
    /// - Parameter pattern: the one that the cluster was found in; places it does not have are passed over.
    /// - Complexity: O(incidents · log incidents).
    public func outline(in pattern: PointPattern, variant: DeviationVariant = .ebdon) -> ClusterOutline {
        var (x, y) = ([Double](), [Double]())
        for place in places where pattern.x.indices.contains(place) {
            x += Array(repeating: pattern.x[place], count: Int(pattern.multiplicity[place]))
            y += Array(repeating: pattern.y[place], count: Int(pattern.multiplicity[place]))
        }
        let points = zip(x, y).map { PlanarPoint(x: $0, y: $1) }
        let members = try? PointPattern(x: x, y: y, crs: pattern.crs)
        let hull = ConvexHullResult(
            vertices: ConvexHull.vertices(of: points), incidents: points.count, dropped: 0)
        return ClusterOutline(
            hull: hull, ellipse: members.flatMap { try? StandardDeviationalEllipse(variant: variant).ellipse(of: $0) })
    }
}
