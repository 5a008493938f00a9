import Indicators
import Pictures
import Privacy

extension SheetPage {
    // MARK: Goals

    var goals: String {
        guard !figures.goals.isEmpty else { return "" }
        let names = Dictionary(
            figures.indicators.map { ($0.indicator.id, say.name($0.indicator)) },
            uniquingKeysWith: { first, _ in first })
        let parts = figures.goals.map { goal -> String in
            let now = goal.now
            let area = goal.areaName.isEmpty ? "" : " · \(HTMLText.escaped(goal.areaName))"
            var facts = [
                (say.count(now.actual), say.month(now.month)),
                (say.number(now.path), say("pide el camino", "asks the path")),
                (
                    say.number(goal.goal.target),
                    say("meta a \(say.short(goal.goal.due))", "target by \(say.short(goal.goal.due))")
                ),
            ]
            if let needed = now.neededPerMonth {
                facts.append((say.number(needed), say("por mes faltan", "a month to gain")))
            }
            let items = facts.map { "<li><b>\($0.0)</b><span>\($0.1)</span></li>" }
            let chance =
                now.isWithinChance == true && now.status == .behind
                ? say(" La diferencia puede ser azar.", " The difference may be chance.") : ""
            let owner =
                goal.goal.owner.isEmpty
                ? ""
                : say(
                    " Responde: \(HTMLText.escaped(goal.goal.owner)).",
                    " Answers for it: \(HTMLText.escaped(goal.goal.owner)).")
            let earlier = goal.earlier.map { old in
                say(
                    "Antes, desde el \(old.setOn): de \(say.number(old.baseline)) a \(say.number(old.target)) para \(say.short(old.due)).",
                    "Before, from \(old.setOn) on: from \(say.number(old.baseline)) to \(say.number(old.target)) by \(say.short(old.due))."
                )
            }
            return
                "<div class=\"keep\"><h3>\(HTMLText.escaped(names[goal.goal.indicator] ?? goal.goal.indicator))\(area)</h3>"
                + "<ul class=\"facts\"><li><b class=\"tag \(now.status.rawValue)\">\(say.status(now.status))</b><span>\(goal.goal.measure == .month ? say("por mes", "by month") : say("doce meses", "twelve months"))</span></li>\(items.joined())</ul>"
                + charts.goal(goal)
                + "<p class=\"note\">\(say("Fijada el \(goal.goal.setOn).", "Set on \(goal.goal.setOn)."))\(owner)\(chance) \(earlier.joined(separator: " "))</p></div>"
        }
        return heading(say("Las metas", "The goals")) + parts.joined()
    }

    // MARK: Mixed index

    var index: String {
        guard let index = figures.index, figures.areas.count > 1 else { return "" }
        let total = index.components.reduce(0) { $0 + $1.weight }
        let head =
            [(capitalised(say.level(figures.level)), ""), (say("lugar", "rank"), "n"), (say("índice", "index"), "n")]
            + index.components.map { (HTMLText.escaped(say.component($0.name)), "n") }
        let order = figures.areas.sorted {
            ($0.entry?.rank ?? .max, $0.area.label) < ($1.entry?.rank ?? .max, $1.area.label)
        }
        let rows = order.prefix(Self.longestList).map { area -> String in
            let scores = (area.entry?.scores ?? []).map { "<td class=\"n\">\(say.decimal($0, 1))</td>" }
            let rank = area.entry?.rank.map { "\($0)" } ?? "–"
            let range = area.entry?.range.map { "<span class=\"maybe\"> (\(words($0)))</span>" } ?? ""
            return "<tr><th scope=\"row\">\(HTMLText.escaped(area.area.label))</th><td class=\"n\">\(rank)\(range)</td>"
                + "<td class=\"n big\">\(say.decimal(area.entry?.index, 1))</td>\(scores.joined())</tr>"
        }
        let weights = index.components.map { "\(say.component($0.name)) \(say.number($0.weight))/\(say.number(total))" }
        let keeps = figures.areas.count <= 25
        return (keeps ? "<div class=\"keep\">" : "")
            + heading(
                say("¿Cómo vamos? El índice mixto", "How are we doing? The mixed index"),
                say(
                    "Cada componente va de 0, el peor de la tabla, a 100, el mejor; el índice es su media con estos pesos: \(weights.joined(separator: ", ")). Entre paréntesis, los lugares que daría quitar cualquier componente.",
                    "Each component runs from 0, the worst of the table, to 100, the best; the index is their mean by these weights: \(weights.joined(separator: ", ")). In brackets, the ranks without any one component."
                )
            ) + table(head, Array(rows)) + cut(figures.areas.count) + (keeps ? "</div>" : "")
    }

