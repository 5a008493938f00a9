import Boundaries
import CivilTime
import Incidents
import Indicators

/// Takes the counts that authorities publish.
struct PublishedSeries {
    let job: IndicatorSeries
    let layer: BoundaryLayer?
    let asOf: String?

    init(_ job: IndicatorSeries, _ layer: BoundaryLayer?, asOf: String?) {
        self.job = job
        self.layer = layer
        self.asOf = asOf
    }

    /// One count, small, since there are millions.
    private struct Figure {
        var indicator: Int32
        /// Index into the keys that occur.
        var area: Int32
        var month: Int32
        var importID: Int64
        var count: Int64
    }

    /// What is placed nowhere, by indicator, month and state.
    private struct Unplaced: Hashable {
        var indicator: Int
        var month: Period
        var state: String?
    }

    /// What the store has published of the indicators.
    private struct Published {
        var figures: [Figure] = []
        var labels: [(key: String, label: String)] = []
        var unplaced: [Unplaced: Int] = [:]
        var first: Period?
        var last: Period?
    }

    func figures(in store: any SheetSource) throws -> IndicatorSeries.Figures {
        let indicators = job.catalogue.indicators.filter { $0.kind == .crime }
        var classes = try PublishedClasses(indicators, of: store)
        let published = try read(store, &classes)
        guard let first = published.first, let last = published.last else {
            throw JobError.badData(
                "the store has no published count of an indicator of \(job.catalogue.label) by \(job.level)"
                    + (asOf.map { " that was known on \($0)" } ?? "")
                    + (classes.uncounted.map { "; \($0.english)" } ?? "; bring some in with faro series import"))
        }
        let areas = try job.wanted(areas(published))
        var series = try MonthlySeries(indicators: indicators.map(\.id), areas: areas, months: first...last)
        fill(&series, published)
        series.breaks = classes.breaks(over: first.first...last.last)
        return IndicatorSeries.Figures(
            series: series, origin: .published, sources: try sources(Set(published.figures.map(\.importID)), in: store),
            boundaryVersion: layer?.version,
            withoutArea: withoutArea(series, published).map { $0.map(Optional.some) }, lastDay: nil, hitRates: [],
            notes: classes.notes)
    }

    private func read(_ store: any SheetSource, _ classes: inout PublishedClasses) throws -> Published {
        var published = Published()
        var places: [String: Int32] = [:]
        let unnamed =
            try job.takesOnlyPublic
            ? Set(store.imports().map(\.id).filter { try store.seriesDescription(of: $0)?.publisher.isEmpty ?? true })
            : []
        let ends = Dictionary(
            uniqueKeysWithValues: try store.imports().compactMap { record in record.dates.dataTo.map { (record.id, $0) }
            })
        try store.monthlyCounts(asOf: asOf) { count in
            guard count.place.level == job.level.name, !unnamed.contains(count.importID) else { return }
            // The month in which a source ends is not known as a whole.
            if let end = ends[count.importID], count.month.last > end { return }
            let counting = classes.indicators(of: count)
            guard !counting.isEmpty else { return }
            published.first = min(published.first ?? count.month, count.month)
            published.last = max(published.last ?? count.month, count.month)
            guard let key = count.place.areaKey else {
                for indicator in counting {
                    published.unplaced[
                        Unplaced(indicator: indicator, month: count.month, state: count.place.state), default: 0] +=
                        Int(clamping: count.count)
                }
                return
            }
            let place = places[key] ?? Int32(clamping: published.labels.count)
            if places.updateValue(place, forKey: key) == nil { published.labels.append((key, count.place.label)) }
            for indicator in counting {
                published.figures.append(
                    Figure(
                        indicator: Int32(clamping: indicator), area: place, month: count.month.index,
                        importID: count.importID, count: count.count))
            }
        }
        return published
    }

    /// The level's areas; without boundaries those that the figures name.
    private func areas(_ published: Published) -> [MonthlySeries.Area] {
        if let layer {
            return layer.areas.map { .init(key: $0.id, version: layer.version.number, name: $0.name) }
        }
        return published.labels.sorted { $0.key < $1.key }.map { .init(key: $0.key, name: $0.label) }
    }

    /// Of each indicator, area and month the figures of the latest import.
    private func fill(_ series: inout MonthlySeries, _ published: Published) {
        let places = published.labels.map { series.place(ofArea: $0.key) }
        let (months, areas) = (series.monthCount, series.areas.count)
        var latest = Array(repeating: Int64(-1), count: series.indicators.count * areas * months)
        func slot(_ figure: Figure) -> (slot: Int, area: Int, month: Int)? {
            guard let area = places[Int(figure.area)],
                let month = series.place(of: Period(.month, index: figure.month))
            else { return nil }
            return ((Int(figure.indicator) * areas + area) * months + month, area, month)
        }
        for figure in published.figures {
            if let place = slot(figure) { latest[place.slot] = max(latest[place.slot], figure.importID) }
        }
        for figure in published.figures {
            guard let place = slot(figure), latest[place.slot] == figure.importID else { continue }
            series.add(
                Int(clamping: figure.count), indicator: Int(figure.indicator), area: place.area, month: place.month)
        }
    }

    /// By indicator and month what is placed in no area, of the states that the areas wanted lie in.
    private func withoutArea(_ series: MonthlySeries, _ published: Published) -> [[Int]] {
        let states = Set(series.areas.map { String($0.key.prefix(2)) })
        var sums = Array(repeating: Array(repeating: 0, count: series.monthCount), count: series.indicators.count)
        for (key, count) in published.unplaced {
            guard job.areas.isEmpty || key.state.map(states.contains) ?? true, let month = series.place(of: key.month)
            else { continue }
            sums[key.indicator][month] += count
        }
        return sums
    }

    private func sources(_ used: Set<Int64>, in store: any SheetSource) throws -> [IndicatorSeries.Source] {
        try store.imports().filter { used.contains($0.id) }.map { record in
            let description = try store.seriesDescription(of: record.id)
            return IndicatorSeries.Source(
                name: record.source, publisher: description?.publisher ?? "", countUnit: description?.countUnit,
                importedAt: record.finishedAt, dates: record.dates)
        }
    }
}
