/// Grows areas out of seeds until everything that can be reached belongs to the nearest.
///
/// What grows along neighbours is connected, whatever the distances are.
enum Growth {
    /// - Returns: per node the position of its seed in `seeds`; −1 where no seed reaches.
    /// - Complexity: O(*n*²) for *n* nodes.
    static func nearestSeed(
        _ seeds: [Int], neighbours: [[Int]], distance: (_ seed: Int, _ from: Int, _ to: Int) -> Double
    ) -> [Int] {
        var owner = Array(repeating: -1, count: neighbours.count)
        var reached = Array(repeating: Double.infinity, count: neighbours.count)
        var isSettled = Array(repeating: false, count: neighbours.count)
        for (position, seed) in seeds.enumerated() {
            owner[seed] = position
            reached[seed] = 0
        }
        while let node = nearest(reached, isSettled) {
            isSettled[node] = true
            for neighbour in neighbours[node] where !isSettled[neighbour] {
                let total = reached[node] + distance(owner[node], node, neighbour)
                if total < reached[neighbour] {
                    reached[neighbour] = total
                    owner[neighbour] = owner[node]
                }
            }
        }
        return owner
    }

    private static func nearest(_ reached: [Double], _ isSettled: [Bool]) -> Int? {
        var best: Int?
        for node in reached.indices where !isSettled[node] && reached[node] < .infinity {
            if let current = best, reached[current] <= reached[node] { continue }
            best = node
        }
        return best
    }

    /// Joins the neighbours of nodes into the neighbours of their groups, in ascending order.
    static func neighbours(ofGroups groups: [Int], count: Int, nodes: (Int) -> [Int]) -> [[Int]] {
        var joined = Array(repeating: Set<Int>(), count: count)
        for node in groups.indices where groups[node] >= 0 {
            for neighbour in nodes(node) where groups[neighbour] >= 0 && groups[neighbour] != groups[node] {
                joined[groups[node]].insert(groups[neighbour])
            }
        }
        return joined.map { $0.sorted() }
    }
}
