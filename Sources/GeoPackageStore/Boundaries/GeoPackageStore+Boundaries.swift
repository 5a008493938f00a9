public import Boundaries
import CivilTime
import GRDB
import SimpleFeatures

extension GeoPackageStore {
    /// Every version of every level, by level name and number.
    public func boundaryVersions() throws -> [BoundaryVersion] {
        try read { try VersionRow.all($0, where: "1", []) }
    }

    /// The areas of one version, sorted by key.
    /// - Throws: ``StoreError/unknownVersion(level:number:)``; ``StoreError/damaged(path:detail:)`` where an area cannot be
    ///   read.
    public func boundaryLayer(_ level: Level, number: Int) throws -> BoundaryLayer {
        try read { db in
            guard let version = try VersionRow.all(db, where: "level = ? AND number = ?", [level.name, number]).first
            else {
                throw StoreError.unknownVersion(level: level.name, number: number)
            }
            let statement = try PreparedStatement(
                db,
                """
                SELECT area_id, name, parent_id, geom, area_km2, properties FROM "\(level.name)"
                WHERE version = ? ORDER BY area_id
                """)
            statement.bind(Int64(number), at: 1)
            var areas: [Area] = []
            while try statement.step() { areas.append(try area(statement, level)) }
            return BoundaryLayer(version: version, areas: areas)
        }
    }

    /// Adds a version in one transaction.
    ///
    /// The store numbers it. A version without an end whose start lies before the new one's start ends where the new one
    /// begins.
    /// - Throws: ``StoreError/versionsOverlap(level:number:validity:)`` where another version of the level holds on one of
    ///   the same days; ``StoreError/duplicateArea(level:key:)`` where a key occurs twice;
    ///   ``StoreError/reservedLevel(_:)`` where the level's name is one the store needs itself.
    public func addBoundaries(_ layer: BoundaryLayer, audit: String) throws -> BoundaryVersion {
        try Self.check(layer)
        let level = layer.version.level
        return try write { db in
            // A level whose last version was removed has its table still.
            let isKnown = try Self.levels(db).contains(level.name) && db.tableExists(level.name)
            try Self.addLevels(db, [level.name])
            var version = layer.version
            let others = try VersionRow.all(db, where: "level = ?", [level.name])
            try Self.makeRoom(db, for: version, among: others)
            version.number = try Self.freeNumber(db, level, after: others)
            version.areaCount = layer.areas.count
            if !isKnown { try createLayer(db, level) }
            try Self.insert(db, layer.areas, version)
            if !isKnown { try RTree.create(db, table: level.name) }
            try RTree.fill(db, table: level.name, version: version.number)
            try VersionRow.insert(db, version, audit: audit)
            let extent = layer.areas.reduce(Envelope<LonLat>.empty) { $0.union($1.geometry.envelope) }
            try GeoPackageTables.touch(
                db, table: level.name,
                extent: .init(minX: extent.minX, minY: extent.minY, maxX: extent.maxX, maxY: extent.maxY))
            return version
        }
    }

    /// Takes a version out again, in one transaction with its keys in all incidents.
    ///
    /// Aliases that name its areas stay, and mean nothing until somebody answers them anew.
    /// - Throws: ``StoreError/unknownVersion(level:number:)``.
    public func removeBoundaries(_ level: Level, number: Int) throws {
        try write { db in
            let known = try VersionRow.all(db, where: "level = ? AND number = ?", [level.name, number])
            guard !known.isEmpty else { throw StoreError.unknownVersion(level: level.name, number: number) }
            let version: StatementArguments = [number]
            try RTree.forget(db, table: level.name, version: number)
            try db.execute(sql: "DELETE FROM \"\(level.name)\" WHERE version = ?", arguments: version)
            try db.execute(
                sql: "DELETE FROM boundary_version WHERE level = ? AND number = ?", arguments: [level.name, number])
            let columns = IncidentTables.columns(of: [level.name]).map { "\($0) = NULL" }.joined(separator: ", ")
            for table in [IncidentTables.current, IncidentTables.superseded] {
                try db.execute(
                    sql: """
                        UPDATE \(table) SET \(columns)
                        WHERE "\(IncidentTables.versionColumn(of: level.name))" = ?
                        """,
                    arguments: version)
            }
            try db.execute(
                sql: "DELETE FROM assignment WHERE level = ? AND version = ?", arguments: [level.name, number])
        }
    }

