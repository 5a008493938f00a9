import Hotspots
import SimpleFeatures
import Statistics
import TestSupport
import Testing

@Suite struct GlobalAssociationTests {
    private static func weights(_ rule: String, _ scaling: SpatialWeights.Scaling = .none) throws -> SpatialWeights {
        try SpatialWeights(rule == "rook" ? .rook() : .queen(), over: AssociationFixture.mask(6, 5), scaling: scaling)
    }

    @Test func `The examples of the global statistics run`() throws {
        let weights = try Self.weights("queen")
        let rates = LatticeReference.values
        let moran = try GlobalMoran().test(of: rates, weights: weights)
        let geary = try GearyC().test(of: rates, weights: weights)
        let general = try GeneralG().test(of: rates, weights: weights)
        #expect(moran.z > 4 && geary.z > 3 && general.z > 3)
        #expect(moran.warnings.isEmpty && moran.hypothesis == .randomisation)
    }

    @Test(arguments: ["rook b", "rook r", "queen b", "queen r"])
    func `Moran and Geary agree with esda under both hypotheses`(name: String) throws {
        let parts = name.split(separator: " ")
        let weights = try Self.weights(String(parts[0]), parts[1] == "r" ? .rowStandardised : .none)
        let expected = try #require(LatticeReference.global[name])
        let x = LatticeReference.values
        let random = try GlobalMoran().test(of: x, weights: weights)
        let normal = try GlobalMoran(hypothesis: .normality).test(of: x, weights: weights)
        #expect(agree([random.statistic, random.variance, normal.variance], Array(expected[..<3]), within: 1e-11))
        #expect(random.expected == -1 / 29.0)
        let geary = try GearyC().test(of: x, weights: weights)
        let gearyNormal = try GearyC(hypothesis: .normality).test(of: x, weights: weights)
        #expect(agree([geary.statistic, geary.variance, gearyNormal.variance], Array(expected[3...]), within: 1e-11))
        #expect(abs(geary.z - (1 - geary.statistic) / geary.variance.squareRoot()) < 1e-12)
        #expect(geary.p == NormalDistribution.twoSidedP(geary.z))
    }

    @Test(arguments: ["rook", "queen"])
    func `General G agrees with esda`(rule: String) throws {
        let result = try GeneralG().test(of: LatticeReference.values, weights: Self.weights(rule))
        let values = [result.statistic, result.expected, result.variance, result.z]
        #expect(agree(values, LatticeReference.generalG[rule] ?? [], within: 1e-9))
    }

    /// Values 1, 2, 3, 6 in a row: z = −2, −1, 0, 3, Σz² = 14; neighbours' products 2, 0, 0, each twice; S₀ = 6.
    @Test func `A row of four can be worked by hand`() throws {
        let weights = try SpatialWeights(.rook(), over: AssociationFixture.mask(4, 1))
        let x: [Double] = [1, 2, 3, 6]
        #expect(abs(try GlobalMoran().test(of: x, weights: weights).statistic - 4.0 / 6 * 4 / 14) < 1e-15)
        // Squared differences 1, 1, 9, each twice: 3 / 12 · 22 / 14.
        #expect(abs(try GearyC().test(of: x, weights: weights).statistic - 3.0 / 12 * 22 / 14) < 1e-15)
        // Products 2, 6, 18, each twice, over 12² − 50.
        #expect(abs(try GeneralG().test(of: x, weights: weights).statistic - 52.0 / 94) < 1e-15)
    }

