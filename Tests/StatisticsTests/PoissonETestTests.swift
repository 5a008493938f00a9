import Glibc
import Statistics
import Testing

struct PoissonETestTests {
    @Test(arguments: [(20, 10, 0.0688), (6, 2, 0.1749), (25, 16, 0.1648)])
    func `The p-values published for counts of equal periods come out`(first: Int, second: Int, p: Double) throws {
        #expect(abs(try #require(PoissonETest(first, second)).p - p) < 0.00005)
        #expect(abs(try #require(PoissonETest(second, first)).p - p) < 0.00005)
    }

    /// `scipy.stats.poisson_means_test` of SciPy 1.17.1, see tools/reference/poisson_change.py; 120 against 80 is the whole double sum
    /// in NumPy instead, since SciPy loses pairs that are exactly as extreme to rounding (it says 0.0046301).
    @Test(arguments: [
        (20, 1.0, 10, 1.0, 1.8257418583505538, 0.06883178210810925),
        (6, 1, 2, 1, 1.414213562373095, 0.1748748209437075),
        (25, 1, 16, 1, 1.4055638569974547, 0.1647963178547279),
        (9, 1, 4, 1, 1.386750490563073, 0.18297809585274144),
        (3, 2, 10, 5, -0.4662524041201569, 0.6650528309969763),
        (0, 1, 4, 1, -2.0, 0.041258596065445435),
        (120, 365, 80, 365, 2.8284271247461903, 0.004631620690868536),
        (14, 30, 310, 365, -2.8614518394805746, 0.009439163652539526),
        (1, 1, 0, 1, 1.0, 0.48605546141850425),
        (1000, 1, 1100, 1, -2.182178902359924, 0.02909610541767822),
        (7, 0.25, 9, 3, 2.351802170958993, 0.2911589141707966),
    ])
    func `SciPy finds the same, also for unequal exposures`(
        first: Int, exposure: Double, second: Int, other: Double, statistic: Double, p: Double
    ) throws {
        let test = try #require(PoissonETest(first, second, exposures: (exposure, other)))
        #expect(abs(test.statistic - statistic) < 1e-12)
        #expect(abs(test.p - p) < 2e-9)
    }

    @Test func `The plain double sum over all pairs is the same`() throws {
        var random = SplitMix64(seed: 4)
        for _ in 0..<12 {
            let (first, second) = (Int(random.next(below: 25)), Int(random.next(below: 25)))
            let ratio = Double(1 + random.next(below: 8)) / Double(1 + random.next(below: 8))
            let test = try #require(PoissonETest(first, second, exposures: (ratio, 1)))
            #expect(abs(test.p - plainSum(first, second, ratio)) < 1e-10)
        }
    }

    @Test func `Large counts approach the normal distribution`() throws {
        let test = try #require(PoissonETest(101_000, 100_000))
        #expect(abs(test.p - NormalDistribution.twoSidedP(test.statistic)) < 1e-4)
        #expect(try #require(PoissonETest(PoissonETest.greatestCount, 0)).p == 0)
    }

    @Test func `Equal rates are no evidence, and what is no count is not tested`() throws {
        #expect(try #require(PoissonETest(0, 0)).p == 1)
        #expect(try #require(PoissonETest(5, 5)).p == 1)
        #expect(try #require(PoissonETest(10, 5, exposures: (2, 1))).p == 1)
        #expect(PoissonETest(-1, 0) == nil)
        #expect(PoissonETest(0, .max) == nil)
        #expect(PoissonETest(1, 1, exposures: (0, 1)) == nil)
        #expect(PoissonETest(1, 1, exposures: (1, -1)) == nil)
        #expect(PoissonETest(1, 1, exposures: (.nan, 1)) == nil)
        #expect(PoissonETest(1, 1, exposures: (.infinity, 1)) == nil)
        #expect(PoissonETest(1, 1, exposures: (1e300, 1e-300)) == nil)
    }

    private func plainSum(_ first: Int, _ second: Int, _ ratio: Double) -> Double {
        func statistic(_ x: Int, _ y: Int) -> Double {
            x + y == 0 ? 0 : (Double(x) / ratio - Double(y)) / (Double(x) / ratio / ratio + Double(y)).squareRoot()
        }
        func probability(_ k: Int, _ mean: Double) -> Double {
            mean == 0 ? (k == 0 ? 1 : 0) : exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1))
        }
        let observed = abs(statistic(first, second))
        let rate = Double(first + second) / (1 + ratio)
        var sum = 0.0
        for x in 0..<200 {
            for y in 0..<200 where abs(statistic(x, y)) >= observed * (1 - 1e-10) {
                sum += probability(x, rate * ratio) * probability(y, rate)
            }
        }
        return min(1, sum)
    }
}
