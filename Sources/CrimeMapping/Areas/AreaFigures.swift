public import Boundaries
import Bytes
public import CivilTime
import Geodesy
import Incidents
import SimpleFeatures
import Statistics

/// What a map by area shows: of each area its count, rate, density, and its change since earlier days with what chance makes
/// of it.
public struct AreaFigures: Sendable {
    /// What a picture of the figures is coloured by.
    public enum Measure: String, Sendable, CaseIterable {
        case count, density, rate, change
    }

    /// One area.
    public struct Row: Hashable, Sendable {
        public var id: String
        public var name: String
        public var km2: Double
        public var count: Int
        /// nil without a denominator.
        public var population: Double?
        /// Per 100,000 and year.
        public var rate: Double?
        /// Incidents of the earlier days; nil without such.
        public var before: Int?
        /// That both counts come of one rate.
        public var p: Double?
        /// The p-value among those of all areas: the least share of false discoveries at which this one is taken for a change.
        public var q: Double?
        /// Per km² and year.
        public func density(days: Int) -> Double? {
            km2 > 0 ? Double(count) / km2 * 365.2425 / Double(max(1, days)) : nil
        }
    }

    public let version: BoundaryVersion
    public let denominator: Denominator?
    /// First and last day; nil where nothing is selected and no days are given.
    public let days: ClosedRange<CalendarDate>?
    /// The earlier days; nil where the store does not reach back so far.
    public let baseline: ClosedRange<CalendarDate>?
    /// In the order of the layer.
    public let rows: [Row]
    public let counted: Int
    public let outside: Int

    /// - Parameters:
    ///   - selection: the incidents of the days asked for.
    ///   - baseline: with which earlier days to compare; nil for none.
    /// - Throws: ``JobError/usage(_:)``, `FilterError`, the store's errors.
    /// - Complexity: O(incidents + areas).
    public init(
        of selection: IncidentSelection, by level: Level, baseline: Baseline? = nil, population: String? = nil,
        in store: any StoreSource
    ) throws {
        let tally = try AreaTally(of: selection, by: level, in: store)
        version = tally.layer.version
        let denominator = try Denominator(for: level, kind: population, in: store)
        self.denominator = denominator
        let earlier = try EarlierSelection(before: selection, baseline, in: store)
        let before = try earlier.map { try AreaTally(of: $0.selection, by: tally.layer).counts }
        let days = selection.askedDays
        self.days = days
        self.baseline = earlier?.days
        let spans = (Double(days?.dayCount ?? 1), Double(earlier?.days.dayCount ?? 1))
        var rows = zip(tally.layer.areas, tally.counts).enumerated().map { place, pair in
            let (area, count) = pair
            let earlier = before?[place]
            return Row(
                id: area.id, name: area.name, km2: area.squareMetres / 1e6, count: count,
                population: denominator?.byArea[area.id],
                rate: denominator?.rate(count, area.id, days: days?.dayCount ?? 1), before: earlier,
                p: earlier.flatMap { PoissonComparison((count, $0), exposures: spans)?.p })
        }
        let tested = rows.indices.filter { rows[$0].p != nil }
        for (place, q) in zip(tested, FalseDiscovery.benjaminiHochberg.adjusted(tested.compactMap { rows[$0].p })) {
            rows[place].q = q
        }
        self.rows = rows
        counted = selection.rows.count - tally.outside
        outside = tally.outside
    }
}

/// The same question about earlier days.
struct EarlierSelection {
    let selection: IncidentSelection
    let days: ClosedRange<CalendarDate>

    /// - Returns: nil where the incidents of the store do not reach back over all those days.
    init?(before selection: IncidentSelection, _ baseline: Baseline?, in store: any StoreSource) throws {
        guard let days = selection.askedDays, let earlier = baseline?.days(before: days),
            let first = selection.table.localDay.min(), earlier.lowerBound.daysSince1970 >= first
        else { return nil }
        var filter = selection.filter
        (filter.from, filter.to) = (earlier.lowerBound, earlier.upperBound)
        self.selection = try IncidentSelection(from: store, filter: filter)
        self.days = earlier
    }
}

extension IncidentSelection {
    /// From the first day asked for to the last; where one is left open, the first or last that any incident has.
    var askedDays: ClosedRange<CalendarDate>? {
        let first = filter.from ?? table.localDay.min().map { CalendarDate(daysSince1970: $0) }
        let last = filter.to ?? table.localDay.max().map { CalendarDate(daysSince1970: $0) }
        guard let first, let last, first <= last else { return nil }
        return first...last
    }
}
