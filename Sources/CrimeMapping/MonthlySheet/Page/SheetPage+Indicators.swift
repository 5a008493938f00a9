import Incidents
import Indicators

extension SheetPage {
    /// One indicator: its months, its areas, and where it concentrates.
    func section(_ part: SheetIndicator) -> String {
        let line = part.total
        let name = HTMLText.escaped(say.name(part.indicator))
        let light = part.indicator.isJudged ? mark.mark(line.level, line.light, size: 26) : ""
        let remark = HTMLText.escaped(say(part.indicator.spanishNote, part.indicator.englishNote))
        return "<section class=\"indicator\"><div class=\"keep\"><h2>\(light)\(name)</h2>" + facts(part)
            + (remark.isEmpty ? "" : "<p class=\"note\">\(remark)</p>")
            + charts.months(line, through: figures.month) + "</div>" + questions(part) + breaks(part) + areas(part)
            + funnel(part) + part.places.map { places($0) + balloons($0) }.joined()
            + "</section>"
    }

    private func facts(_ part: SheetIndicator) -> String {
        let line = part.total
        var facts = [
            (say.count(line.count), say.month(figures.month)),
            (say.count(line.twelveMonths), say("en doce meses", "in twelve months")),
            (say.number(line.rate), rateFact(part)),
        ]
        if let percent = line.percentFromPeak {
            facts.append(
                (
                    say.signedPercent(percent),
                    say("desde el máximo, \(say.short(line.peakMonth))", "from the peak, \(say.short(line.peakMonth))")
                ))
        }
        if let rate = part.hitRate?.rate, let hits = part.hitRate?.incidents, hits > 0 {
            facts.append(("\(say.share(rate, decimals: 0)) %", say("con punto en el mapa", "with a point on the map")))
        }
        if let without = part.withoutArea, without > 0 {
            facts.append(
                (
                    say.count(without),
                    say("del mes sin \(say.level(figures.level))", "of the month in no \(say.level(figures.level))")
                ))
        }
        let unit = part.indicator.countUnit.map { say($0.spanishLabel, $0.englishLabel) } ?? ""
        let items = facts.filter { $0.0 != "–" }.map { "<li><b>\($0.0)</b><span>\($0.1)</span></li>" }
        return "<ul class=\"facts\">\(items.joined())</ul>"
            + (figures.origin == .published
                ? "<p class=\"note\">\(say("Se cuentan \(unit).", "Counted are \(unit)."))</p>" : "")
    }

    private func rateFact(_ part: SheetIndicator) -> String {
        let line = part.total
        let people = line.populationYear.map { say(" (población \($0))", " (population \($0))") } ?? ""
        return say(
            "por \(say.count(part.indicator.per)) al año\(people)",
            "per \(say.count(part.indicator.per)) and year\(people)")
    }

    private func questions(_ part: SheetIndicator) -> String {
        let asked = ([part.total] + part.lines).flatMap { line in
            line.questions.map { question in
                let area = line.areaName.isEmpty ? "" : "<b>\(HTMLText.escaped(line.areaName))</b>: "
                return "<p class=\"question\">\(area)\(say(question.spanishSentence, question.englishSentence))</p>"
            }
        }
        let most = 5
        return asked.prefix(most).joined()
            + (asked.count > most
                ? "<p class=\"note\">\(say("y \(asked.count - most) preguntas más, en el CSV", "and \(asked.count - most) more questions, in the CSV"))</p>"
                : "")
    }

    private func breaks(_ part: SheetIndicator) -> String {
        part.breaks.map { "<p class=\"question\">\(HTMLText.escaped(say($0.spanishSentence, $0.englishSentence)))</p>" }
            .joined()
    }

    private func areas(_ part: SheetIndicator) -> String {
        guard figures.areas.count > 1 else { return "" }
        let lines = part.lines.filter { line in line.recent.contains { $0 != nil } || line.recentWithheld.contains(true)
        }
        .sorted { ($1.twelveMonths ?? -1, $0.areaName) < ($0.twelveMonths ?? -1, $1.areaName) }
        guard !lines.isEmpty else { return "" }
        let hasRates = lines.contains { $0.rate != nil }
        let ranked = lines.count { $0.rateRank != nil }
        var head = [
            (capitalised(say.level(figures.level)), ""), (say("Luz", "Light"), "c"), (say.short(figures.month), "n"),
            (say("base y azar", "base and chance"), "n"), (say("hace un año", "a year ago"), "n"),
            (say("12 meses", "12 months"), "n"), (say("cambio", "change"), "n"),
        ]
        if hasRates {
            head += [
                (say("tasa", "rate"), "n"), (say("suavizada", "smoothed"), "n"),
                (say("lugar por tasa", "rank by rate"), ""),
            ]
        }
        head.append((say("doce luces", "twelve lights"), ""))
        let rows = lines.prefix(Self.longestList).map { row($0, part, hasRates, ranked) }
        let isTold = lines.prefix(Self.longestList).contains { $0.firstLevels != $0.recentLevels }
        let note =
            isTold && part.indicator.isJudged
            ? "<p class=\"note\">\(say("Cada luz es la que se dio en su momento; con una raya debajo, la que hoy, con cifras corregidas, sería otra.", "Each light is the one that was told at the time; with a stroke below, the one that would be another by today's restated figures."))</p>"
            : ""
        return table(head, Array(rows)) + note + cut(lines.count)
    }

