import CivilTime
import GRDB
public import Incidents
import SimpleFeatures

extension GeoPackageStore {
    /// Visits every current incident in key order, with all its attributes; current as in ``incidentTable(levels:asOf:)``.
    ///
    /// The visit sees one state of the store. It may read the store, but not write it.
    public func incidents(each body: (StoredIncident) throws -> Void) throws {
        try read { db in
            let levels = try Self.levels(db)
            for part in try Self.parts(db, asOf: nil) {
                let statement = try PreparedStatement(
                    db,
                    """
                    SELECT \(Self.columns(levels)) FROM \(part.table)
                    WHERE \(IncidentTables.rows(of: part.importID)) ORDER BY fid
                    """)
                while try statement.step() { try body(incident(statement, source: part.source, levels: levels)) }
            }
        }
    }

    private static func columns(_ levels: [String]) -> String {
        let fixed = [
            "fid", "source_row", "record_id", "category", "modality", "occurred_at", "local_date", "local_hour",
            "local_dow",
            "geom", "x", "y", "outcome", "method", "is_duplicate", "weight", "colonia_label", "municipality_label",
            "place_text", "precision", "uncertainty_m", "is_artefact",
        ]
        return (fixed + IncidentTables.columns(of: levels)).joined(separator: ", ")
    }

    private func incident(_ row: PreparedStatement, source: String, levels: [String]) throws -> StoredIncident {
        let id = row.integer(0)
        let outcome = Outcome.allCases.first { row.bytes(12).elementsEqual($0.name.utf8) }
        guard let outcome, let method = PlacementMethod(name: row.text(13) ?? ""),
            let grade = PrecisionGrade(name: row.text(19) ?? ""), Instant.seconds(row.bytes(5)) != nil,
            Instant.day(row.bytes(6)) != nil, row.isNull(7) || (0...23).contains(row.integer(7)),
            (1...7).contains(row.integer(8))
        else { throw StoreError.damaged(path: path, detail: "incident \(id) holds a value that no import writes") }
        let place = try place(row, 9, of: id)
        var incident = StoredIncident(
            id: id, source: source, sourceRow: row.integer(1), recordID: row.text(2), category: row.text(3),
            modality: row.text(4), occurredAt: Instant.spoken(row.text(5) ?? ""), localDate: row.text(6) ?? "",
            localHour: row.optionalInteger(7).map { Int($0) }, localDayOfWeek: Int(row.integer(8)),
            longitude: place?.longitude, latitude: place?.latitude, x: row.optionalDouble(10),
            y: row.optionalDouble(11),
            outcome: outcome, method: method, isDuplicate: row.integer(14) != 0, weight: row.double(15),
            coloniaLabel: row.text(16), municipalityLabel: row.text(17), placeText: row.text(18),
            areas: levels.enumerated().map { position, level in
                let column = Self.column(ofLevel: position)
                return (level, row.text(column), row.optionalInteger(column + 1).map { $0 != 0 })
            })
        incident.grade = grade
        incident.uncertainty = row.optionalDouble(20)
        incident.isArtefact = row.integer(21) != 0
        incident.areaVersions = levels.indices.map { position in
            row.optionalInteger(Self.column(ofLevel: position) + 2).map { Int($0) }
        }
        return incident
    }

    /// Where the columns of a level begin among ``columns(_:)``.
    private static func column(ofLevel position: Int) -> Int32 {
        22 + IncidentTables.columnsPerLevel * Int32(truncatingIfNeeded: position)
    }

    /// The place in a row's geometry; nil where it has none.
    private func place(_ row: PreparedStatement, _ column: Int32, of id: Int64) throws -> LonLat? {
        guard let blob = row.blob(column) else { return nil }
        if let place = PointBlob.read(blob) { return place }
        do {
            guard case .point(let place)? = try GeoPackageGeometry.decode(blob) as Geometry<LonLat>? else { return nil }
            return place
        } catch {
            throw StoreError.damaged(path: path, detail: "the place of incident \(id) cannot be read: \(error)")
        }
    }
}

// MARK: - Placing again

