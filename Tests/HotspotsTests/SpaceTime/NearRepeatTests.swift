import Hotspots
import SimpleFeatures
import Synchronization
import Testing

struct NearRepeatTests {
    /// Four incidents on a line: at 0 m on days 0 and 3, at 100 m on day 3, at 250 m on day 10.
    private func line() throws -> SpaceTimePattern {
        try SpaceTimeFixture.Rows(x: [0, 0, 100, 250], y: [5, 5, 5, 5], days: [0, 3, 3, 10]).pattern()
    }

    @Test func `Four incidents are counted by hand, each limit in the band above it`() throws {
        let test = NearRepeat(distances: [.metres(100), .metres(200)], days: [3, 7], permutations: 99)
        let table = try test.table(of: line())
        // Same place: 3 days apart. 100 m: two pairs, 3 and 0 days. 150 m: 7 days, beyond the last band.
        #expect(table.cells.map(\.observed) == [0, 1, 0, 0, 1, 1])
        #expect(table.distanceLabel(0) == "same place")
        #expect(table.distanceLabel(1) == "(0, 100) m")
        #expect(table.distanceLabel(2) == "[100, 200) m")
        #expect(table.timeLabel(1) == "[3, 7) days")
    }

    @Test func `Closed on the right, each limit is in the band below it`() throws {
        let test = NearRepeat(
            distances: [.metres(100), .metres(200)], days: [3, 7], closed: .right, permutations: 99)
        let table = try test.table(of: line())
        #expect(table.cells.map(\.observed) == [1, 0, 2, 0, 0, 1])
        #expect(table.distanceLabel(1) == "(0, 100] m")
        #expect(table.timeLabel(0) == "[0, 3] days")
        #expect(table.timeLabel(1) == "(3, 7] days")
    }

    /// pointpats 2.5.5, tools/reference/near_repeat.py; it counts pairs at exactly the limits too.
    @Test(arguments: [
        (50.0, 7.0, 40, 31, 1.7682326621923938, 0.0001), (100, 14, 305, 49, 23.553914988814316, 0.0001),
        (300, 60, 2358, 801, 717.6338255033558, 0.0004),
    ])
    func `Counts, expectation and p of pointpats come out`(
        metres: Double, days: Double, near: Int, both: Int, expected: Double, p: Double
    ) throws {
        let test = NearRepeat(distances: [.metres(metres)], days: [days], closed: .right, permutations: 1999)
        let table = try test.table(of: SpaceTimeFixture.repeats().pattern())
        // No two of these incidents share a place.
        let cell = table[distance: 1, days: 0]
        #expect(cell.observed == both)
        #expect(abs(cell.expected - expected) < 1e-9 * expected)
        #expect(abs(cell.p - p) < 0.002)
        #expect(abs(cell.simulated - expected) < 0.03 * expected)
        let all = NearRepeat(distances: [.metres(metres)], days: [1000], closed: .right, permutations: 1)
        #expect(try all.table(of: SpaceTimeFixture.repeats().pattern())[distance: 1, days: 0].observed == near)
    }

    @Test(arguments: [NearRepeat.Closed.left, .right])
    func `Every pair compared with every other gives the same counts`(closed: NearRepeat.Closed) throws {
        for seed in 1...4 {
            let rows = SpaceTimeFixture.lattice(seed: UInt64(seed), count: 90, size: 12, days: 30)
            let test = NearRepeat(
                distances: [.metres(1), .metres(3), .metres(5)], days: [1, 4, 9], closed: closed, permutations: 9)
            let table = try test.table(of: rows.pattern())
            var counts = [Int](repeating: 0, count: 12)
            for a in rows.x.indices {
                for b in 0..<a {
                    let square =
                        (rows.x[a] - rows.x[b]) * (rows.x[a] - rows.x[b])
                        + (rows.y[a] - rows.y[b]) * (rows.y[a] - rows.y[b])
                    let apart = abs(rows.days[a] - rows.days[b])
                    func isBelow(_ value: Double, _ limit: Double) -> Bool {
                        closed == .left ? value < limit : value <= limit
                    }
                    let space = square == 0 ? 0 : [1.0, 9, 25].firstIndex { isBelow(square, $0) }.map { $0 + 1 }
                    guard let space, let time = [1.0, 4, 9].firstIndex(where: { isBelow(apart, $0) }) else { continue }
                    counts[space * 3 + time] += 1
                }
            }
            #expect(table.cells.map(\.observed) == counts)
        }
    }