    /// The audit of a version as it was stored with it: JSON text.
    public func boundaryAudit(_ level: Level, number: Int) throws -> String {
        try read { db in
            let statement = try PreparedStatement(
                db, "SELECT audit FROM boundary_version WHERE level = ? AND number = ?")
            statement.bind(level.name, at: 1)
            statement.bind(Int64(number), at: 2)
            guard try statement.step() else { throw StoreError.unknownVersion(level: level.name, number: number) }
            return statement.text(0) ?? ""
        }
    }
}

// MARK: - Adding a version

extension GeoPackageStore {
    private static func check(_ layer: BoundaryLayer) throws(StoreError) {
        let level = layer.version.level.name
        guard !ReservedNames.forbid(layer.version.level) else { throw .reservedLevel(level) }
        let validity = layer.version.validity
        if let from = validity.from, let to = validity.to, from >= to {
            throw .emptyValidity(level: level, validity: validity.words)
        }
        var keys: Set<String> = []
        for area in layer.areas {
            guard keys.insert(area.id).inserted else { throw .duplicateArea(level: level, key: area.id) }
            let isSound =
                area.squareMetres.isFinite
                && area.geometry.polygons.allSatisfy { polygon in
                    polygon.rings.allSatisfy { $0.allSatisfy(\.isOnEarth) }
                }
            guard isSound else { throw .invalidGeometry(level: level, key: area.id) }
        }
    }

    /// Ends the open versions that the new one follows, and makes sure that it then stands alone on its days.
    private static func makeRoom(
        _ db: Database, for version: BoundaryVersion, among others: [BoundaryVersion]
    ) throws {
        for var other in others {
            if let from = version.validity.from, other.validity.to == nil,
                other.validity.from.map({ $0 < from }) ?? true
            {
                other.validity.to = from
                let level = version.level.name
                try db.execute(
                    sql: "UPDATE boundary_version SET valid_to = ? WHERE level = ? AND number = ?",
                    arguments: [from.description, level, other.number])
                try db.execute(
                    sql: "UPDATE \"\(level)\" SET valid_to = ? WHERE version = ?",
                    arguments: [from.description, other.number])
            }
            guard !other.validity.overlaps(version.validity) else {
                throw StoreError.versionsOverlap(
                    level: version.level.name, number: other.number, validity: other.validity.words)
            }
        }
    }

    /// A number that no alias means either, whose version may have been removed: nobody answered it for these areas.
    private static func freeNumber(_ db: Database, _ level: Level, after others: [BoundaryVersion]) throws -> Int {
        let aliased = try db.firstInteger("SELECT max(version) FROM place_alias WHERE level = '\(level.name)'") ?? 0
        return max(others.map(\.number).max() ?? 0, Int(clamping: min(aliased, 1 << 30))) + 1
    }

    private func createLayer(_ db: Database, _ level: Level) throws {
        for name in [level.name, RTree.name(of: level.name)] {
            let objects = try db.texts("SELECT type FROM sqlite_master WHERE lower(name) = '\(name)'")
            if let kind = objects.first { throw StoreError.foreignObject(path: path, kind: kind, name: name) }
        }
        try db.execute(
            sql: """
                CREATE TABLE "\(level.name)" (
                    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, area_id TEXT NOT NULL, name TEXT,
                    parent_id TEXT, version INTEGER NOT NULL, valid_from DATE, valid_to DATE, area_km2 DOUBLE,
                    properties TEXT, UNIQUE (version, area_id))
                """)
        try GeoPackageTables.registerLayer(
            db, table: level.name, type: "MULTIPOLYGON",
            description: "Areas of level \(level.name), one row per version")
    }

