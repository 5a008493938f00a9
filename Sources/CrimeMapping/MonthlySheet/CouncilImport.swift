public import CivilTime
public import Foundation
public import Incidents
import Indicators

/// Keeps what a council edits in a store: an indicator catalogue, a light rule, goals or a survey's questions, each known by its
/// own members. The job behind `faro indicators import`.
///
/// Nothing is overwritten: a later document of the same name holds from now on, and what held before can still be asked for.
public struct CouncilImport: Sendable {
    /// JSON.
    public var json: Data

    /// From when it holds; nil is from now on.
    public var published: CalendarDate?

    public init(json: Data, published: CalendarDate? = nil) {
        self.json = json
        self.published = published
    }

    /// - Returns: what was kept, for a person.
    /// - Throws: ``JobError/badData(_:)`` where it is none of these documents, `IndicatorError`, the store's errors.
    public func run(into store: any IndicatorStore & TaxonomySource) throws -> String {
        let members = try members
        let now = UTCText.now
        let instant = published.map { "\($0)T00:00:00Z" } ?? now
        guard instant <= now else {
            throw JobError.usage("a document must have been decided before it is kept, but this one says \(instant)")
        }
        func keep(_ kind: CouncilDocument.Kind, _ name: String, _ body: Data) throws {
            try store.keep(
                CouncilDocument(
                    kind: kind, name: name, body: String(decoding: body, as: UTF8.self), recordedAt: instant))
        }
        if members.contains("indicators") {
            let catalogue = try IndicatorCatalogue(json: json)
            let schemes = try TaxonomyCatalogue(of: store).schemes
            if let finding = catalogue.findings(schemes: schemes).first { throw JobError.badData(finding) }
            try keep(.catalogue, catalogue.name, catalogue.json())
            return "indicator catalogue \(catalogue.label): \(catalogue.indicators.count) indicators"
        }
        if members.contains("steps") {
            let rule = try LightRule(json: json)
            try keep(.lightRule, rule.name, rule.json())
            return "light rule \(rule.label): \(rule.steps.count) levels over \(rule.baseMonths) months"
        }
        if members.contains("goals") {
            let known = try SheetDocuments.goals(in: store, asOf: nil)
            let given = try GoalBook(json: json)
            let catalogue = try SheetDocuments.catalogue(in: store, asOf: nil)
            let indicators = Set(catalogue.indicators.map(\.id))
            if let foreign = given.goals.first(where: { !indicators.contains($0.indicator) }) {
                throw JobError.badData(
                    "the goal \(foreign.id) must name an indicator of the catalogue \(catalogue.label), but names \"\(foreign.indicator)\""
                )
            }
            let goals = try known.adding(given)
            try keep(.goals, "goals", goals.json())
            return "goals: \(Set(goals.goals.map(\.id)).count) in \(goals.goals.count) versions"
        }
        if members.contains("questions") {
            let questions = try Questionnaire(json: json)
            try check(questions, in: store)
            try keep(.questions, questions.survey, questions.json())
            return "questions of \(questions.survey): \(questions.questions.count)"
        }
        throw JobError.badData(
            "the document must have the member indicators, steps, goals or questions, but has "
                + (members.isEmpty ? "none" : members.sorted().joined(separator: ", ")))
    }

    /// Waves that were asked in other words must not be told in these.
    private func check(_ given: Questionnaire, in store: any IndicatorSource) throws {
        let indicators = try SheetDocuments.catalogue(in: store, asOf: nil).indicators.filter { $0.kind == .crime }
        for question in given.questions {
            guard let name = question.indicator, !indicators.contains(where: { $0.id == name }) else { continue }
            throw JobError.badData(
                "the question \(question.id) must be about a crime indicator of the catalogue, but names \"\(name)\"")
        }
        let asked = Set(try store.surveyTallies(asOf: nil).filter { $0.survey == given.survey }.map(\.question))
        guard
            let known = try SheetDocuments.questionnaires(in: store, asOf: nil).first(where: {
                $0.survey == given.survey
            })
        else { return }
        for before in known.questions where asked.contains(before.id) {
            guard var now = given.questions.first(where: { $0.id == before.id }) else { continue }
            // Beside which counts the answers stand is no part of what was asked.
            now.indicator = before.indicator
            guard now != before else { continue }
            throw JobError.badData(
                "the question \(before.id) of \(given.survey) was asked as \"\(before.spanishWording)\"; another wording, or other answers that "
                    + "count, is another question and needs an id of its own")
        }
    }

    private var members: Set<String> {
        get throws {
            guard let object = try? JSONDecoder().decode([String: AnyValue].self, from: json) else {
                throw JobError.badData("the document must be a JSON object, but is none")
            }
            return Set(object.keys)
        }
    }

    /// Any value, not looked at.
    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
