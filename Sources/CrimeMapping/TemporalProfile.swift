import CivilTime
import Incidents

/// When incidents happen: by hour of the week and by month, in local time.
///
/// ## Example
/// ```swift
/// let profile = TemporalProfile(of: selection)
/// print(profile.hourOfWeek[4][22])  // Friday from ten to eleven in the evening
/// ```
///
/// - Complexity: O(incidents).
public struct TemporalProfile: Hashable, Sendable, Encodable {
    /// Monday to Sunday, 24 hours each.
    public var hourOfWeek = Array(repeating: Array(repeating: 0, count: 24), count: 7)
    /// Incidents of each day of the week whose source gives no time of day.
    public var withoutHour = Array(repeating: 0, count: 7)
    /// Months from the first to the last, those without an incident included.
    public var months: [Month] = []

    /// One month's incidents.
    public struct Month: Hashable, Sendable, Encodable {
        /// `2024-03`.
        public var period: String
        public var count: Int
    }

    /// - Parameter selection: every incident counts, whether it has a place or not.
    public init(of selection: IncidentSelection) {
        let table = selection.table
        var counts: [Int: Int] = [:]
        for row in selection.rows {
            let day = CalendarDate(daysSince1970: table.localDay[row])
            let (weekday, minute) = (day.isoWeekday - 1, Int(table.localMinute[row]))
            let components = day.components
            counts[components.year * 12 + components.month - 1, default: 0] += 1
            guard hourOfWeek.indices.contains(weekday) else { continue }
            if (0..<1_440).contains(minute) {
                hourOfWeek[weekday][minute / 60] += 1
            } else {
                withoutHour[weekday] += 1
            }
        }
        guard let first = counts.keys.min(), let last = counts.keys.max(), last - first < 12_000 else { return }
        months = (first...last).map { month in
            let number = month % 12 + 1
            return Month(
                period: "\(month / 12)-\(number < 10 ? "0" : "")\(number)", count: counts[month] ?? 0)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case hourOfWeek = "hour_of_week"
        case withoutHour = "without_hour"
        case months
    }
}
