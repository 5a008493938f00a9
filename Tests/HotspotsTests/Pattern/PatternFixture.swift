import Hotspots
import SimpleFeatures
import TestSupport

/// Samples that the tests of patterns share.
enum PatternFixture {
    static let crs = CRS("EPSG:32614")

    /// pointpats' eleven points, and weights for them; tools/reference/centres.py.
    static let eleven: [PlanarPoint] = [
        (66.22, 32.54), (22.52, 22.39), (31.01, 81.21), (9.47, 31.02), (30.78, 60.10), (75.21, 58.93), (79.26, 7.68),
        (8.23, 39.93), (98.73, 77.17), (89.78, 42.53), (65.19, 92.08),
    ].map { PlanarPoint(x: $0.0, y: $0.1) }
    static let elevenWeights: [Double] = [1, 2, 1, 4, 1, 1, 3, 1, 2, 1, 1]

    /// Ebdon (1985), *Statistics in Geography*, as in pointpats' test_centrography.py.
    static let ebdon: [PlanarPoint] = [(1, 2), (2, 3), (2, 2), (2, 1), (3, 4), (3, 3), (3, 1), (4, 4)]
        .map { PlanarPoint(x: $0.0, y: $0.1) }

    /// Centres of biological cells, Ripley (1977), as `cells` of R's spatstat.data, a kilometre wide; tools/reference/ripley.R.
    static let cells: [PlanarPoint] = zip(
        [
            350, 487, 637, 775, 825, 87, 237, 400, 575, 737, 62, 212, 325, 450, 650, 900, 337, 462, 600, 800, 938, 150,
            350, 562, 725, 862, 987, 62, 175, 337, 462, 525, 737, 862, 237, 637, 775, 900, 175, 350, 462, 625,
        ],
        [
            25, 87, 50, 25, 125, 187, 150, 162, 212, 237, 362, 337, 287, 287, 362, 262, 462, 425, 475, 387, 400, 500,
            600, 575, 512, 525, 512, 750, 650, 750, 750, 650, 687, 637, 787, 812, 850, 775, 912, 962, 900, 950,
        ]
    ).map { PlanarPoint(x: $0, y: $1) }

    static let squareKilometre = area([(0, 0), (1000, 0), (1000, 1000), (0, 1000)])

    /// An L with a hole, 0.68125 km².
    static let ell = MultiPolygon([
        Polygon(
            exterior: ring([(0, 0), (1000, 0), (1000, 400), (450, 550), (450, 1000), (0, 1000)]),
            holes: [ring([(300, 100), (300, 250), (500, 250), (500, 100)])])
    ])

    static func ring(_ corners: [(Double, Double)]) -> [PlanarPoint] {
        (corners + corners.prefix(1)).map { PlanarPoint(x: $0.0, y: $0.1) }
    }

    static func area(_ corners: [(Double, Double)]) -> MultiPolygon<PlanarPoint> {
        MultiPolygon([Polygon(exterior: ring(corners))])
    }

    /// The same places with coordinates such as UTM has.
    static func atUTM(_ points: [PlanarPoint]) -> [PlanarPoint] {
        points.map { PlanarPoint(x: $0.x + 366_000, y: $0.y + 2_840_000) }
    }

    static func pattern(_ points: [PlanarPoint], weights: [Double]? = nil) throws -> PointPattern {
        try PointPattern(x: points.map(\.x), y: points.map(\.y), weights: weights, crs: crs)
    }

    static func scatter(
        _ count: Int, width: Double, height: Double, using generator: inout SeededGenerator
    ) -> [PlanarPoint] {
        (0..<count).map { _ in
            PlanarPoint(
                x: Double.random(in: 0...width, using: &generator), y: Double.random(in: 0...height, using: &generator))
        }
    }
}

/// Whether a number is another to a share of it.
func isNear(_ a: Double?, _ b: Double, _ share: Double = 1e-12) -> Bool {
    a.map { abs($0 - b) <= share * max(1e-300, abs(b)) } ?? false
}