    private static func insert(_ db: Database, _ areas: [Area], _ version: BoundaryVersion) throws {
        let statement = try PreparedStatement(
            db,
            """
            INSERT INTO "\(version.level.name)"
                (geom, area_id, name, parent_id, version, valid_from, valid_to, area_km2, properties)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for area in areas.sorted(by: { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }) {
            statement.bind(blob: GeoPackageGeometry.encode(area.geometry), at: 1)
            statement.bind(area.id, at: 2)
            statement.bind(area.name, at: 3)
            statement.bind(area.parentID, at: 4)
            statement.bind(Int64(version.number), at: 5)
            statement.bind(version.validity.from?.description, at: 6)
            statement.bind(version.validity.to?.description, at: 7)
            statement.bind(area.squareMetres / 1e6, at: 8)
            statement.bind(PropertyJSON.encode(area.properties), at: 9)
            try statement.run()
        }
    }
}

// MARK: - Reading a version

extension GeoPackageStore {
    private func area(_ row: PreparedStatement, _ level: Level) throws -> Area {
        let id = row.text(0) ?? ""
        func damaged(_ what: String) -> StoreError {
            .damaged(path: path, detail: "\(what) of area \"\(id)\" of level \"\(level)\" cannot be read")
        }
        guard let properties = PropertyJSON.decode(row.text(5) ?? "{}") else { throw damaged("the attributes") }
        var polygons = MultiPolygon<LonLat>([])
        if !row.isNull(3) {
            guard let blob = row.blob(3) else { throw damaged("the geometry") }
            do {
                let geometry: Geometry<LonLat>? = try GeoPackageGeometry.decode(blob)
                polygons = geometry?.asMultiPolygon ?? polygons
            } catch {
                throw damaged("the geometry (\(error))")
            }
        }
        return Area(
            id: id, name: row.text(1) ?? "", parentID: row.text(2), geometry: polygons,
            squareMetres: row.double(4) * 1e6,
            properties: properties)
    }
}

/// One row of `boundary_version`.
private enum VersionRow {
    static func all(_ db: Database, where condition: String, _ values: [any Sendable]) throws -> [BoundaryVersion] {
        let statement = try PreparedStatement(
            db,
            """
            SELECT level, number, valid_from, valid_to, parent_level, source, sha256, areas FROM boundary_version
            WHERE \(condition) ORDER BY level, number
            """)
        for (index, value) in values.enumerated() {
            switch value {
            case let number as Int: statement.bind(Int64(number), at: Int32(index + 1))
            default: statement.bind(value as? String, at: Int32(index + 1))
            }
        }
        var versions: [BoundaryVersion] = []
        while try statement.step() { versions.append(try version(statement)) }
        return versions
    }

    private static func version(_ row: PreparedStatement) throws -> BoundaryVersion {
        func date(_ column: Int32) throws -> CalendarDate? {
            guard let text = row.text(column) else { return nil }
            guard let date = CalendarDate(text) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "\"\(text)\" is no date of a boundary version")
            }
            return date
        }
        guard let level = Level(row.text(0) ?? ""), let number = Int32(exactly: row.integer(1)),
            let areas = Int32(exactly: row.integer(7))
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a boundary version cannot be read") }
        return BoundaryVersion(
            level: level, number: Int(number), validity: Validity(from: try date(2), to: try date(3)),
            parentLevel: row.text(4).flatMap { Level($0) }, source: row.text(5) ?? "", sha256: row.text(6) ?? "",
            areaCount: Int(areas))
    }

    static func insert(_ db: Database, _ version: BoundaryVersion, audit: String) throws {
        try db.execute(
            sql: """
                INSERT INTO boundary_version
                    (level, number, valid_from, valid_to, parent_level, source, sha256, areas, audit)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                version.level.name, version.number, version.validity.from?.description,
                version.validity.to?.description,
                version.parentLevel?.name, version.source, version.sha256, version.areaCount, audit,
            ])
    }
}

extension Validity {
    /// `from 2024-01-01 to 2025-01-01`, for sentences.
    var words: String { "from \(from?.description ?? "ever") to \(to?.description ?? "ever")" }
}
