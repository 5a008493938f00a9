import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct LocalMoranTests {
    @Test func `The example of LocalMoran runs`() throws {
        let colonias = AssociationFixture.squares(6, 5)
        let weights = try SpatialWeights(.queen(), of: colonias, scaling: .rowStandardised)
        let result = try LocalMoran().associations(of: LatticeReference.values, weights: weights)
        #expect(result.classes.count == 30 && result.warnings.isEmpty)
    }

    /// Values 1, 2, 6: z = −2, −1, 3, Σz² = 14, m₂ = 7; lags −1, ½ and −1.
    @Test func `A row of three can be worked by hand`() throws {
        let weights = try SpatialWeights(.rook(), over: AssociationFixture.mask(3, 1), scaling: .rowStandardised)
        let result = try LocalMoran(correction: nil).associations(of: [1, 2, 6], weights: weights)
        #expect(agree(result.i, [2 / 7.0, -0.5 / 7, -3 / 7.0], within: 1e-15))
        #expect(agree(result.lag, [-1, 0.5, -1], within: 1e-15))
        let other = try LocalMoran(divisor: .units).associations(of: [1, 2, 6], weights: weights)
        #expect(agree(other.i, [3 / 7.0, -0.75 / 7, -4.5 / 7], within: 1e-15))
        // The middle one's neighbours are always the two others.
        #expect(result.p[1] == 1 && result.z[1] == 0)
        #expect(result.classes.allSatisfy { $0 == .notSignificant })
    }

    @Test(arguments: ["rook", "queen"])
    func `Values on the lattice agree with esda`(rule: String) throws {
        let mask = try AssociationFixture.mask(6, 5)
        let weights = try SpatialWeights(
            rule == "rook" ? .rook() : .queen(), over: mask, scaling: .rowStandardised)
        let result = try LocalMoran(inference: .randomisation).associations(
            of: LatticeReference.values, weights: weights)
        #expect(agree(result.i, LatticeReference.localI[rule] ?? [], within: 1e-10))
        #expect(agree(result.z, LatticeReference.localZ[rule] ?? [], within: 1e-10))
    }

    /// See the same test of ``GetisOrd``.
    @Test func `Directed p tends to what esda finds with 99,999 permutations`() throws {
        let weights = try SpatialWeights(.queen(), over: AssociationFixture.mask(6, 5), scaling: .rowStandardised)
        let permutations = Permutations(count: 20_000, seed: 3, alternative: .directed)
        let result = try LocalMoran(inference: .permutation(permutations)).associations(
            of: LatticeReference.withoutTies, weights: weights)
        #expect(agree(result.p, LatticeReference.localP, within: 0.012))
    }

    /// Each unit dealt its neighbours anew, from all the others.
    @Test func `Shared draws give the shares that separate draws give`() throws {
        let mask = try AssociationFixture.mask(5, 4)
        let x = AssociationFixture.random(20, seed: 6)
        let n = 20.0
        let mean = x.reduce(0, +) / n
        let rules: [NeighbourRule] = [.queen(), .inverseDistance(within: .metres(210))]
        for rule in rules {
            let weights = try SpatialWeights(rule, over: mask)
            let result = try LocalMoran(inference: .permutation(Permutations(count: 5000, seed: 1))).associations(
                of: x, weights: weights)
            var random = SeededGenerator(seed: 12)
            for unit in 0..<20 {
                let links = weights.starts[unit]..<weights.starts[unit + 1]
                let own = links.map { weights.weights[$0] }
                let observed = zip(own, links).reduce(0) { $0 + $1.0 * (x[Int(weights.neighbours[$1.1])] - mean) }
                let expected = -own.reduce(0, +) * (x[unit] - mean) / (n - 1)
                var far = 0
                for _ in 0..<5000 {
                    var others = Array(x.indices.filter { $0 != unit })
                    var sum = 0.0
                    for place in own.indices {
                        others.swapAt(place, Int.random(in: place..<others.count, using: &random))
                        sum += own[place] * (x[others[place]] - mean)
                    }
                    if abs(sum - expected) >= abs(observed - expected) - 1e-9 { far += 1 }
                }
                #expect(abs(result.p[unit] - Double(far + 1) / 5001) < 0.04)
            }
        }
    }

    @Test func `Classes tell which way a unit and its neighbours lie`() throws {
        let mask = try AssociationFixture.mask(12, 12)
        var x = [Double](repeating: 0, count: 144)
        for cell in x.indices {
            let number = cell % 12 < 6 ? 10 + cell % 5 : cell % 3
            x[cell] = Double(number)
        }
        x[12 * 5 + 2] = 0
        x[12 * 5 + 9] = 14
        let weights = try SpatialWeights(.queen(), over: mask, scaling: .rowStandardised)
        let result = try LocalMoran().associations(of: x, weights: weights)
        #expect(result.classes[12 * 2 + 2] == .highHigh && result.classes[12 * 2 + 9] == .lowLow)
        #expect(result.classes[12 * 5 + 2] == .lowHigh && result.classes[12 * 5 + 9] == .highLow)
        #expect(result.q[0] >= result.p[0])
    }

    @Test func `Units without neighbours have no result`() throws {
        let mask = try AssociationFixture.mask(6, 6, outside: [1, 6, 7])
        let weights = try SpatialWeights(.queen(), over: mask, scaling: .rowStandardised)
        let result = try LocalMoran().associations(of: AssociationFixture.random(33, seed: 3), weights: weights)
        #expect(result.islands == [0] && result.classes[0] == .noNeighbours && result.i[0].isNaN && result.p[0].isNaN)
        #expect(result.p.dropFirst().allSatisfy(\.isFinite) && result.warnings == [.islands(1)])
    }

    /// esda 2.9.0, `Moran_Local_Rate` ; printed by `tools/reference/association.py`.
    @Test func `Rates are standardised as esda does where areas differ by more than chance`() throws {
        let events: [Double] = [30, 25, 25, 5, 60, 21, 30, 20]
        let populations: [Double] = [100, 100, 110, 90, 100, 90, 110, 90]
        let weights = try SpatialWeights(.rook(), over: AssociationFixture.mask(4, 2), scaling: .rowStandardised)
        let result = try LocalMoran().associations(ofEvents: events, populations: populations, weights: weights)
        let expected = [
            0.199122181748, 0.0149550174112, 0.145588632449, 0.422909352613, -0.0512785894765, -0.166059539911,
            -0.00431995166388, 0.219167541203,
        ]
        #expect(agree(result.i, expected, within: 1e-10))
        for bad in [0, -1, Double.nan] {
            var people = populations
            people[2] = bad
            #expect(throws: HotspotError.self) {
                try LocalMoran().associations(ofEvents: events, populations: people, weights: weights)
            }
        }
        #expect(throws: HotspotError.self) {
            try LocalMoran().associations(
                ofEvents: [Double](repeating: 0, count: 8), populations: populations, weights: weights)
        }
    }

    /// Rates 0.1, 0.12, 0.1 and 0.09 among 100, 50, 200 and 100: chance alone explains more than the variance between
    /// them, so each counts in standard deviations of chance, √(b/P).
    @Test func `Where chance explains all, rates are told apart by chance alone`() throws {
        let events = [10.0, 6, 20, 9]
        let populations = [100.0, 50, 200, 100]
        let overall = 45.0 / 450
        let standardised = zip(events, populations).map { ($0 / $1 - overall) / (overall / $1).squareRoot() }
        let weights = try SpatialWeights(.rook(), over: AssociationFixture.mask(4, 1), scaling: .rowStandardised)
        let rates = try LocalMoran().associations(ofEvents: events, populations: populations, weights: weights)
        let values = try LocalMoran().associations(of: standardised, weights: weights)
        #expect(agree(rates.i, values.i, within: 1e-12))
    }

    @Test func `One thread and two give the same, and work can be given up`() throws {
        let mask = try AssociationFixture.mask(60, 60)
        let weights = try SpatialWeights(.inverseDistance(within: .metres(200)), over: mask)
        let x = AssociationFixture.random(3600, seed: 7)
        let method = LocalMoran(inference: .permutation(Permutations(count: 19)))
        let one = try method.associations(of: x, weights: weights, threads: 1)
        let two = try method.associations(of: x, weights: weights, threads: 2)
        #expect(bits(one.p) == bits(two.p) && bits(one.i) == bits(two.i))
        #expect(throws: HotspotError.cancelled) {
            try method.associations(of: x, weights: weights, progress: { _ in false })
        }
        #expect(one.warnings.contains(.permutationsTooFew(count: 19)))
    }

    @Test func `Degenerate input is refused`() throws {
        let mask = try AssociationFixture.mask(3, 3)
        let weights = try SpatialWeights(.rook(), over: mask)
        let x = AssociationFixture.random(9, seed: 1)
        let method = LocalMoran()
        #expect(throws: HotspotError.noVariation(4)) {
            try method.associations(of: [Double](repeating: 4, count: 9), weights: weights)
        }
        #expect(throws: HotspotError.noNeighbours(units: 9)) {
            try method.associations(of: x, weights: SpatialWeights(.distanceBand(.metres(9)), over: mask))
        }
        #expect(throws: HotspotError.tooFewUnits(needed: 3, found: 0)) {
            try method.associations(of: [], weights: SpatialWeights(.queen(), of: []))
        }
        for count in [0, -1, 1_000_000] {
            #expect(throws: HotspotError.permutationsOutOfRange(count)) {
                try LocalMoran(inference: .permutation(Permutations(count: count))).associations(
                    of: x, weights: weights)
            }
        }
        // Everyone is everyone's neighbour: every deal is the same.
        let all = try SpatialWeights(.distanceBand(.kilometres(1)), over: mask)
        let result = try method.associations(of: x, weights: all)
        #expect(result.p.allSatisfy { $0 == 1 } && result.z.allSatisfy { $0 == 0 })
    }
}
