public import Boundaries
import Bytes
public import CivilTime
public import Files
public import Incidents
public import SimpleFeatures

/// Writes selected incidents, or the areas of a level, as GeoJSON, GeoJSON lines or CSV: the job behind `faro export`.
///
/// Incidents stream from the store in the order of their keys; memory grows by one bit of information an incident, not
/// with their texts.
public struct IncidentExport: Sendable {
    /// The formats of an export, by the suffix of the file.
    public enum Format: String, SuffixFormat {
        case geoJSON = "geojson"
        case geoJSONLines = "geojsonl"
        case csv

        public static let subject = "an export"
    }

    /// What is written, whatever the file is called.
    public var format: Format

    /// - Parameter format: usually ``Format/init(path:)`` of the file to write.
    public init(format: Format) { self.format = format }

    /// - Returns: how many incidents were written.
    public func write(
        _ selection: IncidentSelection, of store: any IncidentStore, members: [Property], to file: AtomicFile,
        control: JobControl = .silent
    ) throws -> Int {
        let wanted = Set(selection.rows.map { selection.table.id[$0] })
        let levels = selection.table.areas.map(\.level)
        var sink = ExportSink(format: format, file: file, columns: Self.columns(levels: levels), members: members)
        try sink.begin()
        var written = 0
        try store.incidents { incident in
            guard wanted.contains(incident.id) else { return }
            try sink.append(Self.feature(of: incident))
            written += 1
            guard written % 10_000 == 0 else { return }
            control.progress(
                "exporting incidents", fraction: Double(written) / Double(max(1, wanted.count)), count: written)
            try control.stopIfCancelled("nothing was written")
        }
        try sink.end()
        return written
    }

    /// The version of a level to write: the one asked for by number or by a day on which it holds, otherwise the one that
    /// holds last.
    /// - Throws: ``JobError/usage(_:)`` for a level, number or day that the store has not.
    public static func version(
        of level: String, number: Int? = nil, on day: CalendarDate? = nil, in store: any BoundaryStore
    ) throws -> BoundaryVersion {
        let all = try store.boundaryVersions()
        let versions = all.filter { $0.level.name == level }
        guard let last = versions.last else {
            let known = Set(all.map(\.level.name)).sorted().joined(separator: ", ")
            throw JobError.usage(
                "\(level) must be incidents or a level of the store; it has \(known.isEmpty ? "no level" : known)")
        }
        let found = versions.first { version in
            number.map { $0 == version.number } ?? day.map { version.validity.contains($0) } ?? (version == last)
        }
        guard let found else {
            let asked = number.map { "version \($0)" } ?? "a version that holds on \(day?.description ?? "")"
            throw JobError.usage(
                "\(level) must have \(asked), but has " + versions.map { $0.words }.joined(separator: ", "))
        }
        return found
    }

    /// Writes the areas of one version of a level.
    public func write(_ layer: BoundaryLayer, members: [Property], to file: AtomicFile) throws -> Int {
        let columns = ["level", "area_id", "area_name", "parent_id", "version", "valid_from", "valid_to", "area_km2"]
        var sink = ExportSink(format: format, file: file, columns: columns, members: members)
        try sink.begin()
        for area in layer.areas { try sink.append(Self.feature(of: area, in: layer.version)) }
        try sink.end()
        return layer.areas.count
    }

    /// The attributes of an exported incident, in order. Key columns are named after the levels: `colonia_id`.
    ///
    /// What was added later stands at the end, so that readers who go by position find the rest where it was.
    static func columns(levels: [String]) -> [String] {
        [
            "id", "source", "source_row", "record_id", "category", "modality", "occurred_at", "local_date",
            "local_hour",
            "local_dow", "outcome", "method", "is_duplicate", "weight", "colonia_label", "municipality_label",
            "place_text", "x", "y",
        ] + levels.flatMap { [$0 + "_id", $0 + "_label_agrees"] } + ["precision", "uncertainty_m", "is_artefact"]
            + levels.map { $0 + "_version" }
    }

