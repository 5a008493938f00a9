import SimpleFeatures

/// Says in which colonia a place lies, by the cells' own borders: the truth before any defect is planted.
struct ColoniaLocator {
    private let rings: [[LonLat]]
    private let coloniaOfCell: [Int]
    private let buckets: [[Int]]
    private let bounds: Envelope<LonLat>
    private static let columns = 96
    private static let rows = 80

    init(territory: Territory) {
        let cells = territory.cells
        rings = cells.rings(of: Array(0..<cells.count), count: cells.count).map { $0.first?.map(\.place) ?? [] }
        coloniaOfCell = territory.coloniaOfCell
        let bounds = Envelope(rings.joined())
        var buckets: [[Int]] = Array(repeating: [], count: Self.columns * Self.rows)
        for (cell, ring) in rings.enumerated() where !ring.isEmpty {
            let box = Envelope(ring)
            for row in Self.row(box.minY, bounds)...Self.row(box.maxY, bounds) {
                for column in Self.column(box.minX, bounds)...Self.column(box.maxX, bounds) {
                    buckets[row * Self.columns + column].append(cell)
                }
            }
        }
        (self.bounds, self.buckets) = (bounds, buckets)
    }

    /// The colonia at a place; nil outside the city.
    func colonia(at place: LonLat) -> Int? {
        guard bounds.contains(place) else { return nil }
        let bucket = Self.row(place.y, bounds) * Self.columns + Self.column(place.x, bounds)
        for cell in buckets[bucket] where Self.contains(rings[cell], place) {
            return coloniaOfCell[cell] < 0 ? nil : coloniaOfCell[cell]
        }
        return nil
    }

    /// The colonia around a point with three metres to spare on every side; nil where a border is nearer.
    func clearColonia(at point: PlanarPoint) -> Int? {
        guard let colonia = colonia(at: MapPosition.place(point)) else { return nil }
        for (dx, dy) in [(3.0, 0.0), (-3, 0), (0, 3), (0, -3)] {
            let aside = MapPosition.place(PlanarPoint(x: point.x + dx, y: point.y + dy))
            if self.colonia(at: aside) != colonia { return nil }
        }
        return colonia
    }

    /// Whether a ray from the place to the east crosses the ring an odd number of times.
    static func contains(_ ring: [LonLat], _ place: LonLat) -> Bool {
        var isInside = false
        guard var before = ring.last else { return false }
        for vertex in ring {
            if (vertex.latitude > place.latitude) != (before.latitude > place.latitude) {
                let slope = (before.longitude - vertex.longitude) / (before.latitude - vertex.latitude)
                if place.longitude < vertex.longitude + slope * (place.latitude - vertex.latitude) { isInside.toggle() }
            }
            before = vertex
        }
        return isInside
    }

    private static func column(_ x: Double, _ bounds: Envelope<LonLat>) -> Int {
        max(0, min(columns - 1, Int((x - bounds.minX) / max(bounds.width, 1e-9) * Double(columns))))
    }

    private static func row(_ y: Double, _ bounds: Envelope<LonLat>) -> Int {
        max(0, min(rows - 1, Int((y - bounds.minY) / max(bounds.height, 1e-9) * Double(rows))))
    }
}
