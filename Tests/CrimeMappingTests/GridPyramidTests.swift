import CrimeMapping
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct GridPyramidTests {
    /// 400 incidents, some twice at a place, a twentieth of them beyond a square of 3 km, and one without a place.
    private static func pattern() throws -> PointPattern {
        var generator = SeededGenerator(seed: 3)
        let places = (0..<400).map { index in
            let reach = index % 20 == 0 ? 9000.0 : 3000
            return (
                Double.random(in: 0..<reach, using: &generator).rounded(),
                Double.random(in: 0..<reach, using: &generator).rounded()
            )
        }
        return try PlaneFixture.pattern(places + places.prefix(10) + [(.nan, 0)])
    }

    private static let area = PlaneFixture.studyArea(PlaneFixture.square(3000))

    @Test(arguments: CountMap.GridType.allCases)
    func `Every zoom counts every incident, and cells widen as the map does`(type: CountMap.GridType) throws {
        let levels = try GridPyramid(gridType: type, cellSize: .metres(100), zooms: 0...14)
            .levels(of: Self.pattern(), studyArea: Self.area, latitude: 19.35)
        #expect(levels.flatMap { Array($0.zooms) } == Array(0...14))
        // At 19.35 degrees a pixel of zoom 14 is 4.51 m wide: 8 of them fit into 100 m at zooms 14 and 13.
        #expect(levels.last?.zooms == 13...14 && levels.last?.cellSize == .metres(100))
        #expect(levels.first { $0.zooms.contains(12) }?.cellSize == .metres(200))
        for level in levels {
            #expect(level.cells.reduce(0) { $0 + $1.incidents } == 410)
            #expect(level.dropped == 1)
            #expect(level.cells.allSatisfy { $0.ring.count == (type == .rect ? 5 : 7) })
        }
    }

    @Test func `Cells of the study area are those of the verb, and no other is tested`() throws {
        let pattern = try Self.pattern()
        let counts = try CountMap(cellSize: .metres(100)).run(on: pattern, studyArea: Self.area)
        let verb = try AssociationMap(neighbours: AssociationMap.usualNeighbours(of: counts)).hotSpots(in: counts)
        let level = try #require(
            try GridPyramid(cellSize: .metres(100), zooms: 14...14)
                .levels(of: pattern, studyArea: Self.area, latitude: 19.35).last)
        #expect(level.beyond == counts.outside && level.beyond > 0)
        for (cell, row) in zip(level.cells, verb.rows) {
            #expect([.number(cell.weight), .number(cell.z), .number(cell.p), .number(cell.q)] == Array(row.prefix(4)))
            #expect(cell.hotSpot.map(PropertyValue.text) == row[4])
        }
        let beyond = level.cells.dropFirst(verb.rows.count)
        #expect(!beyond.isEmpty && beyond.allSatisfy { $0.z.isNaN && $0.hotSpot == nil && $0.incidents > 0 })
        #expect(Set(level.cells.map { $0.ring[0] }).count == level.cells.count)
    }

    @Test func `A map whose only cell holds everything has a count and no hot spot`() throws {
        let levels = try GridPyramid(cellSize: .metres(100), zooms: 0...0)
            .levels(of: PlaneFixture.pattern([(1, 1)]), latitude: 19.35)
        #expect(levels.count == 1 && levels[0].cells.map(\.incidents) == [1] && levels[0].cells[0].z.isNaN)
    }
}
