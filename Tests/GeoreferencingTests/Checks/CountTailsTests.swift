import Testing

@testable import Georeferencing

struct CountTailsTests {
    private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-11 * max(abs(a), abs(b)) }

    @Test func `The logarithm of the gamma function at its known values`() {
        #expect(abs(CountTails.logGamma(1)) < 1e-13 && abs(CountTails.logGamma(2)) < 1e-13)
        #expect(isClose(CountTails.logGamma(0.5), 0.572_364_942_924_700_087))  // ln √π
        #expect(isClose(CountTails.logGamma(11), 15.104_412_573_075_515_295))  // ln 10!
        #expect(isClose(CountTails.logGamma(101), 363.739_375_555_563_490_145))  // ln 100!
    }

    @Test func `Binomial tails counted by hand`() {
        #expect(isClose(CountTails.binomial(atLeast: 8, of: 10, chance: 0.5), 56.0 / 1024))
        #expect(isClose(CountTails.binomial(atLeast: 1, of: 3, chance: 0.1), 1 - 0.729))
        #expect(CountTails.binomial(atLeast: 0, of: 3, chance: 0.1) == 1)
        #expect(CountTails.binomial(atLeast: 4, of: 3, chance: 0.1) == 0)
        #expect(CountTails.binomial(atLeast: 3, of: 3, chance: 1) == 1)
        #expect(CountTails.binomial(atLeast: 1, of: 3, chance: 0) == 0)
    }

    @Test func `A negative binomial of mean 1 and variance 2 is geometric: each one more halves the chance`() {
        for count in 0...60 {
            let chance = CountTails.negativeBinomial(atLeast: count, mean: 1, variance: 2)
            #expect(isClose(chance, 1 / Double(1 << count)))
        }
        #expect(CountTails.negativeBinomial(atLeast: 5000, mean: 1, variance: 2) == 0)
    }

    @Test func `Without more variance than mean it is Poisson`() {
        #expect(isClose(CountTails.negativeBinomial(atLeast: 1, mean: 1, variance: 0), 0.632_120_558_828_557_678))
        #expect(isClose(CountTails.negativeBinomial(atLeast: 3, mean: 2, variance: 2), 0.323_323_583_816_936_536))
    }

    @Test func `A gap in a Pareto tail of index 2`() throws {
        // The counts at ranks 2 to 51 fall as the root of the rank: an index near 2 by Hill's estimate.
        let below = (2...200).map { 10_000 / Double($0).squareRoot() }.map { Int($0) }
        let chance = try #require(CountTail(counts: below + [below[0] * 10]).chanceOfGap(below: 1))
        #expect(chance > 0.003 && chance < 0.012)  // 10 to the power of −2.05 to −2.4
        #expect(CountTail(counts: [5, 5, 5]).chanceOfGap(below: 1) == nil)
        #expect(CountTail(counts: Array(repeating: 5, count: 100)).chanceOfGap(below: 1) == nil)
    }
}
