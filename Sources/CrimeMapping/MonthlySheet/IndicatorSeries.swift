public import Boundaries
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
    /// Whether of published counts only those are taken of which it is said who published them.
    var takesOnlyPublic = false

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
        /// When it was published, and up to which day it goes, as far as whoever brought it in has said.
        public var dates: FileDates

        private enum CodingKeys: String, CodingKey {
            case name, publisher, dates
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

    /// The files that figures come from, as far as they were known at an instant.
    static func editions(of origin: Origin, asOf: String?, in store: any SheetSource) throws -> [ImportRecord] {
        try store.imports().filter { record in
            let description = try store.seriesDescription(of: record.id)
            let isOfOrigin = origin == .published ? description?.kind == .monthlyCounts : description == nil
            return isOfOrigin && record.knownFrom.map { known in asOf.map { known <= $0 } ?? true } ?? false
        }
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
