import Testing

@testable import Statistics

@Suite struct PoissonIntervalTests {
    /// SciPy 1.17: chi2.ppf(0.025, 2k)/2 and chi2.ppf(0.975, 2k + 2)/2.
    @Test(arguments: [
        (0, 0, 3.6888794541139354), (1, 0.025317807984289876, 5.571643390938898),
        (5, 1.6234863901184207, 11.66833207932267), (10, 4.7953886961324335, 18.39035604201778),
        (100, 81.36399125092314, 121.62679379242638), (10_000, 9804.952467260184, 10197.951624661473),
    ])
    func `The limits are Garwood's`(_ count: Int, _ low: Double, _ high: Double) throws {
        let interval = try #require(PoissonInterval(count: count))
        #expect(abs(interval.low - low) < 1e-8 * max(1, low) && abs(interval.high - high) < 1e-8 * high)
    }

    @Test func `More confidence takes a wider interval`() throws {
        #expect(abs(try #require(PoissonInterval(count: 0, confidence: 0.999)).high - 7.600902459542192) < 1e-8)
    }

    @Test func `What is no count and no confidence has no interval`() {
        #expect(PoissonInterval(count: -1) == nil && PoissonInterval(count: .max) == nil)
        for confidence in [0, 1, -1, .nan, .infinity] {
            #expect(PoissonInterval(count: 3, confidence: confidence) == nil)
        }
    }
}

@Suite struct PoissonComparisonTests {
    /// SciPy 1.17: binomtest(a, a + b, x/(x + y)).pvalue.
    @Test(arguments: [
        (11, 23, 800.0, 3011.0, 0.13663444706428232), (5, 5, 1, 1, 1), (0, 7, 1, 1, 0.015625),
        (30, 10, 365, 365, 0.0022214337732293643), (1157, 1145, 90, 90, 0.8186681405931459),
        (3, 0, 90, 365, 0.007739151320844352), (120_000, 118_000, 1, 1, 4.1750422969962865e-05),
    ])
    func `The p-value is that of SciPy's exact binomial test`(
        _ a: Int, _ b: Int, _ x: Double, _ y: Double, _ p: Double
    ) throws {
        let found = try #require(PoissonComparison((a, b), exposures: (x, y)))
        #expect(abs(found.p - p) < 1e-7 * p)
    }

    @Test func `The sum over all outcomes says the same`() throws {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let (a, b) = (Int(generator.next(below: 12)), Int(generator.next(below: 12)))
            let share = 0.05 + 0.9 * generator.unit()
            let n = a + b
            var pascal = [1.0]
            for _ in 0..<n { pascal = zip([0] + pascal, pascal + [0]).map(+) }
            let chances = pascal.enumerated().map { k, ways in
                (0..<n).reduce(ways) { product, trial in product * (trial < k ? share : 1 - share) }
            }
            let slow = chances.filter { $0 <= chances[a] * (1 + 1e-7) }.reduce(0, +)
            let found = try #require(PoissonComparison((a, b), exposures: (share, 1 - share)))
            #expect(abs(found.p - min(1, slow)) < 1e-9)
        }
    }

    @Test func `Nothing on either side is no difference, and nothing measured is no answer`() throws {
        let none = try #require(PoissonComparison((0, 0), exposures: (1, 1)))
        #expect(none.p == 1 && none.ratio == nil)
        #expect(try #require(PoissonComparison((4, 0), exposures: (1, 1))).ratio == .infinity)
        for bad in [(0.0, 1.0), (1, 0), (-1, 1), (.nan, 1), (1, .infinity)] {
            #expect(PoissonComparison((1, 1), exposures: bad) == nil)
        }
        #expect(PoissonComparison((-1, 1), exposures: (1, 1)) == nil)
        #expect(PoissonComparison((.max, .max), exposures: (1, 1)) == nil)
    }
}
