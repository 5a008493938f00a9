/// Spreads incidents of which only the earliest and latest possible time is known over the hours in which they may have
/// happened: aoristic weights, which sum to 1 per incident.
///
/// ## Units
/// Times in days since 1970-01-01 00:00 by the clock on the wall, fractions allowed. A span that holds a change of the
/// clocks is up to an hour too long or too short; clocks that do not change, as in most of Mexico since 2022, make no
/// such error.
///
/// ## Example
/// ```swift
/// AoristicWeights().span(start: monday + 22.5 / 24, end: monday + 25.0 / 24)
/// // 0.2 in hour 22 of Monday, 0.4 in hour 23, 0.4 in hour 0 of Tuesday
/// ```
///
/// ## Source
/// Ratcliffe (2002), *Aoristic signatures and the spatio-temporal analysis of high volume crime patterns*, Journal of
/// Quantitative Criminology 18, 23–43.
public struct AoristicWeights: Hashable, Codable, Sendable {
    public enum Sharing: String, Hashable, Codable, Sendable, CaseIterable {
        /// Every part of an hour weighs as much as it is long.
        case proportional
        /// Every hour that the span touches weighs the same.
        case touchedHours
    }

    public var sharing: Sharing

    public init(sharing: Sharing = .proportional) { self.sharing = sharing }

    /// Hours of a week.
    public static let hours = 168
    /// A span longer than this is taken as one whose ends are wrong: 68 years, as many as a pattern may have.
    public static let greatestSpanDays = Double(SpaceTimePattern.greatestSpanDays)

    /// What was wrong with the times of an incident, and what was made of it.
    public enum Flag: String, Hashable, Codable, Sendable, CaseIterable {
        case none
        /// All weight in the hour of the beginning.
        case endMissing
        /// All weight in the hour of the end.
        case startMissing
        /// The end lies before the beginning: all weight in the hour of the beginning.
        case reversed
        /// Beginning and end lie more than ``AoristicWeights/greatestSpanDays`` apart: all weight in the hour of the beginning.
        case tooLong
        /// Neither is known: no weight at all.
        case unknown
    }

    /// From when until when an incident may have happened, in days; equal where it is known exactly.
    public struct Span: Hashable, Sendable {
        public let start: Double
        public let end: Double
        public let flag: Flag
    }

    /// The span that is counted, with what was wrong with the one given.
    /// - Parameters: NaN where a time is not known.
    public func span(start: Double, end: Double) -> Span {
        let limit = 4e6
        switch (abs(start) <= limit, abs(end) <= limit) {
        case (false, false): return Span(start: .nan, end: .nan, flag: .unknown)
        case (true, false): return Span(start: start, end: start, flag: .endMissing)
        case (false, true): return Span(start: end, end: end, flag: .startMissing)
        case (true, true):
            if end < start { return Span(start: start, end: start, flag: .reversed) }
            if end - start > Self.greatestSpanDays { return Span(start: start, end: start, flag: .tooLong) }
            return Span(start: start, end: end, flag: .none)
        }
    }

    /// The weights of one incident by hour of the week, Monday from midnight on being hour 0.
    /// - Returns: 168 weights that sum to 1; all 0 for an unknown span.
    /// - Complexity: O(1): whole weeks of a span are not walked through.
    public func hoursOfWeek(of span: Span) -> [Double] {
        var weights = [Double](repeating: 0, count: Self.hours)
        guard span.flag != .unknown else { return weights }
        // Whole seconds, so that sums of parts are exact; 1970-01-01 was a Thursday.
        let (start, end) = (Self.second(span.start), Self.second(span.end))
        let hour = 3600
        let (first, last) = (Self.floor(start, hour), end > start ? Self.floor(end - 1, hour) : Self.floor(start, hour))
        let touched = last - first + 1
        let weeks = max(0, touched / Self.hours - 1)
        if sharing == .touchedHours || end == start {
            for index in 0..<touched - weeks * Self.hours { weights[Self.hourOfWeek(first + index)] += 1 }
            return weights.map { ($0 + Double(weeks)) / Double(touched) }
        }
        // Only the first and the last hour may be cut: whole weeks are left out between them, and added below.
        for index in 0..<touched - weeks * Self.hours {
            let number = index == 0 ? first : first + index + weeks * Self.hours
            let seconds = min(end, (number + 1) * hour) - max(start, number * hour)
            weights[Self.hourOfWeek(number)] += Double(seconds)
        }
        return weights.map { ($0 + Double(weeks * hour)) / Double(end - start) }
    }

