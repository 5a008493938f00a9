import Indicators
import Pictures

extension SheetPage {
    private var judged: [SheetIndicator] { figures.indicators.filter(\.indicator.isJudged) }

    /// What a reader is told first: how many lights, and how many of them are more than chance.
    var lead: String {
        let lines = judged.flatMap(\.lines)
        let lit = lines.filter { $0.level != nil }
        guard !lit.isEmpty else {
            return "<p class=\"lead\">"
                + say(
                    "Ninguna cifra de este mes tiene todavía una base con la cual compararse.",
                    "No figure of this month has a base yet that it could be held against.") + "</p>"
        }
        if lit.count == 1, let level = lit[0].level {
            let isChance = ![.above, .below].contains(lit[0].light.chance)
            return "<p class=\"lead\">"
                + say(
                    "La única luz de este mes es \(plural(level, 1)), \(isChance ? "y puede ser azar" : "más que azar").",
                    "The only light of this month is \(plural(level, 1)), \(isChance ? "and may be chance" : "more than chance")."
                )
                + "</p>"
        }
        let counts = LightLevel.allCases.compactMap { level -> String? in
            let number = lit.count { $0.level == level }
            return number > 0 ? "\(say.count(number)) \(plural(level, number))" : nil
        }
        let worse = lit.count { $0.light.chance == .above }
        let better = lit.count { $0.light.chance == .below }
        let chance = chanceSentence(worse: worse, better: better)
        return "<p class=\"lead\">"
            + say(
                "De \(say.count(lit.count)) luces de este mes, \(joined(counts)). \(chance)",
                "Of \(say.count(lit.count)) lights this month, \(joined(counts)). \(chance)") + "</p>"
    }

    private func chanceSentence(worse: Int, better: Int) -> String {
        let (up, down) = (say.count(worse), say.count(better))
        switch (worse, better) {
        case (0, 0): return say("Ninguna rebasa lo que el azar explica.", "None of them is more than chance explains.")
        case (1, 0): return say("Sólo una es más que azar: un alza.", "Only one is more than chance: a rise.")
        case (0, 1): return say("Sólo una es más que azar: una baja.", "Only one is more than chance: a fall.")
        case (_, 0):
            return say(
                "Sólo \(up) son más que azar, todas al alza.", "Only \(up) are more than chance, all of them rises.")
        case (0, _):
            return say(
                "Sólo \(down) son más que azar, todas a la baja.",
                "Only \(down) are more than chance, all of them falls.")
        default:
            return say(
                "Sólo \(say.count(worse + better)) son más que azar: \(up) al alza y \(down) a la baja.",
                "Only \(say.count(worse + better)) are more than chance: \(up) up and \(down) down.")
        }
    }

    private func plural(_ level: LightLevel, _ count: Int) -> String {
        guard say.language == .spanish else { return say.name(level) }
        switch level {
        case .darkGreen: return count == 1 ? "verde intensa" : "verdes intensas"
        case .green: return count == 1 ? "verde" : "verdes"
        case .yellow: return count == 1 ? "amarilla" : "amarillas"
        case .red: return count == 1 ? "roja" : "rojas"
        case .doubleRed: return count == 1 ? "doble roja" : "dobles rojas"
        }
    }

    private func joined(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + say(" y ", " and ") + last
    }

    /// The changes of twelve months that are more than chance, the clearest first.
    func changes(most: Int) -> String {
        let all = figures.indicators.filter { $0.indicator.isJudged }.flatMap { part in
            (figures.areas.count > 1 ? part.lines : [part.total]).compactMap {
                line -> (SheetIndicator, SheetLine, Change)? in
                guard let change = line.fromTwelveMonthsBefore, change.isBeyondChance, change.isNotable else {
                    return nil
                }
                return (part, line, change)
            }
        }.sorted { abs($0.2.z) > abs($1.2.z) }
        guard !all.isEmpty else { return "" }
        let items = all.prefix(most).map { part, line, change in
            let area = line.areaName.isEmpty ? "" : " · \(HTMLText.escaped(line.areaName))"
            let percent = change.percent.map { say.signedPercent($0) } ?? "+\(say.count(change.difference))"
            let words = say(
                "\(say.count(change.to)) en doce meses, \(say.count(change.from)) en los doce anteriores",
                "\(say.count(change.to)) in twelve months, \(say.count(change.from)) in the twelve before")
            return
                "<li class=\"\(change.difference > 0 ? "up" : "down")\"><b>\(change.difference > 0 ? "▲" : "▼") \(HTMLText.escaped(say.name(part.indicator)))\(area) \(percent)</b><span>\(words)</span></li>"
        }
        let rest =
            all.count > most
            ? "<p class=\"note\">\(say("y \(all.count - most) cambios más de esta clase, en las tablas", "and \(all.count - most) more changes of this kind, in the tables"))</p>"
            : ""
        return
            "<h2>\(say("Lo que cambió en doce meses, más de lo que el azar explica", "What changed in twelve months, more than chance explains"))</h2>"
            + "<ul class=\"changes\">\(items.joined())</ul>" + rest
    }

