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
