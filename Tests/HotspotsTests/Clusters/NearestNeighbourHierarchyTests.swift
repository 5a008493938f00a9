import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct NearestNeighbourHierarchyTests {
    private let crs = ClusterFixture.crs

    /// methods.md's rule by hand: 100 incidents on 1 km²: 0.5·√(10⁶/100) = 50 m; SE = 0.26136/√(100²/10⁶) = 2.6136 m.
    @Test(arguments: [(0.0, 50.0), (1, 47.3864), (-1.96, 55.122656)])
    func `The threshold is the expected distance less standard errors`(errors: Double, metres: Double) throws {
        let points = ClusterFixture.lattice(seed: 1, count: 100, size: 1000)
        let result = try NearestNeighbourHierarchy(threshold: .random(standardErrors: errors))
            .clusters(of: PointPattern(points, crs: crs), in: .polygon(ClusterFixture.square(1000)))
        #expect(abs(result.threshold.metres - metres) < 1e-9)
    }

    /// Eight rows of three incidents 1 m apart, in pairs of rows 10 m apart, the pairs 150 m and the fours 350 m.
    @Test func `Groups form groups of groups`() throws {
        let rows: [Double] = [0, 10, 150, 160, 500, 510, 650, 660]
        let pattern = try ClusterFixture.pattern(rows.flatMap { y in (0...2).map { (Double($0), y) } } + [(300, 300)])
        let result = try NearestNeighbourHierarchy(threshold: .fixed(.metres(1.5)), minimumSize: 3)
            .clusters(of: pattern, in: .polygon(ClusterFixture.square(1000)))
        // The middle one of each row sees both others; the ends would see one.
        #expect(result.firstOrder.clusters.map(\.incidents) == Array(repeating: 3, count: 8))
        #expect(result.firstOrder.clusters.map(\.centre) == rows.map { PlanarPoint(x: 1, y: $0) })
        #expect(result.firstOrder.incidents - result.firstOrder.incidentsInClusters == 1)
        #expect(result.higherOrders.isEmpty)
        // By chance 25 incidents on 1 km² are 100 m apart, 4 centres 250 m, 2 centres 353.6 m.
        let orders = try NearestNeighbourHierarchy(threshold: .random(standardErrors: 0), minimumSize: 3)
            .clusters(of: pattern, in: .polygon(ClusterFixture.square(1000)))
        #expect(abs(orders.threshold.metres - 100) < 1e-9)
        #expect(orders.firstOrder.clusters.map(\.incidents) == [6, 6, 6, 6])
        #expect(orders.higherOrders.map { $0.clusters.map(\.members) } == [[[0, 1], [2, 3]]])
        #expect(orders.higherOrders[0].clusters.map(\.centre) == [PlanarPoint(x: 1, y: 80), PlanarPoint(x: 1, y: 580)])
        #expect(abs(orders.higherOrders[0].threshold.metres - 250) < 1e-9)
    }

    @Test func `Random heaps give what recounting all gives`() throws {
        for seed in 0..<4 {
            let points = ClusterFixture.lattice(seed: UInt64(seed) + 80, count: 110, size: 21)
            let pattern = try PointPattern(points, crs: crs)
            let result = try NearestNeighbourHierarchy(threshold: .fixed(.metres(3)), minimumSize: 4)
                .clusters(of: pattern, in: .polygon(ClusterFixture.square(100, x: -50, y: -50)))
            #expect(result.firstOrder.labels == Self.slow(pattern, 3, 4))
        }
    }

    private static func slow(_ pattern: PointPattern, _ threshold: Double, _ minimum: Int) -> [Int32] {
        var groups: [[Int]] = []
        var free = Set(pattern.x.indices)
        while true {
            var best: (count: Int, group: [Int]) = (0, [])
            for seed in free.sorted() {
                let group = free.sorted().filter {
                    let (dx, dy) = (pattern.x[$0] - pattern.x[seed], pattern.y[$0] - pattern.y[seed])
                    return dx * dx + dy * dy < threshold * threshold
                }
                let count = group.reduce(0) { $0 + Int(pattern.multiplicity[$1]) }
                if count > best.count { best = (count, group) }
            }
            guard best.count >= minimum else { break }
            groups.append(best.group)
            free.subtract(best.group)
        }
        var labels = [Int32](repeating: -1, count: pattern.x.count)
        for (number, group) in groups.sorted(by: { $0[0] < $1[0] }).enumerated() {
            for place in group { labels[place] = Int32(number) }
        }
        return labels
    }

    @Test func `Threads and the order of rows change nothing, and chance makes fewer clusters`() throws {
        var points = ClusterFixture.sample(seed: 4, count: 200)
        let area = AreaChoice.polygon(ClusterFixture.square(12_000, x: -1000, y: -1000))
        let method = NearestNeighbourHierarchy(threshold: .random(standardErrors: 1), simulations: 19, seed: 3)
        let first = try method.clusters(of: PointPattern(points, crs: crs), in: area, threads: 1)
        #expect(first.simulated.count == 19)
        #expect(first.p == 0.05)
        let largest = try #require(first.firstOrder.clusters.max { $0.incidents < $1.incidents })
        #expect(first.p(of: largest) == 0.05)
        points.reverse()
        #expect(try method.clusters(of: PointPattern(points, crs: crs), in: area, threads: 2) == first)
        #expect(throws: HotspotError.cancelled) {
            try method.clusters(of: PointPattern(points, crs: crs), in: area) { _ in false }
        }
    }

    @Test func `Degenerate input has an answer or is refused`() throws {
        let area = AreaChoice.polygon(ClusterFixture.square(100))
        let heap = try ClusterFixture.pattern(Array(repeating: (5, 5), count: 12) + [(500, 500)])
        let result = try NearestNeighbourHierarchy().clusters(of: heap, in: area)
        #expect(result.firstOrder.labels == [0, -1])
        #expect((result.outside, result.p) == (1, nil))
        let method = NearestNeighbourHierarchy(threshold: .random(standardErrors: 1e9))
        #expect(throws: HotspotError.self) { try method.clusters(of: heap, in: area) }
        #expect(throws: HotspotError.studyAreaWithoutArea) {
            try NearestNeighbourHierarchy().clusters(of: PointPattern([], crs: crs), in: .boundingBox)
        }
        #expect(throws: HotspotError.self) {
            try NearestNeighbourHierarchy().clusters(of: PointPattern([], crs: crs), in: area)
        }
        #expect(throws: HotspotError.countTooSmall(name: "minimum size", least: 2, found: 0)) {
            try NearestNeighbourHierarchy(minimumSize: 0).clusters(of: heap, in: area)
        }
    }
}
