import Statistics
import Testing

struct WilsonIntervalTests {
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func `The intervals that Newcombe (1998) published in table I, method 3, come out`(
        successes: Int, trials: Int, low: Double, high: Double
    ) throws {
        let interval = try #require(WilsonInterval(successes: successes, of: trials))
        #expect(abs(interval.low - low) < 0.00005)
        #expect(abs(interval.high - high) < 0.00005)
    }

    @Test func `At the ends of the interval the proportion seen lies just as many standard errors off`() throws {
        for (successes, trials) in [(1, 7), (40, 41), (850, 1000), (3, 100_000)] {
            let interval = try #require(WilsonInterval(successes: successes, of: trials))
            let share = Double(successes) / Double(trials)
            for end in [interval.low, interval.high] {
                let error = (end * (1 - end) / Double(trials)).squareRoot()
                #expect(abs(abs(share - end) / error - WilsonInterval.z95) < 1e-9)
            }
        }
    }

    @Test func `None and all end exactly at 0 and 1, and what is no proportion has no interval`() throws {
        #expect(try #require(WilsonInterval(successes: 0, of: 3)).low == 0)
        #expect(try #require(WilsonInterval(successes: 3, of: 3)).high == 1)
        #expect(try #require(WilsonInterval(successes: .max, of: .max)).high == 1)
        #expect(WilsonInterval(successes: 0, of: 0) == nil)
        #expect(WilsonInterval(successes: 4, of: 3) == nil)
        #expect(WilsonInterval(successes: -1, of: 3) == nil)
        #expect(WilsonInterval(successes: 1, of: 3, z: .nan) == nil)
        #expect(try #require(WilsonInterval(successes: 1, of: 4, z: 0)).contains(0.25))
    }
}
