/// The hierarchy with groups below the least size taken as places that drop out of their cluster.
struct CondensedTree {
    struct Cluster {
        let parent: Int?
        /// λ = 1/distance at which it splits from its parent.
        let birth: Double
        /// Σ(λ − birth) over its incidents.
        var stability = 0.0
        /// The greatest λ at which something leaves it.
        var greatestDensity = 0.0
        var hasChildren = false
    }

    /// Parents before their children; the first is the cluster of all.
    private(set) var clusters: [Cluster]
    /// Per place, the last cluster that it was in.
    private(set) var cluster: [Int]
    /// Per place, λ at which it dropped out of that.
    private(set) var density: [Double]
    private let hierarchy: MergeHierarchy
    private let minimumSize: Int

    init(_ hierarchy: MergeHierarchy, minimumSize: Int) {
        self.hierarchy = hierarchy
        self.minimumSize = minimumSize
        clusters = [Cluster(parent: nil, birth: 0)]
        cluster = [Int](repeating: 0, count: hierarchy.places)
        density = [Double](repeating: 0, count: hierarchy.places)
        var waiting = hierarchy.root.map { [(node: $0, cluster: 0)] } ?? []
        while let (node, cluster) = waiting.popLast() { condense(node, cluster, &waiting) }
    }

    /// Takes a group apart at the distance that holds it together.
    private mutating func condense(_ node: Int, _ cluster: Int, _ waiting: inout [(node: Int, cluster: Int)]) {
        guard node >= hierarchy.places else {
            let height = hierarchy.height[node]
            // A single incident, alone in the pattern, never drops out.
            if height > 0 { drop(node, outOf: cluster, at: 1 / height) }
            return
        }
        let height = hierarchy.height[node]
        let (children, density) = (hierarchy.children(of: node), 1 / height)
        let groups = children.filter { isGroup($0, below: height) }
        for child in children where !isGroup(child, below: height) {
            for place in hierarchy.places(of: child) { drop(place, outOf: cluster, at: density) }
        }
        guard groups.count > 1 else {
            if let group = groups.first { waiting.append((group, cluster)) }
            return
        }
        for group in groups {
            leave(cluster, hierarchy.size[group], at: density)
            clusters[cluster].hasChildren = true
            waiting.append((group, clusters.count))
            clusters.append(Cluster(parent: cluster, birth: density))
        }
    }

    /// Whether enough incidents hold together at distances below one.
    private func isGroup(_ node: Int, below height: Double) -> Bool {
        hierarchy.size[node] >= minimumSize && hierarchy.height[node] < height
    }

    private mutating func drop(_ place: Int, outOf cluster: Int, at density: Double) {
        self.cluster[place] = cluster
        self.density[place] = density
        leave(cluster, hierarchy.size[place], at: density)
    }

    private mutating func leave(_ cluster: Int, _ incidents: Int, at density: Double) {
        clusters[cluster].stability += (density - clusters[cluster].birth) * Double(incidents)
        clusters[cluster].greatestDensity = max(clusters[cluster].greatestDensity, density)
    }

    /// Per cluster the chosen one that it is or lies in; nil where there is none. The cluster of all is never chosen.
    func owners(_ selection: HDBSCAN.Selection) -> [Int?] {
        var isChosen = clusters.map { !$0.hasChildren }
        if selection == .excessOfMass {
            var stability = clusters.map(\.stability)
            var below = [Double](repeating: 0, count: clusters.count)
            for index in clusters.indices.reversed() {
                isChosen[index] = !clusters[index].hasChildren || stability[index] >= below[index]
                if !isChosen[index] { stability[index] = below[index] }
                if let parent = clusters[index].parent { below[parent] += stability[index] }
            }
        }
        isChosen[0] = false
        var owners = [Int?](repeating: nil, count: clusters.count)
        for (index, cluster) in clusters.enumerated() {
            owners[index] = cluster.parent.flatMap { owners[$0] } ?? (isChosen[index] ? index : nil)
        }
        return owners
    }
}
