import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct DBSCANTests {
    private let crs = ClusterFixture.crs

    /// A row 1 m apart: of six incidents the inner four have three within 1 m; another row, and one far away.
    @Test func `Cores join, borders follow, the rest is noise`() throws {
        let pattern = try ClusterFixture.pattern(
            (0...5).map { (Double($0), 0) } + (0...2).map { (Double($0), 50) } + [(90, 90)])
        let result = try DBSCAN(reach: .metres(1), minimumIncidents: 3).clusters(of: pattern)
        #expect(result.found.labels == [0, 0, 0, 0, 0, 0, 1, 1, 1, -1])
        #expect(result.isCore == [false, true, true, true, true, false, false, true, false, false])
        #expect(result.found.clusters.map(\.incidents) == [6, 3])
        #expect(result.found.clusters[0].centre == PlanarPoint(x: 2.5, y: 0))
        #expect((result.noise, result.found.incidentsInClusters) == (1, 9))
    }

    @Test func `A border place between two clusters goes to the lower one`() throws {
        // Heaps of three at 0 and 4, one incident at 2 within reach of both.
        let pattern = try ClusterFixture.pattern([(4, 0), (4, 0), (4, 0), (2, 0), (0, 0), (0, 0), (0, 0)])
        let result = try DBSCAN(reach: .metres(2), minimumIncidents: 4).clusters(of: pattern)
        // The heaps hold four with the one between, which has seven: a core.
        #expect(result.found.labels == [0, 0, 0])
        let stricter = try ClusterFixture.pattern([(0, 0), (0, 0), (0, 0), (2, 0), (4, 0), (4, 0), (4, 0), (4, 0)])
        let apart = try DBSCAN(reach: .metres(2), minimumIncidents: 9).clusters(of: stricter)
        #expect(apart.found.labels == [-1, -1, -1])
        let row = try ClusterFixture.pattern([(0, 0), (1, 0), (1, 0), (2, 1), (3, 0), (3, 0), (4, 0)])
        let border = try DBSCAN(reach: .metres(1.5), minimumIncidents: 4).clusters(of: row)
        // (1, 0) and (3, 0) see four each, (2, 1) five: one cluster; with six none.
        #expect(Set(border.found.labels) == [0])
    }

    /// scikit-learn 1.9.1, tools/reference/clusters.py.
    @Test func `Labels agree with scikit-learn's`() throws {
        let pattern = try PointPattern(ClusterFixture.sample(seed: 7, count: 240), crs: crs)
        let result = try DBSCAN(reach: .metres(150), minimumIncidents: 6).clusters(of: pattern)
        #expect(
            ClusterFixture.letters(result.found.labels)
                == ".....................A......B.BBAAAABBA.BA.AABB.ABBBBAAABBBABB.ABAAB.A.BBBBBAA.BBAAB.AABABAA.AA.B.A.BBBB.B"
                + ".AB.AAB..........................................................C....C..C.C.CCC.CCC.C.CC.CCCCC.C...C.CCC...CC"
                + "..C...CC................")
        #expect(result.isCore.count { $0 } == 73)
    }

    @Test(arguments: [(1.0, 2), (1.5, 4), (2.0, 9), (3.0, 12), (0.5, 3), (5.0, 1)])
    func `Random heaps give what searching all pairs gives`(reach: Double, minimum: Int) throws {
        for seed in 0..<6 {
            let points = ClusterFixture.lattice(seed: UInt64(seed), count: 220, size: 18)
            let pattern = try PointPattern(points, crs: crs)
            let result = try DBSCAN(reach: .metres(reach), minimumIncidents: minimum).clusters(of: pattern)
            let slow = Self.slow(pattern, reach, minimum)
            #expect(result.found.labels == slow.labels)
            #expect(result.isCore == slow.cores)
        }
    }

    /// The original algorithm over all pairs: places in their order begin clusters, which grow over cores.
    private static func slow(_ pattern: PointPattern, _ reach: Double, _ minimum: Int) -> (
        labels: [Int32], cores: [Bool]
    ) {
        let near = pattern.x.indices.map { a in
            pattern.x.indices.filter { b in
                let (dx, dy) = (pattern.x[a] - pattern.x[b], pattern.y[a] - pattern.y[b])
                return dx * dx + dy * dy <= reach * reach
            }
        }
        let cores = near.map { $0.reduce(0) { $0 + Int(pattern.multiplicity[$1]) } >= minimum }
        var labels = [Int32](repeating: -1, count: cores.count)
        var next: Int32 = 0
        for start in cores.indices where cores[start] && labels[start] < 0 {
            var waiting = [start]
            labels[start] = next
            while let place = waiting.popLast() {
                for other in near[place] where cores[place] && labels[other] < 0 {
                    labels[other] = next
                    waiting.append(other)
                }
            }
            next += 1
        }
        return (labels, cores)
    }

    @Test func `Rows in any order give the same result`() throws {
        var points = ClusterFixture.sample(seed: 3, count: 300)
        let method = DBSCAN(reach: .metres(180), minimumIncidents: 5)
        let first = try method.clusters(of: PointPattern(points, crs: crs))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<4 {
            points.shuffle(using: &generator)
            #expect(try method.clusters(of: PointPattern(points, crs: crs)) == first)
        }
    }

    @Test func `Degenerate patterns have an answer`() throws {
        let method = DBSCAN(reach: .metres(10), minimumIncidents: 2)
        #expect(try method.clusters(of: PointPattern([], crs: crs)).found.clusters.isEmpty)
        let one = try ClusterFixture.pattern([(5, 5)])
        #expect(try method.clusters(of: one).found.labels == [-1])
        let heap = try ClusterFixture.pattern(Array(repeating: (5, 5), count: 40))
        #expect(try method.clusters(of: heap).found.clusters.map(\.incidents) == [40])
        let line = try ClusterFixture.pattern((0..<50).map { (Double($0) * 10, Double($0) * 1e-9) })
        #expect(try method.clusters(of: line).found.clusters.count == 1)
        let far = try ClusterFixture.pattern([(0, 0), (1e308, -1e308), (3, 3)])
        #expect(throws: HotspotError.self) { try method.clusters(of: far) }
        let wide = try ClusterFixture.pattern([(0, 0), (1e9, 1e9), (3, 3)])
        #expect(try method.clusters(of: wide).found.labels == [0, 0, -1])
    }

    @Test func `Parameters that cannot be used are refused`() throws {
        let pattern = try ClusterFixture.pattern([(1, 1)])
        for reach in [0, -1, Double.nan, .infinity] {
            #expect(throws: HotspotError.self) {
                try DBSCAN(reach: .metres(reach), minimumIncidents: 3).clusters(of: pattern)
            }
        }
        #expect(throws: HotspotError.countTooSmall(name: "minimum of incidents", least: 1, found: 0)) {
            try DBSCAN(reach: .metres(1), minimumIncidents: 0).clusters(of: pattern)
        }
        #expect(
            HotspotError.lengthNotPositive(name: "reach", .metres(-2)).description
                == "the reach must be greater than 0 m and finite, but is -2 m")
        #expect(throws: HotspotError.cancelled) {
            try DBSCAN(reach: .metres(1), minimumIncidents: 3).clusters(of: pattern) { _ in false }
        }
    }
}
