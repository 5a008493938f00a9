import CrimeMapping
import Hotspots
import SimpleFeatures
import Testing

@Suite struct PatternDescriptionTests {
    private static let corners = [(100.0, 100.0), (200, 100), (200, 200), (100, 200)]
    private static let city = PlaneFixture.studyArea(PlaneFixture.square(150), PlaneFixture.square(1000))

    @Test func `Incidents outside the study area enter no figure and are counted`() throws {
        let job = PatternDescription(ripley: RipleyK(steps: 5, simulations: 3))
        let far = [(100_000.0, 100_000.0), (100_000, 100_000), (-5, 500)]
        let inside = try job.run(on: PlaneFixture.pattern(Self.corners + [(.nan, 0)]), studyArea: Self.city)
        let all = try job.run(on: PlaneFixture.pattern(far + Self.corners + [(.nan, 0)]), studyArea: Self.city)
        #expect(all.pattern == inside.pattern && all.outside == 3 && inside.outside == 0)
        #expect(all.mean.centre == PlaneFixture.point(150, 150))
        #expect(all.hull.squareMetres == 10_000)
        #expect(all.duplicates.share == 0)
        #expect(all.nearest?.meanDistance == .metres(100) && all.nearest?.squareMetres == 1e6)
        #expect(all.ripley?.steps == inside.ripley?.steps)
        #expect(all.members["incidents"] == .integer(4) && all.members["incidents_outside"] == .integer(3))
        #expect(all.members["incidents_without_place"] == .integer(1))
        #expect(all.features().rows.map(\.outline) == inside.features().rows.map(\.outline))
        #expect(all.explanation.english.contains("the 3 incidents outside it enter no figure"))
        #expect(all.explanation.spanish.contains("los 3 incidentes fuera de ella"))
        let kept = all.members.filter { $0.name != "incidents_outside" }
        #expect(kept == inside.members.filter { $0.name != "incidents_outside" })
    }

    @Test func `The border of the study area belongs to it, and its holes do not`() throws {
        let ring = PlaneFixture.square(1000).polygons[0].exterior
        let hole = PlaneFixture.square(200, x: 400, y: 400).polygons[0].exterior
        let area = MultiPolygon([Polygon(exterior: ring, holes: [hole])])
        let pattern = try PlaneFixture.pattern(
            [(0, 0), (1000, 1000), (0, 500), (0, 500), (500, 500), (1000.001, 500), (50, 50)],
            weights: [1, 1, 2, 3, 1, 1, 1])
        let kept = try pattern.inside(area)
        #expect(kept.count == 5 && kept.x.count == 4 && kept.dropped == 0)
        #expect(kept.weight == [1, 1, 5, 1] && kept.multiplicity == [1, 1, 2, 1])
        let again = try PlaneFixture.pattern(
            [(0, 0), (1000, 1000), (0, 500), (0, 500), (50, 50)], weights: [1, 1, 2, 3, 1])
        #expect(kept == again)
        #expect(throws: HotspotError.self) { try pattern.inside(MultiPolygon([])) }
    }

    @Test func `Without a study area all incidents count`() throws {
        let summary = try PatternDescription().run(on: PlaneFixture.pattern(Self.corners))
        #expect(summary.outside == 0 && summary.nearest?.squareMetres == 10_000)
        #expect(summary.members["study_area"] == .text("the box around the incidents"))
        #expect(!summary.explanation.english.contains("outside"))
    }

    @Test func `What too few incidents, or no spread, leave open is null`() throws {
        for places in [[(1.0, 1.0)], Array(repeating: (1.0, 1.0), count: 5), [(0, 0), (10, 0), (20, 0)]] {
            let summary = try PatternDescription().run(on: PlaneFixture.pattern(places))
            #expect(summary.nearest == nil && summary.hull.squareMetres == 0)
            for member in summary.members {
                if case .number(let value) = member.value { #expect(value.isFinite, "\(member.name)") }
            }
        }
        #expect(throws: HotspotError.self) { try PatternDescription().run(on: PlaneFixture.pattern([])) }
        #expect(throws: HotspotError.self) {
            try PatternDescription().run(on: PlaneFixture.pattern([(5000, 5000)]), studyArea: Self.city)
        }
    }
}
