import CivilTime

/// How days are cut into periods: so many days each, counted back from the last, or whole months of the calendar.
public enum PeriodCutting: Hashable, Sendable, CustomStringConvertible {
    case days(Int)
    /// 3 for quarters, 12 for years; they begin where such a part of the year begins.
    case months(Int)

    /// Reads `7`, `28`, `month`, `quarter` or `year`.
    public init?(_ text: String) {
        switch text {
        case "month": self = .months(1)
        case "quarter": self = .months(3)
        case "year": self = .months(12)
        default:
            guard let days = Int(text), (1...36_500).contains(days) else { return nil }
            self = .days(days)
        }
    }

    /// `7 days`, `month`.
    public var description: String {
        switch self {
        case .days(1): "day"
        case .days(let count): "\(count) days"
        case .months(1): "month"
        case .months(3): "quarter"
        case .months(12): "year"
        case .months(let count): "\(count) months"
        }
    }

    /// What a picture calls the period that begins on a day: `2024-03`, `2024 T2`, `2024`, or the day itself.
    func label(from first: CalendarDate) -> String {
        let (year, month, _) = first.components
        return switch self {
        case .months(12): "\(year)"
        case .months(3): "\(year) T\((month + 2) / 3)"
        case .months(1): String(first.description.prefix(7))
        case .days, .months: first.description
        }
    }

    /// What a study of so many days is cut into if nobody says: 10 to 60 periods or so (sfhotspot's steps).
    static func usual(forDays days: Int) -> PeriodCutting {
        switch days {
        case ...14: .days(1)
        case ...91: .days(7)
        case ...732: .days(28)
        default: .months(3)
        }
    }

    /// The first days of the whole periods within some days, and the day after the last of them.
    /// - Throws: ``JobError/usage(_:)`` where not two periods fit.
    func limits(within days: ClosedRange<CalendarDate>) throws -> [CalendarDate] {
        let (first, end) = (days.lowerBound, CalendarDate(daysSince1970: days.upperBound.daysSince1970 &+ 1))
        var limits: [CalendarDate] = []
        switch self {
        case .days(let length):
            let length = min(max(1, length), 36_500)
            let count = (Int(end.daysSince1970) - Int(first.daysSince1970)) / length
            limits = (0...max(0, count)).compactMap { end.adding(days: -(count - $0) * length) }
        case .months(let length):
            let length = min(max(1, length), 1200)
            var (year, month, _) = first.components
            month = (month - 1) / length * length + 1
            while let date = CalendarDate(year: year, month: month, day: 1), date <= end {
                if date >= first { limits.append(date) }
                month += length
                if month > 12 { (year, month) = (year + (month - 1) / 12, (month - 1) % 12 + 1) }
            }
        }
        guard limits.count >= 3 else {
            throw JobError.usage(
                "two whole periods (\(self)) must fit between \(first) and \(days.upperBound), but do not; choose a shorter period"
            )
        }
        return limits
    }
}
