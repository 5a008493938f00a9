import Grids
import Hotspots
import SimpleFeatures
import Statistics
import TestSupport
import Testing

@Suite struct GetisOrdTests {
    @Test func `The example of GetisOrd runs`() throws {
        let mask = try AssociationFixture.mask(12, 12)
        var counts = [Double](repeating: 1, count: 144)
        for cell in [65, 66, 77, 78] { counts[cell] = 20 }
        let result = try GetisOrd().hotSpots(of: counts, over: mask, within: .metres(300))
        let hot = result.significance().classes.count { $0.isHot }
        #expect(hot > 4 && hot < 50)
        #expect(result.warnings.isEmpty && result.units == 144 && result.islands == 0)
    }

    /// The values of `methods.md`'s source, PySAL's `esda.G_Local` documentation, with the weights left binary.
    @Test func `The six points have the scores that are known`() throws {
        let expected = [-1.3973, -0.2892, 0.6506, -0.2892, 1.2345, 2.0242]
        for scaling in SpatialWeights.Scaling.allCases {
            for includesSelf in [false, true] {
                let weights = try SpatialWeights(
                    .distanceBand(.metres(15)), among: AssociationFixture.sixPlaces, scaling: scaling,
                    includesSelf: includesSelf)
                let result = try GetisOrd().hotSpots(of: AssociationFixture.sixValues, weights: weights)
                #expect(agree(result.z, expected, within: 5e-5))
                #expect(result.warnings == [.fewUnits(6)])
            }
        }
    }

    /// esda 2.9.0, `tools/reference/association.py`.
    @Test func `Gi leaves the point out`() throws {
        let weights = try SpatialWeights(.distanceBand(.metres(15)), among: AssociationFixture.sixPlaces)
        let expected = [
            -1.01367289855, -0.0436158942017, 1.31558702896, -0.314126758205, 1.15373985811, 1.77833940862,
        ]
        let z = try GetisOrd(form: .gi).hotSpots(of: AssociationFixture.sixValues, weights: weights).z
        #expect(agree(z, expected, within: 1e-10))
    }

    @Test(arguments: ["rook", "queen"])
    func `Scores on the lattice agree with esda`(rule: String) throws {
        let mask = try AssociationFixture.mask(6, 5)
        let weights = try SpatialWeights(rule == "rook" ? .rook() : .queen(), over: mask)
        let star = try GetisOrd().hotSpots(of: LatticeReference.values, weights: weights)
        let gi = try GetisOrd(form: .gi).hotSpots(of: LatticeReference.values, weights: weights)
        #expect(agree(star.z, LatticeReference.giStar[rule] ?? [], within: 1e-10))
        #expect(agree(gi.z, LatticeReference.gi[rule] ?? [], within: 1e-10))
        // Rook and queen neighbours of cells are those within one side, and within one diagonal.
        let cells = try GetisOrd().hotSpots(
            of: LatticeReference.values, over: mask, within: .metres(rule == "rook" ? 100 : 142))
        #expect(agree(cells.z, star.z, within: 1e-12))
    }

    /// 3 cells in a row with 0, 0, 3 and the middle one's neighbours all: n = 3, mean 1, S² = 2; with a reach of one cell
    /// the first sums 0 + 0 of 2 cells: z = (0 − 2) / √(2 · (6 − 4) / 2).
    @Test func `A row of three cells can be worked by hand`() throws {
        let result = try GetisOrd().hotSpots(of: [0, 0, 3], over: AssociationFixture.mask(3, 1), within: .metres(100))
        #expect(agree(result.z, [-2.0.squareRoot(), .nan, 1 / 2.0.squareRoot()], within: 1e-15))
        let significance = result.significance()
        #expect(significance.p[1].isNaN && significance.q[1].isNaN)
        #expect(significance.classes == [.notSignificant, .notSignificant, .notSignificant])
    }

