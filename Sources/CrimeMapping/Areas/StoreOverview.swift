import Boundaries
public import CivilTime
import Incidents
import Indicators
import SimpleFeatures

/// What a page about a store must tell before it shows anything: what there is, of when, from where, and how far to trust it.
public struct StoreOverview: Sendable, Encodable {
    /// A level, in the version that holds last.
    public struct LevelEntry: Hashable, Sendable, Encodable {
        public var name: String
        public var version: Int
        public var areas: Int
        /// How many versions there are.
        public var versions: Int
        /// The kind of figures that rates are divided by; nil for none.
        public var denominator: String?
        /// The shortest time that can be asked for: `day`, and of what is published `month` or `year`.
        public var grain = PeriodLength.day
    }

    /// A label with its incidents.
    public struct Label: Hashable, Sendable, Encodable {
        public var name: String
        public var count: Int
    }

    /// A file that incidents came from.
    public struct Source: Hashable, Sendable, Encodable {
        public var file: String
        public var profile: String
        public var rows: Int
        public var finishedAt: String?

        private enum CodingKeys: String, CodingKey {
            case file, profile, rows
            case finishedAt = "finished_at"
        }
    }

    public var revision: Int64
    public var crs: String
    public var timeZone: String
    public var incidents: Int
    /// First and last local day.
    public var days: [String]?
    /// West, south, east and north of all areas, in degrees; nil without areas.
    public var bounds: [Double]?
    public var levels: [LevelEntry]
    /// Most frequent first.
    public var categories: [Label]
    public var modalities: [Label]
    public var months: [TemporalProfile.Month]
    /// What one incident is: `case_file`, `victim`; the most frequent first, none where no catalogue says.
    public var countUnits: [String]
    /// The share found to a street corner or closer, and the share without any place; 0 to 1, nil without incidents.
    public var foundShare: Double?
    public var unplacedShare: Double?
    /// Incidents at places at which reports pile up for another reason than that they happened there; nil where that is not
    /// for all.
    public var atArtefacts: Int?
    public var withoutHour: Int?
    public var rejected: Int?
    /// The day on which the last file was read.
    public var loadedOn: String?
    /// Empty where that is not for all.
    public var sources: [Source]
    /// Days on which the way of counting changed.
    public var breaks: [String]

    private enum CodingKeys: String, CodingKey {
        case revision, crs, incidents, days, bounds, levels, categories, modalities, months, rejected, sources, breaks
        case timeZone = "time_zone"
        case countUnits = "count_units"
        case foundShare = "found_share"
        case unplacedShare = "unplaced_share"
        case loadedOn = "loaded_on"
        case atArtefacts = "at_artefacts"
        case withoutHour = "without_hour"
    }

    /// - Throws: the store's errors.
    /// - Complexity: O(incidents).
    public init(of store: any StoreSource) throws {
        let all = try IncidentSelection(from: store, filter: IncidentFilter())
        let table = all.table
        revision = table.revision
        crs = store.settings.crs.name
        timeZone = store.settings.timeZone
        incidents = table.count
        days = all.askedDays.map { [$0.lowerBound.description, $0.upperBound.description] }
        levels = try Self.levels(of: store)
        bounds = try Self.bounds(of: store)
        categories = Self.labels(table.category, table.categories)
        modalities = Self.labels(table.modality, table.modalities)
        months = TemporalProfile(of: all).months
        let report = try TaxonomyReport(of: store)
        let units = Dictionary(report.classes.map { ($0.countUnit.rawValue, $0.count) }, uniquingKeysWith: +)
        countUnits = units.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        breaks = report.breaks.map(\.date.description)
        let placed = zip(table.x, table.y).count { $0.isFinite && $1.isFinite }
        foundShare = try HitRates(of: table).overall.rate
        unplacedShare = table.count > 0 ? 1 - Double(placed) / Double(table.count) : nil
        atArtefacts = table.isArtefact.count { $0 }
        withoutHour = table.localMinute.count { !(0..<1_440).contains($0) }
        // Files of population are no source of incidents.
        let ofPopulation = Set(try store.populations(asOf: nil).compactMap(\.importID))
        let imports = try store.imports().filter { $0.counts.kept > 0 && !ofPopulation.contains($0.id) }
        rejected = imports.reduce(0) { $0 + $1.counts.rejected }
        loadedOn = imports.compactMap(\.finishedAt).max().map { String($0.prefix(10)) }
        sources = imports.map {
            Source(file: $0.source, profile: $0.profile, rows: $0.counts.read, finishedAt: $0.finishedAt)
        }
    }

    private static func levels(of store: any StoreSource) throws -> [LevelEntry] {
        let versions = try store.boundaryVersions()
        return try Set(versions.map(\.level.name)).sorted().compactMap { name in
            let own = versions.filter { $0.level.name == name }
            guard let last = own.last else { return nil }
            let figures = try Denominator(for: last.level, in: store)
            return LevelEntry(
                name: name, version: last.number, areas: last.areaCount, versions: own.count,
                denominator: figures.map { "\($0.kind) \($0.year)" })
        }
    }

    private static func bounds(of store: any StoreSource) throws -> [Double]? {
        let versions = try store.boundaryVersions()
        let box = try versions.reduce(into: Envelope<LonLat>.empty) { box, version in
            let areas = try store.boundaryLayer(version.level, number: version.number).areas
            box = areas.reduce(box) { $0.union($1.geometry.envelope) }
        }
        return box.isEmpty ? nil : [box.minX, box.minY, box.maxX, box.maxY]
    }

    private static func labels(_ codes: [Int32], _ names: [String]) -> [Label] {
        var counts = Array(repeating: 0, count: names.count)
        for code in codes where counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
        return names.indices.filter { counts[$0] > 0 }
            .sorted { (counts[$1], names[$0]) < (counts[$0], names[$1]) }
            .map { Label(name: names[$0], count: counts[$0]) }
    }
}
