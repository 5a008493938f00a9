import Statistics
import Testing

/// SciPy 1.17.1 and mpmath 1.4.1, tools/reference/rates.py.
@Suite struct PoissonDistributionTests {
    @Test(arguments: [
        (0.5, 0.2, 0.47291074313446196, 0.5270892568655381), (1, 3, 0.950212931632136, 0.04978706836786395),
        (10, 4, 0.008132242796933871, 0.9918677572030661), (10, 25, 0.9997785233617512, 0.0002214766382487835),
        (100, 100, 0.5132987982791487, 0.48670120172085135), (1e4, 1.01e4, 0.8413487504471796, 0.15865124955282037),
        (1e6, 999000, 0.15865521357430365, 0.8413447864256963), (30, 200, 1, 9.818469937150823e-52),
    ])
    func `Incomplete gamma functions agree with SciPy`(a: Double, x: Double, lower: Double, upper: Double) {
        #expect(abs(GammaFunction.lowerShare(shape: a, x) / lower - 1) < 1e-11)
        #expect(abs(GammaFunction.upperShare(shape: a, x) / upper - 1) < 1e-11)
    }

    private static let quantiles: [(mean: Double, least: [Int])] = [
        (0.1, [0, 0, 0, 0, 1, 2, 6]), (1, [0, 0, 0, 1, 3, 5, 11]), (3.5, [0, 0, 0, 3, 8, 11, 20]),
        (40, [9, 22, 28, 40, 53, 61, 83]), (1e3, [816, 904, 938, 1000, 1062, 1099, 1195]),
        (1e6, [994008, 996911, 998041, 1_000_000, 1_001_960, 1_003_092, 1_006_004]),
    ]

    @Test(arguments: quantiles)
    func `Quantiles agree with SciPy`(mean: Double, quantiles: [Int]) throws {
        let poisson = try #require(PoissonDistribution(mean: mean))
        for (share, k) in zip([1e-9, 0.001, 0.025, 0.5, 0.975, 0.999, 1 - 1e-9], quantiles) {
            #expect(poisson.quantile(of: share) == k)
        }
    }

    @Test(arguments: [
        (0, 0.5, 0.6065306597126334), (3, 2, 0.18044704431548356), (40, 35.5, 0.04786686079193204),
        (1000, 1010, 0.012003360186395461), (1_000_000, 1e6, 0.00039894224715624404),
    ])
    func `Probabilities agree with mpmath`(k: Int, mean: Double, probability: Double) throws {
        #expect(abs(try #require(PoissonDistribution(mean: mean)).probability(of: k) / probability - 1) < 1e-12)
    }

    @Test func `Sums of probabilities are the cumulative probability`() throws {
        let poisson = try #require(PoissonDistribution(mean: 7.3))
        var sum = 0.0
        for k in 0...40 {
            sum += poisson.probability(of: k)
            #expect(abs(poisson.cumulative(k) - sum) < 1e-13)
            #expect(abs(poisson.probability(ofAtLeast: k + 1) + poisson.cumulative(k) - 1) < 1e-13)
        }
    }

    @Test func `Odd input has an answer`() throws {
        for mean in [-1, Double.nan, .infinity, 1e300] { #expect(PoissonDistribution(mean: mean) == nil) }
        let never = try #require(PoissonDistribution(mean: 0))
        #expect((never.probability(of: 0), never.cumulative(0), never.quantile(of: 0.9)) == (1, 1, 0))
        #expect(never.quantile(of: 1) == nil && never.quantile(of: .nan) == nil)
        #expect((never.probability(of: -1), never.cumulative(-1), never.probability(ofAtLeast: 0)) == (0, 0, 1))
        #expect(GammaFunction.lowerShare(shape: 0, 1).isNaN && GammaFunction.upperShare(shape: 1, -1).isNaN)
        #expect(GammaFunction.lowerShare(shape: 3, .infinity) == 1)
        let many = try #require(PoissonDistribution(mean: PoissonDistribution.greatestMean))
        #expect(abs((many.quantile(of: 0.5) ?? 0) - 1_000_000_000) < 2)
    }
}
