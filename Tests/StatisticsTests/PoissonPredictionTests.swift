import Statistics
import Testing

struct PoissonPredictionTests {
    /// By the definition in SciPy 1.17.1: tools/reference/poisson_prediction.py.
    @Test(arguments: [
        (0, 36, 0...1), (1, 36, 0...1), (36, 36, 0...3), (108, 36, 0...7), (360, 36, 4...17), (24, 5, 1...10),
        (7, 3, 0...7), (1000, 1, 914...1090), (36_000, 36, 938...1063), (0, 1, 0...5),
    ])
    func `The interval is SciPy's`(_ total: Int, _ periods: Int, _ expected: ClosedRange<Int>) {
        #expect(PoissonPrediction(total: total, periods: periods)?.interval() == expected)
    }

    @Test func `After nothing in one month five may come by chance, since 1 in 64 is less than 1 in 40`() {
        // With no earlier incident each comes in the new month with probability 1/2: six of six is (1/2)^6.
        #expect(PoissonPrediction(total: 0, periods: 1)?.interval().upperBound == 5)
    }

    @Test func `Many periods lead to the Poisson distribution around their mean`() throws {
        let interval = try #require(PoissonPrediction(total: 3_000_000, periods: 1_000_000)?.interval())
        let poisson = try #require(PoissonDistribution(mean: 3))
        #expect(interval == (poisson.quantile(of: 0.025) ?? -1)...(poisson.quantile(of: 0.975) ?? -1))
    }

    @Test func `Negative totals and no periods have no interval`() {
        #expect(PoissonPrediction(total: -1, periods: 1) == nil)
        #expect(PoissonPrediction(total: 1, periods: 0) == nil)
        #expect(PoissonPrediction(total: .max, periods: 1) == nil)
    }
}

struct EffectiveTrialsTests {
    @Test func `With whole trials a share has the interval of its successes`() throws {
        for (successes, trials) in [(0, 7), (3, 7), (350, 5000), (7, 7)] {
            let whole = try #require(WilsonInterval(successes: successes, of: trials))
            let share = try #require(
                WilsonInterval(share: Double(successes) / Double(trials), effectiveTrials: Double(trials)))
            #expect(abs(whole.low - share.low) < 1e-15 && abs(whole.high - share.high) < 1e-15)
        }
        #expect(WilsonInterval(share: 0.5, effectiveTrials: 0) == nil)
        #expect(WilsonInterval(share: 1.5, effectiveTrials: 5) == nil)
    }
}
