import SimpleFeatures
import Testing

@Suite struct CentreOfMassTests {
    private static func square(_ x: Double, _ y: Double, _ side: Double, clockwise: Bool = false) -> [PlanarPoint] {
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map {
            PlanarPoint(x: $0, y: $1)
        }
        return clockwise ? ring.reversed() : ring
    }

    @Test(arguments: [false, true])
    func `A hole counts against the area, whichever way its ring winds`(clockwise: Bool) {
        // 16 at (2, 2) without 4 at (3, 1): (32 − 12) / 12 and (32 − 4) / 12.
        let area = MultiPolygon([
            Polygon(
                exterior: Self.square(0, 0, 4, clockwise: clockwise),
                holes: [Self.square(2, 0, 2, clockwise: !clockwise)])
        ])
        #expect(area.centreOfMass == PlanarPoint(x: 20.0 / 12, y: 28.0 / 12))
    }

    @Test func `Parts count by their area, far from the origin too`() throws {
        // 1 at (.5, .5) and 4 at (11, 1): (44.5 / 5, 4.5 / 5).
        let (east, north) = (690_000.0, 2_945_000.0)
        let area = MultiPolygon([
            Polygon(exterior: Self.square(east, north, 1)), Polygon(exterior: Self.square(east + 10, north, 2)),
        ])
        let centre = try #require(area.centreOfMass)
        #expect(abs(centre.x - east - 8.9) < 1e-9 && abs(centre.y - north - 0.9) < 1e-9)
    }

    @Test func `What has no area has no centre of mass`() {
        let line = [(0.0, 0.0), (1, 1), (2, 2), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }
        #expect(MultiPolygon([Polygon(exterior: line)]).centreOfMass == nil)
        #expect(MultiPolygon<PlanarPoint>([]).centreOfMass == nil)
        #expect(MultiPolygon([Polygon(exterior: Self.square(0, 0, .nan))]).centreOfMass == nil)
        #expect(MultiPolygon([Polygon(exterior: Self.square(0, 0, 1e200))]).centreOfMass == nil)
    }

    @Test func `The middle of an envelope lies half way between its borders`() {
        let box = Envelope<LonLat>(minX: -100, minY: 19, maxX: -98, maxY: 20)
        #expect(box.middle == LonLat(longitude: -99, latitude: 19.5))
    }
}
