import Boundaries
import Geodesy
import SimpleFeatures
import TestSupport
import Testing

@testable import Georeferencing

@Suite struct BorderStripTests {
    /// At the equator a degree measures 111,320 m by 110,574 m.
    private func rectangle(east: Double, north: Double, x: Double = 0, y: Double = 0) -> Area {
        let (width, height) = (east / 111_319.49, north / 110_574.28)
        let (left, low) = (x / 111_319.49, y / 110_574.28)
        let ring = [(left, low), (left + width, low), (left + width, low + height), (left, low + height), (left, low)]
        return Area(
            id: "a", name: "a",
            geometry: MultiPolygon([Polygon(exterior: ring.map { LonLat(longitude: $0.0, latitude: $0.1) })]),
            squareMetres: east * north)
    }

    @Test func `A square's strip is four sides times 30 metres of its ground`() {
        // 4 · 600 · 30 / 600² = 0.2
        #expect(abs(BorderStrip(of: rectangle(east: 600, north: 600)).share - 0.2) < 1e-4)
        #expect(abs(BorderStrip(of: rectangle(east: 1_200, north: 400)).share - 0.2) < 1e-4)
        #expect(BorderStrip(of: rectangle(east: 60, north: 60)).share > 1)
    }

    @Test func `An area without ground is all border`() {
        let empty = Area(id: "", name: "", geometry: MultiPolygon([]), squareMetres: 0)
        #expect(BorderStrip(of: empty).share == .infinity)
        #expect(BorderStrip(of: empty).neighbours { _ in 0 }.isEmpty)
    }

    @Test func `Neighbours are the areas within the strip, those with most of it first`() {
        let areas = [
            rectangle(east: 600, north: 600), rectangle(east: 600, north: 300, x: 600),
            rectangle(east: 600, north: 100, x: 600, y: 320), rectangle(east: 600, north: 600, y: 640),
            rectangle(east: 100, north: 100, x: -100, y: -100),
        ]
        let locator = PointLocator(areas)
        let found = BorderStrip(of: areas[0]).neighbours { locator.locate($0).index }
        // Area 3 begins 40 m away. Area 4 touches in one corner only.
        #expect(found.filter { $0 != 0 } == [1, 2, 4] || found.filter { $0 != 0 } == [1, 2])
        #expect(!found.contains(3))
    }

    @Test func `Neighbours of random areas are those that a dense walk along the border meets`() {
        var random = SeededGenerator(seed: 30)
        for _ in 0..<20 {
            let areas = (0..<30).map { _ in
                rectangle(
                    east: .random(in: 100...500, using: &random), north: .random(in: 100...500, using: &random),
                    x: .random(in: 0...1_500, using: &random), y: .random(in: 0...1_500, using: &random))
            }
            let found = Set(BorderStrip(of: areas[0]).neighbours { index(of: $0, in: areas) })
            // What lies within 14 m of the border is found whatever the steps, and nothing beyond 31 m is.
            #expect(found.isSubset(of: near(areas[0], areas, metres: 31)))
            #expect(found.count > 0)
        }
    }

    /// The first area that holds a place.
    private func index(of place: LonLat, in areas: [Area]) -> Int32 {
        Int32(areas.firstIndex { $0.geometry.envelope.contains(place) } ?? -1)
    }

    /// Every area that a place within some metres of the border lies in, on a raster of five metres.
    private func near(_ area: Area, _ areas: [Area], metres: Double) -> Set<Int32> {
        let box = area.geometry.envelope
        var found: Set<Int32> = []
        let step = 5 / 111_000.0
        let reach = metres / 110_574.28
        for x in stride(from: box.minX - reach, through: box.maxX + reach, by: step) {
            for y in stride(from: box.minY - reach, through: box.maxY + reach, by: step) {
                found.insert(index(of: LonLat(longitude: x, latitude: y), in: areas))
            }
        }
        return found
    }
}
