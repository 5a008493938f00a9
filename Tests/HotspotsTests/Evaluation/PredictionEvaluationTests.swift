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

    @Test func `Units of unequal area are taken by area, whole ones only`() throws {
        let scores = try PredictionEvaluation(areaShares: [0.2, 0.5]).scores(
            predicted: [3, 2, 1], observed: [4, 4, 2], areas: [4, 1, 5], before: [2, 1, 5])
        // The best predicted unit is 40 % of the area: nothing fits in a fifth.
        #expect(scores[0].units == 0)
        #expect(scores[0].pai.isNaN)
        #expect(scores[1].units == 2)
        #expect(abs(scores[1].pai - 0.8 / 0.5) < 1e-12)
        #expect(scores[1].pei == 1)
        #expect(abs(scores[1].recaptureRate - (8.0 / 3) / (10.0 / 8)) < 1e-12)
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
