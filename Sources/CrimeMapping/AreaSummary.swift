import Bytes
public import Boundaries
public import CivilTime
public import Files
public import Incidents
public import Indicators

/// Counts by area and period, tidy: the job behind `faro summary`.
public struct AreaSummary: Sendable {
    /// The parameters of the count, with the level by its name.
    public var counts: AreaCounts

    /// - Parameters:
    ///   - level: nil counts the whole territory.
    ///   - period: nil counts the whole time.
    ///   - fillsZeros: whether combinations without an incident get a row with 0.
    public init(level: Level?, period: PeriodLength?, byCategory: Bool = false, fillsZeros: Bool = true) {
        counts = AreaCounts(level: level?.name, period: period, byCategory: byCategory, fillsZeros: fillsZeros)
    }

    /// Zeros are for the areas of the versions that hold on some day asked for, in the periods in which they hold.
    /// - Throws: ``JobError/usage(_:)`` for a level the store has not, `IndicatorError`.
    public func run(on selection: IncidentSelection, in store: any BoundarySource) throws -> [AreaCount] {
        var areas: [CountedArea] = []
        if let level = counts.level {
            let versions = try store.boundaryVersions().filter { $0.level.name == level }
            guard !versions.isEmpty else {
                let known = Set(try store.boundaryVersions().map(\.level.name)).sorted()
                throw JobError.usage(
                    "the level must be one of the store's, but is \(level); it has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
                )
            }
            for version in versions.holding(in: selection.days ?? asked(selection.filter)) {
                areas += try store.boundaryLayer(version.level, number: version.number).areas.map {
                    CountedArea(key: $0.id, version: version.number, name: $0.name, validity: version.validity)
                }
            }
        }
        let asked = Set(selection.areas.filter { $0.level == counts.level })
        if !asked.isEmpty {
            areas = areas.filter { area in
                asked.contains(AreaSelector(level: counts.level ?? "", key: area.key, version: area.version))
            }
        }
        return try counts.rows(of: selection.table, rows: selection.rows, areas: areas, span: span(of: selection))
    }

    /// What must be told with counts of several versions of a level; nil where they are of one.
    public static func versionWarning(_ rows: [AreaCount]) -> String? {
        var versionsOfKey: [String: Set<Int>] = [:]
        for row in rows {
            guard let key = row.areaID, let version = row.boundaryVersion else { continue }
            versionsOfKey[key, default: []].insert(version)
        }
        let versions = versionsOfKey.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
        guard versions.count > 1, let level = rows.first?.level else { return nil }
        let sentence = "\(level) has \(versions.count) versions in these days; counts are not joined across them"
        guard let shared = versionsOfKey.filter({ $0.value.count > 1 }).min(by: { $0.key < $1.key }) else {
            return sentence
        }
        let numbers = shared.value.sorted()
        return sentence + "; \(shared.key) of version \(numbers[0]) is not \(shared.key) of version \(numbers[1])"
    }

    /// The periods that zeros fill: those of the days asked for, as far as the incidents do not say.
    private func span(of selection: IncidentSelection) -> ClosedRange<Period>? {
        guard let length = counts.period, let days = selection.days ?? asked(selection.filter) else { return nil }
        return Period(length, containing: days.lowerBound)...Period(length, containing: days.upperBound)
    }

    private func asked(_ filter: IncidentFilter) -> ClosedRange<CalendarDate>? {
        guard let from = filter.from, let to = filter.to, from <= to else { return nil }
        return from...to
    }

    /// `level,area_id,area_name,period,category,count,boundary_version,break`, one row a combination.
    ///
    /// The columns that came later stand last, so that readers who go by position find the others where they were.
    /// - Parameter breaks: those of the series, as `TaxonomyBreaks` finds them; they stand in the column `break`.
    public static func writeCSV(_ rows: [AreaCount], breaks: [SeriesBreak] = [], to file: any ByteOutput) throws {
        let names = TaxonomyBreaks.names(of: breaks, in: rows)
        var buffer = ByteWriter(capacity: 1 << 20)
        buffer.text("level,area_id,area_name,period,category,count,boundary_version,break\n")
        for (row, name) in zip(rows, names) {
            if let level = row.level { buffer.csvField(level) }
            buffer.byte(UInt8(ascii: ","))
            // Quotes say that a key is text, to readers that look at them; others must be told (R: colClasses, pandas: dtype).
            if let key = row.areaID { buffer.quotedCSVField(key) }
            for field in [row.areaName, row.period, row.category] {
                buffer.byte(UInt8(ascii: ","))
                if let field { buffer.csvField(field) }
            }
            buffer.byte(UInt8(ascii: ","))
            buffer.integer(row.count)
            buffer.byte(UInt8(ascii: ","))
            if let version = row.boundaryVersion { buffer.integer(version) }
            buffer.byte(UInt8(ascii: ","))
            if !name.isEmpty { buffer.csvField(name) }
            buffer.byte(UInt8(ascii: "\n"))
            if buffer.count > 1 << 20 {
                try file.write(buffer.bytes)
                buffer.removeAll()
            }
        }
        try file.write(buffer.bytes)
    }
}
