import Boundaries
import CivilTime
import Testing

@Suite struct LevelTests {
    @Test(arguments: ["municipality", "ageb", "a", "police_zone_2"])
    func `A lower-case word is a level`(name: String) { #expect(Level(name)?.name == name) }

    @Test(arguments: [
        "", "Colonia", "2zones", "a b", "a-b", "niño", "a\"; DROP TABLE x", String(repeating: "a", count: 41),
    ])
    func `What could not be a column's name is no level`(name: String) { #expect(Level(name) == nil) }
}

@Suite struct ValidityTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test func `A version holds from its first day up to and without its last`() throws {
        let validity = Validity(from: try day("2020-01-01"), to: try day("2021-01-01"))
        #expect(!validity.contains(try day("2019-12-31")))
        #expect(validity.contains(try day("2020-01-01")))
        #expect(validity.contains(try day("2020-12-31")))
        #expect(!validity.contains(try day("2021-01-01")))
        #expect(Validity.always.contains(try day("0001-01-01")))
    }

    @Test func `Versions that meet do not overlap, and open ends reach for ever`() throws {
        let first = Validity(to: try day("2020-01-01"))
        let second = Validity(from: try day("2020-01-01"))
        #expect(!first.overlaps(second) && !second.overlaps(first))
        #expect(Validity.always.overlaps(first) && first.overlaps(.always))
        #expect(second.overlaps(Validity(from: try day("2030-01-01"), to: try day("2031-01-01"))))
    }
}
