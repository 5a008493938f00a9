import Statistics
import TestSupport
import Testing

@Suite struct FalseDiscoveryTests {
    @Test func `The example of FalseDiscovery runs`() {
        #expect(FalseDiscovery.benjaminiHochberg.adjusted([0.01, 0.04, 0.03, 0.005]) == [0.02, 0.04, 0.04, 0.02])
        #expect(FalseDiscovery.bonferroni.adjusted([0.01, 0.04, 0.03, 0.5]) == [0.04, 0.16, 0.12, 1])
    }

    /// SciPy 1.17.1, `false_discovery_control`; printed by `tools/reference/association.py`.
    @Test(arguments: [
        (
            FalseDiscovery.benjaminiHochberg,
            [0.04, 0.04, 0.266666666667, 0.064, 0.571428571429, 0.024, 0.04, 0.8]
        ),
        (
            .benjaminiYekutieli,
            [0.108714285714, 0.108714285714, 0.724761904762, 0.173942857143, 1, 0.0652285714286, 0.108714285714, 1]
        ),
    ])
    func `Adjusted values agree with SciPy`(correction: FalseDiscovery, expected: [Double]) {
        let q = correction.adjusted([0.01, 0.02, 0.2, 0.04, 0.5, 0.003, 0.02, 0.8])
        for (q, expected) in zip(q, expected) { #expect(abs(q - expected) < 1e-11) }
    }

    /// Benjamini & Hochberg (1995), section 3.2: of their 15 p-values, four are rejected at 0.05, and three by Bonferroni.
    @Test func `The thrombolysis example of the paper rejects the four hypotheses it says`() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.000,
        ]
        #expect(FalseDiscovery.benjaminiHochberg.adjusted(p).count { $0 <= 0.05 } == 4)
        #expect(FalseDiscovery.bonferroni.adjusted(p).count { $0 <= 0.05 } == 3)
    }

    @Test func `Random values agree with the definition in any order`() {
        var random = SeededGenerator(seed: 3)
        for count in [1, 2, 7, 40] {
            let p = (0..<count).map { _ in Double(Int.random(in: 1...30, using: &random)) / 30 }
            // The least of p' m / #{≤ p'} over all p' that are at least p.
            let expected = p.map { p1 in
                p.filter { $0 >= p1 }.map { p2 in p2 * Double(count) / Double(p.count { $0 <= p2 }) }.min() ?? 1
            }
            let q = FalseDiscovery.benjaminiHochberg.adjusted(p)
            for (q, expected) in zip(q, expected) { #expect(abs(q - expected) < 1e-14) }
            #expect(Array(FalseDiscovery.benjaminiHochberg.adjusted(p.reversed()).reversed()) == q)
        }
    }

    @Test(arguments: FalseDiscovery.allCases)
    func `What was not tested stays out of the count`(correction: FalseDiscovery) {
        let q = correction.adjusted([.nan, 0.01, .nan, 0.03])
        #expect(q[0].isNaN && q[2].isNaN)
        #expect([q[1], q[3]] == correction.adjusted([0.01, 0.03]))
        #expect(correction.adjusted([]).isEmpty)
        #expect(correction.adjusted([0.25]) == [0.25])
    }
}
