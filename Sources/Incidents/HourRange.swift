/// Whole hours of the local day, both ends included: `18-23` is from 18:00 to 23:59, `22-4` runs past midnight.
public struct HourRange: Hashable, Sendable, CustomStringConvertible {
    public let first: Int
    public let last: Int

    /// - Returns: nil unless both are hours, 0–23.
    public init?(first: Int, last: Int) {
        guard (0...23).contains(first), (0...23).contains(last) else { return nil }
        self.first = first
        self.last = last
    }

    /// Reads `18-23`, `22-4` or `18`.
    /// - Throws: ``FilterError/badHours(_:)``.
    public init(_ text: String) throws(FilterError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let hours = parts.compactMap { part in
            part.utf8.count <= 2 && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
        }
        guard (1...2).contains(parts.count), hours.count == parts.count, let first = hours.first, let last = hours.last,
            let range = HourRange(first: first, last: last)
        else { throw .badHours(text) }
        self = range
    }

    public func contains(hour: Int) -> Bool {
        first <= last ? (first...last).contains(hour) : hour >= first || hour <= last
    }

    public var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
}

/// Days of the week, as ISO 8601 counts them: 1 is Monday.
public struct WeekdaySet: Hashable, Sendable, CustomStringConvertible {
    public let isoDays: Set<Int>

    public init(isoDays: Set<Int>) { self.isoDays = isoDays.intersection(1...7) }

    /// Reads `fri,sat`, `vie,sáb` or whole names in either language, without regard to case and accents.
    /// - Throws: ``FilterError/badDays(_:)``.
    public init(_ text: String) throws(FilterError) {
        var days: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = LabelFolding.fold(String(part))
            let day = Self.names.firstIndex { names in names.contains { $0 == name || $0.prefix(3) == name } }
            guard let day else { throw .badDays(text) }
            days.insert(day + 1)
        }
        isoDays = days
    }

    private static let names = [
        ["MONDAY", "LUNES"], ["TUESDAY", "MARTES"], ["WEDNESDAY", "MIERCOLES"], ["THURSDAY", "JUEVES"],
        ["FRIDAY", "VIERNES"], ["SATURDAY", "SABADO"], ["SUNDAY", "DOMINGO"],
    ]

    /// `mon,fri`.
    public var description: String {
        isoDays.sorted().map { Self.names[$0 - 1][0].prefix(3).lowercased() }.joined(separator: ",")
    }
}

/// One area of one level, written `municipality:09015`.
public struct AreaSelector: Hashable, Sendable, CustomStringConvertible {
    public var level: String
    public var key: String

    public init(level: String, key: String) {
        self.level = level
        self.key = key
    }

    /// Reads `LEVEL:ID`; the key may hold colons.
    /// - Throws: ``FilterError/badArea(_:)``.
    public init(_ text: String) throws(FilterError) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, text.index(after: colon) != text.endIndex
        else { throw .badArea(text) }
        level = String(text[..<colon])
        key = String(text[text.index(after: colon)...])
    }

    public var description: String { "\(level):\(key)" }
}