    /// The weights of one incident by periods; they sum to the share of the span that the periods cover.
    /// - Parameter limits: in days, ascending; a period holds its beginning and not its end.
    /// - Complexity: O(*t*).
    public func shares(of span: Span, limits: [Double]) -> [Double] {
        guard limits.count >= 2 else { return [] }
        var shares = [Double](repeating: 0, count: limits.count - 1)
        for (period, share) in span.parts(limits: limits) { shares[period] = share }
        return shares
    }

    private static func second(_ days: Double) -> Int { Int((days * 86_400).rounded()) }

    private static func floor(_ value: Int, _ unit: Int) -> Int {
        value >= 0 ? value / unit : -((-value + unit - 1) / unit)
    }

    private static func hourOfWeek(_ hourSince1970: Int) -> Int {
        let hour = (hourSince1970 + 72) % hours
        return hour >= 0 ? hour : hour + hours
    }
}

extension AoristicWeights.Span {
    /// The periods that the span touches, ascending, and the share of it that lies in each; none for an unknown span.
    /// - Parameter limits: in days, ascending; a period holds its beginning and not its end.
    /// - Complexity: O(log *t*) and O(1) for each part.
    public func parts(limits: [Double]) -> [(period: Int, share: Double)] {
        guard limits.count >= 2, flag != .unknown else { return [] }
        // The last period that begins by the beginning of the span, or the first of all.
        var (low, high) = (0, limits.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if limits[middle] <= start { low = middle } else { high = middle }
        }
        guard end > start else {
            return start >= limits[low] && start < limits[low + 1] ? [(low, 1)] : []
        }
        var parts: [(period: Int, share: Double)] = []
        for period in low..<limits.count - 1 {
            guard limits[period] < end else { break }
            let common = min(end, limits[period + 1]) - max(start, limits[period])
            if common > 0 { parts.append((period, common / (end - start))) }
        }
        return parts
    }
}

/// The sum of aoristic weights of many incidents, and how many of each flag.
public struct AoristicProfile: Hashable, Sendable {
    /// By hour of the week, Monday from midnight on being hour 0.
    public let weights: [Double]
    public let flags: [AoristicWeights.Flag: Int]

    /// - Parameters: times as ``AoristicWeights`` takes them, NaN where one is not known; missing ones at the end of the
    ///   shorter column count as not known.
    /// - Complexity: O(*n* log *n*).
    public init(starts: [Double], ends: [Double], by method: AoristicWeights = AoristicWeights()) {
        var spans = (0..<max(starts.count, ends.count)).map { index in
            method.span(
                start: index < starts.count ? starts[index] : .nan, end: index < ends.count ? ends[index] : .nan)
        }
        flags = spans.reduce(into: [:]) { $0[$1.flag, default: 0] += 1 }
        spans.removeAll { $0.flag == .unknown }
        // Sums of the same parts in another order may differ in their last digit.
        spans.sort { $0.start != $1.start ? $0.start < $1.start : $0.end < $1.end }
        var weights = [Double](repeating: 0, count: AoristicWeights.hours)
        for span in spans {
            for (hour, weight) in method.hoursOfWeek(of: span).enumerated() where weight > 0 { weights[hour] += weight }
        }
        self.weights = weights
    }

    /// Of an hour of a day of the week, Monday being day 0; 0 for a day or hour that there is none of.
    public func weight(day: Int, hour: Int) -> Double {
        (0..<7).contains(day) && (0..<24).contains(hour) ? weights[day * 24 + hour] : 0
    }
}
