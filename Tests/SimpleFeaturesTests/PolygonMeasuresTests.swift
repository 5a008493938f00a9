import SimpleFeatures
import Testing

private func ring(_ numbers: [(Double, Double)]) -> [PlanarPoint] { numbers.map { PlanarPoint(x: $0.0, y: $0.1) } }

@Suite struct PolygonMeasuresTests {
    private let square = ring([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])
    private let hole = ring([(20, 20), (20, 80), (80, 80), (80, 20), (20, 20)])

    @Test func `A square with a hole measures the difference whichever way its rings wind`() {
        #expect(Polygon(exterior: square, holes: [hole]).squareMetres == 6400)
        #expect(Polygon(exterior: square.reversed(), holes: [hole]).squareMetres == 6400)
    }

    @Test func `A square far from the origin keeps its area to the last digit`() {
        let far = square.map { PlanarPoint(x: $0.x + 500_000, y: $0.y + 2_140_000) }
        #expect(Polygon(exterior: far).squareMetres == 10_000)
    }

    @Test func `The interior point avoids the hole`() throws {
        let point = try #require(MultiPolygon([Polygon(exterior: square, holes: [hole])]).interiorPoint)
        #expect(point.x > 0 && point.x < 100 && point.y > 0 && point.y < 100)
        #expect(!(point.x > 20 && point.x < 80 && point.y > 20 && point.y < 80))
    }

    @Test func `The interior point of a horseshoe lies in an arm, where its centroid does not`() throws {
        let horseshoe = ring([(0, 0), (30, 0), (30, 30), (20, 30), (20, 10), (10, 10), (10, 30), (0, 30), (0, 0)])
        let point = try #require(MultiPolygon([Polygon(exterior: horseshoe)]).interiorPoint)
        let inGap = point.x > 10 && point.x < 20 && point.y > 10
        #expect(!inGap)
    }

    @Test func `What has no area has no interior point`() {
        #expect(MultiPolygon<PlanarPoint>([]).interiorPoint == nil)
        #expect(MultiPolygon([Polygon(exterior: ring([(0, 0), (5, 0), (9, 0), (0, 0)]))]).interiorPoint == nil)
    }
}
