import Hotspots
import SimpleFeatures
import Testing

struct MantelTests {
    /// pointpats 2.5.5, tools/reference/near_repeat.py.
    @Test(arguments: [
        (Mantel.Form.plain, 0.094472723786938), (.reciprocal(metres: 1, days: 1), 0.11436625606968893),
        (.reciprocal(metres: 50, days: 7), 0.11425439402058543),
    ])
    func `The correlations of pointpats come out`(form: Mantel.Form, correlation: Double) throws {
        let result = try Mantel(form: form, permutations: 49).test(of: SpaceTimeFixture.repeats().pattern())
        #expect(abs(result.correlation - correlation) < 1e-12)
        #expect(result.p == 0.02)
        #expect(abs(result.simulated) < 0.01)
    }

    @Test func `Threads and the order of the rows change nothing`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 8, count: 60, size: 100, days: 60)
        let test = Mantel(permutations: 30)
        let result = try test.test(of: rows.pattern(), threads: 1)
        #expect(try test.test(of: rows.pattern(), threads: 2) == result)
        #expect(try test.test(of: rows.shuffled(seed: 1).pattern()) == result)
        #expect(result.p > 0.02)
    }

    @Test func `Few, alike or too many incidents are refused`() throws {
        let same = try SpaceTimeFixture.Rows(x: [1, 1, 1], y: [1, 1, 1], days: [0, 1, 2]).pattern()
        #expect(throws: HotspotError.noVariation(0)) { try Mantel().test(of: same) }
        let two = try SpaceTimeFixture.Rows(x: [1, 2], y: [1, 1], days: [0, 1]).pattern()
        #expect(throws: HotspotError.tooFew(method: "Mantel's test", needed: 3, found: 2)) {
            try Mantel().test(of: two)
        }
        #expect(throws: HotspotError.self) {
            try Mantel(form: .reciprocal(metres: 0, days: 1)).test(of: SpaceTimeFixture.repeats().pattern())
        }
        #expect(throws: HotspotError.cancelled) {
            try Mantel().test(of: SpaceTimeFixture.repeats().pattern(), progress: { _ in false })
        }
    }
}
