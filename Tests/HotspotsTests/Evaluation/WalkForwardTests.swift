import Grids
import Hotspots
import SimpleFeatures
import Testing

struct WalkForwardTests {
    private func mask() throws -> Mask {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(100), columns: 10, rows: 10)
        return Mask(grid: grid, isInside: (0..<100).map { $0 != 7 })
    }

    private let methods: [Prediction] = [
        Prediction(.lastDays(30)), Prediction(.longRunDensity(bandwidth: .metres(250))),
        Prediction(.recentDensity(bandwidth: .metres(250), halfLifeDays: 20)),
        Prediction(
            .nearRepeat(
                bandwidth: .metres(250), test: NearRepeat(distances: [.metres(100)], days: [7], permutations: 49))),
        Prediction(.selfExciting(SelfExciting())),
    ]

    @Test func `Threads and the order of the rows change nothing`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 13, count: 400, size: 1000, days: 120)
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.05, 0.2]))
        let limits = [60.0, 80, 100, 120]
        let one = try walk.evaluate(methods, on: rows.pattern(), limits: limits, over: mask(), threads: 1)
        let two = try walk.evaluate(
            methods, on: rows.shuffled(seed: 14).pattern(), limits: limits, over: mask(), threads: 3)
        for (a, b) in zip(one, two) {
            #expect((a.expected, a.observed) == (b.expected, b.observed), "\(a.prediction.method.name)")
            for (before, after) in zip(a.scores.joined(), b.scores.joined()) {
                #expect((before.hits, before.units) == (after.hits, after.units))
                #expect((before.expectedHits, before.pai, before.pei) == (after.expectedHits, after.pai, after.pei))
            }
        }
    }

    @Test func `Scores are those of a plain count of what happened in the cells with the greatest forecast`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 15, count: 500, size: 1000, days: 90)
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.1]))
        let result = try #require(
            try walk.evaluate([methods[1]], on: rows.pattern(), limits: [60, 75, 90], over: mask()).first)
        for (period, days) in [60.0..<75, 75..<90].enumerated() {
            let forecast = try methods[1].forecast(from: rows.pattern(), days: days, over: mask())
            let cells = (0..<100).filter { $0 != 7 }
            let best = cells.sorted { forecast.expected[$0] > forecast.expected[$1] }.prefix(9)
            var (hits, all) = (0, 0)
            for i in rows.x.indices where days.contains(rows.days[i]) {
                let cell = Int(rows.y[i] / 100) * 10 + Int(rows.x[i] / 100)
                hits += best.contains(cell) ? 1 : 0
                all += cell != 7 ? 1 : 0
            }
            let score = result.scores[period][0]
            #expect((score.units, score.hits, result.observed[period]) == (9, Double(hits), Double(all)))
            #expect(abs(score.pai - Double(hits) / Double(all) / (9.0 / 99)) < 1e-12)
            #expect(abs(result.expected[period] - forecast.total) < 1e-12)
        }
    }

    @Test func `Without a past there is nothing to walk on, and nonsense is refused`() throws {
        let walk = WalkForward()
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        #expect(throws: HotspotError.tooFew(method: "last period", needed: 1, found: 0)) {
            try walk.evaluate([methods[0]], on: none, limits: [1, 2], over: mask())
        }
        #expect(try walk.evaluate([], on: none, limits: [1, 2], over: mask()).isEmpty)
        let one = try SpaceTimeFixture.Rows(x: [50], y: [50], days: [0]).pattern()
        for limits in [[], [1], [2, 1], [1, 1], [1, .nan], [1, .infinity]] {
            #expect(throws: HotspotError.periodsNotAscending) {
                try walk.evaluate([methods[0]], on: one, limits: limits, over: mask())
            }
        }
        #expect(throws: HotspotError.cancelled) {
            try walk.evaluate([methods[0]], on: one, limits: [1, 2], over: mask(), progress: { _ in false })
        }
    }

    @Test(arguments: [1, 30])
    func `One incident, or all at one place on one day, are judged without a trap`(count: Int) throws {
        let pattern = try SpaceTimePattern(
            x: Array(repeating: 550, count: count) + [.nan], y: Array(repeating: 550, count: count) + [50],
            days: Array(repeating: 3, count: count) + [3], crs: SpaceTimeFixture.crs)
        #expect(pattern.dropped == 1)
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.05]))
        for method in methods {
            if count < 10, case .selfExciting = method.method { continue }
            if count < 2, case .nearRepeat = method.method { continue }
            let result = try #require(
                try walk.evaluate([method], on: pattern, limits: [4, 8, 12], over: mask()).first)
            // Nothing happens any more, and nothing is what there is to hit.
            #expect(result.observed == [0, 0])
            #expect(result.scores.allSatisfy { $0[0].hits == 0 && $0[0].pai.isNaN })
            #expect(result.expected.allSatisfy { $0.isFinite && $0 >= 0 }, "\(method.method.name)")
        }
    }
}
