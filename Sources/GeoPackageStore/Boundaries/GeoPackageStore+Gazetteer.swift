public import Boundaries
import GRDB
import SimpleFeatures

extension GeoPackageStore {
    /// Every alias, in the order in which they were added.
    public func aliases() throws -> [PlaceAlias] {
        try read { db in
            let row = try PreparedStatement(
                db, "SELECT name, municipality, level, version, area_id FROM place_alias ORDER BY id")
            var aliases: [PlaceAlias] = []
            while try row.step() {
                guard let level = Level(row.text(2) ?? ""), let version = Int32(exactly: row.integer(3)) else {
                    throw StoreError.damaged(path: path, detail: "an alias has no level or version that can be")
                }
                aliases.append(
                    PlaceAlias(
                        name: row.text(0) ?? "", municipality: row.text(1), level: level, version: Int(version),
                        areaID: row.text(4)))
            }
            return aliases
        }
    }

    /// Adds aliases in one transaction; one with the name, municipality, level and version of a known one replaces it, and
    /// stands last.
    /// - Throws: ``StoreError/valueOutOfRange(column:row:value:)`` for a version below 1.
    public func addAliases(_ aliases: [PlaceAlias], source: String) throws {
        for (row, alias) in aliases.enumerated() where !(1...Int(Int32.max)).contains(alias.version) {
            throw StoreError.valueOutOfRange(column: "alias version", row: row, value: "\(alias.version)")
        }
        try write { db in
            let forget = try PreparedStatement(
                db,
                "DELETE FROM place_alias WHERE name = ?1 AND municipality IS ?2 AND level = ?3 AND version = ?4")
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO place_alias (name, municipality, level, version, area_id, source)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """)
            insert.bind(source, at: 6)
            for alias in aliases {
                for statement in [forget, insert] {
                    statement.bind(alias.name, at: 1)
                    statement.bind(alias.municipality, at: 2)
                    statement.bind(alias.level.name, at: 3)
                    statement.bind(Int64(alias.version), at: 4)
                }
                insert.bind(alias.areaID, at: 5)
                try forget.run()
                try insert.run()
            }
        }
    }
}

// MARK: - Street places

extension GeoPackageStore {
    /// Every street place of every table, in the order in which they were added.
    public func streetPlaces() throws -> [StreetPlace] {
        try read { db in
            let row = try PreparedStatement(
                db,
                "SELECT kind, street, detail, municipality, longitude, latitude FROM street_place ORDER BY id")
            var places: [StreetPlace] = []
            places.reserveCapacity(Int(clamping: try db.firstInteger("SELECT count(*) FROM street_place") ?? 0))
            while try row.step() {
                let kind = StreetPlace.Kind.allCases.first { row.bytes(0).elementsEqual($0.rawValue.utf8) }
                let place = LonLat(longitude: row.double(4), latitude: row.double(5))
                guard let kind, place.isOnEarth else {
                    throw StoreError.damaged(path: path, detail: "a street place has a kind or place that cannot be")
                }
                places.append(
                    StreetPlace(
                        kind: kind, street: row.text(1) ?? "", detail: row.text(2), municipality: row.text(3),
                        longitude: place.longitude, latitude: place.latitude))
            }
            return places
        }
    }

    /// Adds a table in one transaction; one of the same source is replaced as a whole.
    /// - Throws: ``StoreError/valueOutOfRange(column:row:value:)`` for a place that is not on Earth.
    public func addStreetPlaces(_ places: [StreetPlace], source: String) throws {
        for (row, place) in places.enumerated()
        where !LonLat(longitude: place.longitude, latitude: place.latitude).isOnEarth {
            throw StoreError.valueOutOfRange(
                column: "street place", row: row, value: "\(place.longitude), \(place.latitude)")
        }
        try write { db in
            try db.execute(sql: "DELETE FROM street_place WHERE source = ?", arguments: [source])
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO street_place (kind, street, detail, municipality, longitude, latitude, source)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """)
            insert.bind(source, at: 7)
            for place in places {
                insert.bind(place.kind.rawValue, at: 1)
                insert.bind(place.street, at: 2)
                insert.bind(place.detail, at: 3)
                insert.bind(place.municipality, at: 4)
                insert.bind(place.longitude, at: 5)
                insert.bind(place.latitude, at: 6)
                try insert.run()
            }
        }
    }
}