    private static func feature(of incident: StoredIncident) -> Feature<LonLat> {
        func text(_ value: String?) -> PropertyValue { value.map(PropertyValue.text) ?? .null }
        func number(_ value: Double?) -> PropertyValue { value.map(PropertyValue.number) ?? .null }
        var place: LonLat?
        if let longitude = incident.longitude, let latitude = incident.latitude {
            place = LonLat(longitude: longitude, latitude: latitude)
        }
        return Feature(
            id: String(incident.id), geometry: place.map(Geometry.point),
            properties: [
                Property("source", .text(incident.source)), Property("source_row", .integer(incident.sourceRow)),
                Property("record_id", text(incident.recordID)), Property("category", text(incident.category)),
                Property("modality", text(incident.modality)), Property("occurred_at", .text(incident.occurredAt)),
                Property("local_date", .text(incident.localDate)),
                Property("local_hour", incident.localHour.map { .integer(Int64($0)) } ?? .null),
                Property("local_dow", .integer(Int64(incident.localDayOfWeek))),
                Property("outcome", .text(incident.outcome.name)),
                Property("method", .text(incident.method.name)), Property("is_duplicate", .bool(incident.isDuplicate)),
                Property("weight", .number(incident.weight)), Property("colonia_label", text(incident.coloniaLabel)),
                Property("municipality_label", text(incident.municipalityLabel)),
                Property("place_text", text(incident.placeText)),
                Property("x", number(incident.x)), Property("y", number(incident.y)),
            ]
                + incident.areas.flatMap { area in
                    [
                        Property(area.level + "_id", text(area.key)),
                        Property(area.level + "_label_agrees", area.labelAgrees.map(PropertyValue.bool) ?? .null),
                    ]
                }
                + [
                    Property("precision", .text(incident.grade.name)),
                    Property("uncertainty_m", number(incident.uncertainty)),
                    Property("is_artefact", .bool(incident.isArtefact)),
                ]
                + zip(incident.areas, incident.areaVersions).map { area, version in
                    Property(area.level + "_version", version.map { .integer(Int64($0)) } ?? .null)
                })
    }

    private static func feature(of area: Area, in version: BoundaryVersion) -> Feature<LonLat> {
        Feature(
            id: area.id, geometry: .multiPolygon(area.geometry),
            properties: [
                Property("level", .text(version.level.name)), Property("area_id", .text(area.id)),
                Property("area_name", .text(area.name)),
                Property("parent_id", area.parentID.map { .text($0) } ?? .null),
                Property("version", .integer(Int64(version.number))),
                Property("valid_from", version.validity.from.map { .text($0.description) } ?? .null),
                Property("valid_to", version.validity.to.map { .text($0.description) } ?? .null),
                Property("area_km2", .number(area.squareMetres / 1e6)),
            ])
    }
}

/// Writes features to a file in one of the export formats, a megabyte at a time.
private struct ExportSink {
    let file: AtomicFile
    let columns: [String]
    private var writer: GeoJSONWriter?
    private var buffer = ByteWriter(capacity: 1 << 20)

    init(format: IncidentExport.Format, file: AtomicFile, columns: [String], members: [Property]) {
        self.file = file
        self.columns = columns
        switch format {
        case .geoJSON: writer = GeoJSONWriter(.collection, members: members)
        case .geoJSONLines: writer = GeoJSONWriter(.lines)
        case .csv: writer = nil
        }
    }

    mutating func begin() throws {
        if writer != nil { return try writer?.begin(into: &buffer) ?? () }
        buffer.text((["lon", "lat"] + columns).joined(separator: ","))
        buffer.byte(UInt8(ascii: "\n"))
    }

    mutating func append(_ feature: Feature<LonLat>) throws {
        if writer == nil { appendCSV(feature) } else { try writer?.feature(feature, into: &buffer) }
        if buffer.count > 1 << 20 { try drain() }
    }

    mutating func end() throws {
        writer?.end(into: &buffer)
        try drain()
    }

    private mutating func drain() throws {
        try file.write(buffer.bytes)
        buffer.removeAll()
    }

    /// A point's coordinates, empty for anything else, then the columns. Keys stand in quotes, which says that they are text to
    /// readers that look at quotes; others must be told (R: `colClasses`, pandas: `dtype`).
    private mutating func appendCSV(_ feature: Feature<LonLat>) {
        if case .point(let place)? = feature.geometry {
            buffer.fixed(place.longitude, decimals: 7)
            buffer.byte(UInt8(ascii: ","))
            buffer.fixed(place.latitude, decimals: 7)
        } else {
            buffer.byte(UInt8(ascii: ","))
        }
        for column in columns {
            buffer.byte(UInt8(ascii: ","))
            switch column == "id" ? feature.id.map(PropertyValue.text) ?? .null : feature[column] ?? .null {
            case .null: break
            case .bool(let flag): buffer.text(flag ? "true" : "false")
            case .integer(let value): buffer.integer(value)
            case .number(let value): buffer.shortest(value)
            case .text(let text), .json(let text):
                if column.hasSuffix("_id") { buffer.quotedCSVField(text) } else { buffer.csvField(text) }
            }
        }
        buffer.byte(UInt8(ascii: "\n"))
    }
}
