extension Polygon where P == PlanarPoint {
    /// The area of the exterior less its holes, whatever way the rings wind.
    /// - Complexity: O(vertices).
    public var squareMetres: Double {
        holes.reduce(abs(Predicates.signedSquareMetres(of: exterior))) {
            $0 - abs(Predicates.signedSquareMetres(of: $1))
        }
    }
}

extension MultiPolygon where P == PlanarPoint {
    /// The sum of the areas of its polygons.
    public var squareMetres: Double { polygons.reduce(0) { $0 + $1.squareMetres } }
}

extension MultiPolygon {
    /// A place inside: the middle of the widest stretch of one horizontal line through the polygon of the tallest exterior.
    ///
    /// Unlike a centroid it never lies outside, or in a hole.
    /// - Returns: nil for an empty or flat geometry.
    /// - Complexity: O(vertices · log vertices).
    public var interiorPoint: P? {
        guard let polygon = polygons.max(by: { $0.envelope.height < $1.envelope.height }) else { return nil }
        guard let y = levelBetweenVertices(of: polygon) else { return nil }
        let places: [Double] = polygon.rings.flatMap { crossings(of: $0, at: y) }.sorted()
        var widest: (start: Double, end: Double)?
        for index in stride(from: 0, to: places.count - 1, by: 2) {
            let (start, end) = (places[index], places[index + 1])
            if end - start > widest.map({ $0.end - $0.start }) ?? 0 { widest = (start, end) }
        }
        return widest.map { P(x: ($0.start + $0.end) / 2, y: y) }
    }

    /// A level near the middle of the exterior that touches no vertex.
    private func levelBetweenVertices(of polygon: Polygon<P>) -> Double? {
        let box = polygon.envelope
        guard box.height > 0 else { return nil }
        let middle = box.minY + box.height / 2
        var below = box.minY
        var above = box.maxY
        for position in polygon.rings.joined() {
            if position.y <= middle { below = max(below, position.y) } else { above = min(above, position.y) }
        }
        let level = below + (above - below) / 2
        return level > below && level < above ? level : nil
    }

    private func crossings(of ring: [P], at y: Double) -> [Double] {
        zip(ring, ring.dropFirst()).compactMap { a, b in
            (a.y <= y) == (b.y <= y) ? nil : a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
        }
    }
}
