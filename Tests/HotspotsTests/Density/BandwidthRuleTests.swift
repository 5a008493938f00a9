import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct BandwidthRuleTests {
    /// Twelve fictional incidents, two of them at one place.
    static let x: [Double] = [
        366_100, 366_420, 367_050, 368_300, 366_100, 365_200, 369_900, 367_700, 366_980, 364_050, 367_310, 366_640,
    ]
    static let y: [Double] = [
        2_840_250, 2_840_900, 2_839_800, 2_841_700, 2_840_250, 2_842_100, 2_838_600, 2_840_010, 2_843_400, 2_839_120,
        2_840_555,
        2_841_330,
    ]
    static let weights: [Double] = [1, 2, 1, 1, 1, 3, 1, 1, 1, 1, 2, 1]

    private func pattern(weights: [Double]? = nil) throws -> PointPattern {
        try PointPattern(x: Self.x, y: Self.y, weights: weights, crs: DensityFixture.crs)
    }

    /// Computed in NumPy 2 from the formulas: standard distance 1905.8834, median distance 1002.2963; for `mass` with
    /// `numpy.percentile` (type 7) and `std(ddof=1)`; for `knn` with `scipy.spatial.cKDTree`.
    @Test(arguments: [
        ("esri", 659.1581708833615), ("mass", 2668.4948450341017), ("spatstat", 600), ("knn:1", 1098.9700195204744),
        ("knn:3", 1655.243961074522), ("725.5", 725.5),
    ])
    func `Rules agree with an independent computation`(text: String, metres: Double) throws {
        let rule = try #require(BandwidthRule(text))
        #expect(rule.description == text)
        #expect(abs(try rule.bandwidth(for: pattern()).metres / metres - 1) < 1e-12)
    }

    /// As above, each value repeated as often as it weighs: 1806.1396 and 1256.2520.
    @Test func `Esri's rule takes weights as counts`() throws {
        let bandwidth = try BandwidthRule.esri.bandwidth(for: pattern(weights: Self.weights))
        #expect(abs(bandwidth.metres / 779.9783537010691 - 1) < 1e-12)
    }

    @Test func `An eighth is taken of the window that is given`() throws {
        let window = Envelope<PlanarPoint>(minX: 0, minY: 0, maxX: 4000, maxY: 9000)
        #expect(try BandwidthRule.spatstat.bandwidth(for: pattern(), window: window) == .metres(500))
    }

    @Test func `Neighbour distances are those of measuring all pairs`() throws {
        var generator = SeededGenerator(seed: 21)
        // Whole numbers, so that places repeat and distances tie; one far away.
        let points =
            (0..<400).map { _ in
                PlanarPoint(
                    x: Double(Int.random(in: 0...30, using: &generator)),
                    y: Double(Int.random(in: 0...20, using: &generator)))
            } + [PlanarPoint(x: 1e6, y: -1e6)]
        let pattern = try PointPattern(points, crs: DensityFixture.crs)
        for k in [1, 2, 7, 50, 400] {
            let mean =
                points.indices.reduce(0.0) { sum, i in
                    let others = points.indices.filter { $0 != i }.map { points[i].distance(to: points[$0]).metres }
                    return sum + others.sorted()[k - 1]
                } / 401
            #expect(abs(try BandwidthRule.knn(k).bandwidth(for: pattern).metres / mean - 1) < 1e-12)
        }
    }

    @Test func `Rules that find no spread say so`() throws {
        let heap = try PointPattern(Array(repeating: PlanarPoint(x: 5, y: 5), count: 9), crs: DensityFixture.crs)
        for text in ["esri", "mass", "spatstat", "knn:2"] {
            let rule = try #require(BandwidthRule(text))
            #expect(throws: HotspotError.noSpread(rule: text)) { try rule.bandwidth(for: heap) }
        }
    }

    @Test func `Rules that find too few incidents say so`() throws {
        let none = try PointPattern([], crs: DensityFixture.crs)
        let few = try PointPattern([PlanarPoint(x: 1, y: 2), PlanarPoint(x: 4, y: 9)], crs: DensityFixture.crs)
        for (rule, needed) in [(BandwidthRule.esri, 2), (.mass, 2), (.spatstat, 1), (.knn(2), 3), (.knn(.max), .max)] {
            #expect(throws: HotspotError.tooFewIncidents(rule: rule.description, needed: needed, found: 0)) {
                try rule.bandwidth(for: none)
            }
        }
        #expect(throws: HotspotError.tooFewIncidents(rule: "knn:2", needed: 3, found: 2)) {
            try BandwidthRule.knn(2).bandwidth(for: few)
        }
        #expect(
            HotspotError.tooFewIncidents(rule: "knn:2", needed: 3, found: 2).description
                == "the bandwidth rule knn:2 needs at least 3 incidents, but there are 2; give a bandwidth in metres")
        #expect(throws: HotspotError.bandwidthNotPositive(.metres(-1))) {
            try BandwidthRule.fixed(.metres(-1)).bandwidth(for: few)
        }
    }

    @Test(arguments: ["", "knn:0", "knn:", "knn:-3", "knn:2.5", "-500", "0", "nan", "inf", "500 m", "Esri"])
    func `Other texts are not rules`(text: String) {
        #expect(BandwidthRule(text) == nil)
    }

    @Test func `Cell sizes follow their rules`() {
        func window(_ width: Double, _ height: Double) -> Envelope<PlanarPoint> {
            Envelope(minX: 0, minY: 0, maxX: width, maxY: height)
        }
        #expect(CellSizeRule.esri.cellSize(for: window(40_000, 25_000)) == .metres(100))
        #expect(CellSizeRule.sfhotspot.cellSize(for: window(18_000, 40_000)) == .metres(300))
        #expect(CellSizeRule.sfhotspot.cellSize(for: window(4000, 9000)) == .metres(80))
        #expect(CellSizeRule.esri.cellSize(for: window(0, 9000)) == nil)
        #expect(CellSizeRule.sfhotspot.cellSize(for: .empty) == nil)
    }
}