    // MARK: Measures

    var measures: String {
        guard !figures.measures.isEmpty else { return "" }
        let head = [
            (say("Indicador", "Indicator"), ""), (capitalised(say.level(figures.level)), ""),
            (say("cifra", "figure"), "n"), (say("de", "of"), "n"), (say("razón", "ratio"), "n"),
            (say("intervalo 95 %", "95 % interval"), "n"), (say("meta", "target"), "n"), (say("mes", "month"), "n"),
        ]
        let rows = figures.measures.prefix(Self.longestList * 3).map { measure -> String in
            let interval = measure.estimate.map { "\(say.share($0.low))–\(say.share($0.high)) %" } ?? ""
            let ratio = measure.rate.map { say.number($0) + (measure.indicator.per == 100 ? " %" : "") } ?? ""
            return
                "<tr><th scope=\"row\">\(HTMLText.escaped(say.name(measure.indicator)))<small>\(HTMLText.escaped(say(measure.indicator.spanishNote, measure.indicator.englishNote)))</small></th>"
                + "<td>\(HTMLText.escaped(measure.areaName))</td><td class=\"n big\">\(say.number(measure.value))</td>"
                + "<td class=\"n\">\(measure.whole.map { say.number($0) } ?? "")</td><td class=\"n\">\(ratio)</td><td class=\"n\">\(interval)</td>"
                + "<td class=\"n\">\(measure.indicator.target.map { say.number($0) } ?? "")</td><td class=\"n\">\(say.short(measure.month))</td></tr>"
        }
        return heading(
            say("Lo que hacen las instituciones", "What institutions do"),
            say(
                "Sin semáforo: más detenciones, por ejemplo, no son un éxito. Lo que falta no es cero.",
                "Without lights: more detentions, for instance, are no success. What is missing is not zero.")
        ) + table(head, Array(rows))
    }

    // MARK: Restated figures, sources, method

    var restatements: String {
        guard !figures.restatements.isEmpty else { return "" }
        let names = Dictionary(
            figures.indicators.map { ($0.indicator.id, say.name($0.indicator)) },
            uniquingKeysWith: { first, _ in first })
        let head = [
            (say("Indicador", "Indicator"), ""), (capitalised(say.level(figures.level)), ""),
            (say("mes", "month"), "n"),
            (say("antes", "before"), "n"), (say("ahora", "now"), "n"),
        ]
        let latest = figures.restatements.sorted { ($1.month, $0.areaID) < ($0.month, $1.areaID) }
        let rows = latest.prefix(Self.longestList).map {
            "<tr><th scope=\"row\">\(HTMLText.escaped(names[$0.indicator] ?? $0.indicator))</th><td>\(HTMLText.escaped($0.areaName ?? $0.areaID))</td>"
                + "<td class=\"n\">\(say.short($0.month))</td><td class=\"n\">\(say.count($0.before))</td><td class=\"n big\">\(say.count($0.now))</td></tr>"
        }
        return heading(
            say("Cifras corregidas", "Restated figures"),
            say(
                "\(say.count(figures.restatements.count)) cifras se movieron desde la edición del \(figures.earlierEdition?.prefix(10) ?? ""); las de este mes llevan †.",
                "\(say.count(figures.restatements.count)) figures have moved since the edition of \(figures.earlierEdition?.prefix(10) ?? ""); those of this month have a †."
            )
        ) + table(head, Array(rows)) + cut(latest.count)
    }

