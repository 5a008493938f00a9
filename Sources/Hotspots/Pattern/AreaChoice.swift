public import SimpleFeatures

/// Where incidents were looked for: statistics that compare a pattern with chance are about an area, not about points alone.
public enum AreaChoice: Hashable, Sendable {
    /// An area given by its borders, in the pattern's reference system; its parts must not overlap. Borders belong to it.
    case polygon(MultiPolygon<PlanarPoint>)
    /// The smallest upright rectangle around the places. It makes a pattern look more even than it is.
    case boundingBox
    /// The convex hull of the places. It does so even more.
    case convexHull

    /// How results name it: `polygon`, `bbox`, `hull`.
    public var name: String {
        switch self {
        case .polygon: "polygon"
        case .boundingBox: "bbox"
        case .convexHull: "hull"
        }
    }

    /// The borders, for a pattern; empty where the pattern has no extent.
    public func borders(for pattern: PointPattern) -> MultiPolygon<PlanarPoint> {
        switch self {
        case .polygon(let area): return area
        case .convexHull: return MultiPolygon(ConvexHull().outline(of: pattern).polygon.map { [$0] } ?? [])
        case .boundingBox:
            let box = pattern.envelope
            guard box.width > 0, box.height > 0 else { return MultiPolygon([]) }
            let (southWest, northEast) = (PlanarPoint(x: box.minX, y: box.minY), PlanarPoint(x: box.maxX, y: box.maxY))
            let (southEast, northWest) = (PlanarPoint(x: box.maxX, y: box.minY), PlanarPoint(x: box.minX, y: box.maxY))
            return MultiPolygon([Polygon(exterior: [southWest, southEast, northEast, northWest, southWest])])
        }
    }
}
