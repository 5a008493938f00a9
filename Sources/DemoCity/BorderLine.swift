import SimpleFeatures

/// The line between two neighbouring cells: a straight base, and how far the line strays from it.
///
/// The two sites and the base span a kite that no other line enters. A line that stays in its kite and never turns
/// back along its base can therefore cross neither another line nor itself.
struct BorderLine {
    /// A point of the line: its share of the base, and metres to the left of it.
    struct Knot {
        var share: Double
        var offset: Double
    }

    var start: PlanarPoint
    var end: PlanarPoint
    var knots: [Knot]
    /// Whether the line winds all along, without steps.
    let isWinding: Bool
    /// Where along the base the two sites stand, as a share, and how far from it.
    private let apex: Double
    private let height: Double

    /// How a line runs from corner to corner.
    enum Course {
        case straight
        /// Straight, with one step aside as around a block.
        case stepped
        /// Displaced at the middle again and again, by this share of each piece's length.
        case winding(Double)
    }

    init(from start: PlanarPoint, to end: PlanarPoint, besides site: PlanarPoint, course: Course, dice: inout Dice) {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let squared = max(dx * dx + dy * dy, 1e-9)
        self.start = start
        self.end = end
        apex = ((site.x - start.x) * dx + (site.y - start.y) * dy) / squared
        height = abs((site.x - start.x) * dy - (site.y - start.y) * dx) / squared.squareRoot()
        knots = []
        if case .winding = course { isWinding = true } else { isWinding = false }
        switch course {
        case .straight: break
        case .stepped: knots = stepped(&dice)
        case .winding(let roughness): knots = winding(roughness, &dice)
        }
        for index in knots.indices {
            let limit = 0.6 * reach(at: knots[index].share)
            knots[index].offset = max(-limit, min(limit, knots[index].offset))
        }
    }

    var length: Double { start.metres(to: end) }

    /// How far the kite reaches to either side of the base.
    func reach(at share: Double) -> Double {
        let fromStart = apex > 0 ? share / apex : .infinity
        let fromEnd = apex < 1 ? (1 - share) / (1 - apex) : .infinity
        return height * min(fromStart, fromEnd)
    }

    /// The line's vertices with its own knots, or with others.
    func vertices(_ other: [Knot]? = nil) -> [Vertex] {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = max(length, 1e-9)
        let inner = (other ?? knots).map { knot in
            PlanarPoint(
                x: start.x + knot.share * dx - knot.offset * dy / length,
                y: start.y + knot.share * dy + knot.offset * dx / length)
        }
        return ([start] + inner + [end]).map { Vertex(MapPosition.place($0)) }
    }

    private func stepped(_ dice: inout Dice) -> [Knot] {
        guard length > 120 else { return [] }
        let (from, to) = (dice.between(0.2, 0.4), dice.between(0.6, 0.8))
        let offset = dice.between(-0.14, 0.14) * length
        return [
            Knot(share: from, offset: 0), Knot(share: from + 0.01, offset: offset), Knot(share: to, offset: offset),
            Knot(share: to + 0.01, offset: 0),
        ]
    }

    private func winding(_ roughness: Double, _ dice: inout Dice) -> [Knot] {
        var offsets = [0.0, 0.0]
        var piece = length
        while piece > 150, offsets.count < 17 {
            var finer: [Double] = []
            for (left, right) in zip(offsets, offsets.dropFirst()) {
                finer += [left, (left + right) / 2 + roughness * piece * dice.bell()]
            }
            offsets = finer + [0]
            piece /= 2
        }
        let pieces = Double(offsets.count - 1)
        return offsets.indices.dropFirst().dropLast().map { Knot(share: Double($0) / pieces, offset: offsets[$0]) }
    }
}
