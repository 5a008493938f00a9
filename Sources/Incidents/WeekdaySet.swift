import Bytes

/// Days of the week, as ISO 8601 counts them: 1 is Monday.
public struct WeekdaySet: Hashable, Sendable, CustomStringConvertible {
    public let isoDays: Set<Int>

    /// - Returns: nil where there is no day, or one that is not 1–7.
    public init?(isoDays: Set<Int>) {
        guard !isoDays.isEmpty, isoDays.isSubset(of: 1...7) else { return nil }
        self.isoDays = isoDays
    }

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
