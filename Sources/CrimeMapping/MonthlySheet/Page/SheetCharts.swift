import CivilTime
import Hotspots
import Indicators

/// The charts of a sheet, as SVG in the page's colours.
struct SheetCharts {
    let say: SheetWords
    let mark: LightMark

    // MARK: Sparkline

    /// The last months as a line without axes, the last one as a dot; missing months leave a gap.
    func spark(_ values: [Int?], width: Double = 120, height: Double = 26) -> String {
        let most = Double(max(1, values.compactMap { $0 }.max() ?? 1))
        let step = (width - 8) / Double(max(1, values.count - 1))
        func x(_ index: Int) -> Double { 4 + step * Double(index) }
        func y(_ value: Int) -> Double { height - 4 - (height - 8) * Double(value) / most }
        var path = ""
        var isOpen = false
        for (index, value) in values.enumerated() {
            guard let value else {
                isOpen = false
                continue
            }
            path += "\(isOpen ? "L" : "M")\(SVGText.short(x(index))) \(SVGText.short(y(value)))"
            isOpen = true
        }
        let dot = values.last.flatMap { $0 }.map {
            "<circle cx=\"\(SVGText.short(x(values.count - 1)))\" cy=\"\(SVGText.short(y($0)))\" r=\"2.4\" class=\"dot\"/>"
        }
        return "<svg class=\"spark\" width=\"\(SVGText.short(width))\" height=\"\(SVGText.short(height))\" "
            + "viewBox=\"0 0 \(SVGText.short(width)) \(SVGText.short(height))\" aria-hidden=\"true\"><path d=\"\(path)\"/>\(dot ?? "")</svg>"
    }

    // MARK: Months

    /// Columns of the last 37 months, the base and the goal as lines, and beside the last column what chance explains.
    func months(_ line: SheetLine, through month: Period) -> String {
        let (width, height, left, right, bottom, top) = (920.0, 200.0, 38.0, 84.0, 22.0, 10.0)
        // Months before the series begins are no missing figures.
        let held = line.recentWithheld.count == line.recent.count ? line.recentWithheld : line.recent.map { _ in false }
        let values = Array(line.recent.indices.drop { line.recent[$0] == nil && !held[$0] }.map { line.recent[$0] })
        let withheld = Array(held.suffix(values.count))
        let band = line.light.band
        let highest =
            [
                Double(values.compactMap { $0 }.max() ?? 0), line.light.base ?? 0, Double(band?.upperBound ?? 0), 1,
            ].max() ?? 1
        let most = Self.roundAbove(highest)
        let step = (width - left - right) / Double(max(1, values.count))
        func y(_ value: Double) -> Double { top + (height - top - bottom) * (1 - value / most) }
        var parts: [String] = []
        for share in [0, 0.5, 1] {
            parts.append(rule(left, width - right, y(most * share), "grid"))
            parts.append(text(left - 6, y(most * share) + 3.5, say.tick(most * share), "end"))
        }
        for (index, value) in values.enumerated() {
            let at = month.advanced(by: index - values.count + 1) ?? month
            let x = left + step * Double(index)
            if at.first.components.month == 1 || index == 0 {
                let isJanuary = at.first.components.month == 1
                if isJanuary {
                    parts.append(
                        "<line x1=\"\(SVGText.short(x))\" x2=\"\(SVGText.short(x))\" y1=\"\(SVGText.short(y(0)))\" y2=\"\(SVGText.short(y(0) + 5))\" class=\"tick\"/>"
                    )
                    parts.append(text(x + 2, height - 6, String(at.first.components.year), "start"))
                }
            }
            guard let value else {
                parts.append(
                    withheld[index]
                        ? text(x + step / 2, y(0) - 3, "◦", "middle")
                        : text(x + step / 2, y(0) - 3, "×", "middle", "missing"))
                continue
            }
            let isLast = index == values.count - 1
            parts.append(
                "<rect x=\"\(SVGText.short(x + step * 0.14))\" y=\"\(SVGText.short(y(Double(value))))\" width=\"\(SVGText.short(step * 0.72))\" height=\"\(SVGText.short(max(0, y(0) - y(Double(value)))))\" class=\"\(isLast ? "bar now" : "bar")\"><title>\(say.short(at)): \(say.count(value))</title></rect>"
            )
        }
        parts += lines(line, left, width - right, y)
        if let band, !values.isEmpty {
            let x = left + step * (Double(values.count) - 0.5)
            parts.append(beam(x, y(Double(band.lowerBound)), y(Double(band.upperBound))))
        }
        return
            "<svg class=\"chart\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(words(line, month))\">\(parts.joined())</svg>"
    }

