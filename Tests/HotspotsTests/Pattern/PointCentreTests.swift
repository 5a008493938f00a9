import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct PointCentreTests {
    private func centre(
        _ sense: PointCentre.Sense, _ points: [PlanarPoint], weights: [Double]? = nil
    ) throws -> PlanarPoint {
        try PointCentre(sense).centre(of: PatternFixture.pattern(points, weights: weights)).centre
    }

    private func isNearby(_ a: PlanarPoint, _ x: Double, _ y: Double, _ metres: Double = 1e-6) -> Bool {
        a.distance(to: PlanarPoint(x: x, y: y)).metres <= metres
    }

    @Test func `Three incidents have the centres of a hand`() throws {
        let points = [PlanarPoint(x: 0, y: 0), PlanarPoint(x: 6, y: 0), PlanarPoint(x: 3, y: 9)]
        #expect(isNearby(try centre(.mean, points), 3, 3))
        #expect(try centre(.median, points) == PlanarPoint(x: 3, y: 0))
        // Fermat's point, from which the sides are seen under 120°: √3 above the base.
        #expect(isNearby(try centre(.minimumDistance, points), 3, 3.0.squareRoot()))
        #expect(isNearby(try centre(.mean, points, weights: [1, 1, 4]), 3, 6))
        #expect(try centre(.median, points, weights: [1, 1, 4]) == PlanarPoint(x: 3, y: 9))
    }

    /// numpy 2.4 and scipy 1.17 (`minimize`, Nelder-Mead), tools/reference/centres.py.
    @Test func `Centres agree with an independent computation`() throws {
        let (points, weights) = (PatternFixture.eleven, PatternFixture.elevenWeights)
        #expect(isNearby(try centre(.mean, points), 52.4, 49.59818181818182))
        #expect(isNearby(try centre(.mean, points, weights: weights), 49.143333333333345, 41.864444444444445))
        #expect(isNearby(try centre(.minimumDistance, points), 53.51781110382228, 49.65727448261805))
        #expect(
            isNearby(
                try centre(.minimumDistance, points, weights: weights), 42.37294832654719, 39.21985659031496, 1e-5))
        // pointpats/tests/test_centrography.py has (2.34998979, 2.48670953), to three digits.
        #expect(isNearby(try centre(.mean, PatternFixture.ebdon), 2.5, 2.5))
        #expect(isNearby(try centre(.minimumDistance, PatternFixture.ebdon), 2.3499900125898585, 2.4867099871326284))
    }

    @Test func `Weights can be left out, and large coordinates cost no digits`() throws {
        let pattern = try PatternFixture.pattern(
            PatternFixture.atUTM(PatternFixture.eleven), weights: PatternFixture.elevenWeights)
        let mean = try PointCentre(.mean, usesWeights: false).centre(of: pattern)
        #expect(isNearby(mean.centre, 366_052.4, 2_840_049.59818181818))
        #expect((mean.incidents, mean.weight, mean.steps) == (11, 11, 0))
        let least = try PointCentre(.minimumDistance, usesWeights: false).centre(of: pattern)
        #expect(isNearby(least.centre, 366_053.51781110382, 2_840_049.65727448262))
        #expect(least.hasSettled)
    }

    @Test func `An incident that outweighs all others is the centre of minimum distance, exactly`() throws {
        // The fourth corner lies inside the triangle of the others, and holds the centre: a pull of at most its own weight.
        let points = [(0, 0), (10, 0), (4, 9), (5, 3)].map { PlanarPoint(x: $0.0, y: $0.1) }
        #expect(try centre(.minimumDistance, points) == points[3])
        #expect(try centre(.minimumDistance, points, weights: [1, 9, 1, 1]) == points[1])
        // At its first step the search stands on an incident that is not the answer.
        let cross = [(0, 0), (8, 0), (-8, 0), (1, 6), (-1, 6), (0, -12)].map { PlanarPoint(x: $0.0, y: $0.1) }
        let result = try PointCentre(.minimumDistance).centre(of: PatternFixture.pattern(cross))
        #expect(result.hasSettled)
        #expect(result.meanDistance <= Self.leastMeanDistance(cross, around: result.centre))
    }

    @Test func `No point around the centre of minimum distance has less distance to all`() throws {
        var generator = SeededGenerator(seed: 12)
        for count in [2, 3, 4, 5, 20, 100] {
            for _ in 0..<10 {
                // Whole numbers: incidents on lines and at one place.
                let points = (0..<count).map { _ in
                    PlanarPoint(
                        x: Double(Int.random(in: 0...9, using: &generator)),
                        y: Double(Int.random(in: 0...9, using: &generator)))
                }
                let result = try PointCentre(.minimumDistance).centre(of: PatternFixture.pattern(points))
                #expect(result.hasSettled)
                #expect(result.meanDistance <= Self.leastMeanDistance(points, around: result.centre))
            }
        }
    }

    /// The least over points near a centre, and a rounding error more.
    private static func leastMeanDistance(_ points: [PlanarPoint], around centre: PlanarPoint) -> Length {
        var least = Double.infinity
        for reach in [1e-3, 0.1, 2] {
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)] {
                let place = PlanarPoint(x: centre.x + reach * dx, y: centre.y + reach * dy)
                least = min(least, points.reduce(0) { $0 + $1.distance(to: place).metres } / Double(points.count))
            }
        }
        return .metres(least * (1 + 1e-9))
    }

    @Test(arguments: PointCentre.Sense.allCases)
    func `Degenerate patterns have a centre or say why not`(sense: PointCentre.Sense) throws {
        let method = "the \(sense.rawValue) centre"
        #expect(throws: HotspotError.tooFew(method: method, needed: 1, found: 0)) { try centre(sense, []) }
        let place = PlanarPoint(x: 366_000.25, y: 2_840_000.5)
        #expect(throws: HotspotError.noWeight(method: method)) { try centre(sense, [place], weights: [0]) }
        #expect(throws: HotspotError.coordinatesTooLarge(method: method)) {
            try centre(sense, [place, PlanarPoint(x: 1e300, y: 0)])
        }
        #expect(try centre(sense, [place]) == place)
        #expect(try centre(sense, [place, place, place]) == place)
        let line = (0..<4).map { PlanarPoint(x: Double($0), y: 2 * Double($0)) }
        let middle = try centre(sense, line)
        #expect(middle.x >= 1 && middle.x <= 2 && abs(middle.y - 2 * middle.x) < 1e-9)
    }

    @Test(arguments: PointCentre.Sense.allCases)
    func `Rows in any order have the same centre`(sense: PointCentre.Sense) throws {
        var generator = SeededGenerator(seed: 2)
        let points = PatternFixture.scatter(50, width: 900, height: 700, using: &generator)
        #expect(try centre(sense, points) == centre(sense, points.shuffled(using: &generator)))
    }
}
