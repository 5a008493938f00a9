import Grids
import Hotspots
import SimpleFeatures
import Testing

struct PredictionTests {
    private func mask(_ side: Int = 10) throws -> Mask {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(100), columns: side,
            rows: side)
        return Mask(grid: grid, isInside: (0..<side * side).map { $0 != 7 })
    }

    private let methods: [Prediction.Method] = [
        .lastDays(30), .longRunDensity(bandwidth: .metres(250)),
        .recentDensity(bandwidth: .metres(250), halfLifeDays: 20),
        .nearRepeat(
            bandwidth: .metres(250), test: NearRepeat(distances: [.metres(100)], days: [7], permutations: 49)),
        .selfExciting(SelfExciting()),
    ]

    @Test func `Risk is the ratio of the band, the greatest of several, and fades with the days`() throws {
        let risk = NearRepeatRisk(
            distances: [.metres(0), .metres(150)], days: [7, 14], ratios: [3, 2, 1.8, 1.2])
        let pattern = try SpaceTimeFixture.Rows(x: [350, 850], y: [350, 350], days: [1, 9]).pattern()
        let soon = try risk.multipliers(of: pattern, onDay: 5, over: mask())
        #expect(soon[3 * 10 + 3] == 3)
        #expect(soon[3 * 10 + 4] == 1.8)
        #expect(soon[3 * 10 + 5] == 1)
        #expect(soon[7].isNaN)
        #expect(soon[3 * 10 + 8] == 1, "the second incident has not happened yet")
        let later = try risk.multipliers(of: pattern, onDay: 8, over: mask())
        #expect(later[3 * 10 + 3] == 2)
        #expect(later[4 * 10 + 3] == 1.2)
        #expect(try risk.multipliers(of: pattern, onDay: 15, over: mask())[3 * 10 + 3] == 1)
        #expect(try risk.multipliers(of: pattern, onDay: 15, over: mask())[3 * 10 + 8] == 3)
    }

    /// In files where no two incidents share a place the band of the same place has no risk, and the one around it has.
    @Test func `The cell of an incident has the risk of what lies around it, not only of its very place`() throws {
        let risk = NearRepeatRisk(
            distances: [.metres(0), .metres(100), .metres(200)], days: [7], ratios: [1, 2.4, 1.4])
        let pattern = try SpaceTimeFixture.Rows(x: [330], y: [350], days: [1]).pattern()
        let found = try risk.multipliers(of: pattern, onDay: 5, over: mask())
        // The centres of these cells are 20, 120, 80 and 180 m away.
        #expect([3, 4, 2, 1].map { found[3 * 10 + $0] } == [2.4, 1.4, 2.4, 1.4])
    }

    @Test func `Bands that hold their upper limit keep it in the layer of risk`() throws {
        let ratios = [3, 2, 1.8, 1.2]
        func risk(_ closed: NearRepeat.Closed) throws -> [Double] {
            try NearRepeatRisk(distances: [.metres(0), .metres(100)], days: [7, 14], ratios: ratios, closed: closed)
                .multipliers(
                    of: SpaceTimeFixture.Rows(x: [350], y: [350], days: [1]).pattern(), onDay: 8, over: mask())
        }
        // Exactly seven days ago, and the next cell's centre exactly 100 m away.
        let (left, right) = (try risk(.left), try risk(.right))
        #expect(left[3 * 10 + 3] == 2 && left[3 * 10 + 4] == 1)
        #expect(right[3 * 10 + 3] == 3 && right[3 * 10 + 4] == 1.8)
        let table = try NearRepeat(distances: [.metres(100)], days: [7], closed: .right, permutations: 9)
            .table(of: SpaceTimeFixture.Rows(x: [0, 100], y: [0, 0], days: [0, 7]).pattern())
        #expect(NearRepeatRisk(table).closed == .right)
    }

    /// Two cells matter. Day by day: the cell of the list has 1, 2, 3 incidents, another 1, 0, 1.
    @Test func `Over several periods both indices called RRI are those of all hits together`() throws {
        let x = [550.0, 150, 550, 550, 550, 550, 550, 150, 550]
        let days = [0.5, 1.5, 1.2, 2.1, 2.2, 3.1, 3.2, 3.3, 3.4]
        let pattern = try SpaceTimeFixture.Rows(x: x, y: x, days: days).pattern()
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.011]))
        let results = try walk.evaluate(
            [Prediction(.lastDays(1), rateDays: 1)], on: pattern, limits: [1, 2, 3, 4], over: mask())
        let result = try #require(results.first)
        #expect(result.observed == [2, 2, 4])
        let pooled = try #require(result.pooled().first)
        // Taken each day: one cell, (550, 550) on the first and the last, and of two alike the worse on the second, (150, 150).
        let taken = result.scores.map { $0[0] }
        #expect(taken.map(\.hits) == [1, 0, 3])
        #expect(pooled.predictedToObserved == taken.reduce(0) { $0 + $1.expectedHits } / 4)
        // The cells taken on the second and third day had 1 and 2 the day before; the city went from 2 + 2 to 2 + 4.
        #expect(taken.dropFirst().map(\.hitsBefore) == [1, 2])
        #expect(abs(pooled.recaptureRate - (3.0 / 3) / (6.0 / 4)) < 1e-12)
    }

    @Test func `Every method expects as many in all as there were lately, or as its own rate says`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 3, count: 400, size: 1000, days: 200)
        let inside = try rows.pattern()
        for method in methods {
            let forecast = try Prediction(method, rateDays: 200).forecast(from: inside, days: 200..<210, over: mask())
            #expect(forecast.expected[7].isNaN)
            #expect(abs(forecast.total - 20) < 3, "\(method.name): \(forecast.total)")
            #expect(try #require(forecast.totalInterval).contains(Int(forecast.total)))
            #expect(forecast.interval(ofCell: 7) == nil)
        }
    }

    @Test func `What happens from the first forecast day on changes nothing`() throws {
        let rows = SpaceTimeFixture.lattice(seed: 3, count: 300, size: 1000, days: 200)
        var later = rows
        for _ in 0..<50 {
            later.x.append(50)
            later.y.append(50)
            later.days.append(200)
        }
        for method in methods {
            let one = try Prediction(method).forecast(from: rows.pattern(), days: 200..<207, over: mask())
            let two = try Prediction(method).forecast(
                from: later.shuffled(seed: 4).pattern(), days: 200..<207, over: mask(), threads: 1)
            #expect(zip(one.expected, two.expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(method.name)")
        }
    }

    @Test func `A place where all happens is predicted by all, and evaluated walking forward`() throws {
        var rows = SpaceTimeFixture.lattice(seed: 5, count: 150, size: 1000, days: 120)
        for day in 0..<120 {
            rows.x.append(550)
            rows.y.append(550)
            rows.days.append(Double(day))
        }
        let walk = WalkForward(evaluation: PredictionEvaluation(areaShares: [0.02, 0.1]))
        let results = try walk.evaluate(
            methods.map { Prediction($0) }, on: rows.pattern(), limits: [60, 80, 100, 120], over: mask())
        #expect(results.count == methods.count)
        for result in results {
            let pooled = result.pooled()
            #expect(result.observed.reduce(0, +) > 60)
            #expect(pooled[0].pai > 5, "\(result.prediction.method.name)")
            #expect(pooled[1].hitRate >= pooled[0].hitRate)
            #expect(pooled[0].pei <= 1 + 1e-12)
        }
        // The naive one by hand: in each period, the cell of the series is the first of the list.
        #expect(results[0].scores.allSatisfy { $0[0].units == 1 && $0[0].hits >= 20 })
    }

    @Test func `Without a past, or with parameters out of range, there is no forecast`() throws {
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        #expect(throws: HotspotError.tooFew(method: "last period", needed: 1, found: 0)) {
            try Prediction(.lastDays(3)).forecast(from: none, days: 0..<1, over: mask())
        }
        let one = try SpaceTimeFixture.Rows(x: [50], y: [50], days: [0]).pattern()
        #expect(throws: HotspotError.self) {
            try Prediction(.lastDays(.nan)).forecast(from: one, days: 1..<2, over: mask())
        }
        #expect(throws: HotspotError.self) {
            try Prediction(.longRunDensity(bandwidth: .metres(0))).forecast(from: one, days: 1..<2, over: mask())
        }
        #expect(throws: HotspotError.self) {
            try Prediction(.lastDays(1), rateDays: 0).forecast(from: one, days: 1..<2, over: mask())
        }
        let single = try Prediction(.lastDays(5)).forecast(from: one, days: 1..<2, over: mask())
        #expect(single.total == 1)
    }
}
