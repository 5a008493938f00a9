import Formats
import SimpleFeatures
import TestSupport
import Testing

private typealias Fixture = ShapefileFixture

/// The polygons that are made of the rings of one record, and how many rings are wound against the format's rule.
private func assembled(_ rings: [[FilePosition]]) throws -> (polygons: [Polygon<FilePosition>], misoriented: Int) {
    var polygons: [Polygon<FilePosition>] = []
    let reader = try ShapefileReader(shp: Fixture.shp(type: 5, [Fixture.parts(rings, type: 5)]), dbf: nil)
    let notes = try reader.features { polygons += $0.geometry?.asMultiPolygon?.polygons ?? [] }
    return (polygons, notes.misorientedRings)
}

private func reversed(_ ring: [FilePosition]) -> [FilePosition] { ring.reversed() }

@Suite struct ShapefileRingsTests {
    @Test func `Holes go to the exterior around them, in whatever order the rings stand`() throws {
        let (west, east) = (Fixture.square(0, 0, size: 10), Fixture.square(20, 0, size: 10))
        let inWest = reversed(Fixture.square(1, 1, size: 2))
        let inEast = reversed(Fixture.square(21, 1, size: 2))
        let (polygons, misoriented) = try assembled([inEast, east, inWest, west])
        #expect(polygons == [Polygon(exterior: east, holes: [inEast]), Polygon(exterior: west, holes: [inWest])])
        #expect(misoriented == 0)
    }

    @Test func `An island in a hole is an exterior of its own`() throws {
        let (land, lake) = (Fixture.square(0, 0, size: 10), reversed(Fixture.square(1, 1, size: 8)))
        let (island, pond) = (Fixture.square(2, 2, size: 4), reversed(Fixture.square(3, 3, size: 1)))
        let (polygons, misoriented) = try assembled([land, lake, island, pond])
        #expect(polygons == [Polygon(exterior: land, holes: [lake]), Polygon(exterior: island, holes: [pond])])
        #expect(misoriented == 0)
    }

    @Test func `Rings wound the wrong way are taken for what their place says, and counted`() throws {
        let (land, lake) = (Fixture.square(0, 0, size: 10), Fixture.square(1, 1, size: 8))
        let both = try assembled([reversed(land), lake])
        #expect(both.polygons == [Polygon(exterior: reversed(land), holes: [lake])])
        #expect(both.misoriented == 2)
        let hole = try assembled([land, lake])
        #expect(hole.polygons == [Polygon(exterior: land, holes: [lake])])
        #expect(hole.misoriented == 1)
        let lone = try assembled([reversed(land)])
        #expect(lone.polygons == [Polygon(exterior: reversed(land))])
        #expect(lone.misoriented == 1)
    }

    @Test func `Overlapping exteriors stay two exteriors`() throws {
        // The second has corners inside the first and lies within its box, but crosses its border.
        let first = Fixture.ring([(0, 0), (0, 10), (10, 10), (10, 8), (2, 8), (2, 0)])
        let second = Fixture.ring([(1, 5), (1, 6), (5, 6), (5, 5)])
        #expect(try assembled([first, second]).polygons == [Polygon(exterior: first), Polygon(exterior: second)])
    }

    @Test func `A ring that touches another in every corner is known by its winding`() throws {
        let land = Fixture.ring([(0, 0), (0, 10), (10, 10), (10, 0)])
        let diamond = Fixture.ring([(0, 5), (5, 0), (10, 5), (5, 10)])
        #expect(try assembled([land, diamond]).polygons == [Polygon(exterior: land, holes: [diamond])])
        let alike = reversed(diamond)
        #expect(try assembled([land, alike]).polygons == [Polygon(exterior: land), Polygon(exterior: alike)])
    }

    @Test func `The same ring twice is two exteriors`() throws {
        let land = Fixture.square(0, 0, size: 10)
        #expect(try assembled([land, land]).polygons == [Polygon(exterior: land), Polygon(exterior: land)])
    }

    @Test func `Nested squares are sorted out whatever their order and winding`() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<500 {
            // Towers of squares inside one another: even ones are exteriors, each odd one a hole in the one around it.
            var rings: [(ring: [FilePosition], tower: Int, level: Int)] = []
            for tower in 0..<Int.random(in: 1...4, using: &generator) {
                for level in 0..<Int.random(in: 1...5, using: &generator) {
                    let ring = Fixture.square(Double(100 * tower + level), Double(level), size: Double(20 - 2 * level))
                    rings.append((Bool.random(using: &generator) ? reversed(ring) : ring, tower, level))
                }
            }
            rings.shuffle(using: &generator)
            let expected = rings.filter { $0.level % 2 == 0 }.map { exterior in
                let holes = rings.filter { $0.tower == exterior.tower && $0.level == exterior.level + 1 }
                return Polygon(exterior: exterior.ring, holes: holes.map(\.ring))
            }
            #expect(try assembled(rings.map(\.ring)).polygons == expected)
        }
    }
}
