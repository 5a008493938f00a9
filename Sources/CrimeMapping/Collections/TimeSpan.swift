public import CQL2
public import CivilTime

/// A time as `datetime` of OGC API asks for it: a day or an instant, or from one to another, both included; nil is open.
///
/// ## Forms
/// `2024-06-01`, `2024-06-01T12:00:00Z`, `2024-06-01/2024-06-30`, `../2024-06-30`, `2024-06-01/`. Real clients also send
/// `2024-06-01T/..`, a blank for the `T`, and instants without a zone; the first is read as the day, the last as UTC. A day is a
/// local day.
public struct TimeSpan: Hashable, Sendable {
    public enum Bound: Hashable, Sendable {
        case day(CalendarDate)
        case instant(CQL2Timestamp)

        var literal: CQL2Literal {
            switch self {
            case .day(let day): .date(day)
            case .instant(let instant): .timestamp(instant)
            }
        }

        /// The day in UTC.
        var day: CalendarDate {
            switch self {
            case .day(let day): return day
            case .instant(let instant):
                let (quotient, remainder) = instant.seconds.quotientAndRemainder(dividingBy: 86_400)
                return CalendarDate(daysSince1970: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
            }
        }
    }

    public let from: Bound?
    public let to: Bound?

    /// - Returns: nil for a text of another form, for one that is open on both sides with nothing between, and where the end
    ///   lies before the beginning.
    public init?(_ text: String) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard sides.count <= 2, !text.isEmpty else { return nil }
        var bounds: [Bound?] = []
        for side in sides {
            if sides.count == 2, side.isEmpty || side == ".." {
                bounds.append(nil)
            } else {
                guard let bound = Self.bound(side) else { return nil }
                bounds.append(bound)
            }
        }
        from = bounds[0]
        to = bounds[bounds.count - 1]
        if let from, let to, !Self.isOrdered(from, to) { return nil }
    }

    private static func isOrdered(_ from: Bound, _ to: Bound) -> Bool {
        switch (from, to) {
        case (.instant(let from), .instant(let to)): from <= to
        // A local day and an instant in UTC may be a day apart.
        case (.day, .day): from.day <= to.day
        default: from.day <= (to.day.adding(days: 1) ?? to.day)
        }
    }

    private static func bound(_ text: String) -> Bound? {
        if let day = CalendarDate(text) ?? (text.hasSuffix("T") ? CalendarDate(String(text.dropLast())) : nil) {
            return .day(day)
        }
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
        let joined = text.prefix(10) + "T" + text.dropFirst(11)
        return (CQL2Timestamp(String(joined)) ?? CQL2Timestamp(joined + "Z")).map(Bound.instant)
    }
}