    /// All 120 arrangements of five values: their mean and variance are the expectation and variance themselves.
    @Test func `Moments are those of all arrangements`() throws {
        let weights = try SpatialWeights(.nearest(2), over: AssociationFixture.mask(5, 1))
        let x: [Double] = [0, 1, 4, 2, 11]
        let deals = Self.arrangements(x)
        #expect(deals.count == 120)
        func check(_ test: ([Double]) throws -> GlobalAssociation) throws {
            let results = try deals.map { try test($0) }
            let mean = results.reduce(0) { $0 + $1.statistic } / 120
            let variance = results.reduce(0) { $0 + ($1.statistic - mean) * ($1.statistic - mean) } / 120
            #expect(abs(results[0].expected - mean) < 1e-12 && abs(results[0].variance - variance) < 1e-12)
        }
        try check { try GlobalMoran().test(of: $0, weights: weights) }
        try check { try GearyC().test(of: $0, weights: weights) }
        try check { try GeneralG().test(of: $0, weights: weights) }
    }

    private static func arrangements(_ values: [Double]) -> [[Double]] {
        guard let first = values.first else { return [[]] }
        return arrangements(Array(values.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test func `Permutations tend to the moments and are the same on any number of threads`() throws {
        let weights = try Self.weights("queen")
        let permutations = Permutations(count: 1999, seed: 4)
        for threads in [1, 2] {
            let result = try GlobalMoran(permutations: permutations).test(
                of: LatticeReference.values, weights: weights, threads: threads)
            let permuted = try #require(result.permuted)
            #expect(abs(permuted.mean - result.expected) < 4 * (result.variance / 1999).squareRoot())
            #expect(abs(permuted.variance / result.variance - 1) < 0.2)
            #expect(permuted.p < 0.005)
            #expect(
                permuted
                    == (try GlobalMoran(permutations: permutations).test(
                        of: LatticeReference.values, weights: weights)).permuted)
        }
        #expect(throws: HotspotError.cancelled) {
            try GearyC(permutations: permutations).test(
                of: LatticeReference.values, weights: weights, progress: { _ in false })
        }
    }

    @Test func `Degenerate input is refused`() throws {
        let weights = try Self.weights("rook")
        let same = [Double](repeating: 1, count: 30)
        #expect(throws: HotspotError.noVariation(1)) { try GlobalMoran().test(of: same, weights: weights) }
        #expect(throws: HotspotError.noVariation(1)) { try GearyC().test(of: same, weights: weights) }
        #expect(throws: HotspotError.noVariation(1)) { try GeneralG().test(of: same, weights: weights) }
        var x = LatticeReference.values
        x[4] = -1
        #expect(throws: HotspotError.valueNotUsable(unit: 4, value: -1, needed: "0 or more")) {
            try GeneralG().test(of: x, weights: weights)
        }
        let one = [Double](repeating: 0, count: 29) + [5]
        #expect(throws: HotspotError.noVariation(0)) { try GeneralG().test(of: one, weights: weights) }
        #expect(try GlobalMoran().test(of: one, weights: weights).z.isFinite)
        #expect(throws: HotspotError.self) { try GlobalMoran().test(of: [], weights: weights) }
        x[4] = .nan
        #expect(throws: HotspotError.self) { try GearyC().test(of: x, weights: weights) }
        let alone = try SpatialWeights(.distanceBand(.metres(5)), over: AssociationFixture.mask(6, 5))
        #expect(throws: HotspotError.noNeighbours(units: 30)) {
            try GlobalMoran().test(of: LatticeReference.values, weights: alone)
        }
        let all = try SpatialWeights(.distanceBand(.kilometres(5)), over: AssociationFixture.mask(6, 5))
        #expect(throws: HotspotError.self) { try GlobalMoran().test(of: LatticeReference.values, weights: all) }
        let three = try SpatialWeights(.rook(), over: AssociationFixture.mask(3, 1))
        #expect(throws: HotspotError.tooFewUnits(needed: 4, found: 3)) {
            try GlobalMoran().test(of: [1, 2, 3], weights: three)
        }
        #expect(throws: HotspotError.permutationsOutOfRange(0)) {
            try GeneralG(permutations: Permutations(count: 0)).test(of: LatticeReference.values, weights: weights)
        }
    }
}
