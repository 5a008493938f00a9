import Hotspots
import Statistics
import Testing

struct ChangeSurfaceTests {
    @Test func `Changes carry the published p, and from zero there is no percentage`() throws {
        let changes = try ChangeSurface().changes(before: [20, 0, 9, 0], after: [10, 4, 4, 0])
        #expect(abs(changes[0].p - 0.0688) < 0.00005)
        #expect(changes[0].percent == -50)
        #expect(changes[1].percent == nil)
        #expect(changes[1].difference == 4)
        #expect(changes[2].z == -2)
        #expect(changes[3].p.isNaN)
        // Nothing happened in the last unit: it is no test, and three are adjusted for.
        let q = FalseDiscovery.benjaminiHochberg.adjusted([changes[0].p, changes[1].p, changes[2].p])
        #expect(changes.prefix(3).map(\.q) == q)
        #expect(changes[3].q.isNaN)
    }

    @Test func `A longer period is expected to have more`() throws {
        let change = try ChangeSurface(exposures: .init(before: 10, after: 20)).changes(before: [10], after: [20])[0]
        #expect(change.expected == 20)
        #expect(change.percent == 0)
        #expect(change.p == 1)
        #expect(change.direction(at: 0.05) == 0)
    }

    @Test func `Relative to the whole, a unit that only keeps pace has not changed`() throws {
        let changes = try ChangeSurface(relative: true).changes(before: [100, 50, 50], after: [50, 20, 30])
        #expect(changes[0].difference == 0)
        #expect(changes[0].p == 1)
        #expect(changes[1].expected == 25)
        let plain = try ChangeSurface().changes(before: [100, 50, 50], after: [50, 20, 30])
        #expect(plain[0].direction(at: 0.05) == -1)
    }

    @Test func `What cannot be compared is refused`() {
        #expect(throws: HotspotError.valuesDiffer(units: 1, values: 2)) {
            try ChangeSurface().changes(before: [1], after: [1, 2])
        }
        #expect(throws: HotspotError.self) { try ChangeSurface().changes(before: [-1], after: [1]) }
        #expect(throws: HotspotError.self) {
            try ChangeSurface(exposures: .init(before: 0, after: 1)).changes(before: [1], after: [1])
        }
        #expect(throws: HotspotError.noWeight(method: "a relative change")) {
            try ChangeSurface(relative: true).changes(before: [0], after: [1])
        }
        #expect(throws: Never.self) { try ChangeSurface().changes(before: [], after: []) }
    }
}
