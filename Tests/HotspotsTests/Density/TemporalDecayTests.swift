import Hotspots
import SimpleFeatures
import Testing

@Suite struct TemporalDecayTests {
    @Test func `Weights halve with every half-life`() throws {
        let weights = try TemporalDecay(halfLifeDays: 30).weights(ofAges: [0, 30, 60, 45, 1e9])
        #expect(weights[0...2] == [1, 0.5, 0.25])
        #expect(abs(weights[3] - 0.3535533905932738) < 1e-15)
        #expect(weights[4] == 0)
    }

    @Test func `Incidents of the future or of no known day are dropped and counted`() throws {
        let pattern = try TemporalDecay(halfLifeDays: 10).pattern(
            x: [1, 2, 3, 4], y: [1, 2, 3, 4], ages: [10, -1, .nan, 0], weights: [6, 1, 1, 2], crs: DensityFixture.crs)
        #expect(pattern.weight == [3, 2])
        #expect((pattern.count, pattern.dropped) == (2, 2))
    }

    @Test func `Half-lives must be above 0, and columns equally long`() throws {
        for days in [0, -3, Double.infinity, .nan] {
            #expect(throws: HotspotError.self) { try TemporalDecay(halfLifeDays: days).weights(ofAges: [1]) }
        }
        #expect(
            HotspotError.parameterOutOfRange(name: "half-life", must: "be above 0 days", found: -3).description
                == "the half-life must be above 0 days, but is -3.0")
        #expect(throws: HotspotError.columnsDiffer(x: 1, y: 1, weights: 2)) {
            try TemporalDecay(halfLifeDays: 3).pattern(x: [1], y: [1], ages: [1, 2], crs: DensityFixture.crs)
        }
        #expect(try TemporalDecay(halfLifeDays: 3).weights(ofAges: []).isEmpty)
    }
}
