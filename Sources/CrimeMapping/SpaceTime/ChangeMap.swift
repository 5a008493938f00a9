public import CivilTime
import Grids
import Hotspots
import Pictures
import SimpleFeatures

/// Where incidents became more or fewer: the job behind `faro hotspot change`.
public struct ChangeMap: Sendable {
    /// Which days are compared.
    public enum Periods: Hashable, Sendable {
        /// All before a day with all from it on.
        case since(CalendarDate)
        /// Any two stretches of days, both ends included, which share none: the same month of two years.
        case between(ClosedRange<CalendarDate>, against: ClosedRange<CalendarDate>)
    }

    public var periods: Periods
    /// Whether cells are compared with the change of all together.
    public var relative: Bool

    /// Both as given; ``run(on:)`` checks them.
    public init(_ periods: Periods, relative: Bool = false) {
        self.periods = periods
        self.relative = relative
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)`` for days that do not fit, and for weights that are no whole counts.
    public func run(on support: SpaceTimeSupport) throws -> SpaceTimeTable {
        let pair = try pair(within: support.days)
        let beyond = try [pair.before, pair.after].compactMap { try Self.gap($0, support.points.known) }
        let cubes = try [pair.before, pair.after].map { try support.cube(Self.limits($0), .middle) }
        let inside = try support.mask().insideCells.map { Int($0) }
        let counts = try cubes.map { cube in try inside.map { try Self.count(cube.values[$0]) } }
        let lengths = cubes.map { $0.limits[1] - $0.limits[0] }
        let counted = cubes.map(\.counted).reduce(0, +)
        let outside = cubes.map(\.outsideArea).reduce(0, +)
        let method = ChangeSurface(exposures: .init(before: lengths[0], after: lengths[1]), relative: relative)
        let changes = try method.changes(before: counts[0], after: counts[1])
        let members = [
            Property("method", .text("change (E-test, false discoveries controlled)")),
            Property("before", .text(Self.words(pair.before))), Property("after", .text(Self.words(pair.after))),
            Property("days_before", .number(lengths[0])), Property("days_after", .number(lengths[1])),
            Property("relative", .bool(relative)), Property("incidents_counted", .integer(Int64(counted))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("incidents_outside_periods", .integer(Int64(support.pattern.count - counted - outside))),
        ]
        let columns = ["before", "after", "expected", "difference", "percent", "z", "p", "q", "class"]
        let words = ["more", "fewer", "not significant"]
        let kinds = changes.map { change -> Int? in
            guard change.before + change.after > 0 else { return nil }
            let direction = change.direction(at: 0.05)
            return direction > 0 ? 0 : direction < 0 ? 1 : 2
        }
        var table = support.table(columns, members: members) { index in
            let change = changes[index]
            return [
                .integer(Int64(change.before)), .integer(Int64(change.after)), .number(change.expected),
                .number(change.difference), change.percent.map(PropertyValue.number) ?? .null, .number(change.z),
                .number(change.p), .number(change.q), kinds[index].map { .text(words[$0]) } ?? .null,
            ]
        }
        table.style = .init(
            .kinds(
                kinds,
                names: [
                    .init(spanish: "Más", english: "More", colour: Colour(0xB2182B)),
                    .init(spanish: "Menos", english: "Fewer", colour: Colour(0x2166AC)),
                    .init(spanish: "No significativo", english: "Not significant", colour: Colour(0xE9ECEF)),
                ]), spanish: "cambio \(title.spanish) (q ≤ 0.05)", english: "change \(title.english) (q ≤ 0.05)")
        let sums = counts.map { $0.reduce(0, +) }
        let account = [
            "change \(title.english): \(sums[0]) in \(lengths[0].inWords) days before, \(sums[1]) in \(lengths[1].inWords) after",
            "  more         \(kinds.count { $0 == 0 }) cells",
            "  fewer        \(kinds.count { $0 == 1 }) cells",
            "  no evidence  \(kinds.count { $0 == 2 }) cells",
        ]
        var result = SpaceTimeTable(table: table, account: account, explanation: explanation)
        result.warnings += beyond
        return UncertainTimes.middle.told(in: result, of: support)
    }

    /// What must be said of a period in which nothing can have been seen on some days.
    /// - Throws: ``JobError/badData(_:)`` where that is so on all of them: zeros nobody has counted are no change.
    private static func gap(
        _ period: ClosedRange<CalendarDate>, _ known: ClosedRange<CalendarDate>?
    ) throws -> String? {
        guard let known, !(known.lowerBound <= period.lowerBound && period.upperBound <= known.upperBound) else {
            return nil
        }
        guard known.overlaps(period) else {
            throw JobError.badData(
                "a period must have days with data, which are \(words(known)), but \(words(period)) has none")
        }
        return "the period \(words(period)) goes beyond the days with data, \(words(known))"
    }

    private func pair(
        within days: ClosedRange<CalendarDate>
    ) throws -> (before: ClosedRange<CalendarDate>, after: ClosedRange<CalendarDate>) {
        switch periods {
        case .since(let day):
            guard days.lowerBound < day, day <= days.upperBound, let last = day.adding(days: -1) else {
                throw JobError.usage(
                    "the second period must begin after \(days.lowerBound) and by \(days.upperBound), but begins \(day)"
                )
            }
            return (days.lowerBound...last, day...days.upperBound)
        case .between(let after, let before):
            guard !after.overlaps(before) else {
                throw JobError.usage(
                    "two periods must share no day, but \(Self.words(before)) and \(Self.words(after)) do")
            }
            return (before, after)
        }
    }

    private static func limits(_ days: ClosedRange<CalendarDate>) -> [CalendarDate] {
        [days.lowerBound, CalendarDate(daysSince1970: days.upperBound.daysSince1970 &+ 1)]
    }

    /// The test is one of counts.
    private static func count(_ value: Double) throws -> Int {
        guard value == value.rounded(), value <= 1e12 else {
            throw JobError.usage(
                "a change is tested by whole incidents, but a cell holds \(value) of them; leave the weights out")
        }
        return Int(value)
    }

    private static func words(_ days: ClosedRange<CalendarDate>) -> String {
        "\(days.lowerBound) to \(days.upperBound)"
    }

    private var title: (spanish: String, english: String) {
        switch periods {
        case .since(let day): return ("desde \(day)", "since \(day)")
        case .between(let after, let before):
            let words = "\(Self.short(before)) → \(Self.short(after))"
            return (words, words)
        }
    }

    /// `2024`, `2024-03`, `2024-03 – 2024-05`, and days only where they are no whole months: a legend is narrow.
    private static func short(_ days: ClosedRange<CalendarDate>) -> String {
        let (first, last) = (days.lowerBound, days.upperBound)
        guard first.components.day == 1, last.adding(days: 1)?.components.day == 1 else {
            return first == last ? first.description : "\(first) – \(last)"
        }
        let (from, to) = (first.description.prefix(7), last.description.prefix(7))
        if from == to { return String(from) }
        let isYear =
            first.components.year == last.components.year && first.components.month == 1
            && last.components.month == 12
        return isYear ? String(from.prefix(4)) : "\(from) – \(to)"
    }

    private var explanation: Explanation {
        Explanation(
            spanish: """
                El cambio de cada celda se probó con la prueba E de dos medias de Poisson (Krishnamoorthy & Thomson 2004), con los días de cada \
                periodo como exposición\(relative ? " y relativo al cambio del conjunto" : ""), ajustada por la tasa de falsos descubrimientos; el \
                porcentaje es nulo donde antes no hubo incidentes.
                """,
            english: """
                The change of each cell was tested by the E-test of two Poisson means (Krishnamoorthy & Thomson 2004), with the days of each \
                period as exposure\(relative ? " and relative to the change of the whole" : ""), adjusted for the false discovery rate; the \
                percentage is null where nothing happened before.
                """)
    }
}