    var footer: String {
        let sources = figures.sources.map { source in
            let publisher = source.publisher.isEmpty ? "" : "\(HTMLText.escaped(source.publisher)), "
            return "\(publisher)\(HTMLText.escaped(source.name))"
        }
        let shown =
            sources.prefix(6).joined(separator: "; ")
            + (sources.count > 6 ? say(" y \(sources.count - 6) más", " and \(sources.count - 6) more") : "")
        var parts = [
            sources.isEmpty
                ? say(
                    "<b>Fuentes.</b> Los reportes de \(HTMLText.escaped(store)), por la compuerta de privacidad.",
                    "<b>Sources.</b> The reports of \(HTMLText.escaped(store)), through the privacy gate.")
                : say("<b>Fuentes.</b> \(shown).", "<b>Sources.</b> \(shown)."),
            isPress
                ? say("<b>Método.</b> En la hoja completa.", "<b>Method.</b> In the whole sheet.") : method,
            say(
                "<b>Lo que no se denuncia no está aquí.</b> Las cifras son hechos presuntos según su registro.",
                "<b>What is not reported is not here.</b> Figures are of alleged offences as recorded."),
        ]
        if !figures.withoutFigures.isEmpty, !isPress {
            let names = figures.withoutFigures.map { HTMLText.escaped(say.name($0)) }.joined(separator: ", ")
            parts.append(
                say("<b>Sin cifras en el almacén.</b> \(names).", "<b>Without figures in the store.</b> \(names)."))
        }
        parts += gateNotes
        parts += figures.notes.map { HTMLText.escaped(say($0.spanish, $0.english)) }
        parts.append(
            "Faro \(FaroVersion.current) · \(say("catálogo", "catalogue")) \(HTMLText.escaped(figures.catalogue.label)) · \(say("regla", "rule")) \(HTMLText.escaped(figures.rule.label)) · \(say("revisión", "revision")) \(figures.storeRevision)"
                + (figures.boundaryVersion.map { say(" · límites versión \($0)", " · boundaries version \($0)") } ?? "")
        )
        return parts.map { "<p>\($0)</p>" }.joined()
    }

    /// What the gate left out, and the indicators of which nothing is told.
    private var gateNotes: [String] {
        guard let suppression = figures.suppression, !suppression.reasons.isEmpty else { return [] }
        let words = say.language == .spanish ? suppression.spanish : suppression.english
        var notes = [
            "<b>\(say("Lo que no se muestra.", "What is not shown."))</b> \(capitalised(words.joined(separator: "; ")))."
        ]
        for (reason, why) in [
            (
                WithheldIndicator.Reason.smallCounts,
                say("Sin ninguna cifra que se pueda mostrar", "Without any figure that may be shown")
            ), (.tooFine, say("Más finos de lo que se publica", "Finer than what is published")),
        ] {
            let names = figures.withheldIndicators.filter { $0.reason == reason }.map {
                HTMLText.escaped(say.name($0.indicator))
            }
            if !names.isEmpty { notes.append("<b>\(why).</b> \(names.joined(separator: ", ")).") }
        }
        return notes
    }

    private var method: String {
        say(
            "<b>Método.</b> La base es la media de los meses conocidos antes del mes; un mes sin cifra no es cero, y ninguna base cruza un cambio de registro. La banda del azar es el intervalo de predicción de Poisson al 95 % (Nelson 1970). Los cambios se prueban con la prueba E (Krishnamoorthy y Thomson 2004) y se llaman notables desde z = 2(√a − √b) de ±3 (Wheeler 2016). La tasa suavizada es la bayesiana empírica de Marshall (1991); los rangos de lugar son conjuntos de confianza al 95 % (Mogstad y otros 2024). Porcentaje desde cero no hay. Las pruebas suponen hechos independientes.",
            "<b>Method.</b> The base is the mean of the known months before the month; a month without a figure is not zero, and no base crosses a change of the register. The band of chance is the Poisson prediction interval of 95 % (Nelson 1970). Changes are tested by the E-test (Krishnamoorthy and Thomson 2004) and called notable from z = 2(√a − √b) of ±3 on (Wheeler 2016). The smoothed rate is Marshall's empirical Bayes (1991); ranges of ranks are 95 % confidence sets (Mogstad and others 2024). There is no percent from zero. The tests take incidents to be independent."
        )
    }
}
