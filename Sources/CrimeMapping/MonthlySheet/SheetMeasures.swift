import Boundaries
import CivilTime
import Incidents
import Indicators

/// The measures of a sheet: of each indicator and area the last figure up to the month, of which the month is told.
struct SheetMeasures {
    let sheet: MonthlySheet
    let catalogue: IndicatorCatalogue
    let areas: [MonthlySeries.Area]

    func measures(in store: any SheetSource, _ populations: SheetPopulations) throws -> [SheetMeasure] {
        let names = Dictionary(areas.map { ($0.key, $0.label) }, uniquingKeysWith: { first, _ in first })
        var latest: [String: [String: MeasureFigure]] = [:]
        for figure in try store.measures(asOf: sheet.asOf)
        where figure.level == sheet.level.name && figure.month <= sheet.month && names[figure.areaKey] != nil {
            latest[figure.indicator, default: [:]][figure.areaKey] = figure
        }
        return catalogue.indicators.filter { $0.kind != .crime }.flatMap { indicator in
            (latest[indicator.id] ?? [:]).sorted { $0.key < $1.key }.map { key, figure in
                measure(indicator, figure, names[key] ?? key, populations)
            }
        }
    }

    private func measure(
        _ indicator: Indicator, _ figure: MeasureFigure, _ name: String, _ populations: SheetPopulations
    ) -> SheetMeasure {
        let whole = figure.whole ?? populations.figure(of: indicator, area: figure.areaKey)?.value
        var estimate: SurveyEstimate?
        if indicator.kind == .share, let part = Int(exactly: figure.value),
            let all = figure.whole.flatMap({ Int(exactly: $0) })
        {
            estimate = SurveyEstimate(count: part, of: all)
        }
        return SheetMeasure(
            indicator: indicator, areaID: figure.areaKey, areaName: name, month: figure.month, value: figure.value,
            whole: figure.whole,
            rate: whole.flatMap {
                $0 > 0 && (indicator.kind == .share || indicator.per > 1)
                    ? figure.value / $0 * Double(indicator.per) : nil
            },
            estimate: estimate)
    }
}

/// The surveys of a sheet: of each question the last wave that was in the store, beside the one before.
struct SheetSurveys {
    let sheet: MonthlySheet
    let areas: [MonthlySeries.Area]

    func surveys(in store: any SheetSource) throws -> [SheetSurvey] {
        let tallies = try store.surveyTallies(asOf: sheet.asOf).filter { $0.level == sheet.level.name }
        guard !tallies.isEmpty else { return [] }
        return try SheetDocuments.questionnaires(in: store, asOf: sheet.asOf).flatMap { questionnaire in
            questionnaire.questions.compactMap { question in
                survey(question, questionnaire, tallies.filter { $0.survey == questionnaire.survey })
            }
        }
    }

    private func survey(
        _ question: SurveyQuestion, _ questionnaire: Questionnaire, _ tallies: [SurveyTally]
    ) -> SheetSurvey? {
        let own = tallies.filter { $0.question == question.id && isUpTo($0.wave) }
        let waves = Set(own.map(\.wave)).sorted()
        guard let wave = waves.last else { return nil }
        let earlier = waves.dropLast().last
        let now = own.filter { $0.wave == wave }
        let before = own.filter { $0.wave == earlier }
        func row(_ id: String, _ name: String, _ isIn: (SurveyTally) -> Bool) -> SheetSurvey.Row {
            let estimate = SurveyEstimate(
                now.filter(isIn), question: question, designEffect: questionnaire.designEffect)
            let enough = estimate.flatMap { $0.respondents >= questionnaire.minimum ? $0 : nil }
            let old = SurveyEstimate(
                before.filter(isIn), question: question, designEffect: questionnaire.designEffect
            ).flatMap { $0.respondents >= questionnaire.minimum ? $0 : nil }
            return SheetSurvey.Row(
                areaID: id, areaName: name, estimate: enough, respondents: estimate?.respondents ?? 0,
                change: enough.flatMap { now in old.map { WaveChange(from: $0, to: now) } })
        }
        let asked = Set(now.map(\.areaKey))
        let rows = areas.filter { asked.contains($0.key) }.map { area in
            row(area.key, area.label) { $0.areaKey == area.key }
        }
        return SheetSurvey(
            survey: questionnaire.survey, wave: wave, earlierWave: earlier, question: question,
            minimum: questionnaire.minimum, designEffect: questionnaire.designEffect,
            rows: [row("", "") { _ in true }] + rows)
    }

    /// Whether a wave whose name begins with a year, quarter or month lies no later than the sheet's month; waves of other
    /// names are taken.
    private func isUpTo(_ wave: String) -> Bool {
        guard let period = Period(wave) else { return true }
        return period.first <= sheet.month.last
    }
}