    /// All areas together, a row an indicator.
    var glance: String {
        let head = [
            (say("Indicador", "Indicator"), ""), (say("Luz", "Light"), "c"), (say.short(figures.month), "n"),
            (say("mes anterior", "month before"), "n"), (say("hace un año", "a year ago"), "n"),
            (say("del máximo", "from the peak"), "n"), (say("12 meses", "12 months"), "n"),
            (say("cambio", "change"), "n"), (say("tasa", "rate"), "n"), (say("tres años", "three years"), ""),
        ]
        let rows = figures.indicators.map { part -> String in
            let line = part.total
            let peak =
                line.percentFromPeak.map { say.signedPercent($0) }
                ?? (line.count == nil || line.peak == nil ? "–" : say("es el máximo", "the peak"))
            let cells = [
                "<td class=\"c\">\(part.indicator.isJudged ? mark.mark(line.level, line.light) : "")</td>",
                "<td class=\"n big\">\(figure(line, .count, say.count(line.count)))</td>",
                "<td class=\"n\">\(figure(line, .previous, say.count(line.previous)))<small>\(change(line.fromPrevious, line, of: [.count, .previous]))</small></td>",
                "<td class=\"n\">\(figure(line, .yearAgo, say.count(line.yearAgo)))<small>\(change(line.fromYearAgo, line, of: [.count, .yearAgo]))</small></td>",
                "<td class=\"n\">\(figure(line, .peak, "\(peak)<small>\(say.count(line.peak)) \(say.short(line.peakMonth))</small>"))</td>",
                "<td class=\"n\">\(figure(line, .twelveMonths, say.count(line.twelveMonths)))</td>",
                "<td class=\"n\">\(change(line.fromTwelveMonthsBefore, line, of: [.twelveMonthsBefore]))</td>",
                "<td class=\"n\">\(line.rate == nil && line.withheld.contains(.twelveMonths) ? "" : "\(say.number(line.rate))<small>\(rateWords(part))</small>")</td>",
                "<td>\(charts.spark(line.recent))</td>",
            ]
            return
                "<tr><th scope=\"row\">\(HTMLText.escaped(say.name(part.indicator)))\(note(part))</th>\(cells.joined())</tr>"
        }
        return heading(say("El mes en todo el territorio", "The month in the whole territory"))
            + table(
                head, rows,
                caption: say(
                    "Suma de los \(say.levels(figures.level)) que tienen cifras. Un cambio con ▲ o ▼ es más que azar (p < 0.05).",
                    "Sum of the \(say.levels(figures.level)) that have figures. A change with ▲ or ▼ is more than chance (p < 0.05)."
                ))
    }

    private func note(_ part: SheetIndicator) -> String {
        part.areasCovered == figures.areas.count
            ? ""
            : "<small>\(say("cifras de \(part.areasCovered) de \(figures.areas.count)", "figures of \(part.areasCovered) of \(figures.areas.count)"))</small>"
    }

    func rateWords(_ part: SheetIndicator) -> String {
        guard part.total.rate != nil || part.lines.contains(where: { $0.rate != nil }) else { return "" }
        return say("por \(say.count(part.indicator.per))", "per \(say.count(part.indicator.per))")
    }