    private func row(_ line: SheetLine, _ part: SheetIndicator, _ hasRates: Bool, _ ranked: Int) -> String {
        let band = line.light.band.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "–"
        var cells = [
            "<td class=\"c\">\(part.indicator.isJudged ? mark.mark(line.level, line.light) : "")</td>",
            "<td class=\"n big\">\(figure(line, .count, say.count(line.count)))\(line.isRestated ? "<span class=\"dagger\" title=\"\(say("corregida", "restated"))\">†</span>" : "")</td>",
            "<td class=\"n\">\(line.withheld.contains(.light) ? "" : "\(say.number(line.light.base))<small>\(band)</small>")</td>",
            "<td class=\"n\">\(figure(line, .yearAgo, say.count(line.yearAgo)))<small>\(change(line.fromYearAgo, line, of: [.count, .yearAgo]))</small></td>",
            "<td class=\"n\">\(figure(line, .twelveMonths, say.count(line.twelveMonths)))</td>",
            "<td class=\"n\">\(change(line.fromTwelveMonthsBefore, line, of: [.twelveMonthsBefore]))</td>",
        ]
        if hasRates {
            let rank = line.rateRank.map {
                "\(charts.rank($0, of: ranked)) \($0.rank)<span class=\"maybe\"> (\(words($0.range)))</span>"
            }
            cells += [
                "<td class=\"n\">\(line.withheld.contains(.twelveMonths) ? "" : say.number(line.rate))</td>",
                "<td class=\"n\">\(line.withheld.contains(.twelveMonths) ? "" : say.number(line.bayesRate))</td>",
                "<td>\(rank ?? (line.withheld.contains(.twelveMonths) ? "" : "–"))</td>",
            ]
        }
        cells.append(
            "<td>\(part.indicator.isJudged ? charts.history(line) : charts.spark(line.recent))</td>")
        return "<tr><th scope=\"row\">\(HTMLText.escaped(line.areaName))</th>\(cells.joined())</tr>"
    }

    private func funnel(_ part: SheetIndicator) -> String {
        let plot = charts.funnel(part.lines, per: part.indicator.per)
        guard !plot.isEmpty else { return "" }
        return
            "<div class=\"keep\"><h3>\(say("Tasa y tamaño: quién sale de lo que el azar explica", "Rate and size: who lies beyond chance"))</h3>"
            + plot
            + "<p class=\"note\">\(say("Tasa de doce meses por \(say.count(part.indicator.per)) según la población. Entre las curvas queda el 95 % (línea) y el 99.8 % (punteada) de lo que el azar hace con la tasa de todos.", "Rate of twelve months per \(say.count(part.indicator.per)) by population. The curves hold 95 % (line) and 99.8 % (dashed) of what chance makes of everybody's rate."))</p></div>"
    }

    private func places(_ list: SheetPlaceList) -> String {
        let hasRates = list.places.contains { $0.bayesRate != nil }
        var head = [
            ("", "n"), (capitalised(say.level(list.level)), ""), (say("12 meses", "12 months"), "n"),
            (say("parte del total", "share of all"), "n"), (say("cambio", "change"), "n"),
        ]
        if hasRates { head += [(say("tasa", "rate"), "n"), (say("suavizada", "smoothed"), "n")] }
        let rows = list.places.enumerated().map { index, place -> String in
            var cells = [
                "<td class=\"n big\">\(say.count(place.count))</td>",
                "<td class=\"n\">\(say.share(place.share)) %</td>", "<td class=\"n\">\(change(place.change))</td>",
            ]
            if hasRates {
                cells += [
                    "<td class=\"n\">\(say.number(place.rate))</td>",
                    "<td class=\"n\">\(say.number(place.bayesRate))</td>",
                ]
            }
            return
                "<tr><td class=\"n maybe\">\(index + 1)</td><th scope=\"row\">\(HTMLText.escaped(place.name))</th>\(cells.joined())</tr>"
        }
        let share = list.places.reduce(0) { $0 + $1.share }
        let note = say(
            "\(say.count(list.places.count)) de \(say.count(list.areas)) \(say.levels(list.level)) tienen el \(say.share(share, decimals: 0)) % de lo que está en alguna.",
            "\(say.count(list.places.count)) of \(say.count(list.areas)) \(say.levels(list.level)) have \(say.share(share, decimals: 0)) % of what lies in any."
        )
        return
            "<div class=\"keep\"><h3>\(say("Dónde se concentra, por \(say.level(list.level))", "Where it concentrates, by \(say.level(list.level))"))</h3>"
            + "<div class=\"where\"><div>\(table(head, rows))<p class=\"note\">\(note)</p></div>\(charts.map(list, figures.map))</div></div>"
    }

    private func balloons(_ list: SheetPlaceList) -> String {
        guard list.checked > 0 else { return "" }
        let title = "<h3>\(say("¿Bajó aquí y subió al lado?", "Did it fall here and rise next door?"))</h3>"
        guard !list.balloons.isEmpty else {
            return "<div class=\"keep\">\(title)<p class=\"note\">"
                + say(
                    "En ninguna de \(say.count(list.checked)) \(say.levels(list.level)) bajó más de lo que el azar explica mientras a su alrededor subía.",
                    "In none of \(say.count(list.checked)) \(say.levels(list.level)) did it fall beyond chance while it rose around it."
                ) + "</p></div>"
        }
        let items = list.balloons.prefix(5).map { balloon in
            let (here, next) = (balloon.check.here, balloon.check.nextDoor)
            return "<p class=\"question\"><b>\(HTMLText.escaped(balloon.name))</b>: "
                + say(
                    "bajó de \(say.count(here.from)) a \(say.count(here.to)), y a su alrededor subió de \(say.count(next.from)) a \(say.count(next.to)).",
                    "fell from \(say.count(here.from)) to \(say.count(here.to)), and around it rose from \(say.count(next.from)) to \(say.count(next.to))."
                )
                + "</p>"
        }
        return "<div class=\"keep\">\(title)\(items.joined())</div>"
    }
}
