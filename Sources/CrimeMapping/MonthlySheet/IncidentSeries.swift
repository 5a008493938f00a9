import Boundaries
import CivilTime
import Incidents
import Indicators

/// Counts a store's incidents by the catalogue.
struct IncidentSeries {
    let job: IndicatorSeries
    let layer: BoundaryLayer?
    let day: CalendarDate
    let asOf: String?

    init(_ job: IndicatorSeries, _ layer: BoundaryLayer?, day: CalendarDate, asOf: String?) {
        self.job = job
        self.layer = layer
        self.day = day
        self.asOf = asOf
    }

    func figures(in store: any SheetSource) throws -> IndicatorSeries.Figures {
        guard let layer else {
            throw JobError.usage(
                "the store has no level \(job.level); bring one in with faro boundaries import")
        }
        let selection = try IncidentSelection(from: store, filter: IncidentFilter(), asOf: asOf)
        guard let days = selection.days else {
            throw JobError.badData(
                "the store has no incident\(asOf.map { " that was known on \($0)" } ?? ""), so there is no series")
        }
        let first = Period(.month, containing: days.lowerBound)
        let end = WholeMonths.end(of: selection, try store.imports())
        let last = max(first, end.month ?? first)
        let indicators = job.catalogue.indicators.filter { $0.kind == .crime }
        let areas = try job.wanted(
            layer.areas.map { .init(key: $0.id, version: layer.version.number, name: $0.name) })
        var series = try MonthlySeries(indicators: indicators.map(\.id), areas: areas, months: first...last)
        let counting = try IndicatorLabels(indicators, of: store, table: selection.table)
        var withoutArea = Array(repeating: Array(repeating: 0, count: series.monthCount), count: indicators.count)
        count(selection, counting, into: &series, &withoutArea)
        fillZeros(of: &series, counting, layer.version.validity)
        let breaks = try TaxonomyBreaks.of(selection, counting: .labels, in: store)
        series.breaks = indicators.map { _ in breaks }
        return IndicatorSeries.Figures(
            series: series, origin: .incidents, sources: try sources(in: store), boundaryVersion: layer.version,
            withoutArea: withoutArea.map { $0.map(Optional.some) }, lastDay: end.day ?? days.upperBound,
            hitRates: hitRates(selection, counting, indicators.count),
            notes: counting.notes)
    }

    private func count(
        _ selection: IncidentSelection, _ counting: IndicatorLabels, into series: inout MonthlySeries,
        _ withoutArea: inout [[Int]]
    ) {
        let table = selection.table
        let column = table.areas(of: job.level.name)
        let places = column.map { column in
            zip(column.keys, column.versions).map { key, version in
                version == layer?.version.number ? series.place(ofArea: key) : nil
            }
        }
        let first = Int(series.months.lowerBound.index)
        for row in selection.rows {
            let indicators = counting.indicators(category: table.category[row], modality: table.modality[row])
            guard !indicators.isEmpty else { continue }
            let day = CalendarDate(daysSince1970: table.localDay[row])
            let month = Int(Period(.month, containing: day).index) - first
            let index = column.map { Int($0.index[row]) } ?? -1
            let area = places.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            for indicator in indicators {
                if let area {
                    series.add(1, indicator: indicator, area: area, month: month)
                } else if withoutArea[indicator].indices.contains(month) {
                    withoutArea[indicator][month] += 1
                }
            }
        }
    }

    private func hitRates(_ selection: IncidentSelection, _ counting: IndicatorLabels, _ count: Int) -> [HitRate] {
        let last = Period(.month, containing: day)
        let days = (last.advanced(by: -11) ?? last).first.daysSince1970...last.last.daysSince1970
        let table = selection.table
        var (incidents, hits) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
        for row in selection.rows where days.contains(table.localDay[row]) {
            for indicator in counting.indicators(category: table.category[row], modality: table.modality[row]) {
                incidents[indicator] += 1
                hits[indicator] += table.grade[row].isHit ? 1 : 0
            }
        }
        return zip(incidents, hits).map { HitRate(incidents: $0, hits: $1) }
    }

    /// Zeros are for indicators of which the store has an incident at all, in months in which the boundaries hold.
    private func fillZeros(of series: inout MonthlySeries, _ counting: IndicatorLabels, _ validity: Validity) {
        let holding = (0..<series.monthCount).filter {
            let month = series.month(at: $0)
            return validity.overlaps(Validity(from: month.first, to: month.last.adding(days: 1)))
        }
        guard let first = holding.first, let last = holding.last else { return }
        for indicator in series.indicators.indices where counting.occurs[indicator] {
            series.fillZeros(indicator: indicator, months: first...last)
        }
    }

    private func sources(in store: any SheetSource) throws -> [IndicatorSeries.Source] {
        try store.imports().filter { record in
            guard record.state != .incomplete, try store.seriesDescription(of: record.id) == nil else { return false }
            return asOf.map { asOf in record.knownFrom.map { $0 <= asOf } ?? false } ?? (record.state == .complete)
        }.map {
            IndicatorSeries.Source(
                name: $0.source, publisher: "", countUnit: nil, importedAt: $0.finishedAt, dates: $0.dates)
        }
    }
}

/// Which indicators count which labels of a store.
private struct IndicatorLabels {
    private struct Label: Hashable {
        var category: Int32
        var modality: Int32
    }

    private var known: [Label: [Int]] = [:]
    /// By indicator, whether a label of the store counts for it.
    private(set) var occurs: [Bool]
    private(set) var notes: [IndicatorSeries.Note] = []

    init(_ indicators: [Indicator], of store: any SheetSource, table: IncidentTable) throws {
        let catalogue = try TaxonomyCatalogue(of: store)
        occurs = indicators.map { _ in false }
        let categories = Dictionary(uniqueKeysWithValues: zip(table.categories, table.categories.indices))
        let modalities = Dictionary(uniqueKeysWithValues: zip(table.modalities, table.modalities.indices))
        for count in try store.labelCounts(splitAt: catalogue.mapping.edges) {
            let label = count.label
            guard let category = label.category, let place = categories[category] else { continue }
            let counting = indicators.indices.filter {
                indicators[$0].counts(label, on: count.days.lowerBound, by: catalogue.mapping)
            }
            guard !counting.isEmpty else { continue }
            let modality = label.modality.flatMap { modalities[$0] } ?? -1
            let key = Label(category: Int32(clamping: place), modality: Int32(clamping: modality))
            known[key] = Set(known[key] ?? []).union(counting).sorted()
            for indicator in counting { occurs[indicator] = true }
        }
    }

    func indicators(category: Int32, modality: Int32) -> [Int] {
        known[Label(category: category, modality: modality)] ?? []
    }
}
