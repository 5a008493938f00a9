import Grids
import SimpleFeatures
import Statistics
import Testing

@testable import Hotspots

/// The search looks closely at few cylinders only; here every one of them is looked at.
struct ScanScoreTests {
    private func cube(seed: UInt64, count: Int, periods: Int) throws -> SpaceTimeCube {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 7, rows: 5)
        let mask = Mask(grid: grid, isInside: (0..<35).map { $0 != 8 })
        var rows = SpaceTimeFixture.lattice(seed: seed, count: count, size: 5, days: periods)
        // A place that is crowded for a while, so that the limit is high early on.
        for incident in 0..<count / 4 {
            rows.x.append(2)
            rows.y.append(1)
            rows.days.append(Double(periods / 2 + incident % 2))
        }
        return try SpaceTimeCube(of: rows.pattern(), over: mask, limits: (0...periods).map(Double.init))
    }

    /// The greatest ratio of all circles over all runs of periods, each summed anew.
    private func plainGreatest(
        _ counts: [Int32], _ cases: ScanCases, _ circles: ScanCircles, longest: Int, timing: SpaceTimeScan.Timing
    ) -> Double {
        let (total, periods) = (Double(cases.total), cases.periods)
        var greatest = 0.0
        for circle in circles.ends.indices {
            let places = circles.places(ofCircle: circle).map { Int($0) }
            for length in 1...longest {
                for first in 0...periods - length where timing == .retrospective || first + length == periods {
                    let run = first..<first + length
                    let count = run.reduce(0) { sum, period in
                        sum + places.reduce(0) { $0 + Double(counts[$1 * periods + period]) }
                    }
                    let expected =
                        places.reduce(0) { $0 + cases.placeMeasure[$1] }
                        * run.reduce(0) { $0 + cases.periodShare[$1] }
                    let ratio = SpaceTimeScan.logLikelihoodRatio(count: count, expected: expected, total: total)
                    if ratio > greatest { greatest = ratio }
                }
            }
        }
        return greatest
    }

    @Test(arguments: [1, 2, 3, 5, 8, 11], [SpaceTimeScan.Timing.retrospective, .prospective])
    func `Of every data set dealt, the greatest ratio is that of trying all cylinders`(
        longest: Int, timing: SpaceTimeScan.Timing
    ) throws {
        for (seed, share) in [(1, 1.0), (2, 0.4), (3, 0.1)] {
            let cube = try cube(seed: UInt64(seed), count: 40 * seed * seed, periods: 11)
            for population in [nil, (0..<35).map { Double(($0 * 29) % 13) * 50 }] {
                let cases = try ScanCases(cube, population: population)
                let circles = try ScanCircles(cases, cube.mask.grid, radius: .metres(3), share: share)
                let windows = ScanWindows(cases, periods: 11, longest: longest, timing: timing)
                let scores = ScanScore(total: Double(cases.total), circles: circles, windows: windows)
                var generator = SplitMix64(seed: UInt64(seed))
                for counts in [cases.counts] + (0..<8).map({ _ in cases.dealt(by: &generator) }) {
                    let greatest = scores.greatest(counts)
                    let plain = plainGreatest(counts, cases, circles, longest: longest, timing: timing)
                    #expect(abs(greatest - plain) <= 1e-9 * max(1, plain))
                }
            }
        }
    }

    @Test(arguments: [1e-280, Double.leastNonzeroMagnitude])
    func `Populations of all sizes are scanned without a trap`(least: Double) throws {
        let cube = try cube(seed: 5, count: 60, periods: 6)
        let population = (0..<35).map { [1e12, 1e-150, 0, least, 3][$0 % 5] }
        let cases = try ScanCases(cube, population: population)
        let circles = try ScanCircles(cases, cube.mask.grid, radius: .metres(3), share: 1)
        let windows = ScanWindows(cases, periods: 6, longest: 4, timing: .retrospective)
        let scores = ScanScore(total: Double(cases.total), circles: circles, windows: windows)
        let plain = plainGreatest(cases.counts, cases, circles, longest: 4, timing: .retrospective)
        let greatest = scores.greatest(cases.counts)
        #expect(abs(greatest - plain) <= 1e-9 * plain)
    }
}
