/// How long the periods are into which a series is cut.
public enum PeriodLength: String, Hashable, Sendable, Codable, CaseIterable {
    case day
    /// ISO 8601: from Monday to Sunday.
    case week
    case month
    case quarter
    case year
}

/// One day, ISO week, month, quarter or year of the calendar: `2024-03-01`, `2024-W09`, `2024-03`, `2024-Q1`, `2024`.
///
/// Periods lie in the years 1–9999; what would lie beyond is the nearest one that does not.
public struct Period: Hashable, Sendable {
    /// Whether it is a day, week, month, quarter or year.
    public let length: PeriodLength
    /// Periods of this length since the one that holds 1970-01-01.
    public let index: Int32

    /// The period of a length that holds a day.
    public init(_ length: PeriodLength, containing date: CalendarDate) {
        self.length = length
        let days = Int(date.daysSince1970)
        let (year, month, _) = date.components
        let index =
            switch length {
            case .day: days
            case .week: Self.floorDivide(days + 3, 7)  // 1970-01-01 was a Thursday
            case .month: (year - 1970) * 12 + month - 1
            case .quarter: (year - 1970) * 4 + (month - 1) / 3
            case .year: year - 1970
            }
        self.index = Self.clamped(index, length)
    }

    /// - Returns: nil where the years 1–9999 hold no such month.
    public init?(year: Int, month: Int) {
        guard let date = CalendarDate(year: year, month: month, day: 1) else { return nil }
        self.init(.month, containing: date)
    }

    /// The period that is `index` after the one that holds 1970-01-01.
    public init(_ length: PeriodLength, index: Int32) {
        self.length = length
        self.index = Self.clamped(Int(index), length)
    }

    /// The indexes of the years 1–9999.
    private static func indexes(_ length: PeriodLength) -> ClosedRange<Int> {
        switch length {
        case .day: -719_162...2_932_896
        case .week: -102_737...418_985
        case .month: -23_628...96_359
        case .quarter: -7876...32_119
        case .year: -1969...8029
        }
    }

    private static func clamped(_ index: Int, _ length: PeriodLength) -> Int32 {
        let range = indexes(length)
        return Int32(clamping: min(max(index, range.lowerBound), range.upperBound))
    }

    /// The first day of the period.
    public var first: CalendarDate { CalendarDate(daysSince1970: Self.firstDay(of: length, index: Int(index))) }

    /// The last day of the period.
    public var last: CalendarDate {
        CalendarDate(daysSince1970: Self.firstDay(of: length, index: Int(index) + 1) - 1)
    }

    /// How many days it has.
    public var dayCount: Int { Int(last.daysSince1970) - Int(first.daysSince1970) + 1 }

    /// Whether a day lies in the period; its first and last day do.
    public func contains(_ date: CalendarDate) -> Bool { first <= date && date <= last }

    /// The period `count` later; nil where that leaves the years 1–9999.
    public func advanced(by count: Int) -> Period? {
        let (sum, overflow) = Int(index).addingReportingOverflow(count)
        guard !overflow, Self.indexes(length).contains(sum) else { return nil }
        return Period(length, index: Int32(clamping: sum))
    }

    /// The periods of one length from this to `last`, both included; empty where `last` comes before or has another length.
    public func through(_ last: Period) -> [Period] {
        guard length == last.length, index <= last.index else { return [] }
        return (index...last.index).map { Period(length, index: $0) }
    }

    /// The year in the label: of a week, the year that holds its Thursday.
    private var labelYear: Int {
        length == .week ? (first.adding(days: 3) ?? first).components.year : first.components.year
    }

    private static func firstDay(of length: PeriodLength, index: Int) -> Int32 {
        let day =
            switch length {
            case .day: index
            case .week: index * 7 - 3
            case .month: monthStart(index)
            case .quarter: monthStart(index * 3)
            case .year: monthStart(index * 12)
            }
        return Int32(clamping: day)
    }

    private static func monthStart(_ index: Int) -> Int {
        let years = floorDivide(index, 12)
        return CalendarDate.days(year: 1970 + years, month: index - years * 12 + 1, day: 1)
    }

    private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : (a - b + 1) / b }
}

extension Period: Comparable {
    /// By first day; of those that begin together, the shorter first.
    public static func < (a: Self, b: Self) -> Bool {
        if a.length == b.length { return a.index < b.index }
        return (a.first, a.dayCount) < (b.first, b.dayCount)
    }
}

extension Period: CustomStringConvertible, LosslessStringConvertible {
    /// The label: `2024-03`.
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let year = padded(labelYear, 4)
        let (_, month, _) = first.components
        switch length {
        case .day: return first.description
        case .week: return "\(year)-W\(padded(weekNumber, 2))"
        case .month: return "\(year)-\(padded(month, 2))"
        case .quarter: return "\(year)-Q\((month + 2) / 3)"
        case .year: return year
        }
    }

    /// Reads a label; its form says the length.
    public init?(_ label: String) {
        let text = Array(label.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard text[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return text[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        if text.count == 10 {
            guard let date = CalendarDate(label) else { return nil }
            self.init(.day, containing: date)
            return
        }
        guard text.count >= 4, let year = number(0..<4), CalendarDate.years.contains(year) else { return nil }
        switch text.count {
        case 4: self.init(.year, index: Int32(year - 1970))
        case 7 where text[4] == 45 && text[5] == UInt8(ascii: "Q"):
            guard let quarter = number(6..<7), (1...4).contains(quarter) else { return nil }
            self.init(.quarter, index: Int32((year - 1970) * 4 + quarter - 1))
        case 7 where text[4] == 45:
            guard let month = number(5..<7), (1...12).contains(month) else { return nil }
            self.init(.month, index: Int32((year - 1970) * 12 + month - 1))
        case 8 where text[4] == 45 && text[5] == UInt8(ascii: "W"):
            guard let week = number(6..<8), let period = Self.week(week, of: year) else { return nil }
            self = period
        default: return nil
        }
    }

    /// ISO 8601: week 1 is the one that holds 4 January.
    private static func week(_ week: Int, of year: Int) -> Period? {
        guard (1...53).contains(week), let fourth = CalendarDate(year: year, month: 1, day: 4) else { return nil }
        let period = Period(.week, index: Period(.week, containing: fourth).index + Int32(week - 1))
        return period.labelYear == year ? period : nil
    }

    private var weekNumber: Int {
        let thursday = Int(first.daysSince1970) + 3
        return (thursday - CalendarDate.days(year: labelYear, month: 1, day: 1)) / 7 + 1
    }
}

extension Period: Codable {
    /// Reads a label; its form says the length.
    /// - Throws: `DecodingError.dataCorrupted` for what is no label.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let period = Period(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "a period must be written like 2024-03-01, 2024-W09, 2024-03, 2024-Q1 or 2024, but is \"\(text)\"")
        }
        self = period
    }

    /// Writes the label.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
