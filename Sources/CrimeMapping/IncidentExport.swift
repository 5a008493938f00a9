public import Boundaries
public import CivilTime
public import Incidents
public import SimpleFeatures

/// Writes selected incidents, or the areas of a level, to a file of features: the job behind `faro export`.
///
/// Incidents stream from the store in the order of their keys; memory grows by one bit of information an incident, not
/// with their texts.
public enum IncidentExport {
    /// - Returns: how many incidents were written.
    public static func write(
        _ selection: IncidentSelection, of store: any IncidentStore, members: [Property], to sink: any FeatureSink,
        control: JobControl = .silent
    ) throws -> Int {
        let wanted = Set(selection.rows.map { selection.table.id[$0] })
        let levels = selection.table.areas.map(\.level)
        try sink.begin(
            FeatureSchema(
                layer: "incidents", columns: Self.columns(levels: levels), members: members,
                leading: [.longitude, .latitude, .id]))
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
        try sink.finish()
        return written
    }

    /// The version of a level to write: the one asked for by number or by a day on which it holds, otherwise the one that
    /// holds last.
    /// - Throws: ``JobError/usage(_:)`` for a level, number or day that the store has not.
    public static func version(
        of level: String, number: Int? = nil, on day: CalendarDate? = nil, in store: any BoundarySource
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
    public static func write(_ layer: BoundaryLayer, members: [Property], to sink: any FeatureSink) throws -> Int {
        try sink.begin(FeatureSchema(layer: layer.version.level.name, columns: Self.areaColumns, members: members))
        for area in layer.areas { try sink.append(Self.feature(of: area, in: layer.version)) }
        try sink.finish()
        return layer.areas.count
    }

    private static let areaColumns: [FeatureSchema.Column] = [
        .init("level", .text), .init("area_id", .text), .init("area_name", .text), .init("parent_id", .text),
        .init("version", .integer), .init("valid_from", .text), .init("valid_to", .text), .init("area_km2", .number),
    ]

    /// The attributes of an exported incident, in order. Key columns are named after the levels: `colonia_id`.
    ///
    /// What was added later stands at the end, so that readers who go by position find the rest where it was.
    static func columns(levels: [String]) -> [FeatureSchema.Column] {
        [
            .init("source", .text), .init("source_row", .integer), .init("record_id", .text), .init("category", .text),
            .init("modality", .text), .init("occurred_at", .text), .init("local_date", .text),
            .init("local_hour", .integer), .init("local_dow", .integer), .init("outcome", .text),
            .init("method", .text), .init("is_duplicate", .bool), .init("weight", .number),
            .init("colonia_label", .text), .init("municipality_label", .text), .init("place_text", .text),
            .init("x", .number), .init("y", .number),
        ] + levels.flatMap { [.init($0 + "_id", .text), .init($0 + "_label_agrees", .bool)] } + [
            .init("precision", .text), .init("uncertainty_m", .number), .init("is_artefact", .bool),
        ] + levels.map { .init($0 + "_version", .integer) }
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

    static func feature(of area: Area, in version: BoundaryVersion) -> Feature<LonLat> {
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
