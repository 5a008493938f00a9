import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct HDBSCANTests {
    private let crs = ClusterFixture.crs

    /// Two rows of four, 1 m and 2 m apart, 100 m from each other. With two neighbours all core distances are the
    /// steps: the rows come together at 1 and 2 m and join at 100 m, so their stabilities are 4·(1 − 1/100) and 4·(1/2
    /// − 1/100).
    @Test func `Two rows of different density are two clusters`() throws {
        let pattern = try ClusterFixture.pattern(
            (0...3).map { (Double($0), 0) } + (0...3).map { (Double($0) * 2, 100) })
        let result = try HDBSCAN(minimumSize: 3, neighbours: 2).clusters(of: pattern)
        #expect(result.found.labels == [0, 0, 0, 0, 1, 1, 1, 1])
        #expect(zip(result.stability, [3.96, 1.96]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(result.probabilities == Array(repeating: 1, count: 8))
        #expect(result.noise == 0)
    }

    /// scikit-learn 1.9.1, tools/reference/clusters.py; a resolution finer than any distance, as it has none. With one
    /// neighbour no two distances tie.
    @Test func `Labels and probabilities agree with scikit-learn's`() throws {
        let pattern = try PointPattern(ClusterFixture.sample(seed: 7, count: 240), crs: crs)
        let finest = Length.metres(1e-6)
        let result = try HDBSCAN(minimumSize: 5, neighbours: 1, resolution: finest).clusters(of: pattern)
        #expect(
            ClusterFixture.letters(result.found.labels)
                == "...AABABACAAAABAACAAACCCAAAABCBBCCCCBBCABCACCBBACBBBBCCCBBBCBBCCBCCBACABBBBBCCCB"
                + "BCCBCCCBCBCCCCCABACABBBBABACBCCCBAACABCACCAACABCAA.AB.DD..D.D.D.D.EEEEEEEEEEEFEF"
                + "EFEFEFFEFEEFEFEEFEEFEFEFFFEFFFFFEFFFFFFFFEFEEEFEFFFEEEFFEEFFFFFFEFEEEEEEEEEE.EEE")
        #expect(abs(result.probabilities.reduce(0, +) - 187.16091661696169) < 1e-9)
        let every20th: [Double] = [
            0.0, 0.600280106144, 0.928004774416, 1.0, 1.0,
            1.0, 0.533496568756, 1.0, 1.0, 1.0, 1.0, 0.570704749739,
        ]
        for (index, value) in every20th.enumerated() { #expect(abs(result.probabilities[20 * index] - value) < 1e-11) }
        let leaves = try HDBSCAN(minimumSize: 5, neighbours: 1, selection: .leaf, resolution: finest)
            .clusters(of: pattern)
        #expect(
            ClusterFixture.letters(leaves.found.labels)
                == "...AA.A.A.AAAA.AA.AAA...AAAA.....B.....A.BAB.CDAB.DCDBE.DCCEDC.E.BB.AEA.....FF.."
                + ".FE..EF...FF.EFAGAEAGGG.A.A.G....AA.A..A..AA.A..AA.A..HH..H.H.H.H...II.IJ..JI..."
                + "I.J.J..J.JJK..J.KLLK.MJM.MJK.M.M.M.KMMMMK.M..JMJMNNLJLNNLJN...NNL....O..OOOO....")
    }

    /// As above. With more neighbours core distances tie, and scikit-learn takes ties one by one in the order in which
    /// a sort leaves them: three places that drop out just where a cluster splits off it counts as that cluster's.
    @Test func `With more neighbours they agree but for ties`() throws {
        let pattern = try PointPattern(ClusterFixture.sample(seed: 7, count: 240), crs: crs)
        let result = try HDBSCAN(minimumSize: 12, neighbours: 5, resolution: .metres(1e-6)).clusters(of: pattern)
        let peer = Array(
            "..ABBABABCBBBBABBCBBBCCCBBBBACAACCCCAACBACBCCAABCAAAACCCAAACAACCACCABCBAAAAACCCA"
                + "ACCACCCACACCCCCBABCBAAAABABCACCCABBCBACBCCBBCBACBBD.ABDD..D.D.D.D.EEEEEEEEEEEDED"
                + "EDEDEDDEDEEDEDEEDEEDEDEDDDEDDDDDEDDDDDDDDEDEEEDEDDDEEEDDEEDDDDDDEDEEEEEEEEEE.EEE")
        var pairs: Set<String> = []
        var different = 0
        for (label, letter) in zip(result.found.labels, peer) {
            if (label < 0) != (letter == ".") { different += 1 } else { pairs.insert("\(label)\(letter)") }
        }
        #expect(pairs.count == 6)
        #expect(different <= 3)
        #expect(abs(result.probabilities.reduce(0, +) - 158.2230290946329) < 0.3)
    }

    @Test func `Random heaps give what all pairs give`() throws {
        for seed in 0..<6 {
            let points = ClusterFixture.lattice(seed: UInt64(seed) + 50, count: 70, size: 26)
            let pattern = try PointPattern(points, crs: crs)
            for (minimum, neighbours) in [(4, 3), (6, 1), (5, 8)] {
                let result = try HDBSCAN(minimumSize: minimum, neighbours: neighbours).clusters(of: pattern)
                let slow = SlowHierarchy(pattern, minimum: minimum, neighbours: neighbours)
                #expect(result.found.labels == slow.labels)
                #expect(zip(result.stability, slow.stability).allSatisfy { abs($0 - $1) < 1e-9 * (1 + $1) })
                #expect(zip(result.probabilities, slow.probabilities).allSatisfy { abs($0 - $1) < 1e-12 })
            }
        }
    }

    @Test func `Rows in any order give the same result`() throws {
        var points = ClusterFixture.lattice(seed: 9, count: 300, size: 60)
        let method = HDBSCAN(minimumSize: 8, neighbours: 4)
        let first = try method.clusters(of: PointPattern(points, crs: crs))
        #expect(first.found.clusters.count > 1)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<4 {
            points.shuffle(using: &generator)
            #expect(try method.clusters(of: PointPattern(points, crs: crs)) == first)
        }
    }

    @Test func `Degenerate patterns have an answer`() throws {
        let method = HDBSCAN(minimumSize: 3)
        #expect(try method.clusters(of: PointPattern([], crs: crs)).found.labels.isEmpty)
        #expect(try method.clusters(of: ClusterFixture.pattern([(5, 5)])).found.labels == [-1])
        // All of them are one cluster, which is never chosen.
        let heap = try ClusterFixture.pattern(Array(repeating: (5, 5), count: 40))
        #expect(try method.clusters(of: heap).found.labels == [-1])
        let line = try ClusterFixture.pattern((0..<50).map { (Double($0) * 10, 0) })
        #expect(try method.clusters(of: line).noise == 50)
        // Two corners of many incidents each are as dense as the resolution allows, not infinitely.
        let corners = try ClusterFixture.pattern(
            Array(repeating: (0, 0), count: 5) + Array(repeating: (100, 0), count: 4) + [(50, 50)])
        let result = try method.clusters(of: corners)
        #expect(result.found.labels == [0, 1, -1])
        #expect(result.probabilities == [1, 1, 0])
        #expect(result.stability.allSatisfy { $0.isFinite })
        let far = try ClusterFixture.pattern([(0, 0), (1e308, -1e308), (3, 3)])
        #expect(throws: HotspotError.self) { try method.clusters(of: far) }
    }

    @Test func `Parameters that cannot be used are refused`() throws {
        let pattern = try ClusterFixture.pattern([(1, 1), (2, 2)])
        #expect(throws: HotspotError.countTooSmall(name: "minimum size", least: 2, found: 1)) {
            try HDBSCAN(minimumSize: 1).clusters(of: pattern)
        }
        #expect(throws: HotspotError.countTooSmall(name: "number of neighbours", least: 1, found: 0)) {
            try HDBSCAN(minimumSize: 2, neighbours: 0).clusters(of: pattern)
        }
        #expect(throws: HotspotError.lengthNotPositive(name: "resolution", .metres(0))) {
            try HDBSCAN(minimumSize: 2, resolution: .metres(0)).clusters(of: pattern)
        }
        #expect(throws: HotspotError.cancelled) { try HDBSCAN(minimumSize: 2).clusters(of: pattern) { _ in false } }
    }
}

