import Hotspots
import TestSupport
import Testing

struct PredictionEvaluationTests {
    private let predicted = [8.0, 4, 4, 2, 1, 0]
    private let observed = [6.0, 7, 3, 2, 1, 0]

    @Test func `PAI is 1.895 and 1.421, PEI 0.857 and 0.692, as ptools has them`() throws {
        let scores = try PredictionEvaluation(areaShares: [1.0 / 6, 2.0 / 6, 1]).scores(
            predicted: predicted, observed: observed)
        #expect(abs(scores[0].pai - 1.895) < 0.0005)
        #expect(abs(scores[1].pai - 1.421) < 0.0005)
        #expect(abs(scores[0].pei - 0.857) < 0.0005)
        #expect(abs(scores[1].pei - 0.692) < 0.0005)
        // Of the two predicted alike, the one with 3 comes before the one with 7.
        #expect(scores[1].hits == 9)
        #expect(scores[1].predictedToObserved == 12.0 / 9)
        #expect((scores[2].pai, scores[2].pei, scores[2].hitRate) == (1, 1, 1))
    }

    /// ptools 1.0.2: tools/reference/ptools.R.
    @Test(arguments: [
        (0.05, 9, 9.0, 0.746887966804979, 0.45), (0.1, 27, 18, 1.12033195020747, 0.675),
        (0.2, 59, 34, 1.22406639004149, 0.7375), (0.5, 141, 71.5, 1.1701244813278, 0.824561403508772),
        (1, 241, 98, 1, 1),
    ])
    func `Forty equal units score as ptools has it`(
        share: Double, hits: Double, predicted: Double, pai: Double, pei: Double
    ) throws {
        let score = try PredictionEvaluation(areaShares: [share]).scores(
            predicted: (0..<40).map { Double($0 * 5 % 9 + 1) / 2 }, observed: (0..<40).map { Double($0 * $0 * 7 % 11) })[
                0]
        #expect((score.hits, score.expectedHits) == (hits, predicted))
        #expect(abs(score.pai - pai) < 1e-12)
        #expect(abs(score.pei - pei) < 1e-12)
        #expect(abs(score.predictedToObserved - predicted / hits) < 1e-15)
    }

    /// The same script. Its PEI compares units of other sizes there; ours is compared with a plain search below.
    @Test(arguments: [
        (2, 0.0232507128756306, 14, 17.25, 2.49847334220622), (4, 0.0465014257512612, 26, 33.5, 2.32001096062006),
        (8, 0.103312129853038, 46, 61, 1.84752138559259), (20, 0.375082254880456, 116, 142, 1.2832593239669),
        (40, 1, 241, 209, 1),
    ])
    func `Forty units of three sizes come in the order of what is predicted per area, as ptools has it`(
        units: Int, share: Double, hits: Double, predicted: Double, pai: Double
    ) throws {
        let score = try PredictionEvaluation(areaShares: [min(1, share + 1e-9)]).scores(
            predicted: (0..<40).map { Double($0 * 17 % 41 + 1) / 4 },
            observed: (0..<40).map { Double($0 * $0 * 7 % 11) },
            areas: (0..<40).map { [1, 1.9, 0.53][$0 % 3] })[0]
        #expect((score.units, score.hits, score.expectedHits) == (units, hits, predicted))
        #expect(abs(score.takenShare - share) < 1e-12)
        #expect(abs(score.pai - pai) < 1e-12)
    }

    @Test func `Units of unequal area are taken by area, whole ones only`() throws {
        let scores = try PredictionEvaluation(areaShares: [0.05, 0.2, 0.5]).scores(
            predicted: [3, 2, 1], observed: [4, 4, 2], areas: [4, 1, 5], before: [2, 1, 5])
        // 2 on a tenth of the area are more than 3 on four tenths; and nothing fits in a twentieth.
        #expect(scores[0].units == 0)
        #expect(scores[0].pai.isNaN)
        #expect((scores[1].units, scores[1].pei) == (1, 1))
        #expect(abs(scores[1].pai - 0.4 / 0.1) < 1e-12)
        #expect(scores[2].units == 2)
        #expect(abs(scores[2].pai - 0.8 / 0.5) < 1e-12)
        #expect(scores[2].pei == 1)
        #expect(abs(scores[2].recaptureRate - (8.0 / 3) / (10.0 / 8)) < 1e-12)
    }

