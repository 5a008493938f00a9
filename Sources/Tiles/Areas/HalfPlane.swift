/// A place on the grid of a zoom in sixteenths of a unit, so that cutting a side again and again does not bend it.
typealias FinePoint = SIMD2<Int64>

/// The part of the plane on one side of an upright or level line; the line itself does not belong to it.
struct HalfPlane {
    /// 0 for a limit to `x`, 1 for one to `y`.
    var axis: Int
    var limit: Int64
    /// Whether what lies below the limit is kept, or what lies above it.
    var keepsBelow: Bool

    /// Cuts simple rings off at the line, so that what is left is simple rings again: exteriors and holes that reach
    /// the line are joined along it, and an area that falls apart becomes several rings.
    ///
    /// Sides are cut at the same point whichever way they run, so neighbours keep their common border.
    ///
    /// - Returns: exteriors positive, holes negative, as they came.
    /// - Complexity: O(points + crossings · log crossings).
    func clip(_ rings: [[FinePoint]]) -> [[FinePoint]] {
        var kept: [[FinePoint]] = []
        var chains: [Chain] = []
        for ring in rings {
            let first = ring.indices.first { !contains(ring[$0]) }
            guard let first else {
                kept.append(ring)
                continue
            }
            cut(ring, from: first, into: &chains)
        }
        if !chains.isEmpty { join(chains, into: &kept) }
        return kept
    }

    @inline(__always)
    private func contains(_ point: FinePoint) -> Bool { keepsBelow ? point[axis] < limit : point[axis] > limit }

    /// A stretch of a ring within the half-plane, from the line to the line.
    private struct Chain {
        var points: [FinePoint]
        var ring: Int
    }

    private func cut(_ ring: [FinePoint], from outside: Int, into chains: inout [Chain]) {
        let number = chains.last.map { $0.ring + 1 } ?? 0
        var last = ring[outside]
        var chain: [FinePoint] = []
        for step in 1...ring.count {
            let index = outside + step < ring.count ? outside + step : outside + step - ring.count
            let point = ring[index]
            if contains(point) {
                if chain.isEmpty { chain.append(crossing(last, point)) }
                chain.append(point)
            } else if !chain.isEmpty {
                chain.append(crossing(last, point))
                chains.append(Chain(points: chain, ring: number))
                chain.removeAll()
            }
            last = point
        }
    }

    private func crossing(_ start: FinePoint, _ end: FinePoint) -> FinePoint {
        let (low, high) = start[axis] < end[axis] ? (start, end) : (end, start)
        let share = Double(limit - low[axis]) / Double(high[axis] - low[axis])
        let across = 1 - axis
        var point = FinePoint(repeating: limit)
        point[across] = low[across] + Int64((share * Double(high[across] - low[across])).rounded())
        return point
    }

    private struct End {
        var place: Int64
        var chain: Int
        var leaves: Bool
    }

    /// Joins the chains along the line, so that the inside stays on its side of them.
    private func join(_ chains: [Chain], into rings: inout [[FinePoint]]) {
        let successors = Self.successors(ends(of: chains)) ?? Self.successorsInTheirRings(chains)
        var isUsed = [Bool](repeating: false, count: chains.count)
        for start in chains.indices where !isUsed[start] {
            var ring: [FinePoint] = []
            var current = start
            while !isUsed[current] {
                isUsed[current] = true
                for point in chains[current].points where ring.last != point { ring.append(point) }
                current = successors[current]
            }
            while ring.count > 1, ring.first == ring.last { ring.removeLast() }
            if ring.count >= 3 { rings.append(ring) }
        }
    }

    /// Where chains meet the line, in the direction in which an exterior runs along it.
    private func ends(of chains: [Chain]) -> [End] {
        let runsUp = keepsBelow == (axis == 0)
        var ends: [End] = []
        for (index, chain) in chains.enumerated() {
            for (point, leaves) in [(chain.points[0], false), (chain.points[chain.points.count - 1], true)] {
                ends.append(End(place: runsUp ? point[1 - axis] : -point[1 - axis], chain: index, leaves: leaves))
            }
        }
        return ends.sorted { ($0.place, $0.chain, $0.leaves ? 1 : 0) < ($1.place, $1.chain, $1.leaves ? 1 : 0) }
    }

    /// The chain that follows each: rings that do not cross leave the half-plane and come back in turn.
    /// - Returns: nil where they do not.
    private static func successors(_ ends: [End]) -> [Int]? {
        var successors = [Int](repeating: -1, count: ends.count / 2)
        var waiting: [End] = []
        var left: Int?
        var index = 0
        while index < ends.count || !waiting.isEmpty {
            if waiting.isEmpty {
                let place = ends[index].place
                while index < ends.count, ends[index].place == place {
                    waiting.append(ends[index])
                    index += 1
                }
            }
            guard let next = waiting.firstIndex(where: { $0.leaves == (left == nil) }) else { return nil }
            let end = waiting.remove(at: next)
            if let chain = left {
                successors[chain] = end.chain
                left = nil
            } else {
                left = end.chain
            }
        }
        return left == nil && !successors.contains(-1) ? successors : nil
    }

    /// For rings that do cross: each goes on where it comes back itself, as Sutherland and Hodgman (1974) cut polygons.
    private static func successorsInTheirRings(_ chains: [Chain]) -> [Int] {
        chains.indices.map { index in
            let next = index + 1
            if next < chains.count, chains[next].ring == chains[index].ring { return next }
            return chains.firstIndex { $0.ring == chains[index].ring } ?? index
        }
    }
}
