/// The minimum spanning tree of places under mutual reachability.
///
/// Borůvka's rounds: each part of the tree finds its shortest way to another part, all places against a tree of boxes
/// that leaves out what is too far, too sparse, or of the same part. Ties may be broken in any way: every minimum
/// spanning tree joins the same places at the same distance.
struct ReachabilityTree {
    struct Edge {
        var a: Int32
        var b: Int32
        var distance: Double
    }

    /// The core distance of each place, at least the resolution.
    let core: [Double]
    /// One less than places, ascending by distance.
    let edges: [Edge]

    init(
        _ pattern: PointPattern, neighbours: Int, resolution: Double, progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) {
        let count = pattern.x.count
        let nearest = NeighbourTree(pattern)
        var core: [Double] = []
        core.reserveCapacity(count)
        for place in 0..<count {
            if let progress, place.isMultiple(of: 4096), !progress(Double(place) / Double(count) / 2) {
                throw .cancelled
            }
            core.append(max(resolution, nearest.distance(from: place, toNeighbour: neighbours - 1)))
        }
        let boxes = BoxTree(x: pattern.x, y: pattern.y, core: core)
        var sets = DisjointSets(count: count)
        var edges: [Edge] = []
        edges.reserveCapacity(count)
        while edges.count + 1 < count {
            let done = 0.5 + 0.5 * Double(edges.count) / Double(count)
            if let progress, !progress(done) { throw .cancelled }
            let part = (0..<count).map { Int32(sets.find($0)) }
            let found = edges.count
            for edge in boxes.shortestWays(part) where sets.find(Int(edge.a)) != sets.find(Int(edge.b)) {
                sets.merge(Int(edge.a), Int(edge.b))
                edges.append(edge)
            }
            // Every part finds a way while there are two; this only keeps a mistake from looping for ever.
            guard edges.count > found else { break }
        }
        self.core = core
        self.edges = edges.sorted { a, b in
            if a.distance != b.distance { return a.distance < b.distance }
            return a.a != b.a ? a.a < b.a : a.b < b.b
        }
    }
}
