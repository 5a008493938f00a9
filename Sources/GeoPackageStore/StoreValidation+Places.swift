import Boundaries
import CivilTime
import GRDB
import Incidents

// Where incidents are, how closely that is known, and when they happened by local clocks.
extension ValidationRun {
    private var tables: [String] { [IncidentTables.current, IncidentTables.superseded] }

    /// The precision is a word that is known, the radius no negative number, and what is placed is placed somewhere.
    mutating func precision() throws {
        let words = PrecisionGrade.allCases.map { "'\($0.name)'" }.joined(separator: ", ")
        let exact = PrecisionGrade.allCases.filter { $0 <= .colonia }.map { "'\($0.name)'" }.joined(separator: ", ")
        let rules = [
            ("precision IS NULL OR precision NOT IN (\(words))", "have a precision that is none of \(words)"),
            (
                "typeof(uncertainty_m) NOT IN ('null', 'real', 'integer') OR uncertainty_m < 0",
                "have an uncertainty_m that is no number of metres"
            ),
            ("is_artefact IS NULL OR is_artefact NOT IN (0, 1)", "have an is_artefact that is neither 0 nor 1"),
            ("outcome = 'placed' AND precision = 'none'", "are placed, but with the precision none"),
            (
                "outcome = 'placed' AND precision IN (\(exact)) AND (x IS NULL OR y IS NULL OR geom IS NULL)",
                "are placed, but have no place on the map"
            ),
        ]
        for table in tables {
            for (condition, words) in rules {
                let wrong = try number("SELECT count(*) FROM \(table) WHERE \(condition)")
                if wrong > 0 { add("precision", "\(wrong) rows of \(table) \(words)") }
            }
        }
    }

    /// Degrees, metres and tile are there together or not at all.
    mutating func places() throws {
        for table in tables {
            let wrong = try number(
                """
                SELECT count(*) FROM \(table)
                WHERE (geom IS NULL) <> (x IS NULL) OR (x IS NULL) <> (y IS NULL) OR (x IS NULL) <> (cell_z14 IS NULL)
                """)
            if wrong > 0 { add("place", "\(wrong) rows of \(table) have some of geom, x, y and cell_z14, but not all") }
        }
    }

    /// The local parts are those of the instant in the store's zone. A time that the clocks leapt over is shown by none of
    /// them; it is right where it leads to the instant.
    mutating func localTimes() throws {
        guard let zone = try? ZoneRules.zone(GeoPackageStore.setting(db, "time_zone") ?? "") else {
            return add("local_time", "the store's time zone must be one that the system knows, but is not")
        }
        for table in tables {
            let statement = try PreparedStatement(
                db, "SELECT occurred_at, local_date, local_hour, local_minute, local_dow FROM \(table)")
            var wrong = 0
            while try statement.step() { wrong += Self.agrees(statement, zone) ? 0 : 1 }
            if wrong > 0 {
                add("local_time", "\(wrong) rows of \(table) have local parts that are not those of occurred_at")
            }
        }
    }

    /// Rows whose date or instant cannot be read are another rule's.
    private static func agrees(_ row: PreparedStatement, _ zone: ZoneRules) -> Bool {
        guard let instant = Instant.seconds(row.bytes(0)), let day = Instant.day(row.bytes(1)) else { return true }
        guard row.integer(4) == Int64(CalendarDate(daysSince1970: day).isoWeekday), row.isNull(2) == row.isNull(3)
        else { return false }
        let local = zone.local(ofInstant: instant)
        guard !row.isNull(3) else { return local.day == day || zone.instant(ofLocalDay: day, second: 0) == instant }
        let minute = row.integer(3)
        guard (0...1439).contains(minute), row.integer(2) == minute / 60 else { return false }
        return local.day == day && local.second / 60 == Int(minute)
            || zone.instant(ofLocalDay: day, minute: Int(minute)) == instant
    }

    /// Each area that an incident is placed in exists in the version that stands beside it.
    mutating func areaKeys() throws {
        let layers = try Set(levelsWithAreas())
        for level in try GeoPackageStore.levels(db) {
            let key = "\"\(IncidentTables.column(of: level))\""
            let version = "\"\(IncidentTables.versionColumn(of: level))\""
            let known =
                layers.contains(level)
                ? "EXISTS (SELECT 1 FROM \"\(level)\" a WHERE a.version = \(version) AND a.area_id = \(key))" : "0"
            let strangers = try number("SELECT count(*) FROM incidents WHERE \(key) NOTNULL AND NOT \(known)")
            if strangers > 0 {
                add(
                    "area_keys",
                    "\(strangers) incidents lie in areas of level \"\(level)\" that the version beside them has not")
            }
            let stray = try number("SELECT count(*) FROM incidents WHERE \(key) IS NULL AND \(version) NOTNULL")
            if stray > 0 {
                add("area_keys", "\(stray) incidents have a version of level \"\(level)\", but lie in no area of it")
            }
        }
    }

    /// Each place of a table of streets is of a kind that is known, and on Earth.
    mutating func streetPlaces() throws {
        let kinds = StreetPlace.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let wrong = try number(
            """
            SELECT count(*) FROM street_place WHERE kind NOT IN (\(kinds))
                OR NOT ifnull(abs(longitude) <= 180 AND abs(latitude) <= 90, 0)
            """)
        if wrong > 0 { add("street_place", "\(wrong) street places have a kind or a place that cannot be") }
    }
}
