import Statistics
import TestSupport
import Testing

@Suite struct NormalDistributionTests {
    /// Abramowitz & Stegun (1964), table 26.1 and 26.5; the far tails from Wolfram's published values of erfc.
    @Test(arguments: [
        (0.0, 0.5), (1.0, 0.841344746068543), (1.96, 0.975002104851780), (-2.0, 0.022750131948179),
        (3.0, 0.998650101968370), (-5.0, 2.866515718791939e-07), (-10.0, 7.619853024160527e-24),
    ])
    func `Tails agree with the tables`(z: Double, share: Double) {
        #expect(abs(NormalDistribution.cumulative(z) / share - 1) < 1e-12)
        #expect(abs(NormalDistribution.quantile(of: share) - z) < 1e-9)
    }

    @Test(arguments: [(1.6448536269514722, 0.10), (1.9599639845400545, 0.05), (2.5758293035489004, 0.01)])
    func `Two-sided limits of 90, 95 and 99 % are the known ones`(z: Double, p: Double) {
        #expect(abs(NormalDistribution.twoSidedP(z) - p) < 1e-14)
        #expect(abs(NormalDistribution.twoSidedP(-z) - p) < 1e-14)
        #expect(abs(NormalDistribution.quantile(of: 1 - p / 2) - z) < 1e-12)
    }

    @Test func `Quantile and cumulative undo each other on random shares`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<10_000 {
            let share = Double.random(in: 1e-12...1, using: &random)
            let z = NormalDistribution.quantile(of: share)
            #expect(abs(NormalDistribution.cumulative(z) / share - 1) < 1e-10 || share == 1)
        }
    }

    @Test func `What is no share has no quantile, and the ends are infinite`() {
        #expect(NormalDistribution.quantile(of: -0.1).isNaN && NormalDistribution.quantile(of: 1.1).isNaN)
        #expect(NormalDistribution.quantile(of: .nan).isNaN && NormalDistribution.cumulative(.nan).isNaN)
        #expect(NormalDistribution.quantile(of: 0) == -.infinity && NormalDistribution.quantile(of: 1) == .infinity)
        #expect(NormalDistribution.twoSidedP(.infinity) == 0 && NormalDistribution.twoSidedP(0) == 1)
    }
}