/// Every incident by itself, connected components at every distance anew, clusters told from the top by recursion.
private struct SlowHierarchy {
    private(set) var labels: [Int32]
    private(set) var stability: [Double] = []
    private(set) var probabilities: [Double]
    private var distance: [[Double]] = []
    private let place: [Int]
    private let minimum: Int
    private var leaving: [Double]

    private final class Cluster {
        let birth: Double
        var stability = 0.0
        var greatest = 0.0
        var children: [Cluster] = []
        let members: [Int]
        init(birth: Double, members: [Int]) { (self.birth, self.members) = (birth, members) }
    }

    init(_ pattern: PointPattern, minimum: Int, neighbours: Int) {
        let place = pattern.x.indices.flatMap { Array(repeating: $0, count: Int(pattern.multiplicity[$0])) }
        let plain = place.map { a in
            place.map { b in
                let (dx, dy) = (pattern.x[a] - pattern.x[b], pattern.y[a] - pattern.y[b])
                return (dx * dx + dy * dy).squareRoot()
            }
        }
        let core = plain.map { $0.sorted()[neighbours - 1] }
        distance = place.indices.map { a in place.indices.map { max(1, plain[a][$0], core[a], core[$0]) } }
        self.place = place
        self.minimum = minimum
        labels = [Int32](repeating: -1, count: pattern.x.count)
        probabilities = [Double](repeating: 0, count: pattern.x.count)
        leaving = [Double](repeating: 0, count: place.count)
        let root = Cluster(birth: 0, members: Array(place.indices))
        shrink(root)
        var chosen = Self.chosen(root).1.filter { $0 !== root }
        chosen.sort { place[$0.members[0]] < place[$1.members[0]] }
        for (number, cluster) in chosen.enumerated() {
            stability.append(cluster.stability)
            for member in cluster.members {
                labels[place[member]] = Int32(number)
                probabilities[place[member]] = min(1, leaving[member] / cluster.greatest)
            }
        }
    }

