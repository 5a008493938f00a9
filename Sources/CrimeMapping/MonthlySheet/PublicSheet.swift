import Boundaries
import CivilTime
import Incidents
public import Indicators
public import Privacy

extension MonthlySheet {
    /// The sheet as whoever has no token sees it.
    ///
    /// From incidents it is made of nothing but the counts that the gate publishes by municipality, month and category: whatever
    /// it shows, anybody could work out from the public answer of `/summary`. Where a count is withheld, so is everything that
    /// it is part of: lights, changes, sums, rates, ranks, peaks. From counts that an authority has published it is the sheet that
    /// everybody sees; counts of which nobody says who published them are not looked at.
    /// - Parameters:
    ///   - store: for the council's documents, populations, measures and surveys, and for published counts; its incidents are
    ///     not looked at.
    ///   - city: of the same store.
    /// - Throws: `PrivacyError` naming what is not public, and as ``run(in:control:)``.
    public func run(
        in store: any SheetSource, publishing city: PublicCity, control: JobControl = .silent
    ) throws -> Published<SheetFigures> {
        guard month.length == .month else { throw IndicatorError.notAMonth(month.description) }
        return try store.inOneState {
            let catalogue = try catalogue ?? SheetDocuments.catalogue(in: store, asOf: asOf)
            let job = IndicatorSeries(level: level, catalogue: catalogue, origin: origin, areas: areas)
            // Of two states side by side the difference tells: of incidents as of a survey's answers.
            guard asOf == nil, since == nil else {
                throw PrivacyError.notPublic(
                    "the figures are those known now: an older state beside them would tell more")
            }
            guard try job.chosenOrigin(in: store, asOf) == .incidents else {
                var sheet = self
                sheet.origin = .published
                sheet.takesOnlyPublic = true
                var figures = try sheet.run(in: store, control: control)
                for survey in figures.surveys.indices { figures.surveys[survey].hideBesideOne() }
                return city.gate.alreadyPublic(figures)
            }
            control.progress("counting", count: 0)
            let published = try PublicSeries(job, city, month: month).figures(
                reports: Self.reports(of: city, in: store))
            let account = published.account
            return try published.map { value in
                guard let place = value.figures.series.place(of: month) else {
                    throw PrivacyError.notPublic("there is no figure of \(month)")
                }
                control.progress("judging", count: value.figures.series.areas.count)
                let builder = SheetBuilder(
                    sheet: self, catalogue: catalogue, rule: try rule ?? SheetDocuments.rule(in: store, asOf: nil),
                    figures: value.figures, month: place, earlier: nil, publishing: city)
                var figures = try builder.build(in: store)
                figures.withheld(value.tooFine, account)
                return figures
            }
        }
    }
}

extension MonthlySheet {
    /// The imports that incidents came with: those of no published counts, and of nothing beside incidents.
    fileprivate static func reports(of city: PublicCity, in store: any SheetSource) throws -> [ImportRecord] {
        let others: Set = ["population", "measures", "survey"]
        return try city.snapshot.imports().filter {
            try !others.contains(SourceLabel.profileName($0.profile)) && store.seriesDescription(of: $0.id) == nil
        }
    }
}

/// A crime indicator of which the public is told nothing, and why.
public struct WithheldIndicator: Hashable, Sendable {
    /// Why nothing is told.
    public enum Reason: String, Hashable, Sendable, Codable {
        /// Every figure is small, or protects a small one.
        case smallCounts = "small_counts"
        /// It tells modalities apart, which are not published.
        case tooFine = "too_fine"
    }

    /// Of the catalogue.
    public var indicator: Indicator
    /// The same for every month and area.
    public var reason: Reason
}

extension SheetFigures {
    /// Says what is left out; indicators of which no figure at all is shown are no longer among those without figures.
    fileprivate mutating func withheld(_ tooFine: [Indicator], _ account: SuppressionAccount) {
        suppression = account
        withheldIndicators += tooFine.map { WithheldIndicator(indicator: $0, reason: .tooFine) }
        let names = Set(withheldIndicators.map(\.indicator.id))
        withoutFigures.removeAll { names.contains($0.id) }
        for survey in surveys.indices { surveys[survey].hideBesideOne() }
    }
}

