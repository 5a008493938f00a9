import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct STACTests {
    private let crs = ClusterFixture.crs
    private let rectangle = Envelope<PlanarPoint>(minX: 0, minY: 0, maxX: 1000, maxY: 1000)

    /// Circles of 141.4 m every 100 m. Ten incidents at (300, 300) and two at (500, 300) lie in circles that share
    /// those at (400, 300); what lies at (900, 900) is too little.
    @Test func `Circles that share incidents are one cluster`() throws {
        let pattern = try ClusterFixture.pattern(
            Array(repeating: (300, 300), count: 10) + Array(repeating: (400, 300), count: 3)
                + Array(repeating: (500, 300), count: 2) + Array(repeating: (900, 900), count: 4) + [(2000, 0)])
        let result = try STAC(searchRadius: .metres(100)).clusters(of: pattern, in: rectangle)
        #expect(result.found.labels == [-1, 0, 0, 0, -1])
        #expect(result.found.clusters.map(\.incidents) == [15])
        #expect(abs(result.circleRadius.metres - 141.4213562373095) < 1e-9)
        // (400, 200), (400, 300) and (400, 400) hold all fifteen.
        #expect(result.circles.prefix(3).map(\.centre.y) == [200, 300, 400])
        #expect(result.circles.prefix(4).map(\.incidents) == [15, 15, 15, 13])
        #expect(result.outside == 1)
        let few = try STAC(searchRadius: .metres(100), mostCircles: 1).clusters(of: pattern, in: rectangle)
        #expect(few.circles.map(\.centre) == [PlanarPoint(x: 400, y: 200)])
    }

    @Test(arguments: STAC.Lattice.allCases)
    func `Random heaps give what visiting every circle gives`(lattice: STAC.Lattice) throws {
        for seed in 0..<5 {
            let points = ClusterFixture.lattice(seed: UInt64(seed) + 30, count: 200, size: 1000)
            let pattern = try PointPattern(points, crs: crs)
            let result = try STAC(searchRadius: .metres(60), minimumSize: 6, lattice: lattice)
                .clusters(of: pattern, in: rectangle)
            let rowStep = lattice == .square ? 60 : 60 * 3.0.squareRoot() / 2
            var circles: [(count: Int, y: Double, x: Double)] = []
            for row in 0..<40 {
                for column in 0..<18 {
                    let x = (Double(column) + (lattice == .triangular && row % 2 == 1 ? 0.5 : 0)) * 60
                    let y = Double(row) * rowStep
                    let count = points.count { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) <= 7200.000000000001 }
                    circles.append((count, y, x))
                }
            }
            circles.sort { $0.count != $1.count ? $0.count > $1.count : $0.y != $1.y ? $0.y < $1.y : $0.x < $1.x }
            #expect(result.circles.map(\.incidents) == circles.prefix(25).map(\.count))
            // No two clusters share a circle, and each has enough.
            #expect(result.found.clusters.allSatisfy { $0.incidents >= 6 })
        }
    }

    @Test func `Rows in any order give the same result`() throws {
        var points = ClusterFixture.lattice(seed: 2, count: 300, size: 1000)
        let method = STAC(searchRadius: .metres(80))
        let first = try method.clusters(of: PointPattern(points, crs: crs), in: rectangle)
        points.reverse()
        #expect(try method.clusters(of: PointPattern(points, crs: crs), in: rectangle) == first)
    }

    @Test func `Degenerate input has an answer or is refused`() throws {
        let none = try PointPattern([], crs: crs)
        #expect(try STAC(searchRadius: .metres(10)).clusters(of: none, in: rectangle).found.clusters.isEmpty)
        #expect(throws: HotspotError.studyAreaWithoutArea) {
            try STAC(searchRadius: .metres(10)).clusters(of: none, in: .empty)
        }
        #expect(throws: HotspotError.self) { try STAC(searchRadius: .metres(1e-9)).clusters(of: none, in: rectangle) }
        for radius in [0, -1, Double.nan, .infinity] {
            #expect(throws: HotspotError.self) {
                try STAC(searchRadius: .metres(radius)).clusters(of: none, in: rectangle)
            }
        }
        #expect(throws: HotspotError.self) {
            try STAC(searchRadius: .metres(10), mostCircles: 0).clusters(of: none, in: rectangle)
        }
    }

    @Test func `Clusters have outlines`() throws {
        let pattern = try ClusterFixture.pattern([(0, 0), (0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (90, 90)])
        let result = try DBSCAN(reach: .metres(5), minimumIncidents: 3).clusters(of: pattern)
        let outline = result.found.clusters[0].outline(in: pattern)
        #expect(outline.hull.squareMetres == 16)
        #expect(outline.hull.incidents == 6)
        #expect(outline.ellipse?.incidents == 6)
    }
}
