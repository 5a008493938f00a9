public import Boundaries
import Bytes
import CivilTime
import Geodesy
import Hotspots
public import Incidents
public import Privacy
import SimpleFeatures
import Statistics

extension PublicCity {
    /// What ``AreaFigures/columns`` are to others: counts by area as JSON arrays, `null` where they are suppressed, beside what is
    /// shown of them.
    /// - Throws: `PrivacyError` naming what is not public.
    public func columns(_ filter: IncidentFilter, by level: Level) throws -> Published<[UInt8]> {
        let days = askedDays(filter, level)
        return try figures(filter, by: level).map { figures in
            let counts = figures.areas.map { figures.counts[$0.id] ?? PublicCount() }
            var json = ByteWriter(capacity: counts.count * 32 + 512)
            json.text("{\"level\":")
            json.jsonString(level.name)
            json.text(",\"boundary_version\":")
            json.integer(figures.version)
            json.text(",\"counted\":")
            json.integer(counts.reduce(0) { $0 + $1.shown })
            json.text(",\"suppressed\":")
            json.integer(counts.count { $0.exact == nil })
            if let days {
                json.text(",\"days\":[\"\(days.lowerBound)\",\"\(days.upperBound)\"]")
            }
            func list(_ name: StaticString, _ count: Int, _ value: (inout ByteWriter, Int) -> Void) {
                json.text(name)
                for place in 0..<count {
                    if place > 0 { json.byte(UInt8(ascii: ",")) }
                    value(&json, place)
                }
                json.byte(UInt8(ascii: "]"))
            }
            list(",\"area_id\":[", counts.count) { $0.jsonString(figures.areas[$1].id) }
            list(",\"count\":[", counts.count) { json, place in
                if let exact = counts[place].exact { json.integer(exact) } else { json.text("null") }
            }
            list(",\"at_least\":[", counts.count) { $0.integer(counts[$1].shown) }
            json.byte(UInt8(ascii: "}"))
            return json.bytes
        }
    }

    /// The card of an area of what is published of it: count, rate, months or years, crimes, neighbours.
    /// - Returns: nil for an area that the level has not.
    /// - Throws: `PrivacyError` naming what is not public, the store's errors.
    public func card(of key: String, at level: Level, _ filter: IncidentFilter) throws -> Published<PublicAreaCard>? {
        let days = askedDays(filter, level)
        let denominator = try Denominator(for: level, in: snapshot)
        let published = try figures(filter, by: level)
        let figures = published.value
        guard let place = figures.areas.firstIndex(where: { $0.id == key }) else { return nil }
        let area = figures.areas[place]
        var own = filter
        own.areas = [AreaSelector(level: level.name, key: key, version: figures.version)]
        let length = grain(of: level)
        var always = own
        (always.from, always.to) = (nil, nil)
        // What is not published of a finer question is left out of the card, and nothing else.
        let series = try? counts(always, by: level, period: length)
        own.categories = []
        let crimes = try? counts(own, by: level, period: nil, byCategory: true)
        let parent = snapshot.layers.first { $0.version.level == level && $0.version.number == figures.version }?
            .version.parentLevel
        let near = try neighbours(of: place, level, figures)
        let parentName = try area.parentID.flatMap { try AreaSearch.names(of: parent, in: snapshot)[$0] }
        return published.map { figures in
            let count = figures.counts[key] ?? PublicCount()
            let span = days?.dayCount ?? 1
            var card = PublicAreaCard(
                level: level.name, areaID: key, areaName: area.name, parentName: parentName,
                km2: area.squareMetres / 1e6)
            card.days = days.map { [$0.lowerBound.description, $0.upperBound.description] }
            (card.count, card.atLeast) = (count.exact, count.shown)
            card.population = denominator?.byArea[key]
            if let exact = count.exact {
                card.rate = AreaCard.amount(exact, over: card.population, scale: 100_000, days: span)
                card.density = AreaCard.amount(exact, over: card.km2, scale: 1, days: span)
            }
            card.periods = (series?.value ?? []).compactMap { row in
                row.areaID == key ? row.period.map { .init(period: $0, count: row.count, atLeast: row.atLeast) } : nil
            }
            card.crimes = (crimes?.value ?? []).filter { $0.areaID == key && ($0.count ?? 0) > 0 }
                .compactMap { row in row.category.map { .init(category: $0, count: row.count ?? 0) } }
                .sorted { ($1.count, $0.category) < ($0.count, $1.category) }
            card.crimes = Array(card.crimes.prefix(AreaCard.crimeCount))
            card.neighbours = near.map { other in
                let name = figures.areas[other]
                let exact = figures.counts[name.id]?.exact
                return .init(
                    areaID: name.id, areaName: name.name, count: exact,
                    rate: exact.flatMap { denominator?.rate($0, name.id, days: span) },
                    density: exact.flatMap {
                        AreaCard.amount($0, over: name.squareMetres / 1e6, scale: 1, days: span)?.value
                    })
            }
            return card
        }
    }

