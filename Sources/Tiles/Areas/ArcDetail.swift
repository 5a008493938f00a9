/// Of each vertex of the arcs, the widest grid on which it is still needed.
///
/// Douglas and Peucker's algorithm once for all zooms: a vertex stays as long as it lies at least one unit of the
/// zoom's grid away from the line that would be drawn without it, so a line simplified for a zoom is nowhere further
/// than that from the true one. Since an arc is simplified by itself, its ends stay.
///
/// ## Source
/// Douglas and Peucker (1973), *Algorithms for the reduction of the number of points required to represent a digitized
/// line or its caricature*.
struct ArcDetail: Sendable {
    /// A vertex is drawn on the grid of units of 2^shift positions where its level is above that shift.
    let levels: [UInt8]

    /// The level of vertices that are drawn always.
    static let always = UInt8.max
    /// Ends of stretches that are simplified by themselves: bounds the time that an unhappy line can take.
    private static let stretch = 8192

    /// Everything stays.
    init(keepingAllOf arcs: SharedArcs) { levels = [UInt8](repeating: Self.always, count: arcs.positions.count) }

    /// - Parameter finest: the shift of the finest grid that will be drawn.
    /// - Complexity: O(vertices · log vertices) for lines as they are, O(vertices · 8192) for the worst.
    init(_ arcs: SharedArcs, finest: Int) {
        var levels = [UInt8](repeating: 0, count: arcs.positions.count)
        var work: [Stretch] = []
        arcs.positions.withUnsafeBufferPointer { positions in
            levels.withUnsafeMutableBufferPointer { levels in
                for arc in 0..<arcs.arcCount {
                    let range = arcs.arcStarts[arc]..<arcs.arcStarts[arc + 1]
                    Self.rank(range, positions, levels, finest: finest, &work)
                }
            }
        }
        self.levels = levels
    }

    private struct Stretch {
        var first: Int
        var last: Int
        var level: UInt8
    }

    private static func rank(
        _ range: Range<Int>, _ positions: UnsafeBufferPointer<MercatorPosition>,
        _ levels: UnsafeMutableBufferPointer<UInt8>, finest: Int, _ work: inout [Stretch]
    ) {
        let last = range.upperBound - 1
        for anchor in stride(from: range.lowerBound, to: last, by: stretch) {
            levels[anchor] = always
            work.append(Stretch(first: anchor, last: min(last, anchor + stretch), level: always - 1))
        }
        levels[last] = always
        while let next = work.popLast() {
            guard next.last - next.first > 1 else { continue }
            let (middle, squared) = farthest(next.first, next.last, positions)
            let level = min(next.level, Self.level(squared))
            guard Int(level) > finest else { continue }
            levels[middle] = level
            work.append(Stretch(first: next.first, last: middle, level: level))
            work.append(Stretch(first: middle, last: next.last, level: level))
        }
        if positions[range.lowerBound] == positions[last] { keepTriangle(range, levels) }
    }

    /// A closed arc keeps its three foremost vertices: an area must not vanish because nothing but it is there.
    private static func keepTriangle(_ range: Range<Int>, _ levels: UnsafeMutableBufferPointer<UInt8>) {
        let inner = (range.lowerBound + 1)..<(range.upperBound - 1)
        for _ in 0..<2 {
            let best = inner.max { levels[$0] % always < levels[$1] % always }
            if let best { levels[best] = always }
        }
    }

    /// The number of grids, from that of single positions on, from which a distance can be seen.
    private static func level(_ squared: Double) -> UInt8 {
        squared < 1 ? 0 : UInt8(clamping: Int(squared.exponent) / 2 + 1)
    }

    /// The vertex farthest from the straight way between two, the first of several, and the square of its distance.
    private static func farthest(
        _ first: Int, _ last: Int, _ positions: UnsafeBufferPointer<MercatorPosition>
    ) -> (Int, Double) {
        let (x, y) = (Double(positions[first].x), Double(positions[first].y))
        let (dx, dy) = (Double(positions[last].x) - x, Double(positions[last].y) - y)
        let length = dx * dx + dy * dy
        let scale = length > 0 ? 1 / length : 0
        var (best, distance) = (first + 1, -1.0)
        for index in (first + 1)..<last {
            let (px, py) = (Double(positions[index].x) - x, Double(positions[index].y) - y)
            let along = max(0, min(1, (px * dx + py * dy) * scale))
            let (ex, ey) = (px - along * dx, py - along * dy)
            let squared = ex * ex + ey * ey
            if squared > distance { (best, distance) = (index, squared) }
        }
        return (best, distance)
    }
}
