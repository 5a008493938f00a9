import CivilTime
import Hotspots
import Incidents
import Indicators
import Statistics

/// Computes the lines of one month: one an indicator and area, and one an indicator for all areas together.
struct SheetLines {
    let series: MonthlySeries
    let lights: LightTable
    /// The place of the sheet's month.
    let month: Int
    let populations: SheetPopulations
    /// Indicator, area and month of figures that were told differently before.
    let restated: Set<String>
    let history: LightHistory

    /// By indicator, in the series' order, and by area.
    /// - Throws: `HotspotError`.
    /// - Complexity: O(areas²) an indicator for the ranks.
    func lines(of indicator: Indicator, at place: Int) throws -> [SheetLine] {
        var lines = series.areas.indices.map { area in
            line(indicator, place, area, series.areas[area].key, series.areas[area].label)
        }
        try rate(&lines, indicator)
        let ranks = AreaRanking.ofRates(
            counts: lines.map(\.twelveMonths), population: lines.map(\.population))
        let changes = AreaRanking.ofChanges(
            from: lines.map { $0.fromTwelveMonthsBefore?.from }, to: lines.map { $0.fromTwelveMonthsBefore?.to })
        for area in lines.indices {
            lines[area].rateRank = ranks.places[area]
            lines[area].changeRank = changes.places[area]
        }
        return lines
    }

    /// The line of a series of one row.
    func totalLine(of indicator: Indicator, at place: Int, people: SheetPopulations.Figure?) -> SheetLine {
        var line = line(indicator, place, 0, "", series.areas.first?.label ?? "")
        line.population = people?.value
        line.populationYear = people?.year
        line.populationKind = people?.kind
        if let sum = line.twelveMonths, let people, people.value > 0 {
            line.rate = Double(sum) / people.value * Double(indicator.per)
        }
        line.questions = questions(line, indicator)
        return line
    }

    private func line(_ indicator: Indicator, _ place: Int, _ area: Int, _ key: String, _ name: String) -> SheetLine {
        let light = indicator.isJudged ? lights[place, area, month] : Light()
        let start = series.start(of: place, before: month)
        func count(_ back: Int) -> Int? {
            month - back >= start ? series.count(place, area, month - back) : nil
        }
        let sum = series.sum(place, area, from: month - 11, through: month)
        // On one side of every break: the sum from the first month to the last says so.
        let both = series.sum(place, area, from: month - 23, through: month)
        let before = both.flatMap { both in sum.map { both - $0 } }
        let withheld = withheld(place, area, from: start, isJudged: indicator.isJudged, light)
        let peak =
            withheld.contains(.peak)
            ? nil
            : (start...max(start, month)).compactMap { at in series.count(place, area, at).map { (at, $0) } }
                .max { ($0.1, -$0.0) < ($1.1, -$1.0) }
        let now = count(0)
        let months = max(0, month - 11)...month
        let levels = months.map { lights.level(lights[place, area, $0]) }
        let firstLevels = zip(months, levels).map { at, level in
            history.level(indicator.id, key, series.month(at: at), now: level)
        }
        var line = SheetLine(
            indicator: indicator.id, areaID: key, areaName: name, count: now, previous: count(1), yearAgo: count(12),
            fromPrevious: Change(from: count(1), to: now), fromYearAgo: Change(from: count(12), to: now),
            peak: peak?.1, peakMonth: peak.map { series.month(at: $0.0).description }, percentFromPeak: nil,
            twelveMonths: sum, twelveMonthsBefore: before, fromTwelveMonthsBefore: Change(from: before, to: sum),
            population: nil, populationYear: nil, populationKind: nil, rate: nil, bayesRate: nil, funnel: nil,
            light: light, level: lights.level(light), isShortBase: lights.isShort(light),
            goal: light.base.map { $0 * Double(lights.rule.goalPercent) / 100 }, rateRank: nil, changeRank: nil,
            recent: (max(0, month - 36)...month).map { series.count(place, area, $0) },
            recentLevels: levels, firstLevels: firstLevels, questions: [],
            isRestated: restated.contains(SheetLines.key(indicator.id, key, series.month(at: month).description)),
            withheld: withheld, recentWithheld: (max(0, month - 36)...month).map { series.isWithheld(place, area, $0) })
        if let now, let peak, peak.1 > 0, now < peak.1 {
            line.percentFromPeak = Double(now - peak.1) / Double(peak.1) * 100
        }
        return line
    }

