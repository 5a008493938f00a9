import Glibc
import Grids
import Hotspots
import SimpleFeatures
import Testing

struct SpaceTimeScanTests {
    @Test func `The published ratio comes out: 12 where 5 of 100 are expected`() {
        #expect(abs(SpaceTimeScan.logLikelihoodRatio(count: 12, expected: 5, total: 100) - 3.770) < 0.0005)
        #expect(SpaceTimeScan.logLikelihoodRatio(count: 5, expected: 5, total: 100) == 0)
        #expect(SpaceTimeScan.logLikelihoodRatio(count: 4, expected: 5, total: 100) == 0)
        // All in one cylinder: the second term vanishes.
        #expect(abs(SpaceTimeScan.logLikelihoodRatio(count: 10, expected: 2, total: 10) - 10 * log(5)) < 1e-12)
        #expect(SpaceTimeScan.logLikelihoodRatio(count: 5, expected: 0, total: 10).isNaN)
        #expect(SpaceTimeScan.logLikelihoodRatio(count: 11, expected: 2, total: 10).isNaN)
    }

    /// spatstat.explore 3.0-6: tools/reference/scan_ratio.R.
    @Test(arguments: [
        (12.0, 5.0, 100.0, 3.77009806148137), (192, 39.6, 221346, 150.756406989481), (3, 0.05, 40, 9.44473558264811),
        (40, 22.5, 40, 23.0145657961425), (7, 9, 50, 0),
    ])
    func `The ratio of a cylinder is that of spatstat`(count: Double, expected: Double, total: Double, ratio: Double) {
        let own = SpaceTimeScan.logLikelihoodRatio(count: count, expected: expected, total: total)
        #expect(abs(own - ratio) < 1e-11 * max(1, ratio))
    }

    /// The incidents of tools/reference/space_time_scan.py: 5 × 6 cells, 7 periods, two outbreaks.
    private func published() throws -> SpaceTimeCube {
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for t in 0..<7 {
            for r in 0..<5 {
                for c in 0..<6 {
                    var count = (7 * c + 3 * r + 5 * t + c * r * t) % 4 / 2
                    if (3..<5).contains(t), r == 2, c == 3 { count += 6 }
                    if t >= 5, r < 2, c == 0 { count += 3 }
                    rows.x += Array(repeating: Double(c) + 0.5, count: count)
                    rows.y += Array(repeating: Double(r) + 0.5, count: count)
                    rows.days += Array(repeating: Double(t), count: count)
                }
            }
        }
        return try SpaceTimeCube(
            of: rows.pattern(), over: mask(columns: 6, rows: 5), limits: (0...7).map(Double.init))
    }

    private struct Expected {
        let cells: [Int]
        let periods: Range<Int>
        let observed: Int
        let expected: Double
        let ratio: Double
    }

    private func compare(_ result: SpaceTimeScanResult, _ three: [Expected]) {
        #expect(result.clusters.count >= 3)
        for (found, expected) in zip(result.clusters, three) {
            #expect((found.cells, found.periods) == (expected.cells, expected.periods))
            #expect(found.observed == expected.observed)
            #expect(abs(found.expected - expected.expected) < 1e-12)
            #expect(abs(found.ratio - expected.ratio) < 1e-11)
        }
    }

    /// NumPy 2.4.6, which tried every cylinder, and dealt the times 9,999 times by a generator of its own.
    @Test func `By the permutation model, clusters and what chance makes are those of NumPy`() throws {
        let scan = SpaceTimeScan(radius: .metres(2.3), longest: 3, greatestShare: 0.3, permutations: 1999)
        let result = try scan.clusters(in: published())
        #expect(result.incidents == 118)
        compare(
            result,
            [
                Expected(
                    cells: [15], periods: 3..<5, observed: 13, expected: 5.5593220338983045, ratio: 3.8542818371861864),
                Expected(
                    cells: [0, 1, 6], periods: 5..<7, observed: 13, expected: 6.584745762711864,
                    ratio: 2.6156077025655122),
                Expected(
                    cells: [20, 25, 26, 27], periods: 0..<2, observed: 6, expected: 3.1779661016949152,
                    ratio: 1.0260413727446167),
            ])
        // Within four standard errors of the mean of 1,999, whose deviation NumPy has as 0.70.
        let mean = result.dealt.reduce(0, +) / 1999
        let error = 0.7031197774858082 * (1 / 1999.0 + 1 / 9999).squareRoot()
        #expect(abs(mean - 2.920974127561757) < 4 * error)
        let critical = try #require(result.criticalRatio(0.05))
        #expect(abs(critical - 4.2100245782014145) < 0.25)
    }

