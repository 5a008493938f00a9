import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct NearestNeighbourIndexTests {
    private let square = StudyArea.polygon(PatternFixture.squareKilometre)

    /// Four incidents, 100 m from their nearest neighbours, in 1 km²: expected 0.5·√(10⁶/4) = 250 m, standard error
    /// 0.26136/√(16/10⁶) = 65.34 m.
    @Test func `Four incidents have the index of a hand`() throws {
        let points = [(100, 100), (200, 100), (800, 900), (800, 800)].map { PlanarPoint(x: $0.0, y: $0.1) }
        let result = try NearestNeighbourIndex().index(of: PatternFixture.pattern(points), in: square)
        #expect((result.meanDistance, result.expectedDistance) == (.metres(100), .metres(250)))
        #expect(isNear(result.index, 0.4))
        #expect(isNear(result.standardError?.metres, 65.34))
        #expect(isNear(result.z, -150 / 65.34))
        // scipy.stats.norm.sf(150/65.34)*2
        #expect(isNear(result.p, 0.021691, 1e-3))
        #expect((result.area, result.incidents, result.outside) == ("polygon", 4, 0))
    }

    /// spatstat.explore 3.0-6 (`nndist`, `clarkevans.test`), tools/reference/ripley.R.
    @Test func `Cells have spatstat's index`() throws {
        let pattern = try PatternFixture.pattern(PatternFixture.cells)
        let first = try NearestNeighbourIndex().index(of: pattern, in: square)
        #expect(isNear(first.meanDistance.metres, 128.972874601516))
        #expect(isNear(first.index, 1.6716795148414))
        let third = try NearestNeighbourIndex(order: 3).index(of: pattern, in: square)
        #expect(isNear(third.meanDistance.metres, 165.379294706366))
        // Thompson (1956): 3·6!/(2³·3!)² = 0.9375.
        #expect(isNear(third.expectedDistance.metres, 0.9375 * (1e6 / 42).squareRoot()))
        #expect(third.z == nil)
    }

    @Test func `Incidents at one place are at no distance, and are told`() throws {
        let points = [(100, 100), (100, 100), (100, 100), (400, 500)].map { PlanarPoint(x: $0.0, y: $0.1) }
        let result = try NearestNeighbourIndex().index(of: PatternFixture.pattern(points), in: square)
        #expect(result.meanDistance == .metres(125))
        #expect(result.duplicates.share == 0.75)
        #expect((result.duplicates.places, result.duplicates.mostAtOnePlace) == (2, 3))
        let third = try NearestNeighbourIndex(order: 3).index(of: PatternFixture.pattern(points), in: square)
        #expect(third.meanDistance == .metres(500))
    }

    @Test func `The mean distance is that of measuring all pairs in the study area`() throws {
        var generator = SeededGenerator(seed: 17)
        let points = PatternFixture.atUTM(PatternFixture.scatter(120, width: 1200, height: 1000, using: &generator))
        let inside = points.filter { $0.x <= 367_000 }
        let area = PatternFixture.area([
            (366_000, 2_840_000), (367_000, 2_840_000), (367_000, 2_841_000), (366_000, 2_841_000),
        ])
        for order in [1, 2, 5] {
            let expected =
                inside.reduce(0.0) { sum, point in
                    sum + inside.map { $0.distance(to: point).metres }.sorted()[order]
                } / Double(inside.count)
            let result = try NearestNeighbourIndex(order: order)
                .index(of: PatternFixture.pattern(points.shuffled(using: &generator)), in: .polygon(area))
            #expect(isNear(result.meanDistance.metres, expected, 1e-9))
            #expect((result.incidents, result.outside) == (inside.count, points.count - inside.count))
        }
    }

    @Test func `The area can be the rectangle or the hull of the pattern, which hold all of it`() throws {
        var generator = SeededGenerator(seed: 18)
        let points = PatternFixture.atUTM(PatternFixture.scatter(80, width: 1234.5, height: 876.5, using: &generator))
        let pattern = try PatternFixture.pattern(points)
        let box = try NearestNeighbourIndex().index(of: pattern, in: .boundingBox)
        #expect((box.area, box.incidents) == ("bbox", 80))
        #expect(isNear(box.squareMetres, pattern.envelope.width * pattern.envelope.height))
        let hull = try NearestNeighbourIndex().index(of: pattern, in: .convexHull)
        #expect((hull.area, hull.incidents) == ("hull", 80))
        #expect(isNear(hull.squareMetres, ConvexHull().outline(of: pattern).squareMetres, 1e-9))
        #expect(hull.index > box.index)
    }

    @Test func `Degenerate input is refused`() throws {
        let one = try PatternFixture.pattern([PlanarPoint(x: 5, y: 5)])
        let heap = try PatternFixture.pattern(Array(repeating: PlanarPoint(x: 5, y: 5), count: 9))
        #expect(throws: HotspotError.tooFew(method: "the nearest-neighbour index", needed: 2, found: 1)) {
            try NearestNeighbourIndex().index(of: one, in: square)
        }
        #expect(throws: HotspotError.countOutOfRange(name: "the order of neighbours", least: 1, most: 100, found: 0)) {
            try NearestNeighbourIndex(order: 0).index(of: one, in: square)
        }
        #expect(throws: HotspotError.studyAreaWithoutArea) {
            try NearestNeighbourIndex().index(of: heap, in: .convexHull)
        }
        #expect(throws: HotspotError.studyAreaWithoutArea) {
            try NearestNeighbourIndex().index(of: heap, in: .polygon(MultiPolygon([])))
        }
        let result = try NearestNeighbourIndex().index(of: heap, in: square)
        #expect((result.index, result.duplicates.share) == (0, 1))
        #expect(DuplicateShare().count(in: try PatternFixture.pattern([])).share == nil)
    }

    @Test(arguments: [
        (
            HotspotError.tooFew(method: "Ripley's K", needed: 2, found: 1),
            "Ripley's K needs at least 2 incidents in the study area, but there are 1"
        ),
        (
            .noWeight(method: "the mean centre"),
            "the mean centre needs incidents whose weights sum to more than 0, but they sum to 0; leave the weights out"
        ),
        (.studyAreaWithoutArea, "the study area must enclose more than 0 m², but it encloses nothing"),
        (.distanceNotPositive(.metres(-5)), "the greatest distance must be greater than 0 m and finite, but is -5 m"),
        (
            .countOutOfRange(name: "the order of neighbours", least: 1, most: 100, found: 0),
            "the order of neighbours must be 1 to 100, but is 0"
        ),
        (.significanceOutOfRange(1), "the significance must be between 0 and 1, but is 1.0"),
        (
            .coordinatesTooLarge(method: "Ripley's K"),
            "Ripley's K needs coordinates in metres, but some are too large to be computed with"
        ),
    ])
    func `Errors say what must hold and what was found`(error: HotspotError, sentence: String) {
        #expect(error.description == sentence)
    }
}