    /// What is not shown of a line: figures that are withheld, and all that one of them is part of.
    private func withheld(
        _ place: Int, _ area: Int, from start: Int, isJudged: Bool, _ light: Light
    ) -> Set<SheetLine.Figure> {
        func isWithheld(_ back: Int) -> Bool { month - back >= start && series.isWithheld(place, area, month - back) }
        func isAnyWithheld(_ first: Int) -> Bool {
            series.isWithheld(place, area, from: max(start, first), through: month)
        }
        var withheld: Set<SheetLine.Figure> = []
        if isWithheld(0) { withheld.insert(.count) }
        if isWithheld(1) { withheld.insert(.previous) }
        if isWithheld(12) { withheld.insert(.yearAgo) }
        if isAnyWithheld(start) { withheld.insert(.peak) }
        if isAnyWithheld(month - 11) { withheld.insert(.twelveMonths) }
        if isAnyWithheld(month - 23) { withheld.insert(.twelveMonthsBefore) }
        if isJudged, light.absence == .withheld { withheld.insert(.light) }
        return withheld
    }

    static func key(_ indicator: String, _ area: String, _ month: String) -> String {
        "\(indicator)\u{0}\(area)\u{0}\(month)"
    }

    /// Rates of the twelve months, raw and drawn to the mean, with their place in the funnel.
    private func rate(_ lines: inout [SheetLine], _ indicator: Indicator) throws {
        let people = lines.map { populations.figure(of: indicator, area: $0.areaID) }
        let counts = lines.map { $0.twelveMonths.map(Double.init) ?? -1 }
        let values = people.map { $0?.value ?? 0 }
        let bayes = try EmpiricalBayes().rates(of: counts, population: values)
        let funnel = try FunnelLimits().limits(of: counts, population: values)
        for area in lines.indices {
            lines[area].population = people[area]?.value
            lines[area].populationYear = people[area]?.year
            lines[area].populationKind = people[area]?.kind
            if let sum = lines[area].twelveMonths, values[area] > 0 {
                lines[area].rate = Double(sum) / values[area] * Double(indicator.per)
                lines[area].bayesRate = bayes.rates[area].map { $0 * Double(indicator.per) }
                lines[area].funnel = funnel.areas[area]?.position
            }
            lines[area].questions = questions(lines[area], indicator)
        }
    }

    /// Small areas have high rates by chance: those of less than ten incidents are not questioned for their rate.
    private func questions(_ line: SheetLine, _ indicator: Indicator) -> [Plausibility.Question] {
        let plausibility = Plausibility(rateUpTo: indicator.plausibleUpTo)
        let per100k = line.rate.map { $0 * 100_000 / Double(indicator.per) }
        return [
            (line.twelveMonths ?? 0) >= 10 ? plausibility.question(ratePer100k: per100k) : nil,
            plausibility.question(light: line.light),
        ].compactMap { $0 }
    }
}

/// What rates divide by: per indicator and area the figure of the year nearest to the sheet's, none after it where there is an
/// earlier one.
struct SheetPopulations {
    struct Figure: Hashable, Sendable {
        var value: Double
        var year: Int
        var kind: String
    }

    private var byKind: [String: [String: Figure]] = [:]

    init(_ figures: [PopulationFigure], level: String, year: Int) {
        for figure in figures where figure.level == level {
            let new = Figure(value: figure.value, year: figure.year, kind: figure.kind)
            guard let old = byKind[figure.kind]?[figure.areaKey] else {
                byKind[figure.kind, default: [:]][figure.areaKey] = new
                continue
            }
            if Self.isNearer(new.year, than: old.year, to: year) { byKind[figure.kind]?[figure.areaKey] = new }
        }
    }

    private static func isNearer(_ a: Int, than b: Int, to year: Int) -> Bool {
        if (a <= year) != (b <= year) { return a <= year }
        return abs(a - year) < abs(b - year)
    }

    /// Of the first kind that the indicator names and the store has for any area.
    func figure(of indicator: Indicator, area: String) -> Figure? {
        indicator.denominators.lazy.compactMap { byKind[$0] }.first?[area]
    }

    /// Of all areas together; nil where one of those that are counted has no figure.
    func sum(of indicator: Indicator, areas: [String]) -> Figure? {
        var sum: Figure?
        for area in areas {
            guard let figure = figure(of: indicator, area: area) else { return nil }
            let known = sum ?? Figure(value: 0, year: figure.year, kind: figure.kind)
            sum = Figure(value: known.value + figure.value, year: max(known.year, figure.year), kind: known.kind)
        }
        return sum
    }
}
