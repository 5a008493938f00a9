public import CivilTime

/// With which earlier days a time is compared.
public enum Baseline: String, Hashable, Sendable, Codable, CaseIterable {
    /// The same days of the year before, so that seasons do not look like change.
    case year
    /// As many days right before; as many months where the days are whole months.
    case before

    /// - Returns: nil where the calendar ends.
    public func days(before days: ClosedRange<CalendarDate>) -> ClosedRange<CalendarDate>? {
        let (first, last) = (days.lowerBound, days.upperBound)
        switch self {
        case .year:
            guard let from = Self.yearEarlier(first), let to = Self.yearEarlier(last) else { return nil }
            return from...to
        case .before:
            guard let to = first.adding(days: -1) else { return nil }
            let months = (Period(.month, containing: first), Period(.month, containing: last))
            if months.0.first == first, months.1.last == last {
                let count = Int(months.1.index) - Int(months.0.index) + 1
                guard let earliest = months.0.advanced(by: -count) else { return nil }
                return earliest.first...to
            }
            let span = Int(last.daysSince1970) - Int(first.daysSince1970)
            return to.adding(days: -span).map { $0...to }
        }
    }

    /// 29 February becomes the 28th.
    private static func yearEarlier(_ day: CalendarDate) -> CalendarDate? {
        let (year, month, number) = day.components
        return CalendarDate(year: year - 1, month: month, day: number)
            ?? CalendarDate(year: year - 1, month: month, day: number - 1)
    }
}

extension ClosedRange<CalendarDate> {
    var dayCount: Int { Int(upperBound.daysSince1970) - Int(lowerBound.daysSince1970) + 1 }
}