    private func lines(_ line: SheetLine, _ left: Double, _ right: Double, _ y: (Double) -> Double) -> [String] {
        guard let base = line.light.base, let goal = line.goal else { return [] }
        // Two labels that would lie over each other are drawn apart.
        let gap = max(0, 12 - (y(goal) - y(base))) / 2
        return [
            rule(left, right, y(base), "base"), rule(left, right, y(goal), "goal"),
            text(right + 6, y(base) + 3.5 - gap, "\(say("base", "base")) \(say.number(base))", "start", "strong"),
            text(right + 6, y(goal) + 3.5 + gap, "\(say("meta", "goal")) \(say.number(goal))", "start"),
        ]
    }

    private func words(_ line: SheetLine, _ month: Period) -> String {
        var words = say(
            "Cifras de los meses hasta \(say.month(month)): \(say.count(line.count)).",
            "Figures of the months up to \(say.month(month)): \(say.count(line.count)).")
        if let base = line.light.base, let band = line.light.band {
            words += say(
                " Base \(say.number(base)), meta \(say.number(line.goal)); el azar explica de \(band.lowerBound) a \(band.upperBound).",
                " Base \(say.number(base)), goal \(say.number(line.goal)); chance explains \(band.lowerBound) to \(band.upperBound)."
            )
        }
        return words
    }

    // MARK: Funnel

    /// Rates by population between the limits of chance: who lies outside is named.
    func funnel(_ lines: [SheetLine], per: Int) -> String {
        let points = lines.compactMap { line -> (people: Double, rate: Double, line: SheetLine)? in
            guard let people = line.population, let rate = line.rate, people > 0 else { return nil }
            return (people, rate, line)
        }
        guard points.count >= 5 else { return "" }
        let (width, height, left, right, bottom, top) = (920.0, 280.0, 40.0, 20.0, 34.0, 12.0)
        let people = points.reduce(0) { $0 + $1.people }
        let overall = points.reduce(0) { $0 + $1.rate * $1.people } / max(1, people)
        let widest = points.map(\.people).max() ?? 1
        let least = points.map(\.people).min() ?? 1
        let most = Self.roundAbove(max(points.map(\.rate).max() ?? 1, overall * 1.5, 1e-9))
        // Root scale: small places, where limits are wide, get room.
        func x(_ value: Double) -> Double { left + (width - left - right) * (value / widest).squareRoot() }
        func y(_ value: Double) -> Double { top + (height - top - bottom) * (1 - min(most, value) / most) }
        var parts: [String] = []
        for share in [0, 0.5, 1] {
            parts.append(rule(left, width - right, y(most * share), "grid"))
            parts.append(text(left - 6, y(most * share) + 3.5, say.tick(most * share), "end"))
        }
        parts.append(curves(from: least * 0.6, to: widest, target: overall / Double(per), per: per, x, y))
        parts.append(rule(left, width - right, y(overall), "base"))
        for value in Self.ticks(least, widest) {
            parts.append(text(x(value), height - 16, say.count(Int(value)), "middle"))
        }
        parts.append(text((left + width - right) / 2, height - 3, say("población", "population"), "middle"))
        var labels: [(x: Double, y: Double)] = []
        for point in points.sorted(by: { $0.people > $1.people }) {
            let (px, py) = (x(point.people), y(point.rate))
            let isOut = point.line.funnel.map { $0 != .within } ?? false
            let isFar = point.line.funnel == .aboveOuter || point.line.funnel == .belowOuter
            let words = "\(HTMLText.escaped(point.line.areaName)): \(say.number(point.rate))"
            parts.append(
                "<circle cx=\"\(SVGText.short(px))\" cy=\"\(SVGText.short(py))\" r=\"\(isOut ? "4" : "3")\" class=\"\(isFar ? "pt far" : isOut ? "pt out" : "pt")\"><title>\(words)</title></circle>"
            )
            guard isOut, labels.count < 14, !labels.contains(where: { abs($0.x - px) < 90 && abs($0.y - py) < 12 })
            else {
                continue
            }
            labels.append((px, py))
            let isRight = px > width - right - 110
            parts.append(
                text(
                    px + (isRight ? -7 : 7), py + 3.5, HTMLText.escaped(point.line.areaName), isRight ? "end" : "start",
                    "strong"))
        }
        let label = say(
            "Tasa de doce meses por población, entre los límites del azar",
            "Rate of twelve months by population, between the limits of chance")
        return
            "<svg class=\"chart\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(label)\">\(parts.joined())</svg>"
    }

