import SimpleFeatures

/// Finds which areas touch, and along how much of their borders.
///
/// Segments are sorted into the square cells they pass; those of different areas in one cell are compared. So no vertex
/// of one area needs to be a vertex of the other.
struct SharedBorders {
    struct Pair: Hashable {
        var low: Int32
        var high: Int32
    }

    private let segments: [BorderSegment]
    /// Metres; at least what coordinates of millions of metres lose to rounding.
    private let tolerance: Double

    init(_ areas: [MultiPolygon<PlanarPoint>], tolerance: Double) throws(HotspotError) {
        let corner = areas.reduce(Envelope.empty) { $0.union($1.envelope) }
        var segments: [BorderSegment] = []
        for (index, area) in areas.enumerated() {
            let rings = area.polygons.lazy.flatMap(\.rings)
            for ring in rings {
                guard ring.allSatisfy({ max(abs($0.x), abs($0.y)) <= SpatialWeights.greatestCoordinate.metres }) else {
                    throw .coordinatesOutOfRange(unit: index)
                }
                for (a, b) in zip(ring, ring.count > 1 ? ring.dropFirst() : ring[...]) {
                    segments.append(
                        BorderSegment(
                            ax: a.x - corner.minX, ay: a.y - corner.minY, bx: b.x - corner.minX, by: b.y - corner.minY,
                            area: Int32(truncatingIfNeeded: index)))
                }
            }
        }
        self.segments = segments
        self.tolerance = max(tolerance, NeighbourRule.slack)
    }

    /// The areas that come within the tolerance of each other; with `sidesOnly` over more than ten times as much.
    /// - Returns: each pair once, in ascending order.
    func pairs(sidesOnly: Bool) -> [Pair] {
        var touching: Set<Pair> = []
        var pieces: [Piece] = []
        forEachMeeting { first, second in
            let (a, b) = (segments[first], segments[second])
            let pair = Pair(low: min(a.area, b.area), high: max(a.area, b.area))
            guard sidesOnly || !touching.contains(pair) else { return }
            guard let part = a.part(within: tolerance, of: b) else { return }
            touching.insert(pair)
            guard sidesOnly else { return }
            pieces.append(Piece(segment: first, area: b.area, part: part))
            if let part = b.part(within: tolerance, of: a) {
                pieces.append(Piece(segment: second, area: a.area, part: part))
            }
        }
        if sidesOnly { touching = alongside(pieces) }
        return touching.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
    }

    /// Part of a segment that is close to another area.
    private struct Piece {
        var segment: Int
        var area: Int32
        var part: ClosedRange<Double>
    }

    /// The pairs whose pieces, measured on either's border and each stretch counted once, make a side.
    private func alongside(_ pieces: [Piece]) -> Set<Pair> {
        let sorted = pieces.sorted {
            ($0.segment, $0.area, $0.part.lowerBound, $0.part.upperBound)
                < ($1.segment, $1.area, $1.part.lowerBound, $1.part.upperBound)
        }
        struct Direction: Hashable { var from, to: Int32 }
        var lengths: [Direction: Double] = [:]
        var last: (segment: Int, area: Int32, end: Double)?
        for piece in sorted {
            var start = piece.part.lowerBound
            if let last, last.segment == piece.segment, last.area == piece.area { start = max(start, last.end) }
            let added = max(0, piece.part.upperBound - start) * segments[piece.segment].length
            lengths[Direction(from: segments[piece.segment].area, to: piece.area), default: 0] += added
            last = (piece.segment, piece.area, max(start, piece.part.upperBound))
        }
        let sides = lengths.filter { $0.value > 10 * tolerance }.keys
        return Set(sides.map { Pair(low: min($0.from, $0.to), high: max($0.from, $0.to)) })
    }
}

extension SharedBorders {
    private struct Entry {
        var cell: UInt64
        var segment: Int
    }

    /// Calls for each two segments of different areas that may be within the tolerance; for some more than once.
    private func forEachMeeting(_ body: (Int, Int) -> Void) {
        let entries = sortedEntries()
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].cell == entries[start].cell { end += 1 }
            for i in start..<end {
                for j in i + 1..<max(end, i + 1) {
                    let (a, b) = (segments[entries[i].segment], segments[entries[j].segment])
                    guard a.area != b.area, a.mayReach(b, within: tolerance) else { continue }
                    body(entries[i].segment, entries[j].segment)
                }
            }
            start = end
        }
    }

    private func sortedEntries() -> [Entry] {
        guard !segments.isEmpty else { return [] }
        let total = segments.reduce(0) { $0 + $1.length }
        let extent = segments.reduce(0) { max($0, $1.ax, $1.ay) }
        // Cells as wide as segments are long on average: together they pass about two cells each.
        let size = max(total / Double(segments.count), 4 * tolerance, extent / 1e9)
        var entries: [Entry] = []
        entries.reserveCapacity(segments.count * 3)
        for (index, segment) in segments.enumerated() {
            forEachCell(of: segment, size: size) { entries.append(Entry(cell: $0, segment: index)) }
        }
        entries.sort { ($0.cell, $0.segment) < ($1.cell, $1.segment) }
        return entries
    }

    /// The cells that come within the tolerance of a segment, row by row.
    private func forEachCell(of segment: BorderSegment, size: Double, _ body: (UInt64) -> Void) {
        func cell(_ coordinate: Double) -> UInt64 { UInt64(max(0, coordinate / size)) }
        let (low, high) =
            segment.ay <= segment.by
            ? ((segment.ax, segment.ay), (segment.bx, segment.by))
            : ((segment.bx, segment.by), (segment.ax, segment.ay))
        let rise = high.1 - low.1
        for row in cell(low.1 - tolerance)...cell(high.1 + tolerance) {
            let south = max(low.1, Double(row) * size - tolerance)
            let north = min(high.1, Double(row + 1) * size + tolerance)
            var (from, to) = (low.0, high.0)
            if rise > 0 {
                from = low.0 + min(max((south - low.1) / rise, 0), 1) * (high.0 - low.0)
                to = low.0 + min(max((north - low.1) / rise, 0), 1) * (high.0 - low.0)
            }
            for column in cell(min(from, to) - tolerance)...cell(max(from, to) + tolerance) {
                body(row << 32 | column)
            }
        }
    }
}
