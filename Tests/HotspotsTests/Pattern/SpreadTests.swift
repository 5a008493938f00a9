import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct SpreadTests {
    /// Deviations of 4 east and 3 north, either side: √(16 + 9), and along the line through them all of it.
    @Test func `Two incidents have the spread of a hand`() throws {
        let pattern = try PatternFixture.pattern([PlanarPoint(x: 2, y: 1), PlanarPoint(x: 10, y: 7)])
        #expect(try StandardDistance().distance(of: pattern).distance == .metres(5))
        let ellipse = try StandardDeviationalEllipse().ellipse(of: pattern)
        #expect(isNear(ellipse.semiMajorAxis.metres, 5))
        #expect(ellipse.semiMinorAxis.metres < 1e-12)
        #expect(isNear(ellipse.azimuth, 53.13010235415598))
        #expect(ellipse.polygon() == nil)
    }

    /// numpy 2.4 (`cov`, `eigh`), tools/reference/centres.py; pointpats 2.5.5 has 40.21575987282547.
    @Test func `Standard distances agree with an independent computation`() throws {
        let plain = try PatternFixture.pattern(PatternFixture.eleven)
        let weighted = try PatternFixture.pattern(PatternFixture.eleven, weights: PatternFixture.elevenWeights)
        let ebdon = try PatternFixture.pattern(PatternFixture.ebdon)
        func distance(_ pattern: PointPattern, _ variant: DeviationVariant) throws -> Double {
            try StandardDistance(variant: variant).distance(of: pattern).distance.metres
        }
        #expect(isNear(try distance(plain, .ebdon), 40.21575987282549))
        #expect(isNear(try distance(plain, .arcgisPro), 40.21575987282549))
        #expect(isNear(try distance(plain, .crimestat), 44.46019538573098))
        #expect(isNear(try distance(weighted, .ebdon), 42.54686595354745))
        #expect(isNear(try distance(weighted, .crimestat), 45.12776615098267))
        #expect(isNear(try distance(ebdon, .ebdon), 1.4142135623730951))
        #expect(
            try StandardDistance(usesWeights: false).distance(of: weighted).distance.metres == distance(plain, .ebdon))
    }

    /// As above; CrimeStat's axes and turn by pointpats 2.5.5 (`ellipse`): 0.3466 radians counter-clockwise of east.
    @Test func `Ellipses agree with an independent computation`() throws {
        let plain = try PatternFixture.pattern(PatternFixture.atUTM(PatternFixture.eleven))
        let ellipse = try StandardDeviationalEllipse().ellipse(of: plain)
        #expect(isNear(ellipse.semiMajorAxis.metres, 32.063444153774746, 1e-9))
        #expect(isNear(ellipse.semiMinorAxis.metres, 24.27432576090484, 1e-9))
        #expect(isNear(ellipse.azimuth, 70.1436772397951, 1e-8))
        let crimestat = try StandardDeviationalEllipse(variant: .crimestat).ellipse(of: plain)
        #expect(isNear(crimestat.semiMajorAxis.metres, 50.13029459102783, 1e-9))
        #expect(isNear(crimestat.semiMinorAxis.metres, 37.95222670267865, 1e-9))
        #expect(isNear(crimestat.azimuth, 90 - 0.3465582095042642 * 180 / .pi, 1e-8))
        let pro = try StandardDeviationalEllipse(variant: .arcgisPro).ellipse(of: plain)
        #expect(isNear(pro.semiMajorAxis.metres, ellipse.semiMajorAxis.metres * 2.0.squareRoot()))
        let weighted = try StandardDeviationalEllipse().ellipse(
            of: PatternFixture.pattern(PatternFixture.eleven, weights: PatternFixture.elevenWeights))
        #expect(isNear(weighted.semiMajorAxis.metres, 34.728121485030286))
        #expect(isNear(weighted.azimuth, 71.09959484590458))
        let ebdon = try StandardDeviationalEllipse().ellipse(of: PatternFixture.pattern(PatternFixture.ebdon))
        #expect(isNear(ebdon.semiMajorAxis.metres, 1.2486060204784164))
        #expect(isNear(ebdon.semiMinorAxis.metres, 0.6640655130520275))
        #expect(isNear(ebdon.azimuth, 31.717474411461005))
    }

    /// Every direction tried: none has a greater deviation than the major axis, none less than the minor one.
    @Test func `Axes are the directions of the greatest and the least deviation`() throws {
        var generator = SeededGenerator(seed: 15)
        for _ in 0..<10 {
            let points = PatternFixture.scatter(30, width: 500, height: 300, using: &generator)
            let ellipse = try StandardDeviationalEllipse().ellipse(of: PatternFixture.pattern(points))
            let ring = try #require(ellipse.polygon(vertices: 360)).exterior
            for vertex in ring.dropLast() {
                let (dx, dy) = (vertex.x - ellipse.centre.x, vertex.y - ellipse.centre.y)
                let length = (dx * dx + dy * dy).squareRoot()
                let squares = points.reduce(0) { sum, point in
                    let along = ((point.x - ellipse.centre.x) * dx + (point.y - ellipse.centre.y) * dy) / length
                    return sum + along * along
                }
                let deviation = (squares / 30).squareRoot()
                #expect(deviation <= ellipse.semiMajorAxis.metres * (1 + 1e-12))
                #expect(deviation >= ellipse.semiMinorAxis.metres * (1 - 1e-12))
                #expect(length <= ellipse.semiMajorAxis.metres * (1 + 1e-9))
            }
            #expect(ring.first == ring.last)
            #expect(Predicates.winding(of: ring) == .counterClockwise)
            #expect(isNear(Predicates.signedSquareMetres(of: ring), ellipse.squareMetres, 1e-4))
        }
    }

    @Test func `North, east and no direction at all`() throws {
        func azimuth(_ points: [(Double, Double)]) throws -> Double? {
            try StandardDeviationalEllipse().ellipse(
                of: PatternFixture.pattern(points.map { PlanarPoint(x: $0.0, y: $0.1) })
            ).azimuth
        }
        #expect(try azimuth([(0, 0), (0, 9)]) == 0)
        #expect(try azimuth([(0, 0), (9, 0)]) == 90)
        #expect(isNear(try azimuth([(9, 0), (0, 9)]), 135))
        #expect(try azimuth([(1, 0), (-1, 0), (0, 1), (0, -1)]) == nil)
        #expect(try azimuth([(5, 5)]) == nil)
    }

    @Test(arguments: DeviationVariant.allCases)
    func `Degenerate patterns have a spread or say why not`(variant: DeviationVariant) throws {
        let none = try PatternFixture.pattern([])
        let one = try PatternFixture.pattern([PlanarPoint(x: 1, y: 2)])
        let ellipse = StandardDeviationalEllipse(variant: variant)
        #expect(throws: HotspotError.tooFew(method: "the standard distance", needed: 1, found: 0)) {
            try StandardDistance(variant: variant).distance(of: none)
        }
        #expect(throws: HotspotError.tooFew(method: "the standard deviational ellipse", needed: 1, found: 0)) {
            try ellipse.ellipse(of: none)
        }
        guard variant != .crimestat else {
            #expect(throws: HotspotError.tooFew(method: "the standard distance", needed: 3, found: 1)) {
                try StandardDistance(variant: variant).distance(of: one)
            }
            return
        }
        #expect(try StandardDistance(variant: variant).distance(of: one).distance == .metres(0))
        let point = try ellipse.ellipse(of: one)
        #expect((point.semiMajorAxis, point.azimuth) == (.metres(0), nil))
        #expect(point.polygon() == nil)
    }
}
