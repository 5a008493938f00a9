import Bytes
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

    /// An array of rows as ``JSONText`` writes it, which a table of a city takes far longer for.
    public static func json(_ rows: [FlaggedCount]) -> [UInt8] {
        var out = ByteWriter(capacity: rows.count * 160 + 2)
        out.byte(UInt8(ascii: "["))
        for (index, flagged) in rows.enumerated() {
            if index > 0 { out.byte(UInt8(ascii: ",")) }
            flagged.write(to: &out)
        }
        out.byte(UInt8(ascii: "]"))
        return out.bytes
    }

    private func write(to out: inout ByteWriter) {
        func text(_ name: StaticString, _ value: String?) {
            out.text(name)
            if let value { out.jsonString(value) } else { out.text("null" as StaticString) }
        }
        text("{\"area_id\":", row.areaID)
        text(",\"area_name\":", row.areaName)
        out.text(",\"boundary_version\":" as StaticString)
        if let version = row.boundaryVersion { out.integer(version) } else { out.text("null" as StaticString) }
        text(",\"break\":", breakName)
        text(",\"category\":", row.category)
        out.text(",\"count\":" as StaticString)
        out.integer(row.count)
        text(",\"level\":", row.level)
        text(",\"period\":", row.period)
        out.byte(UInt8(ascii: "}"))
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
