import Boundaries
import CivilTime
import Hotspots
import Incidents
import Indicators
import Privacy

/// Puts a sheet together from its series.
struct SheetBuilder {
    let sheet: MonthlySheet
    let catalogue: IndicatorCatalogue
    let rule: LightRule
    let figures: IndicatorSeries.Figures
    let month: Int
    let earlier: (series: MonthlySeries, instant: String)?
    /// The lights of past months as they were first told; of the public's sheet none, since of two editions the difference tells.
    var history = LightHistory()
    /// Where the sheet is for whoever has no token: what is public; nothing else of the incidents is looked at.
    var publishing: PublicCity?

    private var series: MonthlySeries { figures.series }

    func build(in store: any SheetSource) throws -> SheetFigures {
        let moved = earlier.map { series.restatements(of: $0.series) } ?? []
        let populations = SheetPopulations(
            try store.populations(asOf: sheet.asOf), level: sheet.level.name,
            year: sheet.month.first.components.year)
        let known = series.indicators.indices.filter { series.cut(of: $0) != nil }
        let places = try SheetPlaces(builder: self, in: store)
        let indicators = try self.indicators(known, moved, populations, places)
        let lights = TrafficLight(rule: rule).lights(of: series)
        let areas = try self.areas(known, indicators, lights)
        let shown = Set(known.map { series.indicators[$0] })
        let hidden = series.indicators.indices.filter { series.cut(of: $0) == nil && !series.areasCovered($0).isEmpty }
        let measures = try SheetMeasures(sheet: sheet, catalogue: catalogue, areas: series.areas)
            .measures(in: store, populations)
        let measured = Set(measures.map(\.indicator.id))
        return SheetFigures(
            month: sheet.month, level: sheet.level.name, asOf: sheet.asOf,
            storeRevision: try publishing?.snapshot.revision() ?? store.revision(),
            catalogue: catalogue, rule: rule, origin: figures.origin, sources: figures.sources,
            boundaryVersion: figures.boundaryVersion?.number, lastDay: figures.lastDay,
            notes: figures.notes + (try strayGoals(in: store)) + (try laterDocuments(in: store)),
            indicators: indicators,
            withoutFigures: catalogue.indicators.filter { !shown.contains($0.id) && !measured.contains($0.id) },
            areas: areas.areas, index: areas.index, goals: try goals(in: store), measures: measures,
            surveys: try SheetSurveys(sheet: sheet, areas: series.areas).surveys(in: store), restatements: moved,
            earlierEdition: earlier?.instant,
            withheldIndicators: try hidden.map {
                WithheldIndicator(indicator: try catalogue.indicator(series.indicators[$0]), reason: .smallCounts)
            }, map: places.map(of: indicators.flatMap(\.places)))
    }

    private func indicators(
        _ known: [Int], _ moved: [Restatement], _ populations: SheetPopulations, _ places: SheetPlaces
    ) throws -> [SheetIndicator] {
        let restated = Set(moved.map { SheetLines.key($0.indicator, $0.areaID, $0.month) })
        let judge = TrafficLight(rule: rule)
        let lines = SheetLines(
            series: series, lights: judge.lights(of: series), month: month, populations: populations,
            restated: restated, history: history)
        let total = try series.total(named: "")
        let totals = SheetLines(
            series: total, lights: judge.lights(of: total), month: month, populations: populations, restated: [],
            history: try history.totals(rule: rule))
        return try known.map { place in
            let indicator = try catalogue.indicator(series.indicators[place])
            let covered = series.areasCovered(place)
            return SheetIndicator(
                indicator: indicator, begin: series.begin(of: place), cut: series.cut(of: place),
                breaks: series.breaks[place],
                total: totals.totalLine(
                    of: indicator, at: place,
                    people: populations.sum(of: indicator, areas: covered.map { series.areas[$0].key })),
                lines: try lines.lines(of: indicator, at: place),
                withoutArea: figures.withoutArea[place][month], areasCovered: covered.count,
                hitRate: figures.hitRates.indices.contains(place) ? figures.hitRates[place] : nil,
                places: try places.lists(of: indicator))
        }
    }

