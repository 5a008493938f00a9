import GRDB
public import Incidents
import SimpleFeatures

extension GeoPackageStore {
    /// Writes anew where the given incidents are, in one transaction with the counts of the imports they came with. Rows
    /// that stay as they are are not touched.
    /// - Parameter batch: what placing found, row by row: outcome, method, grade, uncertainty, degrees, metres and cell. Its
    ///   other columns are not looked at.
    /// - Throws: ``StoreError/columnLength(column:expected:found:)``, ``StoreError/valueOutOfRange(column:row:value:)`` for an
    ///   outcome or radius that no place has, ``StoreError/unknownIncident(_:)``.
    /// - Complexity: O(incidents given).
    public func relocate(_ incidents: [Int64], to batch: IncidentBatch) throws {
        try Self.check(batch, count: incidents.count)
        try write { db in
            let writer = try PlaceWriter(db)
            var moved: [Int64: [Outcome: Int]] = [:]
            for (row, incident) in incidents.enumerated() {
                guard let before = try writer.outcome(of: incident) else { throw StoreError.unknownIncident(incident) }
                try writer.write(batch, row, to: incident)
                guard before != batch.outcome[row] else { continue }
                moved[incident >> 32, default: [:]][before, default: 0] -= 1
                moved[incident >> 32, default: [:]][batch.outcome[row], default: 0] += 1
            }
            for (importID, changes) in moved { try Self.count(db, changes, of: importID) }
            let places = zip(batch.longitude, batch.latitude).lazy.filter { $0.0.isFinite && $0.1.isFinite }
            var extent = GeoPackageGeometry.Bounds.empty
            for (longitude, latitude) in places { extent.expand(toInclude: FilePosition(x: longitude, y: latitude)) }
            try GeoPackageTables.touch(db, table: IncidentTables.current, extent: extent)
        }
    }

    private static func check(_ batch: IncidentBatch, count: Int) throws(StoreError) {
        for (column, found) in [
            ("outcome", batch.outcome.count), ("method", batch.method.count), ("grade", batch.grade.count),
            ("uncertainty", batch.uncertainty.count), ("longitude", batch.longitude.count),
            ("latitude", batch.latitude.count), ("x", batch.x.count), ("y", batch.y.count), ("cell", batch.cell.count),
        ] where found != count {
            throw .columnLength(column: column, expected: count, found: found)
        }
        try BatchCheck.places(of: batch)
    }

    private static func count(_ db: Database, _ changes: [Outcome: Int], of importID: Int64) throws {
        try db.execute(
            sql: """
                UPDATE import SET placed = placed + ?, ambiguous = ambiguous + ?, unplaced = unplaced + ? WHERE id = ?
                """,
            arguments: [changes[.placed] ?? 0, changes[.ambiguous] ?? 0, changes[.unplaced] ?? 0, importID])
        if try ImportRow.all(db, where: "id = ?", [importID]).first?.record.state == .incomplete {
            try set(db, relocationMark(importID), "")
        }
    }
}

/// Writes places of stored incidents through prepared statements.
private struct PlaceWriter {
    private let find: PreparedStatement
    private let update: PreparedStatement

    init(_ db: Database) throws {
        find = try PreparedStatement(db, "SELECT outcome FROM incidents WHERE fid = ?")
        let columns = [
            "outcome", "method", "precision", "uncertainty_m", "geom", "x", "y", "cell_z14",
        ]
        let values = columns.enumerated().map { "\($1) = ?\($0 + 2)" }.joined(separator: ", ")
        let changes = columns.enumerated().map { "\($1) IS NOT ?\($0 + 2)" }.joined(separator: " OR ")
        update = try PreparedStatement(db, "UPDATE incidents SET \(values) WHERE fid = ?1 AND (\(changes))")
    }