    private func curves(
        from least: Double, to widest: Double, target: Double, per: Int, _ x: (Double) -> Double,
        _ y: (Double) -> Double
    ) -> String {
        let low = max(1, least).squareRoot()
        let places = (0...60).map { step -> Double in
            let root = low + (widest.squareRoot() - low) * Double(step) / 60
            return root * root
        }
        guard
            let limits = try? FunnelLimits(method: .normal, target: target)
                .limits(of: places.map { _ in 0 }, population: places)
        else { return "" }
        func path(_ value: (FunnelResult.Area) -> Double, _ name: String) -> String {
            let points = zip(places, limits.areas).compactMap { place, area in
                area.map { "\(SVGText.short(x(place))) \(SVGText.short(y(value($0) * Double(per))))" }
            }
            return "<path d=\"M\(points.joined(separator: "L"))\" class=\"\(name)\"/>"
        }
        return path({ $0.inner.lowerBound }, "limit") + path({ $0.inner.upperBound }, "limit")
            + path({ $0.outer.lowerBound }, "limit outer") + path({ $0.outer.upperBound }, "limit outer")
    }

    // MARK: Ranks and goals

    /// A rank as a dot on the range that it may lie in.
    func rank(_ place: AreaRanking.Place?, of count: Int) -> String {
        guard let place, count > 1 else { return "" }
        return whisker(place.rank, place.range, count)
    }

    func whisker(_ rank: Int, _ range: ClosedRange<Int>, _ count: Int) -> String {
        let width = 110.0
        func x(_ rank: Int) -> Double { 6 + (width - 12) * Double(rank - 1) / Double(max(1, count - 1)) }
        return "<svg class=\"rank\" width=\"110\" height=\"14\" viewBox=\"0 0 110 14\" aria-hidden=\"true\">"
            + "<line x1=\"6\" x2=\"104\" y1=\"7\" y2=\"7\" class=\"grid\"/><line x1=\"\(SVGText.short(x(range.lowerBound)))\" "
            + "x2=\"\(SVGText.short(x(range.upperBound)))\" y1=\"7\" y2=\"7\" class=\"range\"/>"
            + "<circle cx=\"\(SVGText.short(x(rank)))\" cy=\"7\" r=\"3.6\" class=\"dot\"/></svg>"
    }

    /// The path of a goal and what came of it.
    func goal(_ goal: SheetGoal) -> String {
        let months = goal.goal.start.through(max(goal.goal.due, goal.now.month))
        guard months.count > 1, months.count <= 600 else { return "" }
        let (width, height, left, right, bottom, top) = (920.0, 200.0, 44.0, 84.0, 22.0, 10.0)
        let actual = Dictionary(
            goal.history.compactMap { entry in entry.actual.map { (entry.month, $0) } }, uniquingKeysWith: { $1 })
        let highest = [goal.goal.baseline, goal.goal.target, Double(actual.values.max() ?? 0), 1].max() ?? 1
        let most = Self.roundAbove(highest)
        func x(_ index: Int) -> Double { left + (width - left - right) * Double(index) / Double(months.count - 1) }
        func y(_ value: Double) -> Double { top + (height - top - bottom) * (1 - value / most) }
        var parts: [String] = []
        for share in [0, 0.5, 1] {
            parts.append(rule(left, width - right, y(most * share), "grid"))
            parts.append(text(left - 6, y(most * share) + 3.5, say.tick(most * share), "end"))
        }
        let path = months.enumerated().map {
            "\(SVGText.short(x($0.offset))) \(SVGText.short(y(goal.goal.path(in: $0.element))))"
        }
        parts.append("<path d=\"M\(path.joined(separator: "L"))\" class=\"goalpath\"/>")
        var line = ""
        for (index, month) in months.enumerated() {
            if month.first.components.month == 1 {
                parts.append(text(x(index), height - 6, String(month.first.components.year), "middle"))
            }
            guard let value = actual[month] else { continue }
            line += "\(line.isEmpty ? "M" : "L")\(SVGText.short(x(index))) \(SVGText.short(y(Double(value))))"
            parts.append(
                "<circle cx=\"\(SVGText.short(x(index)))\" cy=\"\(SVGText.short(y(Double(value))))\" r=\"\(month == goal.now.month ? "4" : "2")\" class=\"dot\"/>"
            )
        }
        parts.append("<path d=\"\(line)\" class=\"actual\"/>")
        parts.append(
            text(
                width - right + 6, y(goal.goal.path(in: months.last ?? goal.goal.due)) + 3.5,
                "\(say("meta", "target")) \(say.number(goal.goal.target))", "start", "strong"))
        let label = say(
            "Camino de la meta y cifras: \(say.count(goal.now.actual)) frente a \(say.number(goal.now.path))",
            "Path of the goal and figures: \(say.count(goal.now.actual)) against \(say.number(goal.now.path))")
        return
            "<svg class=\"chart\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(label)\">\(parts.joined())</svg>"
    }