    private mutating func shrink(_ cluster: Cluster) {
        var members = cluster.members
        while !members.isEmpty {
            // The distance at which the members come apart: the greatest edge of Prim's tree.
            var reached = members.map { distance[members[0]][$0] }
            var (isIn, height) = (Set([0]), 0.0)
            while isIn.count < members.count {
                let outside = members.indices.filter { !isIn.contains($0) }
                guard let next = outside.min(by: { reached[$0] < reached[$1] }) else { break }
                height = max(height, reached[next])
                isIn.insert(next)
                for other in members.indices {
                    reached[other] = min(reached[other], distance[members[next]][members[other]])
                }
            }
            let groups = components(members, below: height).filter { $0.count >= minimum }
            let kept = Set(groups.joined())
            for member in members where !kept.contains(member) || groups.count > 1 {
                cluster.stability += 1 / height - cluster.birth
                cluster.greatest = max(cluster.greatest, 1 / height)
                if !kept.contains(member) { leaving[member] = 1 / height }
            }
            if groups.count > 1 {
                cluster.children = groups.map { Cluster(birth: 1 / height, members: $0) }
                for child in cluster.children { shrink(child) }
                return
            }
            members = groups.first ?? []
        }
    }

    private func components(_ members: [Int], below height: Double) -> [[Int]] {
        var (left, found) = (members, [[Int]]())
        while let first = left.first {
            var (group, waiting) = ([first], [first])
            left.removeFirst()
            while let next = waiting.popLast() {
                let near = left.filter { distance[next][$0] < height }
                left.removeAll { distance[next][$0] < height }
                group += near
                waiting += near
            }
            found.append(group.sorted())
        }
        return found
    }

    private static func chosen(_ cluster: Cluster) -> (Double, [Cluster]) {
        let below = cluster.children.map(chosen)
        let sum = below.reduce(0) { $0 + $1.0 }
        if cluster.birth > 0, cluster.children.isEmpty || cluster.stability >= sum {
            return (cluster.stability, [cluster])
        }
        return (sum, below.flatMap(\.1))
    }
}
