import GRDB
import Incidents

/// Holds the tables of aggregates against their own rules.
enum SeriesValidation {
    /// What is wrong, a sentence each.
    static func findings(_ db: Database) throws -> [String] {
        var messages: [String] = []
        let statement = try PreparedStatement(
            db,
            """
            SELECT import_id, figures, (SELECT count(*) FROM monthly_count m WHERE m.import_id = s.import_id)
                + (SELECT count(*) FROM population p WHERE p.import_id = s.import_id)
                + (SELECT count(*) FROM measure e WHERE e.import_id = s.import_id)
                + (SELECT count(*) FROM survey_tally t WHERE t.import_id = s.import_id)
            FROM series_import s ORDER BY import_id
            """)
        while try statement.step() {
            guard statement.integer(1) != statement.integer(2) else { continue }
            messages.append(
                "import \(statement.integer(0)) must have \(statement.integer(1)) figures, but the store holds "
                    + "\(statement.integer(2))")
        }
        let months =
            try db.firstInteger("SELECT count(*) FROM monthly_count WHERE month % 100 NOT BETWEEN 1 AND 12") ?? 0
        if months > 0 { messages.append("\(months) counts are of a month that is none") }
        let places =
            try db.firstInteger(
                """
                SELECT count(*) FROM series_place WHERE (outcome = 'placed') <> (area_id NOTNULL)
                    OR outcome NOT IN ('placed', 'ambiguous', 'unplaced')
                """) ?? 0
        if places > 0 {
            messages.append("\(places) places of counts have an area and are not placed, or the other way round")
        }
        return messages
    }
}
