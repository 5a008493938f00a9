import SimpleFeatures

extension MultiPolygon where P == LonLat {
    /// The centre of mass, as other programs put it, holes left out: of degrees, which for a colonia is that of metres. Nil for an
    /// area that is flat.
    var centroid: LonLat? {
        guard let origin = polygons.first?.exterior.first else { return nil }
        var (area, x, y) = (0.0, 0.0, 0.0)
        func add(_ ring: [LonLat], _ sign: Double) {
            var (doubled, momentX, momentY) = (0.0, 0.0, 0.0)
            for (a, b) in zip(ring, ring.dropFirst()) {
                // From a vertex nearby, so that no digits are lost.
                let (ax, ay) = (a.longitude - origin.longitude, a.latitude - origin.latitude)
                let (bx, by) = (b.longitude - origin.longitude, b.latitude - origin.latitude)
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
        for polygon in polygons {
            add(polygon.exterior, 1)
            for hole in polygon.holes { add(hole, -1) }
        }
        guard area > 0, x.isFinite, y.isFinite else { return nil }
        return LonLat(longitude: origin.longitude + x / (3 * area), latitude: origin.latitude + y / (3 * area))
    }
}
