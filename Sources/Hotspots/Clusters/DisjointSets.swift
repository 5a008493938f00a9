/// Sets that can be merged, each known by one of its members (union by size, path halving).
///
/// ## Source
/// Tarjan & van Leeuwen (1984), *Worst-case Analysis of Set Union Algorithms*.
struct DisjointSets {
    private var parent: [Int32]
    private var size: [Int32]

    init(count: Int) {
        parent = Array(0..<Int32(count))
        size = [Int32](repeating: 1, count: count)
    }

    @inline(__always)
    mutating func find(_ member: Int) -> Int {
        var member = Int32(member)
        while parent[Int(member)] != member {
            parent[Int(member)] = parent[Int(parent[Int(member)])]
            member = parent[Int(member)]
        }
        return Int(member)
    }

    /// - Returns: the member that the merged set is known by, which was that of `a` or `b`.
    @discardableResult
    mutating func merge(_ a: Int, _ b: Int) -> Int {
        var (large, small) = (find(a), find(b))
        guard large != small else { return large }
        if size[large] < size[small] { swap(&large, &small) }
        parent[small] = Int32(large)
        size[large] += size[small]
        return large
    }
}