    @Test func `All ways to deal five times have the expectation's mean, and their share is p`() throws {
        let rows = SpaceTimeFixture.Rows(x: [0, 50, 60, 300, 310], y: [0, 0, 0, 0, 0], days: [0, 1, 9, 20, 21])
        let test = NearRepeat(distances: [.metres(100)], days: [2], permutations: 19_999)
        let cell = try test.table(of: rows.pattern())[distance: 1, days: 0]
        var counts: [Int] = []
        for order in orders(of: 5) {
            var count = 0
            for a in 0..<5 {
                for b in 0..<a where abs(rows.x[a] - rows.x[b]) < 100 {
                    if abs(rows.days[order[a]] - rows.days[order[b]]) < 2 { count += 1 }
                }
            }
            counts.append(count)
        }
        let mean = Double(counts.reduce(0, +)) / 120
        let share = Double(counts.count { $0 >= cell.observed }) / 120
        #expect(cell.observed == 2)
        #expect(abs(cell.expected - mean) < 1e-12)
        #expect(abs(cell.simulated - mean) < 0.02)
        #expect(abs(cell.p - share) < 0.01)
    }

    @Test func `Times to the second give what dates give when nothing else differs`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 9, count: 120, size: 10, days: 40)
        let dates = NearRepeat(distances: [.metres(2), .metres(4)], days: [2, 7], permutations: 40)
        // A second more on one incident that is alone makes the common unit a second: other arithmetic, same pairs.
        var exact = rows
        exact.x.append(1e6)
        exact.y.append(1e6)
        exact.days.append(7 + 1.0 / 86_400)
        var alone = rows
        alone.x.append(1e6)
        alone.y.append(1e6)
        alone.days.append(7)
        let (coarse, fine) = (try dates.table(of: alone.pattern()), try dates.table(of: exact.pattern()))
        #expect(coarse.cells.map(\.observed) == fine.cells.map(\.observed))
        for (a, b) in zip(coarse.cells, fine.cells) { #expect(abs(a.simulated - b.simulated) < 0.2 * a.simulated + 1) }
    }

    @Test func `Threads and the order of the rows change nothing`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 5, count: 200, size: 30, days: 60)
        let test = NearRepeat(distances: [.metres(2), .metres(5)], days: [3, 9], permutations: 50)
        let table = try test.table(of: rows.pattern(), threads: 1)
        #expect(try test.table(of: rows.pattern(), threads: 3) == table)
        #expect(try test.table(of: rows.shuffled(seed: 2).pattern()) == table)
        var other = test
        other.seed = 2
        #expect(try other.table(of: rows.pattern()).cells.map(\.simulated) != table.cells.map(\.simulated))
    }

    @Test func `Incidents that are all alike have no finite surprise and do not trap`() throws {
        let rows = SpaceTimeFixture.Rows(x: [7, 7, 7], y: [1, 1, 1], days: [2, 2, 2])
        let table = try NearRepeat(permutations: 20).table(of: rows.pattern())
        #expect(table[distance: 0, days: 0].observed == 3)
        #expect(table[distance: 0, days: 0].p == 1)
        #expect(table[distance: 1, days: 0].ratio.isNaN)
        #expect(table[distance: 1, days: 0].isNotable == false)
    }

    @Test func `What cannot be tested is refused with its reason`() throws {
        let two = try SpaceTimeFixture.Rows(x: [0, 1], y: [0, 1], days: [0, 1]).pattern()
        let one = try SpaceTimeFixture.Rows(x: [0], y: [0], days: [0]).pattern()
        #expect(throws: HotspotError.tooFew(method: "the near-repeat test", needed: 2, found: 1)) {
            try NearRepeat().table(of: one)
        }
        #expect(throws: HotspotError.limitsNotAscending(name: "limits of distance")) {
            try NearRepeat(distances: [.metres(200), .metres(100)]).table(of: two)
        }
        #expect(throws: HotspotError.limitsNotAscending(name: "limits of time")) {
            try NearRepeat(days: [.nan]).table(of: two)
        }
        #expect(throws: HotspotError.self) { try NearRepeat(days: []).table(of: two) }
        #expect(throws: HotspotError.permutationsOutOfRange(0)) { try NearRepeat(permutations: 0).table(of: two) }
        #expect(throws: HotspotError.cancelled) { try NearRepeat().table(of: two, progress: { _ in false }) }
        #expect(throws: HotspotError.self) {
            try SpaceTimeFixture.Rows(x: [0, 1], y: [0, 1], days: [0, 30_000]).pattern()
        }
        let gaps = try SpaceTimePattern(
            x: [0, .nan, 3, 4], y: [0, 1, .infinity, 4], days: [0, 1, 2, .nan], crs: SpaceTimeFixture.crs)
        #expect((gaps.count, gaps.dropped) == (1, 3))
    }

    @Test func `Progress rises to the whole`() throws {
        let told = Mutex<[Double]>([])
        let rows = SpaceTimeFixture.lattice(seed: 5, count: 50, size: 30, days: 60)
        _ = try NearRepeat(permutations: 64).table(of: rows.pattern()) { done in
            told.withLock { $0.append(done) }
            return true
        }
        #expect(told.withLock { $0 } == [0.25, 0.5, 0.75, 1])
    }

    private func orders(of count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return orders(of: count - 1).flatMap { order in
            (0...order.count).map { place in
                var longer = order
                longer.insert(count - 1, at: place)
                return longer
            }
        }
    }
}
