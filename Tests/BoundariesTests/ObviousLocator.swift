import Boundaries
import SimpleFeatures

/// The rule of `PointLocator`, spelled out over all edges of all areas. Looks straight down from the point where the
/// locator looks east.
struct ObviousLocator {
    private struct Shape {
        var envelope: Envelope<LonLat>
        var edges: [(LonLat, LonLat)]
    }

    private let shapes: [Shape]
    private let squareMetres: [Double]

    init(_ areas: [MultiPolygon<LonLat>], squareMetres: [Double]) {
        shapes = areas.map { area in
            let rings = area.polygons.flatMap(\.rings)
            return Shape(envelope: Envelope(rings.joined()), edges: rings.flatMap { Array(zip($0, $0.dropFirst())) })
        }
        self.squareMetres = squareMetres
    }

    func locate(_ point: LonLat) -> PointLocator.Location {
        var interiors: [Int] = []
        var edges: [Int] = []
        for (index, shape) in shapes.enumerated() where shape.envelope.contains(point) {
            if shape.edges.contains(where: { touches($0, point) }) {
                edges.append(index)
            } else if !shape.edges.count(where: { liesAbove(point, $0) }).isMultiple(of: 2) {
                interiors.append(index)
            }
        }
        if let best = interiors.min(by: { (squareMetres[$0], $0) < (squareMetres[$1], $1) }) {
            return PointLocator.Location(index: Int32(best), candidates: Int32(interiors.count), onBorder: false)
        }
        if let first = edges.first {
            return PointLocator.Location(index: Int32(first), candidates: Int32(edges.count), onBorder: true)
        }
        return .none
    }

    private func touches(_ edge: (LonLat, LonLat), _ point: LonLat) -> Bool {
        min(edge.0.x, edge.1.x) <= point.x && point.x <= max(edge.0.x, edge.1.x)
            && min(edge.0.y, edge.1.y) <= point.y && point.y <= max(edge.0.y, edge.1.y)
            && Predicates.orientation(edge.0, edge.1, point) == .collinear
    }

    private func liesAbove(_ point: LonLat, _ edge: (LonLat, LonLat)) -> Bool {
        let (west, east) = edge.0.x <= edge.1.x ? edge : (edge.1, edge.0)
        guard west.x <= point.x, point.x < east.x else { return false }
        return Predicates.orientation(west, east, point) == .counterClockwise
    }
}
