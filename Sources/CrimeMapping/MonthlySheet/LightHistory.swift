import CivilTime
import Incidents
import Indicators

/// The lights of past months as each of them was first told.
///
/// Figures are corrected later, and with them what a light would be; but a council decided on the light that it saw. So a past
/// month has two: by the figures known at the end of the day on which its own first were, and by those known now. Both follow the
/// sheet's rule.
struct LightHistory {
    private struct Edition {
        /// The day on which it became known.
        var day: String
        var series: MonthlySeries
        var lights: LightTable
    }

    /// Those that first told some month, the earliest first; the newest is not among them.
    private var editions: [Edition] = []

    /// No month was told but by the newest edition.
    init() {}

    /// - Parameters:
    ///   - job: makes the series of an edition.
    ///   - now: the newest edition.
    ///   - months: those of which the first telling is looked for.
    ///   - day: whose boundaries hold.
    /// - Throws: as ``IndicatorSeries/run(in:on:asOf:)``.
    /// - Complexity: that of one series a day on which some file became known after the first of the months.
    init(
        _ job: IndicatorSeries, rule: LightRule, now: IndicatorSeries.Figures, months: [Period], on day: CalendarDate,
        asOf: String?, in store: any SheetSource
    ) throws {
        let instants = try IndicatorSeries.editions(of: now.origin, asOf: asOf, in: store).compactMap(\.knownFrom)
        // The last day stands for the newest edition.
        let days = Set(instants.map { String($0.prefix(10)) }).sorted().dropLast()
        var made: [String: Edition?] = [:]
        var telling: Set<String> = []
        for month in months {
            for known in days where known > month.last.description {
                if made[known] == nil {
                    made[known] = try Self.edition(job, rule, known, on: day, in: store)
                }
                guard let edition = made[known] ?? nil, edition.series.hasFigures(of: month) else { continue }
                telling.insert(known)
                break
            }
        }
        editions = telling.sorted().compactMap { made[$0] ?? nil }
    }

    /// The same of all areas together.
    func totals(rule: LightRule) throws -> LightHistory {
        var totals = self
        for index in editions.indices {
            let series = try editions[index].series.total(named: "")
            totals.editions[index].series = series
            totals.editions[index].lights = TrafficLight(rule: rule).lights(of: series)
        }
        return totals
    }

    /// The light that was first told of a month; `now` where the newest edition is the first to have its figure.
    func level(_ indicator: String, _ area: String, _ month: Period, now: LightLevel?) -> LightLevel? {
        for edition in editions where edition.day > month.last.description {
            guard let place = edition.series.place(ofIndicator: indicator),
                let area = edition.series.place(ofArea: area), let column = edition.series.place(of: month),
                edition.series.count(place, area, column) != nil
            else { continue }
            return edition.lights.level(edition.lights[place, area, column])
        }
        return now
    }

    private static func edition(
        _ job: IndicatorSeries, _ rule: LightRule, _ known: String, on day: CalendarDate, in store: any SheetSource
    ) throws -> Edition? {
        do {
            let series = try job.run(in: store, on: day, asOf: KnownBy.instant(known)).series
            return Edition(day: known, series: series, lights: TrafficLight(rule: rule).lights(of: series))
        } catch JobError.badData {
            // Nothing of the catalogue was known yet.
            return nil
        }
    }
}

extension MonthlySeries {
    fileprivate func hasFigures(of month: Period) -> Bool {
        guard let place = place(of: month) else { return false }
        return indicators.indices.contains { indicator in
            areas.indices.contains { count(indicator, $0, place) != nil }
        }
    }
}
