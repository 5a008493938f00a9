public import Boundaries
import CivilTime
import Geodesy
import Hotspots
public import Incidents
public import Indicators
import SimpleFeatures
import Statistics

/// What is known of one area in the days asked for, beside all areas of its level: the card that a map opens.
///
/// ## Units
/// Rates per 100,000 and year, densities per km² and year; intervals hold with 95 %.
public struct AreaCard: Sendable, Encodable {
    /// An amount with its exact Poisson interval.
    public struct Amount: Hashable, Sendable, Encodable {
        public var value: Double
        public var low: Double
        public var high: Double
    }

    /// The count of earlier days.
    public struct Change: Hashable, Sendable, Encodable {
        public var baseline: Baseline
        public var from: String
        public var to: String
        public var count: Int
        /// The rate's growth, 0.25 for a quarter more; nil without earlier incidents.
        public var growth: Double?
        /// That both counts come of one rate: exact conditional Poisson test, two-sided.
        public var p: Double?
    }

    /// One crime's share.
    public struct Crime: Hashable, Sendable, Encodable {
        public var category: String
        public var count: Int
        /// How many times its share here is its share everywhere.
        public var locationQuotient: Double?

        private enum CodingKeys: String, CodingKey {
            case category, count
            case locationQuotient = "location_quotient"
        }
    }

    /// An area that shares a border.
    public struct Neighbour: Hashable, Sendable, Encodable {
        public var areaID: String
        public var areaName: String
        public var count: Int
        public var rate: Double?
        public var density: Double?

        private enum CodingKeys: String, CodingKey {
            case count, rate, density
            case areaID = "area_id"
            case areaName = "area_name"
        }
    }

    public var level: String
    public var areaID: String
    public var areaName: String
    public var parentName: String?
    public var boundaryVersion: Int
    public var km2: Double
    public var days: [String]?
    public var count: Int
    /// Of the incidents in all areas of the level.
    public var total: Int
    public var population: Double?
    public var denominator: String?
    public var rate: Amount?
    public var density: Amount?
    /// By rate where there is a denominator, by density otherwise.
    public var rank: RankRange?
    public var rankedBy: String
    public var change: Change?
    /// Of all days, whatever days are asked for.
    public var months: [TemporalProfile.Month]
    public var hourOfWeek: [[Int]]
    public var withoutHour: [Int]
    /// Of all crimes, whatever crimes are asked for; the most frequent first.
    public var crimes: [Crime]
    public var neighbours: [Neighbour]
    public var quality: HitRate

    private enum CodingKeys: String, CodingKey {
        case level, km2, days, count, total, population, denominator, rate, density, rank, change, months, crimes
        case neighbours, quality
        case areaID = "area_id"
        case areaName = "area_name"
        case parentName = "parent_name"
        case boundaryVersion = "boundary_version"
        case rankedBy = "ranked_by"
        case hourOfWeek = "hour_of_week"
        case withoutHour = "without_hour"
    }

    /// How many crimes are told.
    static let crimeCount = 6

    /// - Parameters:
    ///   - filter: which incidents; its areas are not looked at.
    ///   - key: of the area.
    /// - Returns: nil for an area that the level has not in those days.
    /// - Throws: ``JobError/usage(_:)``, `FilterError`, `HotspotError`, the store's errors.
    /// - Complexity: O(incidents + areas · √count), and the vertices of the areas nearby.
    public init?(
        of key: String, at level: Level, filter: IncidentFilter, baseline: Baseline? = nil, population: String? = nil,
        in store: any StoreSource
    ) throws {
        var filter = filter
        filter.areas = []
        let everywhere = try IncidentSelection(from: store, filter: filter)
        let tally = try AreaTally(of: everywhere, by: level, in: store)
        guard let place = tally.layer.areas.firstIndex(where: { $0.id == key }) else { return nil }
        let area = tally.layer.areas[place]
        let version = tally.layer.version
        let here = AreaSelector(level: level.name, key: key, version: version.number)
        filter.areas = [here]
        let selection = try IncidentSelection(from: store, filter: filter)
        let asked = everywhere.askedDays
        let span = asked?.dayCount ?? 1

        self.level = level.name
        areaID = area.id
        areaName = area.name
        parentName = try area.parentID.flatMap { try AreaSearch.names(of: version.parentLevel, in: store)[$0] }
        boundaryVersion = version.number
        km2 = area.squareMetres / 1e6
        days = asked.map { [$0.lowerBound.description, $0.upperBound.description] }
        count = selection.rows.count
        total = tally.counts.reduce(0, +)

        let figures = try Denominator(for: level, kind: population, in: store)
        self.population = figures?.byArea[key]
        denominator = figures.map { "\($0.kind) \($0.year)" }
        rate = Self.amount(count, over: figures?.byArea[key], scale: 100_000, days: span)
        density = Self.amount(count, over: km2, scale: 1, days: span)
        rankedBy = figures == nil ? "density" : "rate"
        rank = RankRange(
            of: place, counts: tally.counts,
            exposures: tally.layer.areas.map { figures == nil ? $0.squareMetres : figures?.byArea[$0.id] })
        change = try Self.change(of: selection, baseline, in: store)

        var always = filter
        (always.from, always.to) = (nil, nil)
        months = TemporalProfile(of: try IncidentSelection(from: store, filter: always)).months
        let profile = TemporalProfile(of: selection)
        (hourOfWeek, withoutHour) = (profile.hourOfWeek, profile.withoutHour)
        crimes = try Self.crimes(filter, in: store)
        neighbours = try Self.neighbours(of: place, tally, figures, days: span, in: store)
        quality = try HitRates(of: selection.table, rows: selection.rows).overall
    }