    @Test(arguments: [(GetisOrd.Form.giStar, 1.0), (.giStar, 0.37), (.gi, 1), (.gi, 0.37)])
    func `Cells swept by discs agree with weights, whatever is outside`(form: GetisOrd.Form, scale: Double) throws {
        for (seed, reach) in [(1, 100.0), (2, 300), (3, 450.5), (4, 5000), (5, 99)] as [(UInt64, Double)] {
            var random = SeededGenerator(seed: seed)
            let outside = seed == 2 ? [] : Set((0..<40).map { _ in Int.random(in: 0..<17 * 11, using: &random) })
            let mask = try AssociationFixture.mask(17, 11, outside: outside)
            var values = AssociationFixture.random(17 * 11, seed: seed).map { $0 * scale }
            let inside = mask.insideCells.map { values[$0] }
            for cell in outside { values[cell] = cell.isMultiple(of: 2) ? .nan : 1000 }
            let swept = try GetisOrd(form: form).hotSpots(of: values, over: mask, within: .metres(reach))
            let weights = try SpatialWeights(.distanceBand(.metres(reach)), over: mask)
            let summed = try GetisOrd(form: form).hotSpots(of: inside, weights: weights)
            #expect(agree(mask.insideCells.map { swept.z[$0] }, summed.z, within: 1e-11))
            #expect(outside.allSatisfy { swept.z[$0].isNaN })
            #expect(swept.islands == summed.islands && swept.units == summed.units)
        }
    }

    /// The definition, sum by sum.
    @Test func `Scores with any weights agree with the formula`() throws {
        let mask = try AssociationFixture.mask(7, 6)
        let x = AssociationFixture.random(42, seed: 8)
        let n = 42.0
        for rule in [
            NeighbourRule.inverseDistance(within: .metres(250)), .kernel(.quartic, bandwidth: .metres(260)),
            .nearest(4),
        ] {
            let weights = try SpatialWeights(rule, over: mask, includesSelf: true)
            let mean = x.reduce(0, +) / n
            let s = (x.reduce(0) { $0 + $1 * $1 } / n - mean * mean).squareRoot()
            let expected = (0..<42).map { unit in
                var (sum, weight, squared) = (0.0, 0.0, 0.0)
                for link in weights.starts[unit]..<weights.starts[unit + 1] {
                    sum += weights.weights[link] * x[Int(weights.neighbours[link])]
                    weight += weights.weights[link]
                    squared += weights.weights[link] * weights.weights[link]
                }
                return (sum - mean * weight) / (s * ((n * squared - weight * weight) / (n - 1)).squareRoot())
            }
            #expect(agree(try GetisOrd().hotSpots(of: x, weights: weights).z, expected, within: 1e-11))
        }
    }

    @Test func `Counts of millions keep every digit`() throws {
        let mask = try AssociationFixture.mask(20, 20)
        let small = AssociationFixture.random(400, seed: 4)
        let near = try GetisOrd().hotSpots(of: small, over: mask, within: .metres(300)).z
        let far = try GetisOrd().hotSpots(of: small.map { $0 + 2_000_000 }, over: mask, within: .metres(300)).z
        #expect(agree(near, far, within: 1e-7))
        let negative = try GetisOrd().hotSpots(of: small.map { -$0 }, over: mask, within: .metres(300)).z
        #expect(agree(near, negative.map { -$0 }, within: 1e-12))
    }

    /// esda's pseudo p is directed. 20,000 draws give a share of ½ to within 0.012 in all but one of 700 cases.
    @Test func `Directed p tends to what esda finds with 99,999 permutations`() throws {
        let mask = try AssociationFixture.mask(6, 5)
        let weights = try SpatialWeights(.queen(), over: mask)
        let permutations = Permutations(count: 20_000, seed: 11, alternative: .directed)
        let result = try GetisOrd(permutations: permutations).hotSpots(
            of: LatticeReference.withoutTies, weights: weights)
        #expect(agree(result.permutedP ?? [], LatticeReference.giStarP, within: 0.012))
        let cells = try GetisOrd(permutations: permutations).hotSpots(
            of: LatticeReference.withoutTies, over: mask, within: .metres(142))
        #expect(bits(cells.permutedP ?? []) == bits(result.permutedP ?? []))
    }

