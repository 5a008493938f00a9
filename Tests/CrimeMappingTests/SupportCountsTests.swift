import Boundaries
import CrimeMapping
import Hotspots
import Incidents
import SimpleFeatures
import Testing

@Suite struct SupportCountsTests {
    /// Two incidents in the south-west cell of nine, one in the middle of the south, one in the north-east, two outside,
    /// one without a place.
    private static func nineCells() throws -> SupportCounts {
        let pattern = try PlaneFixture.pattern(
            [(50, 50), (20, 70), (150, 50), (250, 250), (350, 50), (150, -1), (.nan, 50)],
            weights: [1, 2.5, 1, 4, 1, 1, 1])
        return try CountMap(cellSize: .metres(100)).run(
            on: pattern, studyArea: PlaneFixture.studyArea(PlaneFixture.square(300)))
    }

    @Test func `Every cell of the study area has its count, zeros included, and the rest is accounted for`() throws {
        let counts = try Self.nineCells()
        #expect(counts.units.map(\.incidents) == [2, 1, 0, 0, 0, 0, 0, 0, 1])
        #expect(counts.units.map(\.weight) == [3.5, 1, 0, 0, 0, 0, 0, 0, 4])
        #expect(counts.counted == 4 && counts.outside == 2 && counts.dropped == 1)
        #expect(counts.units[0].centre == PlaneFixture.point(50, 50))
        #expect(counts.units[5].centre == PlaneFixture.point(250, 150))
        #expect(counts.units[5].outline == PlaneFixture.square(100, x: 200, y: 100))
        #expect(counts.members["incidents_counted"] == .integer(4) && counts.members["units"] == .integer(9))
        #expect(counts.members["crs"] == .text("EPSG:32614"))
        #expect(counts.members["study_area"] == .text("test area"))
        #expect(counts.members["cell_size_rule"] == .text("given"))
    }

    @Test func `Concentration is that of the counts, worked by hand`() throws {
        // Ranks 7, 8, 9 hold 1/4, 1/4, 1/2 of c = 4 in n = 9: Σ i·yᵢ = 8.25, G = (16.5 − 10)/9, G' = 6.5/4 − 9/4 + 1.
        let table = try CountTable(Self.nineCells())
        let result = try #require(table.concentration)
        #expect(abs((result.gini ?? 0) - 6.5 / 9) < 1e-12)
        #expect(abs((result.generalisedGini ?? 0) - 0.375) < 1e-12)
        // A fifth is 1.8 cells: half of the incidents in the first, then 0.8 of a cell with a quarter.
        #expect(abs((result.crimeShare(ofTopPlaces: 0.2) ?? 0) - 0.7) < 1e-12)
        #expect(abs((result.placesShare(holdingCrime: 0.5) ?? 0) - 1.0 / 9) < 1e-12)
        let rows = table.table([Property("source", .text("a.csv"))])
        #expect(rows.columns == ["x", "y", "count", "weight"] && rows.rows.count == 9)
        #expect(rows.rows[0].values == [.number(480_050), .number(2_140_050), .integer(2), .number(3.5)])
        #expect(rows.members["method"] == .text("count") && rows.members["source"] == .text("a.csv"))
        #expect(rows.members["gini"] != nil && rows.members["units_with_incidents"] == .integer(3))
    }

    @Test func `A cell belongs where its centre does, and what lies in the others is outside`() throws {
        // Below the diagonal: of nine centres the six on and under it; those on it belong, the area lying east of them.
        let triangle = PlaneFixture.area([(0, 0), (300, 0), (300, 300)])
        let pattern = try PlaneFixture.pattern([(250, 50), (20, 80)])
        let counts = try CountMap(cellSize: .metres(100)).run(
            on: pattern, studyArea: PlaneFixture.studyArea(triangle))
        #expect(counts.units.map(\.id) == ["0", "1", "2", "4", "5", "8"])
        // (20, 80) lies outside the triangle, but in a cell that belongs.
        #expect(counts.units.map(\.incidents) == [1, 0, 1, 0, 0, 0] && counts.outside == 0)
    }

