public import Boundaries
import Bytes
public import CivilTime
public import Files
public import Incidents
public import Privacy

/// One row of a public table of counts. The names are those of its columns in files.
public struct PublicAreaCount: Hashable, Encodable, Sendable {
    /// nil where the whole territory is counted.
    public var level: String?
    /// nil for incidents in no area.
    public var areaID: String?
    public var areaName: String?
    /// The period's label: `2024-03`; nil where the whole time is counted.
    public var period: String?
    /// nil for incidents whose label nobody lists, and where categories are not told apart.
    public var category: String?
    /// nil where it, or a part of it, is suppressed.
    public var count: Int?
    /// What is shown of it: the count, or where a part is suppressed the rest.
    public var atLeast: Int
    public var boundaryVersion: Int?

    private enum CodingKeys: String, CodingKey {
        case level, period, category, count
        case areaID = "area_id"
        case areaName = "area_name"
        case atLeast = "at_least"
        case boundaryVersion = "boundary_version"
    }

    /// Writes every member, so that none stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(level, forKey: .level)
        try container.encode(areaID, forKey: .areaID)
        try container.encode(areaName, forKey: .areaName)
        try container.encode(period, forKey: .period)
        try container.encode(category, forKey: .category)
        try container.encode(count, forKey: .count)
        try container.encode(atLeast, forKey: .atLeast)
        try container.encode(boundaryVersion, forKey: .boundaryVersion)
    }
}

extension PublicCity {
    /// Counts by area and period, zeros included: the public answer to what `faro summary` asks.
    /// - Parameters:
    ///   - level: the coarse or the finest of the lattice; nil is the whole territory.
    ///   - period: nil counts the whole time; of the finest level there are whole years only.
    /// - Throws: `PrivacyError` naming what is not public.
    public func counts(
        _ filter: IncidentFilter, by level: Level?, period: PeriodLength?, byCategory: Bool = false
    ) throws(PrivacyError) -> Published<[PublicAreaCount]> {
        let query = try gate.lattice.query(
            filter, by: level, period: period, byCategory: byCategory, on: release.axes)
        let names = level.map(names(of:)) ?? [:]
        return try gate.counts(query, of: release).map { rows in
            rows.map { row in
                PublicAreaCount(
                    level: level?.name, areaID: row.area?.key, areaName: row.area.flatMap { names[$0] },
                    period: row.period?.description, category: row.category, count: row.count.exact,
                    atLeast: row.count.shown, boundaryVersion: row.area?.version)
            }
        }
    }

    private func names(of level: Level) -> [AreaKey: String] {
        var names: [AreaKey: String] = [:]
        for layer in snapshot.layers where layer.version.level == level {
            for area in layer.areas { names[AreaKey(area.id, version: layer.version.number)] = area.name }
        }
        return names
    }

    /// `level,area_id,area_name,period,category,count,at_least,boundary_version`, one row a combination; `count` is empty where
    /// it is suppressed.
    public static func writeCSV(_ counts: Published<[PublicAreaCount]>, to file: any ByteOutput) throws {
        var buffer = ByteWriter(capacity: 1 << 16)
        buffer.text("level,area_id,area_name,period,category,count,at_least,boundary_version\n")
        for row in counts.value {
            if let level = row.level { buffer.csvField(level) }
            buffer.byte(UInt8(ascii: ","))
            if let key = row.areaID { buffer.quotedCSVField(key) }
            for field in [row.areaName, row.period, row.category] {
                buffer.byte(UInt8(ascii: ","))
                if let field { buffer.csvField(field) }
            }
            buffer.byte(UInt8(ascii: ","))
            if let count = row.count { buffer.integer(count) }
            buffer.byte(UInt8(ascii: ","))
            buffer.integer(row.atLeast)
            buffer.byte(UInt8(ascii: ","))
            if let version = row.boundaryVersion { buffer.integer(version) }
            buffer.byte(UInt8(ascii: "\n"))
        }
        try file.write(buffer.bytes)
    }
}
