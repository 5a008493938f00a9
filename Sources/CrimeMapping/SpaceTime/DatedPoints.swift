public import CivilTime
public import Hotspots
import Incidents
public import SimpleFeatures

/// Places with their days: what the analyses of space and time work on, from a store or from a plain file.
///
/// A day is that of the clocks on the wall. Of some incidents only the earliest and the latest possible time is known: they
/// are spread over the days between by whatever weighs incidents, and count on the day in the middle for whatever counts
/// them whole.
public struct DatedPoints: Sendable {
    /// The projected reference system of the places.
    public let crs: CRS
    /// From the first day to the last, as they were asked for or as the incidents have them; nil where there are none.
    public let days: ClosedRange<CalendarDate>?
    /// From the first day to the last of all incidents that the source has, whichever were asked for.
    let known: ClosedRange<CalendarDate>?
    /// Incidents with a place that have no day, and are left out.
    public private(set) var withoutDay = 0
    /// Incidents of other days than were asked for.
    public private(set) var outsideDays = 0
    /// Incidents by what was wrong with their earliest and latest time.
    public private(set) var faults: [AoristicWeights.Flag: Int] = [:]
    /// Incidents that may have happened on any day of more than a month, and the most days of one.
    private(set) var longSpans = (count: 0, longest: 0.0)
    let extent: Envelope<PlanarPoint>?
    private let x: [Double]
    private let y: [Double]
    private let weights: [Double]
    /// Of an incident that is spread over days, the one in the middle.
    private let day: [Double]
    /// Nil where each incident happened on one day.
    private let spans: [AoristicWeights.Span]?

    /// Whether the day of some incident is uncertain.
    public var areSpread: Bool { spans != nil }

    /// The selected incidents of a store that a point analysis takes, as ``IncidentSelection/placeAccount`` says.
    ///
    /// Times are local days: a near-repeat "within 7 days" is one of dates, and hours that many sources do not know play no
    /// part.
    public init(_ selection: IncidentSelection) {
        let (rows, table) = (selection.points().rows, selection.table)
        crs = selection.crs
        extent = selection.extent
        x = rows.map { table.x[$0] }
        y = rows.map { table.y[$0] }
        day = rows.map { Double(table.localDay[$0]) }
        weights = rows.map { table.weight[$0] }
        spans = nil
        days = selection.days.map { Self.days($0, selection.filter.from, selection.filter.to) }
        let (first, last) = (table.localDay.min(), table.localDay.max())
        known = first.flatMap { first in
            last.map { CalendarDate(daysSince1970: first)...CalendarDate(daysSince1970: $0) }
        }
    }

    /// The rows of a plain file; those without a place keep their row, so that they are counted.
    /// - Parameters:
    ///   - spans: one per row, in days.
    ///   - from: the first day that is looked at; nil for the first there is.
    ///   - to: the last.
    init(
        x: [Double], y: [Double], weights: [Double], spans: [AoristicWeights.Span], crs: CRS, from: CalendarDate? = nil,
        to: CalendarDate? = nil
    ) {
        let (least, most) = (from.map { Double($0.daysSince1970) }, to.map { Double($0.daysSince1970) })
        var kept: [Int] = []
        var seen: (first: Double, last: Double)?
        var known: (first: Double, last: Double)?
        var isSpread = false
        for (row, span) in spans.enumerated() {
            guard x[row].isFinite, y[row].isFinite else {
                kept.append(row)
                continue
            }
            guard span.flag != .unknown else {
                withoutDay += 1
                continue
            }
            let first = span.start.rounded(.down)
            let last = max(first, span.end.rounded(.up) - 1)
            known = (min(known?.first ?? first, first), max(known?.last ?? last, last))
            guard first <= most ?? .infinity, last >= least ?? -.infinity else {
                outsideDays += 1
                continue
            }
            kept.append(row)
            faults[span.flag, default: 0] += 1
            isSpread = isSpread || last > first
            if last - first > Self.longDays {
                longSpans.count += 1
                longSpans.longest = max(longSpans.longest, last - first + 1)
            }
            seen = (min(seen?.first ?? first, first), max(seen?.last ?? last, last))
        }
        self.crs = crs
        extent = nil
        self.x = kept.map { x[$0] }
        self.y = kept.map { y[$0] }
        self.weights = kept.map { weights[$0] }
        day = kept.map { ((spans[$0].start + spans[$0].end) / 2).rounded(.down) }
        self.spans = isSpread ? kept.map { spans[$0] } : nil
        days = seen.map { Self.days(Self.date($0.first)...Self.date($0.last), from, to) }
        self.known = known.map { Self.date($0.first)...Self.date($0.last) }
    }

    /// Spans of more days than a month say little of when something was.
    private static let longDays = 31.0

    private static func days(
        _ seen: ClosedRange<CalendarDate>, _ from: CalendarDate?, _ to: CalendarDate?
    ) -> ClosedRange<CalendarDate> {
        let (first, last) = (from ?? seen.lowerBound, to ?? seen.upperBound)
        return min(first, last)...max(first, last)
    }

    /// Times of spans lie within four million days of 1970.
    private static func date(_ day: Double) -> CalendarDate { CalendarDate(daysSince1970: Int32(day)) }

