import SimpleFeatures

/// What the small maps of a sheet are drawn from: paths of SVG, in pixels from the north-west corner.
public struct SheetMap: Sendable {
    /// A place of one of the lists.
    public struct Key: Hashable, Sendable {
        /// The list's level, by its name.
        public var level: String
        /// The place's key in the level.
        public var area: String
    }

    /// Pixels, margin included.
    public var width: Double
    /// Pixels, margin included.
    public var height: Double
    /// The borders of the sheet's areas, the same under every map.
    public var borders: String
    /// The outline of each place.
    public var places: [Key: String] = [:]

    init(width: Double, height: Double, borders: String) {
        self.width = width
        self.height = height
        self.borders = borders
    }

    /// Leads the plane to pixels.
    struct Canvas {
        let width: Double
        let height: Double
        private let west: Double
        private let north: Double
        private let scale: Double

        static let most = (width: 300.0, height: 260.0)
        private static let margin = 3.0

        /// nil where there is nothing to draw.
        init?(around borders: [MultiPolygon<PlanarPoint>]) {
            let box = borders.reduce(Envelope<PlanarPoint>.empty) { $0.union($1.envelope) }
            let (across, down) = (box.maxX - box.minX, box.maxY - box.minY)
            guard across > 0, down > 0, across.isFinite, down.isFinite else { return nil }
            let inner = (width: Self.most.width - 2 * Self.margin, height: Self.most.height - 2 * Self.margin)
            scale = min(inner.width / across, inner.height / down)
            (west, north) = (box.minX, box.maxY)
            width = (across * scale + 2 * Self.margin).rounded(.up)
            height = (down * scale + 2 * Self.margin).rounded(.up)
        }

        /// With no more corners than can be seen: one that lies within 0.7 pixels of the last is left out.
        func path(_ outline: MultiPolygon<PlanarPoint>) -> String {
            outline.polygons.flatMap(\.rings).map(path).joined()
        }

        private func path(_ ring: [PlanarPoint]) -> String {
            var kept: [(x: Double, y: Double)] = []
            for corner in ring {
                let place = (
                    x: Self.margin + (corner.x - west) * scale, y: Self.margin + (north - corner.y) * scale
                )
                if let last = kept.last, abs(last.x - place.x) + abs(last.y - place.y) < 0.7 { continue }
                kept.append(place)
            }
            if kept.count > 1, let first = kept.first, let last = kept.last,
                abs(last.x - first.x) + abs(last.y - first.y) < 0.7
            {
                kept.removeLast()
            }
            guard kept.count > 2 else { return "" }
            return "M" + kept.map { "\(SVGText.short($0.x)) \(SVGText.short($0.y))" }.joined(separator: "L") + "Z"
        }
    }
}
