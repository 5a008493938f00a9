import Foundation
import Incidents
import Indicators
import Testing

struct SurveyEstimateTests {
    private let question = SurveyQuestion(
        id: "unsafe", topic: .perception, spanishWording: "¿Se siente insegura?", englishWording: "Unsafe?",
        counted: ["Sí"], leftOut: ["no sabe"])

    private func tally(_ answer: String, _ respondents: Int, _ weight: Double, _ squares: Double) -> SurveyTally {
        SurveyTally(
            survey: "s", wave: "1", level: "municipality", areaKey: "a", question: "unsafe", answer: answer,
            respondents: respondents, weight: weight, weightSquares: squares)
    }

    @Test func `7 percent of 5,000 cars is from 6.3 to 7.7 percent`() throws {
        let estimate = try #require(SurveyEstimate(count: 350, of: 5000))
        #expect(estimate.share == 0.07)
        #expect((estimate.low * 1000).rounded() == 63)
        #expect((estimate.high * 1000).rounded() == 77)
    }

    @Test func `Unequal weights cost respondents, by Kish's formula`() throws {
        // Four people of weight 1 say yes, two of weight 3 say no: (4 + 6)² / (4 + 18) = 100 / 22.
        let estimate = try #require(
            SurveyEstimate(
                [tally("SI", 4, 4, 4), tally("no", 2, 6, 18), tally("No sabe", 5, 9, 20)], question: question)
        )
        #expect(estimate.share == 0.4)
        #expect(estimate.effectiveRespondents == 100.0 / 22)
        #expect(estimate.respondents == 6 && estimate.withoutAnswer == 5)
        let clustered = try #require(
            SurveyEstimate([tally("SI", 4, 4, 4), tally("no", 2, 6, 18)], question: question, designEffect: 2))
        #expect(clustered.effectiveRespondents == 50.0 / 22)
        #expect(clustered.high - clustered.low > estimate.high - estimate.low)
    }

    @Test func `Equal weights are those of a simple sample`() throws {
        let weighted = try #require(
            SurveyEstimate([tally("Sí", 350, 700, 1400), tally("No", 4650, 9300, 18_600)], question: question))
        let plain = try #require(SurveyEstimate(count: 350, of: 5000))
        #expect(abs(weighted.low - plain.low) < 1e-12 && abs(weighted.high - plain.high) < 1e-12)
    }

    @Test func `Nobody who answered is no estimate`() {
        #expect(SurveyEstimate([], question: question) == nil)
        #expect(SurveyEstimate([tally("no sabe", 5, 5, 5)], question: question) == nil)
        #expect(SurveyEstimate(count: 1, of: 0) == nil)
        #expect(SurveyEstimate(count: 6, of: 5) == nil)
    }

    @Test func `From 40 to 7 percent is a change, from 7 to 7.4 of 5,000 is none`() throws {
        let (first, later) = (
            try #require(SurveyEstimate(count: 2000, of: 5000)), try #require(SurveyEstimate(count: 350, of: 5000))
        )
        #expect(abs(WaveChange(from: first, to: later).points + 33) < 1e-9)
        #expect(WaveChange(from: first, to: later).isBeyondChance)
        // 0.4 points over √(.07·.93/5000 + .074·.926/5000) = 0.5168 points: z = 0.774, p = 0.439.
        let slight = WaveChange(from: later, to: try #require(SurveyEstimate(count: 370, of: 5000)))
        #expect(abs(try #require(slight.p) - 0.439) < 0.001)
        #expect(!slight.isBeyondChance)
    }

    @Test func `A questionnaire keeps the wording, and without one is refused`() throws {
        let written = try Questionnaire(survey: "pulso", questions: [question])
        #expect(try Questionnaire(json: written.json()) == written)
        let json = "{\"survey\": \"s\", \"questions\": [{\"id\": \"q\", \"wording_es\": \"\", \"counts\": [\"x\"]}]}"
        #expect(
            throws: IndicatorError.badDocument(
                kind: "questions", reason: "wording_es and counts of q must not be empty")
        ) { _ = try Questionnaire(json: Data(json.utf8)) }
    }
}
