public import Boundaries
import Bytes
public import CivilTime
public import Incidents
public import Indicators

/// Everything that a monthly sheet reads of a store.
public typealias SheetSource = StoreSource & IndicatorSource

/// Makes the monthly series of a catalogue's indicators from a store: from its incidents, or from published counts.
///
/// The two are never mixed. Incidents are counted as `faro summary` counts them, with zeros from the first month that the store has
/// incidents of to the last; published counts leave a month that nobody has published without a figure.
///
/// Where two files give the same indicator, area and month, the figure of the later import holds, whole.
public struct IndicatorSeries: Sendable {
    /// Where figures come from.
    public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
        /// The store's incidents where it has any, otherwise published counts.
        case automatic
        case incidents
        case published
    }

    public var level: Level
    public var catalogue: IndicatorCatalogue
    public var origin: Origin
    /// Keys of the areas wanted, or beginnings of keys with `*` behind: `19*`. None takes all.
    public var areas: [String]

    public init(level: Level, catalogue: IndicatorCatalogue, origin: Origin = .automatic, areas: [String] = []) {
        self.level = level
        self.catalogue = catalogue
        self.origin = origin
        self.areas = areas
    }

    /// A file that figures come from.
    public struct Source: Hashable, Sendable, Codable {
        public var name: String
        public var publisher: String
        /// nil for incidents as reported.
        public var countUnit: CountUnit?
        /// When its import ended.
        public var importedAt: String?

        private enum CodingKeys: String, CodingKey {
            case name, publisher
            case countUnit = "count_unit"
            case importedAt = "imported_at"
        }
    }

    /// The figures, and what must be known of them.
    public struct Figures: Sendable {
        public var series: MonthlySeries
        public var origin: Origin
        public var sources: [Source]
        /// Of the level's boundaries; nil where the store has none.
        public var boundaryVersion: BoundaryVersion?
        /// By indicator and month: what was counted and lies in none of the areas, because nobody knows where, or elsewhere;
        /// nil where that is not shown.
        public var withoutArea: [[Int?]]
        /// The last day with an incident; nil for published counts, which are of whole months.
        public var lastDay: CalendarDate?
        /// By indicator, of the incidents of the twelve months that end with the day asked for; empty for published counts.
        public var hitRates: [HitRate]
        /// What a reader must know besides.
        public var notes: [Note]
    }

    /// Something to be told in both languages.
    public struct Note: Hashable, Sendable, Codable {
        public var spanish: String
        public var english: String

        private enum CodingKeys: String, CodingKey {
            case spanish = "es"
            case english = "en"
        }
    }

    /// - Parameters:
    ///   - day: the boundaries that hold on it are those of the series.
    ///   - asOf: the figures as they were known at an instant; nil for now.
    /// - Throws: ``JobError/usage(_:)`` for areas or a level that the store has not, `IndicatorError`, the store's errors.
    /// - Complexity: O(incidents) or O(published counts), and O(figures).
    public func run(in store: any SheetSource, on day: CalendarDate, asOf: String? = nil) throws -> Figures {
        let layer = try layer(in: store, on: day)
        switch try chosenOrigin(in: store, asOf) {
        case .published: return try PublishedSeries(self, layer, asOf: asOf).figures(in: store)
        case .incidents, .automatic: return try IncidentSeries(self, layer, day: day, asOf: asOf).figures(in: store)
        }
    }

    /// Where the figures of a store come from: never ``Origin/automatic``.
    func chosenOrigin(in store: any SheetSource, _ asOf: String?) throws -> Origin {
        guard origin == .automatic else { return origin }
        let series = try store.imports().filter { try store.seriesDescription(of: $0.id)?.kind == .monthlyCounts }
        let reports = try store.imports().count { $0.state == .complete && $0.counts.read > 0 }
        guard !series.isEmpty else { return .incidents }
        let others = try store.imports().filter { try store.seriesDescription(of: $0.id) == nil }
        return reports > 0 && others.contains { $0.state == .complete } ? .incidents : .published
    }

    private func layer(in store: any SheetSource, on day: CalendarDate) throws -> BoundaryLayer? {
        let versions = try store.boundaryVersions().filter { $0.level == level }
        guard let version = versions.first(where: { $0.validity.contains(day) }) ?? versions.last else { return nil }
        return try store.boundaryLayer(level, number: version.number)
    }

    /// The areas wanted of those there are.
    /// - Throws: ``JobError/usage(_:)`` for one that is not there.
    func wanted(_ all: [MonthlySeries.Area]) throws -> [MonthlySeries.Area] {
        guard !areas.isEmpty else { return told(all) }
        var taken: Set<String> = []
        for name in areas {
            let found =
                name.hasSuffix("*")
                ? all.filter { $0.key.hasPrefix(String(name.dropLast())) } : all.filter { $0.key == name }
            guard !found.isEmpty else {
                let near = NearNames.of(name, among: all.map(\.key) + all.compactMap(\.name))
                throw JobError.usage(
                    "\(name) must be an area of level \(level), but is none"
                        + (near.isEmpty ? "" : "; near are \(near.joined(separator: ", "))"))
            }
            taken.formUnion(found.map(\.key))
        }
        return told(all.filter { taken.contains($0.key) })
    }

    /// Areas of one name are told apart by their state, or by their key.
    private func told(_ areas: [MonthlySeries.Area]) -> [MonthlySeries.Area] {
        let named = Dictionary(grouping: areas, by: \.label).mapValues(\.count)
        return areas.map { area in
            guard let name = area.name, named[name] ?? 0 > 1 else { return area }
            var area = area
            let isMunicipality = level == .municipality && area.key.utf8.count == 5
            let states = Set(areas.filter { $0.name == name }.map { $0.key.prefix(2) })
            let isOfOneEach = states.count == named[name] ?? 0
            area.name =
                name
                + (isMunicipality && isOfOneEach
                    ? ", \(StateNames.name(of: String(area.key.prefix(2))))" : " (\(area.key))")
            return area
        }
    }
}