    // MARK: Patterns

    /// Each incident whole, on its day; where that is uncertain, on the one in the middle, also where that lies outside
    /// ``days``.
    func whole() throws(HotspotError) -> SpaceTimePattern {
        try SpaceTimePattern(x: x, y: y, days: day, weights: weights, crs: crs)
    }

    /// Each incident with as much of its weight in every period as its span has time in it.
    /// - Parameter limits: in days, ascending.
    func spread(over limits: [Double]) throws(HotspotError) -> SpaceTimePattern {
        guard let spans else { return try whole() }
        return try SpaceTimePattern(x: x, y: y, spans: spans, limits: limits, weights: weights, crs: crs)
    }

    /// The same over each of the ``days``.
    func spreadOverDays() throws(HotspotError) -> SpaceTimePattern { try spread(over: limitsOfDays) }

    /// Places alone, each weighing what of its span lies in ``days``.
    /// - Throws: `HotspotError`.
    public func places() throws -> PointPattern {
        guard let spans else { return try PointPattern(x: x, y: y, weights: weights, crs: crs) }
        let limits = [limitsOfDays.first, limitsOfDays.last].compactMap(\.self)
        return try places(spans) { $0.parts(limits: limits).reduce(0) { $0 + $1.share } }
    }

    /// The same, each weighing less the longer ago it was, seen from the last of the ``days``.
    /// - Throws: `HotspotError`.
    public func places(forgetting decay: TemporalDecay) throws -> PointPattern {
        let last = Double(days?.upperBound.daysSince1970 ?? 0)
        guard let spans else {
            return try decay.pattern(x: x, y: y, ages: day.map { last - $0 }, weights: weights, crs: crs)
        }
        let limits = limitsOfDays
        let ofDay = try decay.weights(ofAges: limits.dropLast().map { last - $0 })
        return try places(spans) { $0.parts(limits: limits).reduce(0) { $0 + $1.share * ofDay[$1.period] } }
    }

    /// Places alone, each whole, of those on the day in the middle of whose span was asked for.
    /// - Throws: `HotspotError`.
    public func wholePlaces() throws -> PointPattern {
        guard spans != nil, let days else { return try places() }
        let asked = Double(days.lowerBound.daysSince1970)...Double(days.upperBound.daysSince1970)
        let kept = x.indices.filter { !x[$0].isFinite || asked.contains(day[$0]) }
        return try PointPattern(
            x: kept.map { x[$0] }, y: kept.map { y[$0] }, weights: kept.map { weights[$0] }, crs: crs)
    }

    private func places(
        _ spans: [AoristicWeights.Span], _ share: (AoristicWeights.Span) -> Double
    ) throws -> PointPattern {
        try PointPattern(x: x, y: y, weights: zip(weights, spans).map { $0 * share($1) }, crs: crs)
    }

    /// The beginning of every day and the end of the last.
    private var limitsOfDays: [Double] {
        guard let days else { return [] }
        return (days.lowerBound.daysSince1970...days.upperBound.daysSince1970 + 1).map { Double($0) }
    }
}

extension DatedPoints {
    /// What a person is told about the days of a file, a sentence each.
    /// - Parameter rows: how many the file has.
    func notes(columns: String, rows: Int) -> [String] {
        var notes: [String] = []
        if withoutDay > 0 {
            notes.append("\(withoutDay) of \(rows) rows have a place and no day in \(columns), and are left out")
        }
        if outsideDays > 0 { notes.append("\(outsideDays) of \(rows) rows are of other days than were asked for") }
        let words: [(AoristicWeights.Flag, String)] = [
            (.endMissing, "have no latest time: on the day of the earliest"),
            (.startMissing, "have no earliest time: on the day of the latest"),
            (.reversed, "end before they begin: on the day of the earliest"),
            (.tooLong, "last longer than 68 years: on the day of the earliest"),
        ]
        if longSpans.count > 0, let days {
            notes.append(
                "\(longSpans.count) of \(rows) rows may have happened on any day of more than a month, one of "
                    + "\(longSpans.longest.inWords) days: the days looked at are \(days.lowerBound) to \(days.upperBound), unless "
                    + "--from and --to say which")
        }
        return notes
            + words.compactMap { flag, says in
                faults[flag].map { "\($0) of \(rows) rows \(says)" }
            }
    }

    /// The same for a result's record.
    func members(columns: String) -> [Property] {
        var members = [
            Property("time_columns", .text(columns)), Property("rows_without_day", .integer(Int64(withoutDay))),
            Property("rows_of_other_days", .integer(Int64(outsideDays))),
        ]
        if longSpans.count > 0 {
            members += [
                Property("rows_of_over_a_month", .integer(Int64(longSpans.count))),
                Property("longest_span_days", .number(longSpans.longest)),
            ]
        }
        let names: [(AoristicWeights.Flag, String)] = [
            (.endMissing, "rows_end_missing"), (.startMissing, "rows_start_missing"), (.reversed, "rows_reversed"),
            (.tooLong, "rows_too_long"),
        ]
        for (flag, name) in names {
            if let count = faults[flag] { members.append(Property(name, .integer(Int64(count)))) }
        }
        return members
    }
}