    @Test func `Without a study area no incident is lost on the grid's northern and eastern border`() throws {
        let pattern = try PlaneFixture.pattern([(0, 0), (100, 0), (0, 100), (100, 100)])
        for size in [100.0, 50, 10, 1, 0.1] {
            let counts = try CountMap(cellSize: .metres(size)).run(on: pattern)
            #expect(counts.counted == 4 && counts.outside == 0, "\(size) m")
        }
        for type in CountMap.GridType.allCases {
            let counts = try CountMap(gridType: type).run(on: pattern)
            #expect(counts.counted == 4 && counts.outside == 0)
            #expect(counts.members["cell_size_m"] == .number(2))
            #expect(counts.members["cell_size_rule"] == .text("shorter side / 50, rounded down"))
        }
    }

    @Test func `Hexagons count what is nearest to their centres`() throws {
        let extent = Envelope(PlaneFixture.square(100).polygons[0].exterior)
        let pattern = try PlaneFixture.pattern([(0, 0), (10, 5), (100, 0), (50, 86), (500, 500)])
        let counts = try CountMap(gridType: .hex, cellSize: .metres(100), extent: extent).run(on: pattern)
        let found = counts.units.filter { $0.incidents > 0 }
        #expect(found.map(\.incidents) == [2, 1, 1] && counts.outside == 1)
        let centres = [(0.0, 0.0), (100, 0), (50, 50 * 3.0.squareRoot())].map { PlaneFixture.point($0.0, $0.1) }
        for (unit, centre) in zip(found, centres) {
            #expect(abs(unit.centre.x - centre.x) < 1e-6 && abs(unit.centre.y - centre.y) < 1e-6)
            // √3/2 of the square of the distance between opposite sides.
            #expect(abs(unit.outline.squareMetres - 3.0.squareRoot() / 2 * 10_000) < 1e-3)
        }
    }

    @Test func `A study area without a cell is refused, one without an incident counts zeros`() throws {
        let pattern = try PlaneFixture.pattern([(50, 50)])
        let sliver = PlaneFixture.studyArea(PlaneFixture.square(10))
        for type in CountMap.GridType.allCases {
            #expect(throws: JobError.self) {
                try CountMap(gridType: type, cellSize: .metres(100)).run(on: pattern, studyArea: sliver)
            }
        }
        let away = PlaneFixture.studyArea(PlaneFixture.square(300, x: 1000))
        let table = try CountTable(CountMap(cellSize: .metres(100)).run(on: pattern, studyArea: away))
        #expect(table.counts.units.count == 9 && table.counts.counted == 0 && table.counts.outside == 1)
        #expect(table.concentration == nil && table.table().members["gini"] == nil)
    }

    @Test func `No incident at all has no grid`() throws {
        let none = try PlaneFixture.pattern([])
        for type in CountMap.GridType.allCases {
            #expect(throws: (any Error).self) { try CountMap(gridType: type).run(on: none) }
        }
    }

    @Test func `The areas of a level count what is assigned to them, in the order of their keys`() throws {
        let city = try SmallCity()
        try city.report([
            "2024-03-01,ROBO,,,-99.19,19.31", "2024-03-02,ROBO,,,-99.18,19.32", "2024-03-03,ROBO,,,-99.14,19.36",
            "2024-03-04,ROBO,,,-98.5,19.36", "2024-03-05,ROBO,,,,",
        ])
        let selection = try IncidentSelection(from: city.store, filter: IncidentFilter())
        let counts = try selection.counts(by: .colonia, in: city.store)
        let found = Dictionary(uniqueKeysWithValues: counts.units.map { ($0.id, $0.incidents) })
        #expect(found == ["A1": 2, "A2": 0, "A3": 0, "B1": 0, "B2": 1, "=B3": 0])
        #expect(counts.counted == 3 && counts.outside == 2)
        #expect(counts.keyColumns == ["level", "area_id", "area_name"])
        #expect(counts.key(of: counts.units[0]).first == .text("colonia"))
        #expect(counts.members["level"] == .text("colonia") && counts.members["boundary_version"] == .integer(1))
        #expect(throws: JobError.self) { try selection.counts(by: .district, in: city.store) }
    }
}
