public import SimpleFeatures

/// Draws the smallest convex outline around the places of a pattern.
///
/// Only corners are vertices: places on a straight side are not. Turns are decided without rounding errors. What weighs
/// nothing counts too.
///
/// ## Example
/// ```swift
/// let outline = ConvexHull().outline(of: burglaries).geometry
/// ```
///
/// ## Source
/// Andrew (1979), *Another efficient algorithm for convex hulls in two dimensions* (monotone chain).
public struct ConvexHull: Hashable, Codable, Sendable {
    public init() {}

    /// - Complexity: O(*n*), as places stand in order.
    public func outline(of pattern: PointPattern) -> ConvexHullResult {
        let points = zip(pattern.x, pattern.y).map { PlanarPoint(x: $0, y: $1) }
        return ConvexHullResult(
            vertices: Self.vertices(ofSorted: points), incidents: pattern.count, dropped: pattern.dropped)
    }

    /// - Parameter points: in any order, repeated or not.
    static func vertices(of points: [PlanarPoint]) -> [PlanarPoint] {
        vertices(ofSorted: points.sorted { $0.y != $1.y ? $0.y < $1.y : $0.x < $1.x })
    }

    private static func vertices(ofSorted points: [PlanarPoint]) -> [PlanarPoint] {
        var distinct: [PlanarPoint] = []
        for point in points where point != distinct.last { distinct.append(point) }
        guard distinct.count > 2 else { return distinct }
        let east = chain(distinct)
        let west = chain(distinct.reversed())
        return east.dropLast() + west.dropLast()
    }

    /// From the first point to the last, with all others to the left or on it.
    private static func chain(_ points: [PlanarPoint]) -> [PlanarPoint] {
        var chain: [PlanarPoint] = []
        for point in points {
            while chain.count > 1,
                Predicates.orientation(chain[chain.count - 2], chain[chain.count - 1], point) != .counterClockwise
            {
                chain.removeLast()
            }
            chain.append(point)
        }
        return chain
    }
}

/// A convex outline.
public struct ConvexHullResult: Hashable, Sendable {
    /// The corners, counter-clockwise from the southernmost (of those, the westernmost), each once: none for no places, one
    /// where all are one, the two ends where all lie on one line.
    public let vertices: [PlanarPoint]
    /// Incidents of the pattern, and those it had left out.
    public let incidents: Int
    public let dropped: Int

    /// The outline as a polygon; nil where it encloses nothing.
    public var polygon: Polygon<PlanarPoint>? {
        vertices.count > 2 ? Polygon(exterior: vertices + vertices.prefix(1)) : nil
    }

    /// The outline, or what it has shrunk to: a line, a point; nil for no places.
    public var geometry: Geometry<PlanarPoint>? {
        if let polygon { return .polygon(polygon) }
        return vertices.count == 2 ? .lineString(vertices) : vertices.first.map { .point($0) }
    }

    /// 0 where the outline is a line or a point.
    public var squareMetres: Double { polygon?.squareMetres ?? 0 }
}
