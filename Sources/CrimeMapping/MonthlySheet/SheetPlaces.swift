import Boundaries
import CivilTime
import Geodesy
import Hotspots
import Incidents
import Indicators
import SimpleFeatures

/// Where indicators concentrate: the finer areas with most incidents of twelve months, and the balloon check among them.
struct SheetPlaces {
    private let sheet: MonthlySheet
    /// The finer level; nil where the store has none, or its figures are published.
    let level: Level?
    private let series: MonthlySeries?
    private let month: Int
    private let populations: SheetPopulations
    private let neighbours: [[Int]]

    init(builder: SheetBuilder, in store: any SheetSource) throws {
        sheet = builder.sheet
        let year = builder.sheet.month.first.components.year
        let levels = Set(try store.boundaryVersions().map(\.level))
        let finer = [Level.colonia, .district].first { levels.contains($0) && $0 != builder.sheet.level }
        guard builder.figures.origin == .incidents, let finer, builder.sheet.areas.isEmpty else {
            (level, series, month, neighbours) = (nil, nil, 0, [])
            populations = SheetPopulations([], level: "", year: year)
            return
        }
        let figures = try IndicatorSeries(level: finer, catalogue: builder.catalogue, origin: .incidents)
            .run(in: store, on: builder.sheet.month.last, asOf: builder.sheet.asOf)
        level = finer
        series = figures.series
        month = figures.series.place(of: builder.sheet.month) ?? 0
        populations = SheetPopulations(
            try store.populations(asOf: builder.sheet.asOf), level: finer.name, year: year)
        if let version = figures.boundaryVersion {
            let outlines = try store.outlines(
                finer, number: version.number, on: ProjectedTransformation(store.settings.crs))
            let weights = try SpatialWeights(.queen(), of: outlines)
            neighbours = (0..<weights.count).map { unit in
                weights.neighbours[weights.starts[unit]..<weights.starts[unit + 1]].map(Int.init)
            }
        } else {
            neighbours = []
        }
    }

    /// Those with most incidents first.
    func places(of indicator: Indicator) throws -> [SheetPlace] {
        guard let series, let place = series.place(ofIndicator: indicator.id) else { return [] }
        let (before, now) = spans(series, place)
        let total = now.compactMap { $0 }.reduce(0, +)
        guard total > 0 else { return [] }
        let people = series.areas.map { populations.figure(of: indicator, area: $0.key)?.value ?? 0 }
        let bayes = try EmpiricalBayes().rates(of: now.map { $0.map(Double.init) ?? -1 }, population: people)
        let places = series.areas.indices.compactMap { area -> SheetPlace? in
            guard let count = now[area], count > 0 else { return nil }
            return SheetPlace(
                key: series.areas[area].key, name: series.areas[area].label, count: count,
                share: Double(count) / Double(total),
                rate: people[area] > 0 ? Double(count) / people[area] * Double(indicator.per) : nil,
                bayesRate: bayes.rates[area].map { $0 * Double(indicator.per) },
                change: Change(from: before[area], to: count))
        }
        return Array(places.sorted { ($1.count, $0.key) < ($0.count, $1.key) }.prefix(max(0, sheet.places)))
    }

    /// Where it fell beyond chance and rose beyond chance next door, the greatest falls first.
    func balloons(of indicator: Indicator) throws -> [SheetBalloon] {
        guard let series, let level, let place = series.place(ofIndicator: indicator.id), !neighbours.isEmpty else {
            return []
        }
        let (before, now) = spans(series, place)
        let checks = BalloonCheck.all(from: before, to: now, neighbours: neighbours)
        let found = checks.enumerated().compactMap { area, check -> SheetBalloon? in
            guard let check, check.verdict == .balloon else { return nil }
            return SheetBalloon(
                level: level.name, key: series.areas[area].key, name: series.areas[area].label, check: check)
        }
        return found.sorted { ($0.check.here.difference, $0.key) < ($1.check.here.difference, $1.key) }
    }

    private func spans(_ series: MonthlySeries, _ place: Int) -> (before: [Int?], now: [Int?]) {
        (
            series.areas.indices.map { series.sum(place, $0, from: month - 23, through: month - 12) },
            series.areas.indices.map { series.sum(place, $0, from: month - 11, through: month) }
        )
    }
}
