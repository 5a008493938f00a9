import Hotspots
import TestSupport
import Testing

@Suite struct RatesTests {
    /// Ten areas of tools/reference/rates.py.
    static let counts: [Double] = [12, 3, 45, 8, 0, 22, 7, 90, 15, 4]
    static let people: [Double] = [5200, 2400, 8000, 6100, 900, 7400, 3600, 11800, 2900, 5000]
    static let ring = (0..<10).map { [($0 + 9) % 10, ($0 + 1) % 10] }

    @Test func `A location quotient compares shares`() throws {
        // Half of the robberies in a quarter of all crime: 2; an area without crime has none.
        let result = try LocationQuotient(base: .allCrime).quotients(of: [5, 5, 0, 1], base: [10, 30, 0, .nan])
        #expect(result.values == [2, 5.0 / 30 / 0.25, nil, nil])
        #expect((result.overall, result.leftOut) == (0.25, 2))
        let none = try LocationQuotient(base: .area).quotients(of: [0, 0], base: [1, 2])
        #expect(none.values == [nil, nil])
        #expect(throws: HotspotError.columnLengthsDiffer(name: "base", needed: 1, found: 2)) {
            try LocationQuotient(base: .people).quotients(of: [1], base: [1, 2])
        }
    }

    @Test func `Rates are for 100,000 people and a year`() throws {
        // 30 in six months among 20,000: 150 and twice that.
        let result = try RatePer100k(months: 6).rates(of: [30, 10, 4], population: [20_000, 20_000, 0])
        #expect(result.values == [300, 100, nil])
        #expect(result.overall == 200)
        #expect(result.leftOut == 1)
        for months in [0, -1, Double.nan, .infinity] {
            #expect(throws: HotspotError.self) { try RatePer100k(months: months).rates(of: [], population: []) }
        }
        #expect(try RatePer100k().rates(of: [], population: []).overall == nil)
    }

    /// esda 2.9.0, tools/reference/rates.py.
    @Test func `Empirical Bayes agrees with esda`() throws {
        let global = try EmpiricalBayes().rates(of: Self.counts, population: Self.people)
        let expected = [
            0.002485937577170756, 0.0018221102815358173, 0.005488582241602211, 0.0015649085198364454,
            0.0016523840143094447, 0.0030472427097902573, 0.0022465965697144943, 0.0074243666910242005,
            0.0049263907135664135, 0.001163191007931072,
        ]
        for (rate, value) in zip(global.rates, expected) { #expect(abs(try #require(rate) / value - 1) < 1e-12) }
        let local = try EmpiricalBayes().rates(of: Self.counts, population: Self.people, neighbours: Self.ring)
        let smoothed = [
            0.001737125922557018, 0.002214974982130093, 0.005414307857340921, 0.001570811981617259,
            0.0017155018431953787, 0.0025488149142556316, 0.0026136655532327077, 0.007455425637592659,
            0.0052456260245162005, 0.0010837993576276364,
        ]
        for (rate, value) in zip(local.rates, smoothed) { #expect(abs(try #require(rate) / value - 1) < 1e-12) }
    }

    /// By hand: m = 4/4000 = 0.001, s² = (1000·0 + 3000·0)/4000 − 0.001/2000 < 0, so each area gets the mean.
    @Test func `A negative variance is clamped`() throws {
        let result = try EmpiricalBayes().rates(of: [1, 3], population: [1000, 3000])
        #expect(result.rates == [0.001, 0.001])
        #expect(result.weights == [0, 0])
        #expect(result.priors[0]?.isClamped == true)
    }

    @Test func `Areas that cannot be used are left out, islands keep their rate or the mean`() throws {
        let result = try EmpiricalBayes().rates(of: [1, .nan, 2, -1], population: [1000, 100, 0, 10])
        #expect(result.leftOut == 3)
        #expect(result.rates.compactMap { $0 } == [0.001])
        let island = try EmpiricalBayes().rates(of: [5, 1], population: [1000, 4000], neighbours: [[], [1, 1, 0]])
        #expect(island.rates[0] == 0.005)
        let zero = try EmpiricalBayes().rates(of: [0, 0], population: [10, 20])
        #expect(zero.rates == [0, 0])
        #expect(try EmpiricalBayes().rates(of: [], population: []).rates.isEmpty)
        #expect(throws: HotspotError.unknownNeighbour(area: 1, neighbour: 7, areas: 2)) {
            try EmpiricalBayes().rates(of: [1, 1], population: [10, 10], neighbours: [[1], [7]])
        }
        #expect(throws: HotspotError.columnLengthsDiffer(name: "neighbours", needed: 2, found: 1)) {
            try EmpiricalBayes().rates(of: [1, 1], population: [10, 10], neighbours: [[1]])
        }
    }

    /// SciPy 1.17.1's Poisson quantiles with Spiegelhalter's interpolation, tools/reference/rates.py.
    @Test(arguments: [
        (900.0, 0.0, 0.0, 0.007839841185071961, 0.011096420995915821),
        (5200, 0.0013883650674710694, 0.002167835544057069, 0.005548476354647824, 0.006697641114233096),
        (11800, 0.002177328474043466, 0.002740092716676413, 0.004984309459668189, 0.005710189489085488),
    ])
    func `Exact funnel limits agree with SciPy`(
        people: Double, outerLow: Double, innerLow: Double, innerHigh: Double, outerHigh: Double
    ) throws {
        let result = try FunnelLimits(target: 206.0 / 53300).limits(of: [10], population: [people])
        let area = try #require(result.areas[0])
        for (limit, value) in [
            (area.outer.lowerBound, outerLow), (area.inner.lowerBound, innerLow), (area.inner.upperBound, innerHigh),
            (area.outer.upperBound, outerHigh),
        ] { #expect(abs(limit - value) < 1e-12) }
    }

    @Test func `Normal funnel limits agree with SciPy, and positions are told`() throws {
        let result = try FunnelLimits(method: .normal).limits(of: Self.counts, population: Self.people)
        let area = try #require(result.areas[0])
        #expect(abs(area.outer.lowerBound - 0.0012007607322955687) < 1e-14)
        #expect(abs(area.inner.lowerBound - 0.0021751890344921566) < 1e-14)
        #expect(abs(area.inner.upperBound - 0.005554642109973133) < 1e-14)
        #expect(abs(area.outer.upperBound - 0.006529070412169722) < 1e-14)
        #expect(area.position == .within)
        #expect(result.areas[7]?.position == .aboveOuter)
        #expect(result.areas[9]?.position == .belowOuter)
        let odd = try FunnelLimits().limits(of: [0, 1], population: [10, 0])
        #expect(odd.areas[0]?.position == .within && odd.areas[1] == nil)
        #expect(try FunnelLimits().limits(of: [], population: []).target == nil)
        let huge = try FunnelLimits().limits(of: [1e90, 1], population: [1, 1e99])
        #expect(huge.areas.allSatisfy { $0.map { $0.outer.upperBound.isFinite } ?? true })
        #expect(throws: HotspotError.self) { try FunnelLimits(target: -1).limits(of: [1], population: [1]) }
    }
}
