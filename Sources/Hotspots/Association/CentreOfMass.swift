import SimpleFeatures

extension MultiPolygon where P == PlanarPoint {
    /// Where the area would balance, holes left out; the middle of its envelope where it is flat.
    ///
    /// - Returns: coordinates that are not finite for an area without any positions.
    var centreOfMass: PlanarPoint {
        let box = envelope
        let middle = PlanarPoint(x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2)
        var sums = Sums()
        for polygon in polygons {
            sums.add(polygon.exterior, from: middle, sign: 1)
            for hole in polygon.holes { sums.add(hole, from: middle, sign: -1) }
        }
        guard sums.area > 0, sums.x.isFinite, sums.y.isFinite else { return middle }
        return PlanarPoint(x: middle.x + sums.x / (3 * sums.area), y: middle.y + sums.y / (3 * sums.area))
    }
}

/// Twice the area and its moments, about a place nearby so that no digits are lost.
private struct Sums {
    var (area, x, y) = (0.0, 0.0, 0.0)

    mutating func add(_ ring: [PlanarPoint], from middle: PlanarPoint, sign: Double) {
        var (doubled, momentX, momentY) = (0.0, 0.0, 0.0)
        for (a, b) in zip(ring, ring.dropFirst()) {
            let (ax, ay, bx, by) = (a.x - middle.x, a.y - middle.y, b.x - middle.x, b.y - middle.y)
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
