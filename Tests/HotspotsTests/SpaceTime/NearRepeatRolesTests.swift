import Hotspots
import SimpleFeatures
import Testing

struct NearRepeatRolesTests {
    @Test func `An incident and its follower are told apart, and two of one day are neither`() throws {
        let rows = SpaceTimeFixture.Rows(x: [0, 30, 60, 5000], y: [0, 0, 0, 0], days: [10, 12, 12, 13])
        let roles = try NearRepeatRoles(distance: .metres(100), days: 7).roles(of: rows.pattern())
        #expect(roles.map(\.later) == [2, 0, 0, 0])
        #expect(roles.map(\.earlier) == [0, 1, 1, 0])
        #expect(roles.map(\.simultaneous) == [0, 1, 1, 0])
        #expect(roles.map(\.isOriginator) == [true, false, false, false])
    }

    @Test func `Comparing all pairs gives the same, whichever limit belongs`() throws {
        for closed in NearRepeat.Closed.allCases {
            let rows = SpaceTimeFixture.lattice(seed: 3, count: 150, size: 20, days: 50)
            let pattern = try rows.pattern()
            let roles = try NearRepeatRoles(distance: .metres(3), days: 5, closed: closed).roles(of: pattern)
            for a in 0..<pattern.count {
                var (earlier, later) = (0, 0)
                for b in 0..<pattern.count where b != a {
                    let (dx, dy) = (pattern.x[a] - pattern.x[b], pattern.y[a] - pattern.y[b])
                    let apart = pattern.day(of: b) - pattern.day(of: a)
                    let isNear = closed == .left ? dx * dx + dy * dy < 9 : dx * dx + dy * dy <= 9
                    let isSoon = closed == .left ? abs(apart) < 5 : abs(apart) <= 5
                    guard isNear, isSoon else { continue }
                    if apart > 0 { later += 1 }
                    if apart < 0 { earlier += 1 }
                }
                #expect(roles[a].earlier == earlier)
                #expect(roles[a].later == later)
            }
        }
    }

    @Test func `Nothing has no roles, and a distance of nothing is refused`() throws {
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        #expect(try NearRepeatRoles().roles(of: none).isEmpty)
        #expect(throws: HotspotError.limitsNotAscending(name: "limits of distance")) {
            try NearRepeatRoles(distance: .metres(0)).roles(of: none)
        }
    }
}
