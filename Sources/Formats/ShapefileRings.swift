import SimpleFeatures

/// Makes polygons of the rings of one record, which stand there in any order and without saying what is a hole in what.
///
/// ## Rule
/// Rings are taken from the largest to the smallest. A ring's parent is the smallest larger ring that it lies in. A ring
/// without a parent, or whose parent is a hole, is an exterior; any other is a hole of its parent. The format winds
/// exteriors clockwise and holes counter-clockwise, and many writers do not, so winding is believed only where place is
/// doubtful. A ring wound unlike the other lies in it when its first corner off the other's border does, or when it has
/// none; one wound alike, which the format would call a second exterior, only when no corner lies outside and one inside.
struct ShapefileRings {
    /// The most rings that one record may have, since they are compared with one another.
    static let limit = 1 << 16

    /// - Parameter rings: closed, of at least four finite positions each.
    /// - Returns: the polygons in the order of their exteriors, their holes in order too, and how many rings are wound
    ///   against the format's rule.
    /// - Complexity: O(*r*²) boxes of *r* rings, and the positions of those whose boxes lie in one another.
    static func assemble(_ rings: [[FilePosition]]) -> (polygons: [Polygon<FilePosition>], misoriented: Int) {
        if rings.count == 1 {
            return ([Polygon(exterior: rings[0])], Predicates.signedArea(of: rings[0]) > 0 ? 1 : 0)
        }
        let areas = rings.map { Predicates.signedArea(of: $0) }
        let parents = parents(rings, areas)

        var polygonOfRing = [Int?](repeating: nil, count: rings.count)
        var polygons: [Polygon<FilePosition>] = []
        var misoriented = 0
        for ring in rings.indices where parents[ring] == nil {
            polygonOfRing[ring] = polygons.count
            polygons.append(Polygon(exterior: rings[ring]))
            if areas[ring] > 0 { misoriented += 1 }
        }
        for ring in rings.indices {
            guard let parent = parents[ring], let polygon = polygonOfRing[parent] else { continue }
            polygons[polygon].holes.append(rings[ring])
            if areas[ring] < 0 { misoriented += 1 }
        }
        return (polygons, misoriented)
    }

    /// For every hole the exterior that it lies in; nil for exteriors.
    private static func parents(_ rings: [[FilePosition]], _ areas: [Double]) -> [Int?] {
        let envelopes = rings.map { Envelope($0) }
        let order = rings.indices.sorted { areas[$0].magnitude > areas[$1].magnitude }
        var parents = [Int?](repeating: nil, count: rings.count)
        for (place, ring) in order.enumerated() {
            let parent = order[..<place].last {
                areas[$0].magnitude > areas[ring].magnitude && envelopes[$0].contains(envelopes[ring])
                    && contains(rings[$0], rings[ring], windAlike: (areas[$0] > 0) == (areas[ring] > 0))
            }
            // In a hole lies an exterior again.
            if let parent, parents[parent] == nil { parents[ring] = parent }
        }
        return parents
    }

    private static func contains(_ outer: [FilePosition], _ inner: [FilePosition], windAlike: Bool) -> Bool {
        if windAlike, inner.contains(where: { side(of: $0, outer) == .outside }) { return false }
        for position in inner {
            let side = side(of: position, outer)
            if side != .border { return side == .inside }
        }
        return !windAlike  // every corner lies on the border
    }

    private enum Side {
        case inside, outside, border
    }

    /// On which side of a ring a position lies, by the crossings of a ray eastward.
    private static func side(of p: FilePosition, _ ring: [FilePosition]) -> Side {
        var isInside = false
        for index in 1..<ring.count {
            let (a, b) = (ring[index - 1], ring[index])
            if a.y == p.y, b.y == p.y {
                if min(a.x, b.x) <= p.x, p.x <= max(a.x, b.x) { return .border }
                continue
            }
            if p == a { return .border }
            guard (a.y > p.y) != (b.y > p.y) else { continue }
            let cross = (b.x - a.x) * (p.y - a.y) - (p.x - a.x) * (b.y - a.y)
            if cross == 0 { return .border }
            if (cross > 0) == (b.y > a.y) { isInside.toggle() }
        }
        return isInside ? .inside : .outside
    }
}

extension Envelope {
    /// Whether another envelope lies in this one, borders included.
    fileprivate func contains(_ other: Envelope) -> Bool {
        minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
    }
}