extension GeoPackageStore {
    /// Visits the coordinates and labels of all incidents in the store in key order, for placing them again: those of
    /// imports that are not complete yet as well, but not those that a later import has replaced.
    public func places(each body: (StoredPlace) throws -> Void) throws {
        try read { db in
            let statement = try PreparedStatement(
                db,
                """
                SELECT fid, geom, local_date, colonia_label, municipality_label, place_text, outcome, method, precision,
                    uncertainty_m FROM incidents ORDER BY fid
                """)
            while try statement.step() {
                let id = statement.integer(0)
                guard let day = Instant.day(statement.bytes(2)),
                    let outcome = Outcome.allCases.first(where: { statement.bytes(6).elementsEqual($0.name.utf8) }),
                    let method = PlacementMethod(name: statement.text(7) ?? ""),
                    let grade = PrecisionGrade(name: statement.text(8) ?? "")
                else {
                    throw StoreError.damaged(path: path, detail: "incident \(id) holds a value that no import writes")
                }
                let point = try place(statement, 1, of: id)
                var place = StoredPlace(
                    incident: id, longitude: point?.longitude ?? .nan, latitude: point?.latitude ?? .nan, localDay: day,
                    coloniaLabel: statement.text(3), municipalityLabel: statement.text(4))
                place.placeText = statement.text(5)
                (place.outcome, place.method, place.grade) = (outcome, method, grade)
                place.uncertainty = statement.optionalDouble(9) ?? .nan
                try body(place)
            }
        }
    }

    /// Writes areas anew for the given incidents of one level, and replaces their notes. Rows whose area stays are not
    /// touched.
    /// - Parameter notes: their `row` counts in `incidents`.
    public func assign(
        _ keys: AreaKeys, incidents: [Int64], areas: [Int32], labelAgrees: [Int8], notes: [AssignmentNote]
    ) throws {
        let level = keys.level
        try BatchCheck.versions(of: keys)
        guard incidents.count == areas.count else {
            throw StoreError.columnLength(column: "areas", expected: incidents.count, found: areas.count)
        }
        guard incidents.count == labelAgrees.count else {
            throw StoreError.columnLength(column: "labelAgrees", expected: incidents.count, found: labelAgrees.count)
        }
        for (row, area) in areas.enumerated() where area < -1 || Int(area) >= keys.keys.count {
            throw StoreError.valueOutOfRange(column: level, row: row, value: "\(area)")
        }
        for note in notes where !incidents.indices.contains(note.row) {
            throw StoreError.valueOutOfRange(column: "notes", row: note.row, value: "\(note.row)")
        }
        try write { db in
            try Self.addLevels(db, [level])
            let (column, agreement) = (IncidentTables.column(of: level), IncidentTables.agreementColumn(of: level))
            let version = IncidentTables.versionColumn(of: level)
            let update = try PreparedStatement(
                db,
                """
                UPDATE incidents SET "\(column)" = ?1, "\(agreement)" = ?3, "\(version)" = ?4
                WHERE fid = ?2 AND ("\(column)" IS NOT ?1 OR "\(agreement)" IS NOT ?3 OR "\(version)" IS NOT ?4)
                """)
            let forget = try PreparedStatement(db, "DELETE FROM assignment WHERE incident = ?1 AND level = ?2")
            forget.bind(level, at: 2)
            let packed = PackedTexts(keys.keys)
            for (row, (incident, area)) in zip(incidents, areas).enumerated() {
                update.bind(labelAgrees[row] < 0 ? nil : Int64(labelAgrees[row]), at: 3)
                if area < 0 {
                    update.bind(nil as Int64?, at: 1)
                    update.bind(nil as Int64?, at: 4)
                } else {
                    let (start, count) = packed[Int(area)]
                    update.bind(staticText: start, count: count, at: 1)
                    update.bind(Int64(keys.versions[Int(area)]), at: 4)
                }
                update.bind(incident, at: 2)
                try update.run()
                forget.bind(incident, at: 1)
                try forget.run()
            }
            try NoteWriter(db).write(notes) { incidents[$0] }
            try GeoPackageTables.touch(db, table: IncidentTables.current, extent: .empty)
        }
    }

    /// Builds the index on a level's column, once all chunks of placing again are written.
    public func finishAssignment(of level: String) throws {
        try write { db in
            guard try Self.levels(db).contains(level) else { throw StoreError.unknownLevel(level) }
            try IncidentIndexes.create(db, level: level)
        }
    }
}
