public import Incidents
public import Indicators

/// A row of an area table with the break that comes with it, as JSON writes it: the row's own members, and `break`.
public struct FlaggedCount: Encodable, Sendable {
    public var row: AreaCount
    /// Names of breaks, joined by `+`; nil for none.
    public var breakName: String?

    /// Rows with what `TaxonomyBreaks.names(of:in:)` says of them.
    public static func rows(_ rows: [AreaCount], breaks: [SeriesBreak]) -> [FlaggedCount] {
        zip(rows, TaxonomyBreaks.names(of: breaks, in: rows)).map {
            FlaggedCount(row: $0, breakName: $1.isEmpty ? nil : $1)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case breakName = "break"
    }

    public func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(breakName, forKey: .breakName)
    }
}
