import CrimeMapping
import Hotspots
import SimpleFeatures
import Testing

@Suite struct CornerTableTests {
    /// Three incidents at one corner, one at another, one elsewhere, one outside, one without a place; a third corner is
    /// empty, a fourth lies outside.
    private static func table() throws -> CornerTable {
        let pattern = try PlaneFixture.pattern(
            [(50, 50), (50, 50), (250, 50), (50, 50), (120, 80), (350, 50), (.nan, 1)], weights: [1, 2, 4, 1, 1, 1, 1])
        let known = [(50, 50), (250, 50), (150, 150), (900, 900)].map { PlaneFixture.point($0.0, $0.1) }
        return try CornerTable(
            pattern, known: known, studyArea: PlaneFixture.studyArea(PlaneFixture.square(300)))
    }

    @Test func `Places come by incidents, then weight; empty corners count zero; the rest is accounted for`() throws {
        let counted = try Self.table()
        let rows = counted.table([Property("source", .text("a.csv"))])
        #expect(rows.columns == ["x", "y", "count", "weight"])
        #expect(
            rows.rows.map(\.values) == [
                [.number(480_050), .number(2_140_050), .integer(3), .number(4)],
                [.number(480_250), .number(2_140_050), .integer(1), .number(4)],
                [.number(480_120), .number(2_140_080), .integer(1), .number(1)],
                [.number(480_150), .number(2_140_150), .integer(0), .number(0)],
            ])
        #expect(rows.rows[3].outline == .point(PlaneFixture.point(150, 150)))
        let record = rows.members
        #expect(record["incidents_counted"] == .integer(5) && record["incidents_outside"] == .integer(1))
        #expect(record["incidents_without_place"] == .integer(1) && record["units"] == .integer(4))
        #expect(record["known_corners"] == .integer(3) && record["places_not_known"] == .integer(1))
        #expect(record["study_area"] == .text("test area") && record["source"] == .text("a.csv"))
    }

    @Test func `Concentration among corners is worked by hand`() throws {
        // 0, 1, 1, 3 of 5: Σ i·yᵢ = 0 + .4 + .6 + 2.4 = 3.4; G = (6.8 − 5)/4.
        let result = try #require(try Self.table().concentration)
        #expect(abs((result.gini ?? 0) - 0.45) < 1e-12)
        // Four fifths of the first place hold .8 · 3/5.
        #expect(abs((result.crimeShare(ofTopPlaces: 0.2) ?? 0) - 0.48) < 1e-12)
    }

    @Test func `Without known corners the result says that empty places are not counted`() throws {
        let counted = try CornerTable(PlaneFixture.pattern([(1, 1), (2, 2)]))
        #expect(counted.account.contains { $0.contains("none known") })
        #expect(counted.table().members["places_not_known"] == .null)
        #expect(counted.studyArea == "none")
    }

    @Test func `No incident at all gives corners with zero and no concentration`() throws {
        let counted = try CornerTable(PlaneFixture.pattern([]), known: [PlaneFixture.point(0, 0)])
        #expect(counted.concentration == nil && counted.table().rows.count == 1)
    }
}