    /// A share with its interval on a scale from 0 to 100 %.
    func interval(_ estimate: SurveyEstimate) -> String {
        func x(_ share: Double) -> Double { 4 + 152 * share }
        return "<svg class=\"rank\" width=\"160\" height=\"14\" viewBox=\"0 0 160 14\" aria-hidden=\"true\">"
            + "<line x1=\"4\" x2=\"156\" y1=\"7\" y2=\"7\" class=\"grid\"/><line x1=\"\(SVGText.short(x(estimate.low)))\" "
            + "x2=\"\(SVGText.short(x(estimate.high)))\" y1=\"7\" y2=\"7\" class=\"range\"/>"
            + "<circle cx=\"\(SVGText.short(x(estimate.share)))\" cy=\"7\" r=\"3.6\" class=\"dot\"/></svg>"
    }

    /// The lights of the last months as they were first told, oldest first; a stroke below where today's figures give another.
    func history(_ line: SheetLine) -> String {
        let step = 11.0
        func letter(_ level: LightLevel?) -> String { level.map { say.letter($0) } ?? "–" }
        var (marks, words): ([String], [String]) = ([], [])
        for (index, (first, now)) in zip(line.firstLevels, line.recentLevels).enumerated() {
            let x = 6 + step * Double(index)
            marks.append(mark.small(first, x: x, y: 7))
            words.append(letter(first) + (first == now ? "" : say(" (hoy \(letter(now)))", " (now \(letter(now)))")))
            if first != now { marks.append(rule(x - 3.4, x + 3.4, 15, "base")) }
        }
        let text = words.joined(separator: " ")
        let width = SVGText.short(12 + step * Double(max(0, line.firstLevels.count - 1)))
        return
            "<svg class=\"history\" width=\"\(width)\" height=\"17\" viewBox=\"0 0 \(width) 17\" role=\"img\" aria-label=\"\(text)\"><title>\(text)</title>\(marks.joined())</svg>"
    }

    /// The places of a list on the borders of the sheet's areas, the darker the more, with their ranks.
    func map(_ list: SheetPlaceList, _ map: SheetMap?) -> String {
        guard let map, let most = list.places.first?.count, most > 0 else { return "" }
        let places = list.places.compactMap { place -> String? in
            guard let path = map.places[.init(level: list.level, area: place.key)], !path.isEmpty else { return nil }
            let shade = SVGText.short(0.25 + 0.75 * Double(place.count) / Double(most))
            return
                "<path d=\"\(path)\" class=\"place\" fill-opacity=\"\(shade)\"><title>\(HTMLText.escaped(place.name)): \(say.count(place.count))</title></path>"
        }
        guard !places.isEmpty else { return "" }
        let (width, height) = (SVGText.short(map.width), SVGText.short(map.height))
        let label = say(
            "Mapa de los lugares de la lista, más oscuros donde hay más",
            "Map of the places listed, darker where there are more")
        return
            "<svg class=\"map\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(label)\">"
            + "<use href=\"#borders\"/>\(places.joined())</svg>"
    }

    /// The borders under all maps, once a page.
    func borders(_ map: SheetMap?) -> String {
        guard let map else { return "" }
        return
            "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\"><defs><path id=\"borders\" d=\"\(map.borders)\" class=\"border\"/></defs></svg>"
    }

    // MARK: Strokes

    private func rule(_ x1: Double, _ x2: Double, _ y: Double, _ name: String) -> String {
        "<line x1=\"\(SVGText.short(x1))\" x2=\"\(SVGText.short(x2))\" y1=\"\(SVGText.short(y))\" y2=\"\(SVGText.short(y))\" class=\"\(name)\"/>"
    }

    private func beam(_ x: Double, _ low: Double, _ high: Double) -> String {
        let (x, low, high) = (SVGText.short(x), SVGText.short(low), SVGText.short(high))
        return
            "<g class=\"beam\"><title>\(say("lo que el azar explica", "what chance explains"))</title><path d=\"M\(x) \(low)V\(high)M\(x) \(low)m-4.5 0h9M\(x) \(high)m-4.5 0h9\"/></g>"
    }

    private func text(_ x: Double, _ y: Double, _ text: String, _ anchor: String, _ name: String = "") -> String {
        "<text x=\"\(SVGText.short(x))\" y=\"\(SVGText.short(y))\" text-anchor=\"\(anchor)\"\(name.isEmpty ? "" : " class=\"\(name)\"")>\(text)</text>"
    }

    /// 1, 2, 4, 5 or 10 times a power of ten.
    private static func roundAbove(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value { power /= 10 }
        return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].first { $0 * power >= value } ?? 10) * power
    }

    private static func ticks(_ least: Double, _ most: Double) -> [Double] {
        let step = roundAbove(most / 4)
        return (1...4).map { Double($0) * step }.filter { $0 <= most && $0 >= most / 12 }
    }
}
