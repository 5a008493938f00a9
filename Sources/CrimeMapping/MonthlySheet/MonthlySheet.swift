public import Boundaries
public import CivilTime
import Foundation
import Hotspots
public import Incidents
public import Indicators

/// The monthly sheet of a council: indicators, lights, goals, ranking and surveys of one month, as they were known at an
/// instant. The job behind `faro report` and `/report/{month}`.
///
/// Everything that the page, the JSON and the CSV show is in ``SheetFigures``, computed once; its counts are those of
/// `faro summary`.
///
/// ## Example
/// ```swift
/// let figures = try MonthlySheet(month: march, level: .municipality).run(in: store)
/// ```
public struct MonthlySheet: Sendable {
    public var month: Period
    public var level: Level
    /// As the figures were known at an instant; nil for now.
    public var asOf: String?
    /// Keys, or beginnings of keys with `*`; none takes all areas of the level.
    public var areas: [String] = []
    public var origin: IndicatorSeries.Origin = .automatic
    /// nil takes the store's own, or else the one that comes with Faro.
    public var catalogue: IndicatorCatalogue?
    /// nil takes the store's own, or else the published rule of three years.
    public var rule: LightRule?
    /// The instant whose figures the restated ones are told from; nil for the state before the
    /// last file of figures that replaced another.
    public var since: String?
    /// Whether of published counts only those are looked at of which it is said who published them.
    var takesOnlyPublic = false
    /// How many places stand in the list of where an indicator concentrates.
    public var places = 10

    public init(month: Period, level: Level) {
        self.month = month
        self.level = level
    }

    /// - Throws: ``JobError`` for a month or areas that the store has no figures of, `IndicatorError`, the store's errors.
    /// - Complexity: that of ``IndicatorSeries`` and `TrafficLight`, and O(areas²) an indicator.
    public func run(in store: any SheetSource, control: JobControl = .silent) throws -> SheetFigures {
        guard month.length == .month else { throw IndicatorError.notAMonth(month.description) }
        return try store.inOneState {
            let catalogue = try catalogue ?? SheetDocuments.catalogue(in: store, asOf: asOf)
            let rule = try rule ?? SheetDocuments.rule(in: store, asOf: asOf)
            var job = IndicatorSeries(level: level, catalogue: catalogue, origin: origin, areas: areas)
            job.takesOnlyPublic = takesOnlyPublic
            control.progress("counting", count: 0)
            let figures = try job.run(in: store, on: month.last, asOf: asOf)
            guard let place = figures.series.place(of: month) else {
                if let last = figures.lastDay, Period(.month, containing: last) == month {
                    throw JobError.usage(
                        "\(month) must be over before it is judged, but its incidents end on \(last); the last whole month is "
                            + "\(figures.series.months.upperBound)")
                }
                throw JobError.usage(
                    "the month must be one that the store has figures of, \(figures.series.months.lowerBound) to "
                        + "\(figures.series.months.upperBound), but is \(month)")
            }
            let earlier = try earlierEdition(job, figures.origin, in: store)
            let months = (max(0, place - 11)...place).map(figures.series.month)
            let history = try LightHistory(
                job, rule: rule, now: figures, months: months, on: month.last, asOf: asOf, in: store)
            control.progress("judging", count: figures.series.areas.count)
            return try SheetBuilder(
                sheet: self, catalogue: catalogue, rule: rule, figures: figures, month: place, earlier: earlier,
                history: history
            ).build(in: store)
        }
    }

    /// The figures as they stood before; nil where nothing stood.
    private func earlierEdition(
        _ job: IndicatorSeries, _ origin: IndicatorSeries.Origin, in store: any SheetSource
    ) throws -> (series: MonthlySeries, instant: String)? {
        guard let instant = try since ?? beforeLastEdition(of: origin, in: store) else { return nil }
        do {
            return (try job.run(in: store, on: month.last, asOf: instant).series, instant)
        } catch JobError.badData {
            return nil
        }
    }

    /// The second before the last file of figures that replaced another was known, or where none has, before the last; nil where
    /// that was the first.
    private func beforeLastEdition(of origin: IndicatorSeries.Origin, in store: any SheetSource) throws -> String? {
        let editions = try IndicatorSeries.editions(of: origin, asOf: asOf, in: store)
        let sources = Dictionary(grouping: editions, by: \.source).values
        let known = editions.compactMap(\.knownFrom).sorted()
        let replacing = sources.filter { $0.count > 1 }.compactMap { $0.compactMap(\.knownFrom).max() }
        guard let last = replacing.max() ?? known.last, let instant = UTCText.instant(of: last),
            known.contains(where: { $0 < last })
        else { return nil }
        return UTCText.text(ofInstant: instant - 1)
    }
}

/// The documents of a store that a sheet follows.
public enum SheetDocuments {
    /// The catalogue that holds: the store's own, or else the one that comes with Faro.
    public static func catalogue(in store: any IndicatorSource, asOf: String?) throws -> IndicatorCatalogue {
        guard let own = try store.documents(.catalogue, asOf: asOf).max(by: { $0.recordedAt < $1.recordedAt }) else {
            return try .builtIn()
        }
        return try IndicatorCatalogue(json: Data(own.body.utf8))
    }

    /// The rule that holds: the store's own, or else the published one of three years.
    public static func rule(in store: any IndicatorSource, asOf: String?) throws -> LightRule {
        guard let own = try store.documents(.lightRule, asOf: asOf).max(by: { $0.recordedAt < $1.recordedAt }) else {
            return try .threeYears()
        }
        return try LightRule(json: Data(own.body.utf8))
    }

    /// The council's goals with all their changes.
    public static func goals(in store: any IndicatorSource, asOf: String?) throws -> GoalBook {
        var book = try GoalBook([])
        for document in try store.documents(.goals, asOf: asOf) {
            book = try book.adding(GoalBook(json: Data(document.body.utf8)))
        }
        return book
    }

    /// The questionnaires of the store's surveys.
    public static func questionnaires(in store: any IndicatorSource, asOf: String?) throws -> [Questionnaire] {
        try store.documents(.questions, asOf: asOf).map { try Questionnaire(json: Data($0.body.utf8)) }
    }
}
