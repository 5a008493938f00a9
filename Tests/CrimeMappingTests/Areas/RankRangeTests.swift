import Statistics
import Testing

@testable import CrimeMapping

@Suite struct RankRangeTests {
    @Test func `What is far apart has one rank, what is near has several`() throws {
        let counts = [1000, 100, 96, 10, 0]
        let exposures: [Double?] = [1, 1, 1, 1, 1]
        let ranges = try counts.indices.map { try #require(RankRange(of: $0, counts: counts, exposures: exposures)) }
        #expect(ranges.map(\.rank) == [1, 2, 3, 4, 5])
        // By hand from Garwood's limits at 0.95^(1/5): (921–1083), (76–129), (72–124), (3.6–21.7), (0–5.3).
        #expect(ranges.map(\.best) == [1, 2, 2, 4, 4])
        #expect(ranges.map(\.worst) == [1, 3, 3, 5, 5])
        #expect(ranges.allSatisfy { $0.of == 5 })
    }

    @Test func `Areas without a denominator are not ranked`() throws {
        #expect(RankRange(of: 0, counts: [5, 9], exposures: [nil, 1]) == nil)
        #expect(RankRange(of: 0, counts: [5, 9], exposures: [0, 1]) == nil)
        #expect(RankRange(of: 7, counts: [5, 9], exposures: [1, 1]) == nil)
        let alone = try #require(RankRange(of: 1, counts: [5, 9], exposures: [nil, 1]))
        #expect(alone.rank == 1 && alone.best == 1 && alone.worst == 1 && alone.of == 1)
    }

    @Test func `The rank always lies in its range`() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<20 {
            let counts = (0..<12).map { _ in Int(generator.next(below: 60)) }
            let exposures: [Double?] = (0..<12).map { _ in 0.5 + generator.unit() }
            for place in counts.indices {
                let range = try #require(RankRange(of: place, counts: counts, exposures: exposures))
                #expect(range.best <= range.rank && range.rank <= range.worst)
            }
        }
    }
}
