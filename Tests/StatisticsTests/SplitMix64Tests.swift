import Statistics
import Testing

@Suite struct SplitMix64Tests {
    /// The sequence that Rosetta Code's task *Pseudo-random numbers/Splitmix64* prescribes for this seed.
    @Test func `A seed gives the published sequence`() {
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func `Units lie in the half-open interval and average a half`() {
        var generator = SplitMix64(seed: 7)
        let draws = (0..<20_000).map { _ in generator.unit() }
        #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
        // Standard error of the mean: 0.289 / √20000 = 0.002.
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 0.01)
    }

    @Test func `Every number below a bound comes equally often`() {
        var generator = SplitMix64(seed: 99)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[Int(generator.next(below: 7))] += 1 }
        // χ² with 6 degrees of freedom stays below 22.46 in 999 of 1000 cases.
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
        #expect(chiSquare < 22.46)
        #expect(generator.next(below: 0) == 0)
        #expect(generator.next(below: 1) == 0)
    }

    @Test func `A permutation holds every number once and every order is equally likely`() {
        var generator = SplitMix64(seed: 5)
        #expect(generator.permutation(of: 1000).sorted() == Array(0..<1000))
        #expect(generator.permutation(of: 0).isEmpty)
        #expect(generator.permutation(of: -3).isEmpty)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6000 { counts[generator.permutation(of: 3), default: 0] += 1 }
        // Six orders; χ² with 5 degrees of freedom stays below 20.52 in 999 of 1000 cases.
        #expect(counts.count == 6)
        #expect(counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 } < 20.52)
    }
}