    /// The outcome that an incident has now; nil where there is no such incident.
    func outcome(of incident: Int64) throws -> Outcome? {
        defer { find.reset() }
        find.bind(incident, at: 1)
        guard try find.step() else { return nil }
        guard let outcome = Outcome.allCases.first(where: { find.bytes(0).elementsEqual($0.name.utf8) }) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "incident \(incident) has no outcome that is known")
        }
        return outcome
    }

    func write(_ batch: IncidentBatch, _ row: Int, to incident: Int64) throws {
        update.bind(incident, at: 1)
        update.bind(batch.outcome[row].name, at: 2)
        update.bind(batch.method[row].name, at: 3)
        update.bind(batch.grade[row].name, at: 4)
        update.bind(batch.uncertainty[row], at: 5)
        update.bind(blob: PointBlob.bytes(batch.longitude[row], batch.latitude[row]), at: 6)
        update.bind(batch.x[row], at: 7)
        update.bind(batch.y[row], at: 8)
        update.bind(batch.cell[row] < 0 ? nil : batch.cell[row], at: 9)
        try update.run()
    }
}

// MARK: - Artefacts

extension GeoPackageStore {
    /// The places at which reports pile up for another reason than that they happened there, most incidents first.
    public func artefacts() throws -> [ArtefactPlace] {
        try read { db in
            let row = try PreparedStatement(
                db,
                """
                SELECT longitude, latitude, incidents, share, expected, reason, explanation FROM artefact
                ORDER BY incidents DESC, id
                """)
            var places: [ArtefactPlace] = []
            while try row.step() {
                places.append(
                    ArtefactPlace(
                        longitude: row.double(0), latitude: row.double(1), incidents: Int(clamping: row.integer(2)),
                        share: row.double(3), expected: row.double(4), reason: row.text(5) ?? "",
                        explanation: row.text(6) ?? ""))
            }
            return places
        }
    }

    /// Replaces the list of them, and marks exactly the current incidents given; rows that stay as they are are not touched.
    /// - Throws: ``StoreError/unknownIncident(_:)``, ``StoreError/valueOutOfRange(column:row:value:)`` for a figure that is no
    ///   number.
    public func setArtefacts(_ places: [ArtefactPlace], incidents: [Int64]) throws {
        for (row, place) in places.enumerated() {
            for figure in [place.longitude, place.latitude, place.share, place.expected] where !figure.isFinite {
                throw StoreError.valueOutOfRange(column: "artefact", row: row, value: "\(figure)")
            }
        }
        try write { db in
            try db.execute(sql: "DELETE FROM artefact")
            try Self.insert(db, places)
            let wanted = Set(incidents)
            var marked: Set<Int64> = []
            let known = try PreparedStatement(db, "SELECT fid FROM incidents WHERE is_artefact <> 0")
            while try known.step() { marked.insert(known.integer(0)) }
            let mark = try PreparedStatement(db, "UPDATE incidents SET is_artefact = ?2 WHERE fid = ?1")
            for incident in marked.symmetricDifference(wanted).sorted() {
                mark.bind(incident, at: 1)
                mark.bind(wanted.contains(incident) ? 1 as Int64 : 0, at: 2)
                try mark.run()
                guard db.changesCount == 1 else { throw StoreError.unknownIncident(incident) }
            }
            try GeoPackageTables.touch(db, table: IncidentTables.current, extent: .empty)
        }
    }

    private static func insert(_ db: Database, _ places: [ArtefactPlace]) throws {
        let statement = try PreparedStatement(
            db,
            """
            INSERT INTO artefact (longitude, latitude, incidents, share, expected, reason, explanation)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        for place in places {
            statement.bind(place.longitude, at: 1)
            statement.bind(place.latitude, at: 2)
            statement.bind(Int64(place.incidents), at: 3)
            statement.bind(place.share, at: 4)
            statement.bind(place.expected, at: 5)
            statement.bind(place.reason, at: 6)
            statement.bind(place.explanation, at: 7)
            try statement.run()
        }
    }
}
