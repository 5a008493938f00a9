import Indicators

extension SheetPage {
    // MARK: What people say

    var surveys: String {
        guard !figures.surveys.isEmpty else { return "" }
        let parts = figures.surveys.map { survey -> String in
            let rows = survey.rows.prefix(Self.longestList).map { row(of: $0, survey) }
            let head = [
                (capitalised(say.level(figures.level)), ""), ("%", "n"), (say("intervalo 95 %", "95 % interval"), "n"),
                ("", ""),
                (say("respuestas", "answers"), "n"), (say("efectivas", "effective"), "n"),
                (
                    survey.earlierWave.map { say("desde \(HTMLText.escaped($0))", "since \(HTMLText.escaped($0))") }
                        ?? "", "n"
                ),
            ]
            let counted = survey.question.counted.map { "«\(HTMLText.escaped($0))»" }.joined(separator: ", ")
            return
                "<h3>\(HTMLText.escaped(survey.survey)) · \(HTMLText.escaped(survey.wave)) · \(topic(survey.question.topic))</h3>"
                + "<p><b>\(HTMLText.escaped(say(survey.question.spanishWording, survey.question.englishWording)))</b> <span class=\"maybe\">\(say("Se cuentan", "Counted are")) \(counted).</span></p>"
                + table(head, Array(rows))
                + "<p class=\"note\">\(say("Con menos de \(survey.minimum) respuestas no se publica. Efecto de diseño \(say.number(survey.designEffect)), más el de los pesos.", "Fewer than \(survey.minimum) answers are not published. Design effect \(say.number(survey.designEffect)), and that of the weights."))</p>"
        }
        return heading(
            say("Lo que dice la gente", "What people say"),
            say(
                "Percepción junto a incidencia: lo que se denuncia es una parte, y cero denuncias no es tranquilidad.",
                "Perception beside incidence: what is reported is a part, and no report is no calm.")) + beside
            + parts.joined()
    }

    private func row(of row: SheetSurvey.Row, _ survey: SheetSurvey) -> String {
        let name = row.areaID.isEmpty ? say("Todos", "All") : HTMLText.escaped(row.areaName)
        guard let estimate = row.estimate else {
            return
                "<tr><th scope=\"row\">\(name)</th><td class=\"n maybe\" colspan=\"3\">\(say("muy pocas respuestas", "too few answers"))</td><td class=\"n\">&lt; \(survey.minimum)</td><td></td><td></td></tr>"
        }
        let change = row.change.map { change in
            let points = (change.points > 0 ? "+" : "") + say.decimal(change.points, 1)
            return
                "<span class=\"\(change.isBeyondChance ? "sure" : "maybe")\" title=\"p \(say.p(change.p))\">\(points) pp</span>"
        }
        return
            "<tr\(row.areaID.isEmpty ? " class=\"all\"" : "")><th scope=\"row\">\(name)</th><td class=\"n big\">\(say.share(estimate.share))</td>"
            + "<td class=\"n\">\(say.share(estimate.low))–\(say.share(estimate.high))</td><td>\(charts.interval(estimate))</td>"
            + "<td class=\"n\">\(say.count(estimate.respondents))</td><td class=\"n\">\(say.decimal(estimate.effectiveRespondents, 0))</td><td class=\"n\">\(change ?? "")</td></tr>"
    }

    private func topic(_ topic: SurveyQuestion.Topic) -> String {
        switch topic {
        case .perception: say("percepción", "perception")
        case .victimisation: say("victimización", "victimisation")
        case .unreported: say("cifra negra", "unreported")
        case .trust: say("confianza", "trust")
        case .other: say("encuesta", "survey")
        }
    }

    /// By area, what people feel and have suffered beside what was reported, with the share that was not.
    private var beside: String {
        let topics: [SurveyQuestion.Topic] = [.perception, .victimisation, .unreported]
        let asked = figures.surveys.filter { topics.contains($0.question.topic) }
        guard !asked.isEmpty else { return "" }
        var incidences: [(name: String, figures: SheetIncidence)] = []
        for survey in asked {
            let incidence = SheetIncidence(of: survey.question, in: figures)
            let name =
                incidence.indicator.map { say.name($0) } ?? say("los indicadores con luz", "all indicators with lights")
            if incidence.isKnown, !incidences.contains(where: { $0.name == name }) {
                incidences.append((name, incidence))
            }
        }
        let head =
            [(capitalised(say.level(figures.level)), "")]
            + asked.map { (HTMLText.escaped("\(topic($0.question.topic)): \(short($0.question))"), "w") }
            + incidences.map {
                (
                    say(
                        "reportados en 12 meses por \(say.count($0.figures.per)): \(HTMLText.escaped($0.name))",
                        "reported in 12 months per \(say.count($0.figures.per)): \(HTMLText.escaped($0.name))"), "w"
                )
            }
        let areas = [("", say("Todos", "All"))] + figures.areas.map { ($0.area.key, HTMLText.escaped($0.area.label)) }
        let rows = areas.prefix(Self.longestList + 1).map { key, name -> String in
            let shares = asked.map { survey -> String in
                guard let row = survey.rows.first(where: { $0.areaID == key }) else { return "<td class=\"n\">–</td>" }
                guard let estimate = row.estimate else {
                    return "<td class=\"n maybe\">\(say("muy pocas respuestas", "too few answers"))</td>"
                }
                return
                    "<td class=\"n\"><b>\(say.share(estimate.share)) %</b><small>\(say.share(estimate.low))–\(say.share(estimate.high))</small></td>"
            }
            let counts = incidences.map { entry -> String in
                let line = entry.figures.line(key)
                return
                    "<td class=\"n\"><b>\(say.number(line?.rate))</b><small>\(line?.count.map { say("\(say.count($0)) hechos", "\(say.count($0)) offences") } ?? "")</small></td>"
            }
            return
                "<tr\(key.isEmpty ? " class=\"all\"" : "")><th scope=\"row\">\(name)</th>\(shares.joined())\(counts.joined())</tr>"
        }
        return table(head, Array(rows))
            + "<p class=\"note\">\(say("Debajo de cada porcentaje, su intervalo al 95 %. La cifra negra es la parte que, según la encuesta, no se denunció: con ella los hechos reportados son un piso, no el total.", "Below each percentage its 95 % interval. The unreported share is what, by the survey, was never reported: beside it the reported offences are a floor, not the total."))</p>"
    }

    /// The indicator asked about, or the beginning of the wording.
    private func short(_ question: SurveyQuestion) -> String {
        if let id = question.indicator, let part = figures.indicators.first(where: { $0.indicator.id == id }) {
            return say.name(part.indicator)
        }
        let words = say(question.spanishWording, question.englishWording)
        return words.count <= 60 ? words : words.prefix(57) + "…"
    }
}
