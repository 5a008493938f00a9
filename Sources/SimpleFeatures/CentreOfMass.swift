extension MultiPolygon {
    /// Where the area would balance, holes left out: the centroid of other programs. It may lie outside, unlike
    /// ``interiorPoint``.
    ///
    /// In the unit of the positions; for degrees it is that of a map in degrees, which for a city's area is as good.
    /// - Returns: nil for an area that is empty or flat, or whose moments are no numbers.
    /// - Complexity: O(vertices).
    public var centreOfMass: P? {
        // About a place nearby, so that no digits are lost.
        guard let origin = polygons.first?.exterior.first else { return nil }
        var sums = Moments()
        for polygon in polygons {
            sums.add(polygon.exterior, from: origin, sign: 1)
            for hole in polygon.holes { sums.add(hole, from: origin, sign: -1) }
        }
        guard sums.area > 0, sums.x.isFinite, sums.y.isFinite else { return nil }
        return P(x: origin.x + sums.x / (3 * sums.area), y: origin.y + sums.y / (3 * sums.area))
    }
}

/// Twice the area and six times its moments.
private struct Moments {
    var (area, x, y) = (0.0, 0.0, 0.0)

    /// Whichever way the ring is wound.
    mutating func add<P: Position>(_ ring: [P], from origin: P, sign: Double) {
        var (doubled, momentX, momentY) = (0.0, 0.0, 0.0)
        for (a, b) in zip(ring, ring.dropFirst()) {
            let (ax, ay, bx, by) = (a.x - origin.x, a.y - origin.y, b.x - origin.x, b.y - origin.y)
            let cross = ax * by - bx * ay
            doubled += cross
            momentX += (ax + bx) * cross
            momentY += (ay + by) * cross
        }
        let turn = doubled < 0 ? -sign : sign
        area += turn * doubled
        x += turn * momentX
        y += turn * momentY
    }
}