    /// What a page tells of the store to whoever has no token. Shares are whole percents, never better than they are.
    /// - Throws: `PrivacyError`, the store's errors.
    public func overview() throws -> Published<StoreOverview> {
        var overview = try StoreOverview(of: snapshot)
        let everything = try counts(IncidentFilter(), by: nil, period: .month)
        let byCategory = try counts(IncidentFilter(), by: nil, period: nil, byCategory: true)
        let known = Set(levels.map(\.name))
        overview.levels = overview.levels.filter { known.contains($0.name) }.map { entry in
            var entry = entry
            if let level = Level(entry.name) { entry.grain = grain(of: level) }
            return entry
        }
        overview.modalities = []
        overview.foundShare = overview.foundShare.map { ($0 * 100).rounded(.down) / 100 }
        overview.unplacedShare = overview.unplacedShare.map { ($0 * 100).rounded(.up) / 100 }
        (overview.atArtefacts, overview.withoutHour, overview.rejected, overview.sources) = (nil, nil, nil, [])
        overview.days = release.months.map { [$0.lowerBound.first.description, $0.upperBound.last.description] }
        let names = Set(categories)
        return everything.map { rows in
            var told = overview
            told.months = rows.compactMap { row in row.period.map { .init(period: $0, count: row.atLeast) } }
            told.incidents = rows.reduce(0) { $0 + $1.atLeast }
            told.categories = byCategory.value.compactMap { row in
                row.category.flatMap { names.contains($0) ? .init(name: $0, count: row.atLeast) : nil }
            }.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
            return told
        }
    }

    /// The shortest time of which there are counts by a level.
    func grain(of level: Level) -> PeriodLength { level == gate.lattice.coarse ? .month : .year }

    /// The days that figures are of: those asked for, as far as anything is published of them.
    private func askedDays(_ filter: IncidentFilter, _ level: Level) -> ClosedRange<CalendarDate>? {
        guard let months = release.months else { return nil }
        var known = months.lowerBound.first...months.upperBound.last
        if grain(of: level) == .year {
            let years = release.wholeYears
            guard let first = years.first, let last = years.last else { return nil }
            known = first.first...last.last
        }
        let first = max(filter.from ?? known.lowerBound, known.lowerBound)
        let last = min(filter.to ?? known.upperBound, known.upperBound)
        return first <= last ? first...last : nil
    }

    private func neighbours(of place: Int, _ level: Level, _ figures: AreaFigures) throws -> [Int] {
        try AreaCard.neighbours(
            of: place,
            among: snapshot.outlines(
                level, number: figures.version, on: ProjectedTransformation(snapshot.settings.crs)))
    }
}

/// What is published of one area.
public struct PublicAreaCard: Sendable, Encodable {
    /// A month or a year.
    public struct Span: Hashable, Sendable, Encodable {
        public var period: String
        /// nil where it is suppressed.
        public var count: Int?
        public var atLeast: Int

        private enum CodingKeys: String, CodingKey {
            case period, count
            case atLeast = "at_least"
        }
    }

    /// One crime's count.
    public struct Crime: Hashable, Sendable, Encodable {
        public var category: String
        public var count: Int
    }

    /// An area that shares a border.
    public struct Neighbour: Hashable, Sendable, Encodable {
        public var areaID: String
        public var areaName: String
        public var count: Int?
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
    public var km2: Double
    public var days: [String]?
    /// nil where it is suppressed.
    public var count: Int?
    public var atLeast = 0
    public var population: Double?
    /// nil where the count is.
    public var rate: AreaCard.Amount?
    public var density: AreaCard.Amount?
    /// Of all times, whatever days are asked for.
    public var periods: [Span] = []
    public var crimes: [Crime] = []
    public var neighbours: [Neighbour] = []

    private enum CodingKeys: String, CodingKey {
        case level, km2, days, count, population, rate, density, periods, crimes, neighbours
        case areaID = "area_id"
        case areaName = "area_name"
        case parentName = "parent_name"
        case atLeast = "at_least"
    }
}