    @Test func `Permutations are the same on any number of threads, and can be given up`() throws {
        let mask = try AssociationFixture.mask(70, 70)
        let x = AssociationFixture.random(4900, seed: 2)
        let method = GetisOrd(permutations: Permutations(count: 99, seed: 5))
        let one = try method.hotSpots(of: x, over: mask, within: .metres(200), threads: 1)
        let two = try method.hotSpots(of: x, over: mask, within: .metres(200), threads: 2)
        #expect(bits(one.permutedP ?? []) == bits(two.permutedP ?? []))
        #expect((one.permutedP ?? []).allSatisfy { $0 >= 0.01 && $0 <= 1 })
        #expect(throws: HotspotError.cancelled) {
            try method.hotSpots(of: x, over: mask, within: .metres(200), progress: { _ in false })
        }
    }

    @Test func `Classes follow q and the sign`() {
        #expect(HotSpotClass(z: 3, q: 0.01) == .hot99 && HotSpotClass(z: -3, q: 0.05) == .cold95)
        #expect(HotSpotClass(z: 3, q: 0.1) == .hot90 && HotSpotClass(z: 3, q: 0.11) == .notSignificant)
        #expect(HotSpotClass(z: .nan, q: .nan) == .notSignificant && HotSpotClass(z: 0, q: 0) == .notSignificant)
    }

    @Test func `Degenerate input is refused or answered`() throws {
        let mask = try AssociationFixture.mask(4, 4)
        let reach = Length.metres(100)
        let method = GetisOrd()
        #expect(throws: HotspotError.noVariation(2)) {
            try method.hotSpots(of: [Double](repeating: 2, count: 16), over: mask, within: reach)
        }
        #expect(throws: HotspotError.noVariation(0.1)) {
            try method.hotSpots(of: [Double](repeating: 0.1, count: 16), over: mask, within: reach)
        }
        #expect(throws: HotspotError.valuesDiffer(units: 16, values: 0)) {
            try method.hotSpots(of: [], over: mask, within: reach)
        }
        for bad in [Double.nan, .infinity, 1e200] {
            var values = AssociationFixture.random(16, seed: 1)
            values[7] = bad
            #expect(throws: HotspotError.self) { try method.hotSpots(of: values, over: mask, within: reach) }
            let weights = try SpatialWeights(.rook(), over: mask)
            #expect(throws: HotspotError.self) { try method.hotSpots(of: values, weights: weights) }
        }
        let values = AssociationFixture.random(16, seed: 1)
        #expect(throws: HotspotError.tooFewUnits(needed: 3, found: 2)) {
            try method.hotSpots(of: values, over: AssociationFixture.mask(4, 4, outside: Set(0..<14)), within: reach)
        }
        for length in [Length.metres(0), .metres(.nan), .metres(-1)] {
            #expect(throws: HotspotError.self) { try method.hotSpots(of: values, over: mask, within: length) }
        }
        #expect(throws: HotspotError.permutationsOutOfRange(0)) {
            try GetisOrd(permutations: Permutations(count: 0)).hotSpots(of: values, over: mask, within: reach)
        }
        // Alone with themselves: Gi* is the value itself, Gi says nothing.
        let alone = try method.hotSpots(of: values, over: mask, within: .metres(50))
        #expect(alone.islands == 16 && alone.z.allSatisfy(\.isFinite))
        let others = try GetisOrd(form: .gi, permutations: Permutations(count: 9)).hotSpots(
            of: values, over: mask, within: .metres(50))
        #expect(others.z.allSatisfy(\.isNaN) && (others.permutedP ?? []).allSatisfy(\.isNaN))
        #expect(others.significance().classes.allSatisfy { $0 == .notSignificant })
        // All in one neighbourhood: no arrangement differs from another.
        #expect(try method.hotSpots(of: values, over: mask, within: .kilometres(9)).z.allSatisfy(\.isNaN))
    }
}
