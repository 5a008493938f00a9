public import Foundation
import Incidents

/// A question with its wording, which is part of the result: another wording is another question.
///
/// ## JSON form
/// ```json
/// { "survey": "pulso", "questions": [
///   { "id": "unsafe", "topic": "perception", "wording_es": "¿Se siente segura o inseguro en su colonia?",
///     "wording_en": "Do you feel safe or unsafe in your neighbourhood?",
///     "counts": ["insegura", "inseguro"], "leaves_out": ["no sabe"] },
///   { "id": "burglary_unreported", "topic": "unreported", "indicator": "home_burglary",
///     "wording_es": "¿Denunciaron el robo?", "counts": ["no"] } ] }
/// ```
public struct SurveyQuestion: Hashable, Sendable, Codable {
    /// What the share of a question says.
    public enum Topic: String, Hashable, Sendable, Codable, CaseIterable {
        /// What people think and fear.
        case perception
        /// What has happened to them.
        case victimisation
        /// What was never reported: the dark figure.
        case unreported
        /// Whom they trust.
        case trust
        case other
    }

    public var id: String
    public var topic: Topic
    /// The crime indicator that it asks about, beside whose counts its answers stand; nil where it is about none of its own.
    public var indicator: String?
    public var spanishWording: String
    public var englishWording: String
    /// The answers whose share is estimated.
    public var counted: [String]
    /// Answers that are none: those who gave them are left out, and counted beside.
    public var leftOut: [String]

    public init(
        id: String, topic: Topic, indicator: String? = nil, spanishWording: String, englishWording: String,
        counted: [String], leftOut: [String] = []
    ) {
        self.id = id
        self.topic = topic
        self.indicator = indicator
        self.spanishWording = spanishWording
        self.englishWording = englishWording
        self.counted = counted
        self.leftOut = leftOut
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, topic, indicator
        case spanishWording = "wording_es"
        case englishWording = "wording_en"
        case counted = "counts"
        case leftOut = "leaves_out"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        topic = try container.decodeIfPresent(Topic.self, forKey: .topic) ?? .other
        indicator = try container.decodeIfPresent(String.self, forKey: .indicator)
        spanishWording = try container.decode(String.self, forKey: .spanishWording)
        englishWording = try container.decodeIfPresent(String.self, forKey: .englishWording) ?? spanishWording
        counted = try container.decode([String].self, forKey: .counted)
        leftOut = try container.decodeIfPresent([String].self, forKey: .leftOut) ?? []
    }
}

/// A survey's questions, and how its sample was drawn as far as estimates must know it.
public struct Questionnaire: Hashable, Sendable, Codable {
    public let survey: String
    public let questions: [SurveyQuestion]
    /// By how much clusters and strata widen margins beyond the weights; 1 where nothing is known.
    public let designEffect: Double
    /// Estimates of fewer respondents are suppressed.
    public let minimum: Int

    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    public init(
        survey: String, questions: [SurveyQuestion], designEffect: Double = 1, minimum: Int = 50
    ) throws(IndicatorError) {
        self.survey = survey
        self.questions = questions
        self.designEffect = designEffect
        self.minimum = minimum
        func bad(_ reason: String) -> IndicatorError { .badDocument(kind: "questions", reason: reason) }
        guard !survey.isEmpty, !questions.isEmpty else { throw bad("survey and questions must not be empty") }
        guard Set(questions.map(\.id)).count == questions.count else { throw bad("each id must occur once") }
        if let empty = questions.first(where: { $0.counted.isEmpty || $0.spanishWording.isEmpty }) {
            throw bad("wording_es and counts of \(empty.id) must not be empty")
        }
        guard (1...100).contains(designEffect) else {
            throw bad("design_effect must be 1 to 100, but is \(designEffect)")
        }
        guard minimum >= 1 else { throw bad("minimum must be 1 or more, but is \(minimum)") }
    }

    /// Reads the JSON form.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    public init(json: Data) throws(IndicatorError) {
        self = try CatalogueDocument.read(Questionnaire.self, from: json, kind: "questions")
    }

    public func json() throws -> Data { try CatalogueDocument.text(self) }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case survey, questions, minimum
        case designEffect = "design_effect"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            survey: container.decode(String.self, forKey: .survey),
            questions: container.decode([SurveyQuestion].self, forKey: .questions),
            designEffect: container.decodeIfPresent(Double.self, forKey: .designEffect) ?? 1,
            minimum: container.decodeIfPresent(Int.self, forKey: .minimum) ?? 50)
    }
}