    /// The areas with their scores and the mixed index by the catalogue's weights.
    private func areas(
        _ known: [Int], _ indicators: [SheetIndicator], _ lights: LightTable
    ) throws -> (areas: [SheetArea], index: MixedIndex?) {
        let judged = zip(known, indicators).filter { $1.indicator.isJudged }
        // An area of which something is withheld would be held against others by other indicators than theirs.
        let scored: Set<SheetLine.Figure> = [.count, .light, .twelveMonths, .twelveMonthsBefore]
        let isWhole = series.areas.indices.map { area in
            judged.allSatisfy { $0.1.lines[area].withheld.isDisjoint(with: scored) }
        }
        let scores = series.areas.indices.map { area in
            lights.score(area: area, month: month, indicators: isWhole[area] ? judged.map(\.0) : [])
        }
        let index = catalogue.index
        let changes = series.areas.indices.map { area -> Double? in
            let pairs = isWhole[area] ? judged.compactMap { $0.1.lines[area].fromTwelveMonthsBefore } : []
            return Change(from: pairs.reduce(0) { $0 + $1.from }, to: pairs.reduce(0) { $0 + $1.to })
                .flatMap { pairs.isEmpty ? nil : $0.percent }
        }
        let ranks = series.areas.indices.map { area -> Double? in
            let ranks = isWhole[area] ? judged.compactMap { $0.1.lines[area].rateRank?.rank } : []
            return ranks.isEmpty ? nil : Double(ranks.reduce(0, +)) / Double(ranks.count)
        }
        let values: [MixedIndex.Part: [Double?]] = [
            .lightScore: scores.map(\.value), .twelveMonths: changes, .rateRank: ranks,
        ]
        let entries = index.entries(
            index.components.map { MixedIndex.Part(rawValue: $0.name).flatMap { values[$0] } ?? [] },
            areas: series.areas.count)
        let areas = zip(series.areas, zip(scores, entries)).map {
            SheetArea(area: $0, score: $1.0, entry: $1.1)
        }
        return (areas, series.areas.count > 1 && !judged.isEmpty ? index : nil)
    }

    private func goals(in store: any SheetSource) throws -> [SheetGoal] {
        let total = try series.total(named: "")
        return try SheetDocuments.goals(in: store, asOf: sheet.asOf).holding(on: sheet.month.last)
            .filter { $0.goal.level == sheet.level.name && isShown($0.goal) }
            .compactMap { goal, earlier in
                guard let indicator = series.place(ofIndicator: goal.indicator) else { return nil }
                let area = goal.area.map { series.place(ofArea: $0) } ?? 0
                guard let area else { return nil }
                let rows = goal.area == nil ? total : series
                let history = goal.assessments(through: sheet.month) {
                    goal.actual(in: $0, of: rows, indicator: indicator, area: area)
                }
                let now = GoalAssessment(
                    of: goal, in: sheet.month,
                    actual: goal.actual(in: sheet.month, of: rows, indicator: indicator, area: area))
                return SheetGoal(
                    goal: goal, earlier: earlier.filter(isShown),
                    areaName: goal.area == nil ? "" : series.areas[area].label, now: now,
                    history: history)
            }
    }

    /// Goals of areas that the boundaries do not have: said, where otherwise they would only not be there.
    private func strayGoals(in store: any SheetSource) throws -> [IndicatorSeries.Note] {
        guard sheet.areas.isEmpty else { return [] }
        let book = try SheetDocuments.goals(in: store, asOf: sheet.asOf)
        return book.holding(on: sheet.month.last).compactMap { goal, _ in
            guard goal.level == sheet.level.name, isShown(goal), let area = goal.area, series.place(ofArea: area) == nil
            else { return nil }
            return .init(
                spanish: "La meta \(goal.id) es del área \(area), que los límites de \(goal.level) no tienen.",
                english:
                    "The goal \(goal.id) is of the area \(area), which the boundaries of \(goal.level) do not have.")
        }
    }

    /// A sheet of an earlier day follows what was decided by then, which may be nothing.
    private func laterDocuments(in store: any SheetSource) throws -> [IndicatorSeries.Note] {
        guard let asOf = sheet.asOf else { return [] }
        func isLater(_ kind: CouncilDocument.Kind) throws -> Bool {
            try store.documents(kind, asOf: asOf).isEmpty && !store.documents(kind, asOf: nil).isEmpty
        }
        let kinds: [(CouncilDocument.Kind, Bool, String, String)] = [
            (.catalogue, sheet.catalogue == nil, "el catálogo del consejo", "the council's catalogue"),
            (.lightRule, sheet.rule == nil, "su regla de luces", "its light rule"),
            (.goals, true, "sus metas", "its goals"),
            (.questions, true, "las preguntas de sus encuestas", "its surveys' questions"),
        ]
        let later = try kinds.filter { kind, isAsked, _, _ in try isAsked && isLater(kind) }
        guard !later.isEmpty else { return [] }
        return [
            .init(
                spanish:
                    "No se conocían el \(asOf.prefix(10)), y por eso no están: \(later.map(\.2).joined(separator: ", ")).",
                english: "Not known on \(asOf.prefix(10)), and so not here: \(later.map(\.3).joined(separator: ", ")).")
        ]
    }

    /// A goal tells what was counted when it was set, and so it must not be a small count.
    private func isShown(_ goal: Goal) -> Bool {
        guard let rule = publishing?.gate.smallCounts else { return true }
        return [goal.baseline, goal.target].allSatisfy { $0 == 0 || $0 >= Double(rule.k) }
    }
}
