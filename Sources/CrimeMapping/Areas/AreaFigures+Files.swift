public import Boundaries
import Bytes
import CivilTime
import Geodesy
import Incidents
public import SimpleFeatures

extension AreaFigures {
    /// Columns as JSON arrays: what a map colours areas from, in few bytes.
    public var columns: [UInt8] {
        var json = ByteWriter(capacity: rows.count * 48 + 512)
        func list(_ name: StaticString, _ value: (inout ByteWriter, Row) -> Void) {
            json.text(",\"")
            json.text(name)
            json.text("\":[")
            for (place, row) in rows.enumerated() {
                if place > 0 { json.byte(UInt8(ascii: ",")) }
                value(&json, row)
            }
            json.byte(UInt8(ascii: "]"))
        }
        json.text("{\"level\":")
        json.jsonString(version.level.name)
        json.text(",\"boundary_version\":")
        json.integer(version.number)
        json.text(",\"counted\":")
        json.integer(counted)
        json.text(",\"outside\":")
        json.integer(outside)
        Self.days("days", days, &json)
        Self.days("baseline", baseline, &json)
        if let denominator {
            json.text(",\"denominator\":{\"kind\":")
            json.jsonString(denominator.kind)
            json.text(",\"year\":")
            json.integer(denominator.year)
            json.byte(UInt8(ascii: "}"))
        }
        list("area_id") { $0.jsonString($1.id) }
        list("count") { $0.integer($1.count) }
        if baseline != nil {
            list("count_before") { json, row in
                if let before = row.before { json.integer(before) } else { json.text("null") }
            }
            list("p") { json, row in
                if let p = row.p { json.fixed(p, decimals: 4) } else { json.text("null") }
            }
            list("q") { json, row in
                if let q = row.q { json.fixed(q, decimals: 4) } else { json.text("null") }
            }
        }
        json.byte(UInt8(ascii: "}"))
        return json.bytes
    }

    private static func days(_ name: StaticString, _ days: ClosedRange<CalendarDate>?, _ json: inout ByteWriter) {
        guard let days else { return }
        json.text(",\"")
        json.text(name)
        json.text("\":[")
        json.jsonString(days.lowerBound.description)
        json.byte(UInt8(ascii: ","))
        json.jsonString(days.upperBound.description)
        json.byte(UInt8(ascii: "]"))
    }

    /// With outlines, for files and pictures.
    /// - Parameter crs: the store's working system.
    /// - Throws: the store's errors, `GeodesyError`.
    public func table(
        coloured measure: Measure, crs: CRS, in store: any BoundarySource, _ members: [Property] = []
    ) throws -> FeatureTable {
        let outlines = try store.outlines(version.level, number: version.number, on: ProjectedTransformation(crs))
        var table = FeatureTable(
            crs: crs,
            columns: [
                "level", "area_id", "area_name", "area_km2", "count", "per_km2_year", "population", "rate_per_100k",
                "count_before", "change", "p", "q",
            ], members: own + members)
        let span = days?.dayCount ?? 1
        func number(_ value: Double?) -> PropertyValue { value.map { .number($0) } ?? .null }
        for (row, outline) in zip(rows, outlines) {
            table.append(
                .multiPolygon(outline),
                [
                    .text(version.level.name), .text(row.id), .text(row.name), .number(row.km2),
                    .integer(Int64(row.count)),
                    number(row.density(days: span)), number(row.population), number(row.rate),
                    row.before.map { .integer(Int64($0)) } ?? .null, number(change(row)), number(row.p), number(row.q),
                ])
        }
        table.style = style(measure)
        return table
    }

    private var own: [Property] {
        func text(_ days: ClosedRange<CalendarDate>?) -> PropertyValue {
            days.map { .text("\($0.lowerBound)/\($0.upperBound)") } ?? .null
        }
        return [
            Property("method", .text("counts by area")), Property("level", .text(version.level.name)),
            Property("boundary_version", .integer(Int64(version.number))),
            Property("days", text(days)), Property("days_before", text(baseline)),
            Property(
                "test",
                baseline == nil
                    ? .null : .text("exact conditional Poisson test, two-sided; q after Benjamini and Hochberg")),
            Property("denominator", denominator.map { .text("\($0.kind) of \($0.year)") } ?? .null),
            Property("incidents_counted", .integer(Int64(counted))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("faro_version", .text(FaroVersion.current)),
        ]
    }

    /// The rate's growth, 0.25 for a quarter more; nil without earlier incidents.
    private func change(_ row: Row) -> Double? {
        guard let days, let baseline, let before = row.before, before > 0 else { return nil }
        return Double(row.count) / Double(before) * Double(baseline.dayCount) / Double(days.dayCount) - 1
    }

    private func style(_ measure: Measure) -> FeatureTable.Style {
        let span = days?.dayCount ?? 1
        switch measure {
        case .rate where denominator != nil:
            return .init(
                .amounts(rows.map { $0.rate ?? .nan }), spanish: "por 100,000 habitantes al año",
                english: "per 100,000 people and year")
        case .count:
            return .init(.amounts(rows.map { Double($0.count) }), spanish: "incidentes", english: "incidents")
        default:
            return .init(
                .amounts(rows.map { $0.density(days: span) ?? .nan }), spanish: "incidentes por km² al año",
                english: "incidents per km² and year")
        }
    }
}
