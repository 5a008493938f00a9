import Bytes

/// Where the fields stand in a row, −1 for those that the file has not.
struct FieldIndexes: Sendable {
    let recordID, category, modality, date, time, occurredAt, x, y, colonia, municipality, place, weight: Int
    let areDegrees: Bool
    /// Columns that become part of the place's words, in the order of ``ReportField/placeParts``; empty where the file has none of them.
    let placeParts: [Int]

    init(_ columns: ResolvedColumns) {
        func index(_ field: ReportField) -> Int { columns.index[field] ?? -1 }
        recordID = index(.recordID)
        category = index(.category)
        modality = index(.modality)
        date = index(.date)
        time = index(.time)
        occurredAt = index(.occurredAt)
        areDegrees = index(.x) < 0 || index(.y) < 0
        x = index(areDegrees ? .longitude : .x)
        y = index(areDegrees ? .latitude : .y)
        colonia = index(.colonia)
        municipality = index(.municipality)
        place = index(.place)
        weight = index(.weight)
        let parts = ReportField.placeParts.map(index)
        placeParts = parts.contains { $0 >= 0 } ? parts : []
    }
}

/// The texts of one row's fields, trimmed; empty where the file has no such column or the row nothing to say.
struct RowValues {
    let recordID, category, modality, date, time, occurredAt, x, y: UnsafeBufferPointer<UInt8>
    let colonia, municipality, place, weight: UnsafeBufferPointer<UInt8>

    @inline(__always)
    init(_ row: FieldRow, _ fields: FieldIndexes, _ missing: MissingValues) {
        recordID = Self.value(row, fields.recordID, missing)
        category = Self.value(row, fields.category, missing)
        modality = Self.value(row, fields.modality, missing)
        date = Self.value(row, fields.date, missing)
        time = Self.value(row, fields.time, missing)
        occurredAt = Self.value(row, fields.occurredAt, missing)
        x = Self.value(row, fields.x, missing)
        y = Self.value(row, fields.y, missing)
        colonia = Self.value(row, fields.colonia, missing)
        municipality = Self.value(row, fields.municipality, missing)
        place = Self.value(row, fields.place, missing)
        weight = Self.value(row, fields.weight, missing)
    }

    @inline(__always)
    static func value(_ row: FieldRow, _ column: Int, _ missing: MissingValues) -> UnsafeBufferPointer<UInt8> {
        let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        if column < 0 { return nothing }
        let text = row[column].trimmed
        return missing.contains(text) ? nothing : text
    }

    /// Stands for all fields together; never 0, which marks a free slot of ``RowFingerprints``.
    /// - Parameter words: what other columns add to the place.
    func hash(with words: PlaceWords?) -> UInt64 {
        var hash = RowHash()
        hash.combine(recordID)
        hash.combine(category)
        hash.combine(modality)
        hash.combine(date)
        hash.combine(time)
        hash.combine(occurredAt)
        hash.combine(x)
        hash.combine(y)
        hash.combine(colonia)
        hash.combine(municipality)
        hash.combine(place)
        hash.combine(weight)
        words?.combine(into: &hash)
        return max(hash.value, 1)
    }
}