// MARK: - From incidents

/// Counts a store's incidents by the catalogue.
private struct IncidentSeries {
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
        let (first, last) = (
            Period(.month, containing: days.lowerBound), Period(.month, containing: days.upperBound)
        )
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
            withoutArea: withoutArea.map { $0.map(Optional.some) }, lastDay: days.upperBound,
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
            return asOf.map { asOf in record.finishedAt.map { $0 <= asOf } ?? false } ?? (record.state == .complete)
        }.map {
            IndicatorSeries.Source(name: $0.source, publisher: "", countUnit: nil, importedAt: $0.finishedAt)
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
            let target = catalogue.mapping.target(of: label, on: count.days.lowerBound)
            let counting = indicators.indices.filter { index in
                let indicator = indicators[index]
                guard let target else { return indicator.contains(category: category, modality: label.modality) }
                guard let code = target.classCode, let entry = catalogue.mapping.schemes[target.scheme]?[code] else {
                    return false
                }
                return indicator.contains(entry, of: target.scheme)
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

// MARK: - From published counts

/// Takes the counts that authorities publish.
private struct PublishedSeries {
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
                    + "; bring some in with faro series import")
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
        try store.monthlyCounts(asOf: asOf) { count in
            guard count.place.level == job.level.name else { return }
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
                importedAt: record.finishedAt)
        }
    }
}

/// Which indicators count which published classes.
private struct PublishedClasses {
    private let indicators: [Indicator]
    private let catalogue: TaxonomyCatalogue
    private let imports: [Int64: ImportRecord]
    private struct Key: Hashable {
        var importID: Int64
        var year: Int
        var seriesClass: SeriesClass
        var unit: CountUnit
    }
    private var known: [Key: [Int]] = [:]
    private var paths: [String: [[String]: String]] = [:]
    private var days: [String: ClosedRange<CalendarDate>] = [:]
    private var otherUnits: Set<CountUnit> = []

    init(_ indicators: [Indicator], of store: any SheetSource) throws {
        self.indicators = indicators
        catalogue = try TaxonomyCatalogue(of: store)
        imports = Dictionary(try store.imports().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for scheme in catalogue.mapping.schemes.values { paths[scheme.scheme] = Self.paths(of: scheme) }
    }

    mutating func indicators(of count: MonthlyCount) -> [Int] {
        let year = count.month.first.components.year
        let key = Key(
            importID: count.importID, year: year, seriesClass: count.seriesClass, unit: count.countUnit)
        if let found = known[key] { return found }
        let found = find(count)
        known[key] = found
        return found
    }

    private mutating func find(_ count: MonthlyCount) -> [Int] {
        guard let record = imports[count.importID] else { return [] }
        let day = count.month.first
        guard
            let scheme = catalogue.mapping.nativeScheme(
                profile: SourceLabel.profileName(record.profile), source: record.source, on: day),
            let code = paths[scheme]?[Self.words(count.seriesClass)],
            let entry = catalogue.mapping.schemes[scheme]?[code]
        else { return [] }
        let counting = indicators.indices.filter { indicators[$0].contains(entry, of: scheme) }
        if counting.contains(where: { indicators[$0].countUnit != count.countUnit }) {
            otherUnits.insert(count.countUnit)
        }
        let taken = counting.filter { indicators[$0].countUnit == count.countUnit }
        if !taken.isEmpty {
            let year = CalendarDate(year: day.components.year, month: 12, day: 31) ?? day
            let old = days[scheme]
            days[scheme] = min(old?.lowerBound ?? day, day)...max(old?.upperBound ?? year, year)
        }
        return taken
    }

    /// The breaks of each indicator, of the schemes that its figures are of.
    func breaks(over span: ClosedRange<CalendarDate>) -> [[SeriesBreak]] {
        let origins = days.map { scheme, days in
            SeriesOrigin(catalogue: scheme, schemes: [scheme], countUnits: [], days: days)
        }
        let breaks = SeriesBreak.inSeries(
            of: origins, over: span, schemes: Array(catalogue.mapping.schemes.values))
        return indicators.map { _ in breaks }
    }

    var notes: [IndicatorSeries.Note] {
        otherUnits.sorted { $0.rawValue < $1.rawValue }.map {
            IndicatorSeries.Note(
                spanish: "También hay cifras en \($0.spanishLabel), que aquí no se suman.",
                english: "There are also figures in \($0.englishLabel), which are not added here.")
        }
    }

    /// The words of a class from the broadest on, each once where they repeat, folded.
    private static func words(_ value: SeriesClass) -> [String] {
        once([value.legalGood, value.type, value.subtype, value.modality].compactMap { $0 })
    }

    /// The codes by the words of the classes above them; of classes of the same words the finest.
    private static func paths(of scheme: Taxonomy) -> [[String]: String] {
        var paths: [[String]: String] = [:]
        for entry in scheme.classes { paths[once(scheme.path(entry.code).map(\.spanishLabel))] = entry.code }
        return paths
    }

    private static func once(_ labels: [String]) -> [String] {
        var words: [String] = []
        for label in labels.map({ LabelFolding.fold($0) }) where words.last != label { words.append(label) }
        return words
    }
}