extension SheetSurvey {
    /// One area alone without its estimate could be found from the others and from all together: the one with the fewest answers
    /// beside it is hidden too.
    fileprivate mutating func hideBesideOne() {
        let areas = rows.indices.filter { !rows[$0].areaID.isEmpty }
        guard areas.count(where: { rows[$0].estimate == nil }) == 1 else { return }
        let shown = areas.filter { rows[$0].estimate != nil }
        guard let least = shown.min(by: { rows[$0].respondents < rows[$1].respondents }) else { return }
        rows[least].estimate = nil
        rows[least].change = nil
    }
}

/// The monthly series of a catalogue's indicators from what the gate publishes.
private struct PublicSeries {
    let job: IndicatorSeries
    let city: PublicCity
    let layer: BoundaryLayer
    let months: ClosedRange<Period>

    /// - Throws: `PrivacyError.notPublic` for another level than the lattice's coarse one, and for a month that is not published.
    init(_ job: IndicatorSeries, _ city: PublicCity, month: Period) throws {
        let coarse = city.gate.lattice.coarse
        guard job.level == coarse else { throw PrivacyError.notPublic("sheets are by \(coarse), not by \(job.level)") }
        guard let months = city.release.months else { throw PrivacyError.notPublic("no month is published yet") }
        guard months.contains(month) else {
            throw PrivacyError.notPublic(
                "sheets are of the months \(months.lowerBound) to \(months.upperBound), not of \(month)")
        }
        let layers = city.snapshot.layers.filter { $0.version.level == coarse }
        guard let layer = layers.first(where: { $0.version.validity.contains(month.last) }) ?? layers.last else {
            throw PrivacyError.notPublic("there are no areas of the level \(coarse)")
        }
        self.job = job
        self.city = city
        self.layer = layer
        self.months = months
    }

    /// The series, and the indicators that are finer than what is published.
    func figures(reports: [ImportRecord]) throws -> Published<(figures: IndicatorSeries.Figures, tooFine: [Indicator])>
    {
        let indicators = job.catalogue.indicators.filter { $0.kind == .crime }
        let sums = try PublicIndicators(indicators, of: city, reports: reports)
        let areas = try job.wanted(layer.areas.map { .init(key: $0.id, version: layer.version.number, name: $0.name) })
        let empty = try MonthlySeries(indicators: indicators.map(\.id), areas: areas, months: months)
        let asked = indicators.indices.filter { !sums.categories[$0].isEmpty }
        let queries = asked.map { PublicQuery(months: months, categories: sums.categories[$0]) }
        return try city.gate.counts(queries, of: city.release).map { answers in
            var series = empty
            var withoutArea = indicators.map { _ in Array(repeating: Int?.none, count: series.monthCount) }
            for (indicator, rows) in zip(asked, answers) {
                fill(&series, indicator, rows, &withoutArea[indicator])
            }
            let breaks = sums.breaks(over: months.lowerBound.first...months.upperBound.last)
            series.breaks = indicators.map { _ in breaks }
            let figures = IndicatorSeries.Figures(
                series: series, origin: .incidents, sources: [], boundaryVersion: layer.version,
                withoutArea: withoutArea, lastDay: nil, hitRates: [], notes: [Self.note])
            return (figures, sums.tooFine.map { indicators[$0] })
        }
    }

    /// Figures of the areas' own version in the months in which it holds. An indicator that is 0 throughout has none: nobody
    /// knows whether the store's sources record it at all.
    private func fill(
        _ series: inout MonthlySeries, _ indicator: Int, _ rows: [PublicRow], _ withoutArea: inout [Int?]
    ) {
        guard rows.contains(where: { $0.count.exact != 0 }) else { return }
        for row in rows {
            guard let period = row.period, let month = series.place(of: period) else { continue }
            guard let key = row.area else {
                withoutArea[month] = job.areas.isEmpty ? row.count.exact : nil
                continue
            }
            guard key.version == layer.version.number, let area = series.place(ofArea: key.key) else { continue }
            guard let count = row.count.exact else {
                series.withhold(indicator: indicator, area: area, month: month)
                continue
            }
            let days = Validity(from: period.first, to: period.last.adding(days: 1))
            guard count > 0 || layer.version.validity.overlaps(days) else { continue }
            series.add(count, indicator: indicator, area: area, month: month)
        }
    }

    private static let note = IndicatorSeries.Note(
        spanish: "Las cifras son las de los delitos cuya denominación conoce el catálogo.",
        english: "The figures are of the offences whose label the catalogue knows.")
}