    @Test func `By the Poisson model, clusters and what chance makes are those of NumPy`() throws {
        let scan = SpaceTimeScan(radius: .metres(2.3), longest: 3, greatestShare: 0.3, permutations: 1999)
        let result = try scan.clusters(in: published(), population: (0..<30).map { Double($0 * 37 % 11) * 100 })
        #expect((result.incidents, result.unpopulated) == (101, 17))
        compare(
            result,
            [
                Expected(
                    cells: [15], periods: 3..<5, observed: 13, expected: 0.9950738916256158, ratio: 22.154867746857505),
                Expected(
                    cells: [6], periods: 4..<7, observed: 7, expected: 0.5970443349753694, ratio: 11.037413217029375),
                Expected(
                    cells: [3], periods: 1..<3, observed: 2, expected: 0.19901477832512313, ratio: 2.8302470808021987),
            ])
        let mean = result.dealt.reduce(0, +) / 1999
        let error = 1.3262621280166527 * (1 / 1999.0 + 1 / 9999).squareRoot()
        #expect(abs(mean - 4.632654599425637) < 4 * error)
        let critical = try #require(result.criticalRatio(0.05))
        #expect(abs(critical - 7.052638297174722) < 0.4)
    }

    private func mask(columns: Int = 8, rows: Int = 6) throws -> Mask {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: columns,
            rows: rows)
        return Mask(grid: grid, isInside: Array(repeating: true, count: columns * rows))
    }

    /// Anywhere and any time, and thirty incidents in one cell in periods 5 and 6.
    private func outbreak(seed: UInt64 = 2, count: Int = 150) -> SpaceTimeFixture.Rows {
        var rows = SpaceTimeFixture.lattice(seed: seed, count: count, size: 6, days: 9)
        for incident in 0..<30 {
            rows.x.append(3)
            rows.y.append(2)
            rows.days.append(Double(5 + incident % 2))
        }
        return rows
    }

    private func cube(_ rows: SpaceTimeFixture.Rows) throws -> SpaceTimeCube {
        try SpaceTimeCube(of: rows.pattern(), over: mask(), limits: (0...9).map(Double.init))
    }

    @Test func `An outbreak is found where and when it was`() throws {
        let scan = SpaceTimeScan(radius: .metres(2), longest: 4, greatestShare: 0.5, permutations: 199)
        let result = try scan.clusters(in: cube(outbreak()))
        let first = try #require(result.clusters.first)
        #expect(first.cells.contains(2 * 8 + 3))
        #expect(first.radius <= .metres(1))
        #expect(first.days == 5..<7)
        #expect(first.p == 0.005)
        #expect(first.risk > 2)
        #expect(first.recurrenceDays(every: 1) == 200)
        // No cell is in two clusters.
        let cells = result.clusters.flatMap(\.cells)
        #expect(Set(cells).count == cells.count)
        #expect(try #require(result.criticalRatio(0.05)) < first.ratio)
        #expect(result.criticalRatio(0.001) == nil)
    }

    @Test func `A prospective scan looks only at what lasts until the end`() throws {
        let whole = try cube(outbreak())
        var scan = SpaceTimeScan(
            radius: .metres(2), longest: 4, greatestShare: 0.5, timing: .prospective, permutations: 99)
        #expect(try scan.clusters(in: whole).clusters.allSatisfy { $0.days.upperBound == 9 })
        let earlier = try SpaceTimeCube(of: outbreak().pattern(), over: mask(), limits: (0...7).map(Double.init))
        let first = try #require(try scan.clusters(in: earlier).clusters.first)
        #expect(first.days == 5..<7)
        scan.longest = 1
        #expect(try scan.clusters(in: earlier).clusters.first?.days == 6..<7)
    }

    @Test(arguments: [SpaceTimeScan.Timing.retrospective, .prospective])
    func `Trying every cylinder one by one finds the same best one`(timing: SpaceTimeScan.Timing) throws {
        for seed in 1...6 {
            let cube = try cube(outbreak(seed: UInt64(seed), count: 60))
            let scan = SpaceTimeScan(
                radius: .metres(3), longest: 3, greatestShare: 0.3, timing: timing, permutations: 1)
            let found = try #require(try scan.clusters(in: cube).clusters.first)
            let best = plainSearch(cube, population: nil, scan)
            #expect(abs(found.ratio - best.ratio) < 1e-9)
            #expect(found.observed == best.count)
            #expect(abs(found.expected - best.expected) < 1e-9)
        }
    }

    @Test func `With a population, trying every cylinder one by one finds the same best one`() throws {
        let population = (0..<48).map { Double(($0 * 37) % 11) * 100 }
        for seed in 1...6 {
            let cube = try cube(outbreak(seed: UInt64(seed), count: 60))
            let scan = SpaceTimeScan(radius: .metres(3), longest: 3, greatestShare: 0.3, permutations: 1)
            let result = try scan.clusters(in: cube, population: population)
            let best = plainSearch(cube, population: population, scan)
            #expect(abs(try #require(result.clusters.first).ratio - best.ratio) < 1e-9)
            #expect(result.incidents + result.unpopulated == cube.counted)
        }
    }

    /// All circles around all places, all runs of periods, each summed anew.
    private func plainSearch(
        _ cube: SpaceTimeCube, population: [Double]?, _ scan: SpaceTimeScan
    ) -> (ratio: Double, count: Int, expected: Double) {
        let columns = cube.mask.grid.columns
        let places = (0..<48).filter { cell in
            guard let population else { return cube.series(ofCell: cell).reduce(0, +) > 0 }
            return population[cell] > 0
        }
        let total = places.reduce(0) { $0 + cube.series(ofCell: $1).reduce(0, +) }
        let people = places.reduce(0) { $0 + (population?[$1] ?? 0) }
        var best = (ratio: 0.0, count: 0, expected: 0.0)
        for centre in places {
            for square in 0...9 {
                let inside = places.filter {
                    let (dx, dy) = ($0 % columns - centre % columns, $0 / columns - centre / columns)
                    return dx * dx + dy * dy <= square
                }
                let measure = inside.reduce(0) { sum, cell in
                    guard let population else { return sum + cube.series(ofCell: cell).reduce(0, +) }
                    return sum + total * population[cell] / people
                }
                guard measure <= 0.3 * total + 1e-9 else { continue }
                for length in 1...scan.longest {
                    for first in 0...9 - length where scan.timing == .retrospective || first + length == 9 {
                        var (count, then) = (0.0, 0.0)
                        for period in first..<first + length {
                            for cell in inside { count += cube.values[period * 48 + cell] }
                            for cell in places { then += cube.values[period * 48 + cell] }
                        }
                        let share = population == nil ? then / total : Double(length) / 9
                        let ratio = SpaceTimeScan.logLikelihoodRatio(
                            count: count, expected: measure * share, total: total)
                        if ratio > best.ratio + 1e-12 { best = (ratio, Int(count), measure * share) }
                    }
                }
            }
        }
        return best
    }

    @Test func `Under chance alone, p is small as seldom as it says`() throws {
        // 40 studies without any pattern: about 8 have p ≤ 0.2, and at most 17 all but surely.
        var scan = SpaceTimeScan(radius: .metres(2), longest: 3, greatestShare: 0.5, permutations: 19)
        var small = 0
        for study in 0..<40 {
            scan.seed = UInt64(study)
            let rows = SpaceTimeFixture.lattice(seed: UInt64(1000 + study), count: 60, size: 6, days: 9)
            if let first = try scan.clusters(in: cube(rows)).clusters.first, first.p <= 0.2 { small += 1 }
        }
        #expect((1...17).contains(small))
    }

    @Test func `Threads and the order of the rows change nothing`() throws {
        let scan = SpaceTimeScan(radius: .metres(3), longest: 3, permutations: 30)
        let one = try scan.clusters(in: cube(outbreak()), threads: 1)
        let two = try scan.clusters(in: cube(outbreak().shuffled(seed: 5)), threads: 3)
        #expect(one.clusters == two.clusters)
        #expect(one.dealt == two.dealt)
        let population = [Double](repeating: 1, count: 48)
        #expect(
            try scan.clusters(in: cube(outbreak()), population: population, threads: 1).dealt
                == scan.clusters(in: cube(outbreak()), population: population, threads: 2).dealt)
    }

    @Test func `What cannot be scanned is refused, and one crowded bin does not trap`() throws {
        let scan = SpaceTimeScan(radius: .metres(3), longest: 3, permutations: 9)
        let none = try cube(SpaceTimeFixture.Rows(x: [], y: [], days: []))
        #expect(throws: HotspotError.tooFew(method: "the scan statistic", needed: 2, found: 0)) {
            try scan.clusters(in: none)
        }
        let same = try cube(SpaceTimeFixture.Rows(x: [1, 1, 1], y: [1, 1, 1], days: [2, 2, 2]))
        #expect(try scan.clusters(in: same).clusters.isEmpty)
        #expect(throws: HotspotError.self) { try scan.clusters(in: same, population: [1]) }
        #expect(throws: HotspotError.self) {
            try scan.clusters(in: same, population: Array(repeating: -1, count: 48))
        }
        #expect(throws: HotspotError.tooFew(method: "the scan statistic", needed: 2, found: 0)) {
            try scan.clusters(in: same, population: Array(repeating: 0, count: 48))
        }
        var broken = scan
        broken.longest = 10
        #expect(throws: HotspotError.self) { try broken.clusters(in: same) }
        broken = scan
        broken.greatestShare = 0
        #expect(throws: HotspotError.self) { try broken.clusters(in: same) }
        #expect(throws: HotspotError.cancelled) { try scan.clusters(in: cube(outbreak()), progress: { _ in false }) }
    }
}
