import Bytes
import Foundation
public import Incidents
import Statistics

/// A share estimated from a sample, with how far off it may be.
///
/// The share is the weights of those who gave a counted answer over the weights of all who answered. Unequal weights cost
/// information: the sample is worth (Σw)²/Σw² respondents (Kish), less where clusters widen it further. The interval is Wilson's with
/// that number, at 95 %.
///
/// ## Example
/// ```swift
/// SurveyEstimate(count: 350, of: 5000)  // 7 %, from 6.3 to 7.7 %
/// ```
///
/// ## Source
/// Kish (1965), *Survey Sampling*, section 11.7, and (1992), *Weighting for unequal Pᵢ*, Journal of Official Statistics 8.
public struct SurveyEstimate: Hashable, Sendable {
    /// 0 to 1.
    public let share: Double
    /// The interval that holds the true share 19 times out of 20.
    public let low: Double
    public let high: Double
    /// How many answered.
    public let respondents: Int
    /// How many equally weighted, independent respondents they are worth.
    public let effectiveRespondents: Double
    /// How many gave no answer that counts.
    public let withoutAnswer: Int

    /// Of a simple random sample: cars looked at in the street.
    /// - Returns: nil unless 0 to all of at least one succeed.
    public init?(count: Int, of sample: Int) {
        guard sample > 0, (0...sample).contains(count),
            let interval = WilsonInterval(successes: count, of: sample)
        else { return nil }
        share = Double(count) / Double(sample)
        (low, high) = (interval.low, interval.high)
        respondents = sample
        effectiveRespondents = Double(sample)
        withoutAnswer = 0
    }

    /// Of a weighted sample.
    /// - Parameters:
    ///   - tallies: of one question in one wave and any areas; answers are compared without case and accents.
    ///   - designEffect: beyond the weights; 1 or more.
    /// - Returns: nil where nobody answered.
    public init?(_ tallies: [SurveyTally], question: SurveyQuestion, designEffect: Double = 1) {
        let counted = Set(question.counted.map { LabelFolding.fold($0) })
        let leftOut = Set(question.leftOut.map { LabelFolding.fold($0) })
        var (weight, squares, counting) = (0.0, 0.0, 0.0)
        var (answered, without) = (0, 0)
        for tally in tallies where tally.question == question.id {
            let answer = LabelFolding.fold(tally.answer)
            if answer.isEmpty || leftOut.contains(answer) {
                without += tally.respondents
                continue
            }
            answered += tally.respondents
            weight += tally.weight
            squares += tally.weightSquares
            if counted.contains(answer) { counting += tally.weight }
        }
        guard answered > 0, weight > 0, squares > 0 else { return nil }
        let effective = weight * weight / squares / max(1, designEffect)
        let share = min(1, max(0, counting / weight))
        guard let interval = WilsonInterval(share: share, effectiveTrials: effective) else { return nil }
        self.share = share
        (low, high) = (interval.low, interval.high)
        respondents = answered
        effectiveRespondents = effective
        withoutAnswer = without
    }

    /// The standard error, √(p(1 − p)/n) with the effective number.
    public var standardError: Double { (share * (1 - share) / effectiveRespondents).squareRoot() }

    /// Half the interval, in points of percent: what a newspaper calls the margin of error.
    public var margin: Double { (high - low) / 2 * 100 }
}

/// Two waves of one question.
public struct WaveChange: Hashable, Sendable {
    /// In points of percent.
    public let points: Double
    /// Two-sided, of the difference over its standard error; nil where both shares are 0 or both 1.
    public let p: Double?

    /// - Parameters:
    ///   - earlier: of an earlier wave, drawn independently.
    ///   - later: of the later one.
    public init(from earlier: SurveyEstimate, to later: SurveyEstimate) {
        points = (later.share - earlier.share) * 100
        let error =
            (earlier.standardError * earlier.standardError + later.standardError * later.standardError).squareRoot()
        p = error > 0 ? NormalDistribution.twoSidedP((later.share - earlier.share) / error) : nil
    }

    public var isBeyondChance: Bool { p.map { $0 < Change.limit } ?? (points != 0) }
}