    static func amount(_ count: Int, over base: Double?, scale: Double, days: Int) -> Amount? {
        guard let base, base > 0, let interval = PoissonInterval(count: count) else { return nil }
        let unit = scale * 365.2425 / Double(max(1, days)) / base
        return Amount(value: Double(count) * unit, low: interval.low * unit, high: interval.high * unit)
    }

    private static func change(
        of selection: IncidentSelection, _ baseline: Baseline?, in store: any StoreSource
    ) throws -> Change? {
        guard let baseline, let days = selection.askedDays,
            let earlier = try EarlierSelection(before: selection, baseline, in: store)
        else { return nil }
        let (now, then) = (selection.rows.count, earlier.selection.rows.count)
        let spans = (Double(days.dayCount), Double(earlier.days.dayCount))
        let test = PoissonComparison((now, then), exposures: spans)
        return Change(
            baseline: baseline, from: earlier.days.lowerBound.description, to: earlier.days.upperBound.description,
            count: then, growth: then > 0 ? test?.ratio.map { $0 - 1 } : nil, p: test?.p)
    }

    /// The most frequent crimes of the area, with what is particular to it.
    private static func crimes(_ filter: IncidentFilter, in store: any StoreSource) throws -> [Crime] {
        var filter = filter
        (filter.categories, filter.modalities) = ([], [])
        let here = try IncidentSelection(from: store, filter: filter)
        filter.areas = []
        let everywhere = try IncidentSelection(from: store, filter: filter)
        func tally(_ selection: IncidentSelection) -> [Int] {
            var counts = Array(repeating: 0, count: selection.table.categories.count)
            for row in selection.rows {
                let code = Int(selection.table.category[row])
                if counts.indices.contains(code) { counts[code] += 1 }
            }
            return counts
        }
        let (own, all) = (tally(here), tally(everywhere))
        let (ownTotal, allTotal) = (Double(own.reduce(0, +)), Double(all.reduce(0, +)))
        let names = here.table.categories
        return own.indices.filter { own[$0] > 0 }.sorted { (own[$1], names[$0]) < (own[$0], names[$1]) }
            .prefix(crimeCount).map { code in
                let share = Double(all[code]) / allTotal
                return Crime(
                    category: names[code], count: own[code],
                    locationQuotient: share > 0 ? Double(own[code]) / ownTotal / share : nil)
            }
    }

    /// Those with a common border, however short.
    private static func neighbours(
        of place: Int, _ tally: AreaTally, _ figures: Denominator?, days: Int, in store: any StoreSource
    ) throws -> [Neighbour] {
        let version = tally.layer.version
        let plane = try ProjectedTransformation(store.settings.crs)
        let outlines = try store.outlines(version.level, number: version.number, on: plane)
        return try neighbours(of: place, among: outlines).map { other in
            let area = tally.layer.areas[other]
            let count = tally.counts[other]
            return Neighbour(
                areaID: area.id, areaName: area.name, count: count,
                rate: figures?.rate(count, area.id, days: days),
                density: amount(count, over: area.squareMetres / 1e6, scale: 1, days: days)?.value)
        }.sorted { ($1.count, $0.areaName) < ($0.count, $1.areaName) }
    }

    /// Those of the areas that share a border with one of them, however short.
    /// - Throws: `HotspotError`.
    static func neighbours(of place: Int, among outlines: [MultiPolygon<PlanarPoint>]) throws -> [Int] {
        guard outlines.indices.contains(place) else { return [] }
        let box = outlines[place].envelope
        // Only what is near can touch.
        let near = outlines.indices.filter { $0 == place || outlines[$0].envelope.intersects(box) }
        guard let own = near.firstIndex(of: place) else { return [] }
        let weights = try SpatialWeights(.queen(), of: near.map { outlines[$0] })
        return weights.neighbours[weights.starts[own]..<weights.starts[own + 1]].map { near[Int($0)] }
    }
}