    @Test func `No choice of units of as much area holds more than PEI compares with`() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<30 {
            func draw(_ bound: Int) -> [Double] {
                (0..<8).map { _ in Double(Int.random(in: 0..<bound, using: &generator)) }
            }
            let (predicted, observed, areas) = (draw(9), draw(6), draw(4).map { $0 + 1 })
            let score = try PredictionEvaluation(areaShares: [0.4]).scores(
                predicted: predicted, observed: observed, areas: areas)[0]
            guard score.hits > 0 else { continue }
            let taken = score.takenShare * areas.reduce(0, +) * (1 + 1e-9)
            // All 256 choices; parts of units may hold a little more than whole ones.
            var most = 0.0
            for choice in 0..<256 {
                let units = (0..<8).filter { choice >> $0 & 1 == 1 }
                guard units.reduce(0, { $0 + areas[$1] }) <= taken else { continue }
                most = max(most, units.reduce(0) { $0 + observed[$1] })
            }
            #expect(score.hits / score.pei >= most * (1 - 1e-9))
            #expect(score.pei <= 1 + 1e-12)
        }
    }

    @Test func `No order of the units does better than the best, nor worse for ties than ours`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<30 {
            let predicted = (0..<7).map { _ in Double(Int.random(in: 0..<3, using: &generator)) }
            let observed = (0..<7).map { _ in Double(Int.random(in: 0..<6, using: &generator)) }
            guard observed.reduce(0, +) > 0 else { continue }
            let score = try PredictionEvaluation(areaShares: [3.0 / 7]).scores(
                predicted: predicted, observed: observed)[0]
            let limit = predicted.sorted(by: >)[2]
            let sure = zip(predicted, observed).filter { $0.0 > limit }
            let tied = zip(predicted, observed).filter { $0.0 == limit }.map(\.1).sorted()
            let hits = sure.map(\.1).reduce(0, +) + tied.prefix(3 - sure.count).reduce(0, +)
            #expect(score.hits == hits)
            let most = observed.sorted(by: >).prefix(3).reduce(0, +)
            #expect(abs(score.pei - hits / most) < 1e-12)
        }
    }

    @Test func `The order of the units does not matter, and gaps are last`() throws {
        let evaluation = PredictionEvaluation(areaShares: [0.5])
        let straight = try evaluation.scores(predicted: predicted, observed: observed)
        let turned = try evaluation.scores(predicted: predicted.reversed(), observed: observed.reversed())
        #expect(straight == turned || straight[0].hits == turned[0].hits)
        #expect(try evaluation.scores(predicted: [.nan, 1], observed: [9, 1])[0].hits == 1)
    }

    @Test func `Nothing to predict has no score, and nonsense is refused`() throws {
        let evaluation = PredictionEvaluation(areaShares: [0.5])
        #expect(try evaluation.scores(predicted: [1, 0], observed: [0, 0])[0].pai.isNaN)
        #expect(try evaluation.scores(predicted: [], observed: [])[0].pai.isNaN)
        #expect(throws: HotspotError.self) { try evaluation.scores(predicted: [1], observed: [1, 2]) }
        #expect(throws: HotspotError.self) { try evaluation.scores(predicted: [1], observed: [-1]) }
        #expect(throws: HotspotError.self) { try evaluation.scores(predicted: [1], observed: [1], areas: [0]) }
        #expect(throws: HotspotError.self) {
            try PredictionEvaluation(areaShares: [0]).scores(predicted: [1], observed: [1])
        }
    }
}