    /// Areas down, indicators across: every light of the month, and what they come to.
    var matrix: String {
        guard figures.areas.count > 1, !judged.isEmpty else { return "" }
        let order = figures.areas.indices.sorted { a, b in
            let (x, y) = (figures.areas[a].entry?.rank ?? .max, figures.areas[b].entry?.rank ?? .max)
            return (x, figures.areas[a].area.label) < (y, figures.areas[b].area.label)
        }
        let head =
            [(capitalised(say.level(figures.level)), "")]
            + judged.map { ("<span>\(HTMLText.escaped(say.name($0.indicator)))</span>", "v") }
            + [(say("puntaje", "score"), "n"), (say("índice", "index"), "n"), (say("lugar", "rank"), "")]
        let ranked = figures.areas.count { $0.entry?.rank != nil }
        let rows = order.prefix(Self.longestList).map { place -> String in
            let area = figures.areas[place]
            let lights = judged.map { part in
                "<td class=\"c\">\(mark.mark(part.lines[place].level, part.lines[place].light))</td>"
            }
            let score = area.score.value.map {
                "\(say.decimal($0, 2))<span class=\"score\" aria-hidden=\"true\"><i style=\"width:\(Int(($0 * 100).rounded()))%\"></i></span>"
            }
            let rank = area.entry.flatMap { entry in
                entry.rank.flatMap { rank in
                    entry.range.map {
                        "\(charts.whisker(rank, $0, ranked)) \(rank)<span class=\"maybe\"> (\(words($0)))</span>"
                    }
                }
            }
            return
                "<tr><th scope=\"row\">\(HTMLText.escaped(area.area.label))</th>\(lights.joined())<td class=\"n\">\(score ?? "–")</td>"
                + "<td class=\"n\">\(say.decimal(area.entry?.index, 0))</td><td>\(rank ?? "–")</td></tr>"
        }
        // A table that fits on a page is not broken.
        let keeps = figures.areas.count <= 25
        return (keeps ? "<div class=\"keep\">" : "")
            + heading(say("Las luces del mes", "The lights of the month"), ruleSentence)
            + table(head, Array(rows), name: "matrix") + cut(figures.areas.count) + (keeps ? "</div>" : "")
    }

    /// A range as it is read: `1–3`, or `2` where it is one.
    func words(_ range: ClosedRange<Int>) -> String {
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
    }

    var ruleSentence: String {
        let rule = figures.rule
        let base = say(rule.spanishName, rule.englishName)
        let short = figures.indicators.flatMap(\.lines).filter(\.isShortBase)
        guard let least = short.map(\.light.baseMonths).min(), let most = short.map(\.light.baseMonths).max() else {
            return say("Regla: \(HTMLText.escaped(base)).", "Rule: \(HTMLText.escaped(base)).")
        }
        let months = least == most ? "\(least)" : say("\(least) a \(most)", "\(least) to \(most)")
        return say(
            "Regla: \(HTMLText.escaped(base)). La base tiene por ahora sólo \(months) meses de los \(rule.baseMonths).",
            "Rule: \(HTMLText.escaped(base)). For now the base has only \(months) of the \(rule.baseMonths) months.")
    }

    /// How lights are read, in one line.
    var legend: String {
        let percents = figures.rule.steps.map { step -> String in
            if let below = step.belowPercent {
                return say("menos del \(below) % de la base", "below \(below) % of the base")
            }
            if let upTo = step.upToPercent { return say("hasta el \(upTo) %", "up to \(upTo) %") }
            return say("más", "more")
        }
        let items = zip(figures.rule.steps, percents).map { step, words in
            "<li>\(mark.sample(step.level)) \(say.name(step.level)): \(words)</li>"
        }
        return
            "<ul class=\"legend\">\(items.joined())<li>\(say("Relleno: más de lo que el azar explica. Hueco: puede ser azar.", "Filled: more than chance explains. Open: may be chance."))</li></ul>"
    }

    func table(_ head: [(String, String)], _ rows: [String], name: String = "", caption: String = "") -> String {
        let cells = head.map { "<th scope=\"col\"\($0.1.isEmpty ? "" : " class=\"\($0.1)\"")>\($0.0)</th>" }
        return "<div class=\"scroll\"><table\(name.isEmpty ? "" : " class=\"\(name)\"")>"
            + (caption.isEmpty ? "" : "<caption>\(caption)</caption>")
            + "<thead><tr>\(cells.joined())</tr></thead><tbody>\(rows.joined())</tbody></table></div>"
    }

    func cut(_ count: Int) -> String {
        count <= Self.longestList
            ? ""
            : "<p class=\"note\">\(say("y \(say.count(count - Self.longestList)) más, en el CSV y el JSON", "and \(say.count(count - Self.longestList)) more, in the CSV and the JSON"))</p>"
    }
}
