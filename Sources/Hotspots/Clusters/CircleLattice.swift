import SimpleFeatures

/// Overlapping circles on a lattice over a rectangle, from its south-west corner on.
struct CircleLattice {
    struct Circle {
        var centre: PlanarPoint
        var incidents: Int
        var places: [Int]
    }

    let radius: Double
    private let origin: PlanarPoint
    private let step: Double
    private let rowStep: Double
    private let isTriangular: Bool
    private let columns: Int
    private let rows: Int

    init(_ rectangle: Envelope<PlanarPoint>, step: Length, isTriangular: Bool) throws(HotspotError) {
        let step = step.metres
        rowStep = isTriangular ? step * 3.0.squareRoot() / 2 : step
        let columns = (rectangle.width / step).rounded(.up) + 1
        let rows = (rectangle.height / rowStep).rounded(.up) + 1
        guard columns * rows <= Double(STAC.greatestLattice) else {
            let least = (rectangle.width * rectangle.height / Double(STAC.greatestLattice)).squareRoot() * 1.1
            let most = max(rectangle.width, rectangle.height) / Double(STAC.greatestLattice) * 4
            throw .distanceTooSmall(
                name: "search radius", least: .metres(max(least, most)), found: .metres(step))
        }
        radius = step * 2.0.squareRoot()
        origin = PlanarPoint(x: rectangle.minX, y: rectangle.minY)
        self.step = step
        self.isTriangular = isTriangular
        (self.columns, self.rows) = (Int(columns), Int(rows))
    }

    private func centre(_ circle: Int) -> PlanarPoint {
        let (row, column) = (circle / columns, circle % columns)
        let shift = isTriangular && !row.isMultiple(of: 2) ? 0.5 : 0
        return PlanarPoint(
            x: origin.x + (Double(column) + shift) * step, y: origin.y + Double(row) * rowStep)
    }

    private func holds(_ circle: Int, _ place: Int, _ pattern: PointPattern) -> Bool {
        let centre = centre(circle)
        let (dx, dy) = (pattern.x[place] - centre.x, pattern.y[place] - centre.y)
        return dx * dx + dy * dy <= radius * radius
    }

    /// The circles with most incidents, their places with them.
    func densest(_ most: Int, atLeast minimum: Int, _ places: [Int], _ pattern: PointPattern) -> [Circle] {
        var incidents = [Int32](repeating: 0, count: columns * rows)
        for place in places {
            forEachCircle(around: place, pattern) { incidents[$0] &+= pattern.multiplicity[place] }
        }
        let ranked = incidents.indices.filter { incidents[$0] >= minimum }
            .sorted { incidents[$0] != incidents[$1] ? incidents[$0] > incidents[$1] : $0 < $1 }
        return ranked.prefix(most).map { circle in
            Circle(
                centre: centre(circle), incidents: Int(incidents[circle]),
                places: places.filter { holds(circle, $0, pattern) })
        }
    }

    /// Visits the circles that hold a place of the rectangle.
    private func forEachCircle(around place: Int, _ pattern: PointPattern, _ body: (Int) -> Void) {
        let (x, y) = ((pattern.x[place] - origin.x) / step, (pattern.y[place] - origin.y) / rowStep)
        // √2 steps reach less than two rows of either lattice, and one more column where it is shifted.
        for row in max(0, Int(y) - 2)..<min(rows, Int(y) + 4) {
            for column in max(0, Int(x) - 3)..<min(columns, Int(x) + 4) {
                let circle = row * columns + column
                if holds(circle, place, pattern) { body(circle) }
            }
        }
    }
}
