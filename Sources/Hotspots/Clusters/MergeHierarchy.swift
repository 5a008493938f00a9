/// Which groups of places join at which distance: single linkage, with all that join at one distance joined at once.
///
/// Nodes 0 ..< places are the places; a place of several incidents is itself a group that falls apart at its core
/// distance.
struct MergeHierarchy {
    /// Per node: the distance at which it comes together; 0 for a place of a single incident.
    private(set) var height: [Double]
    /// Per node, its incidents.
    private(set) var size: [Int]
    private(set) var root: Int?
    let places: Int
    private var firstChild: [Int32]
    private var lastChild: [Int32]
    private var nextSibling: [Int32]

    init(_ tree: ReachabilityTree, multiplicity: [Int32]) {
        places = multiplicity.count
        size = multiplicity.map(Int.init)
        height = zip(tree.core, multiplicity).map { $1 > 1 ? $0 : 0 }
        firstChild = [Int32](repeating: -1, count: places)
        lastChild = firstChild
        nextSibling = firstChild
        root = places > 0 ? 0 : nil
        var sets = DisjointSets(count: places)
        var nodeOfSet = Array(0..<places)
        for edge in tree.edges {
            let (a, b) = (nodeOfSet[sets.find(Int(edge.a))], nodeOfSet[sets.find(Int(edge.b))])
            let node = join(a, b, at: edge.distance)
            nodeOfSet[sets.merge(Int(edge.a), Int(edge.b))] = node
            root = node
        }
    }

    private mutating func join(_ a: Int, _ b: Int, at distance: Double) -> Int {
        switch (isOpen(a, at: distance), isOpen(b, at: distance)) {
        case (true, true):
            // What b holds moves over; b is left behind.
            nextSibling[Int(lastChild[a])] = firstChild[b]
            lastChild[a] = lastChild[b]
            size[a] += size[b]
            return a
        case (true, false):
            append(b, to: a)
            return a
        case (false, true):
            append(a, to: b)
            return b
        case (false, false):
            height.append(distance)
            size.append(size[a] + size[b])
            firstChild.append(Int32(a))
            lastChild.append(Int32(b))
            nextSibling.append(-1)
            nextSibling[a] = Int32(b)
            return height.count - 1
        }
    }

    /// Whether a group is still coming together at a distance.
    private func isOpen(_ node: Int, at distance: Double) -> Bool { node >= places && height[node] == distance }

    private mutating func append(_ child: Int, to node: Int) {
        nextSibling[Int(lastChild[node])] = Int32(child)
        lastChild[node] = Int32(child)
        size[node] += size[child]
    }

    func children(of node: Int) -> [Int] {
        var children: [Int] = []
        var child = firstChild[node]
        while child >= 0 {
            children.append(Int(child))
            child = nextSibling[Int(child)]
        }
        return children
    }

    /// The places below a node, itself where it is one.
    func places(of node: Int) -> [Int] {
        var (found, waiting) = ([Int](), [node])
        while let next = waiting.popLast() {
            if next < places { found.append(next) } else { waiting += children(of: next) }
        }
        return found
    }
}
