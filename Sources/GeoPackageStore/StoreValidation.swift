import Boundaries
import GRDB
import Incidents

/// Holds a store against its own rules.
public enum StoreValidation {
    /// One rule that a store breaks.
    public struct Finding: Hashable, Sendable, Codable, CustomStringConvertible {
        /// A short stable word to group by: `integrity`, `import_counts`.
        public var check: String
        /// One sentence: what must hold, what was found, where.
        public var message: String

        public var description: String { "\(check): \(message)" }
    }

    /// Everything that is wrong with a store; empty where nothing is.
    ///
    /// A damaged file is a finding, not an error: the checks that can still run do.
    /// - Throws: ``StoreError`` where there is no store to check: no file, no GeoPackage, no permission.
    /// - Complexity: several passes over the whole file.
    public static func validate(path: String) throws -> [Finding] {
        let store: GeoPackageStore
        do {
            store = try GeoPackageStore.open(at: path, readOnly: true)
        } catch let error as StoreError {
            switch error {
            case .damaged, .refused, .foreignObject: return [Finding(check: "open", message: error.description)]
            default: throw error
            }
        }
        return try store.read { db in
            var run = ValidationRun(path: path, db: db)
            try run.all()
            return run.findings
        }
    }
}

/// The checks of one store, and what they have found so far.
struct ValidationRun {
    let path: String
    let db: Database
    var findings: [StoreValidation.Finding] = []

    mutating func all() throws {
        let checks: [(String, (inout ValidationRun) throws -> Void)] = [
            ("header", { try $0.header() }), ("integrity", { try $0.integrity() }),
            ("foreign_keys", { try $0.foreignKeys() }), ("contents", { try $0.contents() }),
            ("import_counts", { try $0.importCounts() }), ("orphan_rows", { try $0.orphans() }),
            ("time_shape", { try $0.times() }), ("local_time", { try $0.localTimes() }),
            ("precision", { try $0.precision() }), ("place", { try $0.places() }),
            ("boundary_counts", { try $0.boundaryCounts() }), ("rtree", { try $0.trees() }),
            ("area_keys", { try $0.areaKeys() }), ("street_place", { try $0.streetPlaces() }),
            ("series", { try $0.series() }),
        ]
        for (name, check) in checks {
            do {
                try check(&self)
            } catch let error as DatabaseError {
                let failure = StoreError(error, path: path)
                switch failure {
                case .damaged, .refused: add(name, failure.description)
                default: throw failure
                }
            } catch let error as StoreError {
                add(name, error.description)
            }
        }
    }

    private mutating func series() throws {
        for message in try SeriesValidation.findings(db) { add("series", message) }
    }

    mutating func add(_ check: String, _ message: String) {
        findings.append(StoreValidation.Finding(check: check, message: message))
    }

    func number(_ sql: String) throws -> Int64 { try db.firstInteger(sql) ?? 0 }
}

extension ValidationRun {
    private mutating func header() throws {
        let id = try number("PRAGMA application_id")
        if id != Int64(GeoPackageTables.applicationID) {
            add("header", "the application id must be that of a GeoPackage, but is \(id)")
        }
        let version = try number("PRAGMA user_version")
        if version != Int64(GeoPackageTables.userVersion) {
            add("header", "the version must be \(GeoPackageTables.userVersion) (GeoPackage 1.3), but is \(version)")
        }
    }

    private mutating func integrity() throws {
        for message in try db.texts("PRAGMA integrity_check(20)") where message != "ok" { add("integrity", message) }
    }

    private mutating func foreignKeys() throws {
        let statement = try PreparedStatement(db, "PRAGMA foreign_key_check")
        while try statement.step(), findings.count < 1000 {
            add(
                "foreign_keys",
                "row \(statement.integer(1)) of \(statement.text(0) ?? "") refers to a row of "
                    + "\(statement.text(2) ?? "") that is not there")
        }
    }

    /// The catalogue names tables that exist, and all layers of the store.
    private mutating func contents() throws {
        let missing = """
            SELECT table_name FROM gpkg_contents WHERE lower(table_name) NOT IN
                (SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view'))
            """
        for table in try db.texts(missing) {
            add("contents", "gpkg_contents names \"\(table)\", which is not in the file")
        }
        let layers = try Set(
            db.texts(
                """
                SELECT c.table_name FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name)
                WHERE c.data_type = 'features' AND c.srs_id = g.srs_id
                """))
        for layer in try [IncidentTables.current] + levelsWithAreas() where !layers.contains(layer) {
            add(
                "contents",
                "the layer \"\(layer)\" must be in gpkg_contents and gpkg_geometry_columns, but is not in both")
        }
        let known = try Set(db.texts("SELECT table_name FROM gpkg_contents WHERE data_type = 'attributes'"))
        for (table, _) in RegisteredTables.attributes where !known.contains(table) {
            add("contents", "the table \"\(table)\" must be in gpkg_contents, but is not")
        }
    }

    /// Each import counted as many rows as it brought.
    private mutating func importCounts() throws {
        let series = try SeriesTables.imports(db)
        for row in try ImportRow.all(db, where: "1", []) where !series.contains(row.record.id) {
            let record = row.record
            let table = record.state == .superseded ? IncidentTables.superseded : IncidentTables.current
            let rows = IncidentTables.rows(of: record.id)
            var found = ImportCounts()
            for outcome in [Outcome.placed, .ambiguous, .unplaced] {
                let count = Int(
                    try number("SELECT count(*) FROM \(table) WHERE \(rows) AND outcome = '\(outcome.name)'"))
                switch outcome {
                case .placed: found.placed = count
                case .ambiguous: found.ambiguous = count
                default: found.unplaced = count
                }
            }
            found.duplicates = Int(try number("SELECT count(*) FROM \(table) WHERE \(rows) AND is_duplicate <> 0"))
            found.rejected = Int(
                try number(
                    "SELECT count(DISTINCT \"row\") FROM import_issue WHERE import_id = \(record.id) AND outcome = 'rejected'"
                ))
            guard found != record.counts else { continue }
            add(
                "import_counts",
                "import \(record.id) counted \(record.counts.words), but the store holds \(found.words)")
        }
    }

    /// Each row belongs to an import that is where it says, under the key that its file and row give it.
    private mutating func orphans() throws {
        for (table, states) in [
            (IncidentTables.current, "'complete', 'incomplete'"), (IncidentTables.superseded, "'superseded'"),
        ] {
            let orphans = try number(
                "SELECT count(*) FROM \(table) WHERE fid >> 32 NOT IN (SELECT id FROM import WHERE state IN (\(states)))"
            )
            if orphans > 0 {
                add("orphan_rows", "\(orphans) rows of \(table) belong to no import that should have rows there")
            }
            let misplaced = try number(
                "SELECT count(*) FROM \(table) WHERE import_id IS NOT fid >> 32 OR source_row IS NOT fid & 4294967295")
            if misplaced > 0 {
                add("orphan_rows", "\(misplaced) rows of \(table) have a key that is not their import's and row's")
            }
        }
    }

    /// Instants are UTC with milliseconds, days are days.
    private mutating func times() throws {
        let digits = { (count: Int) in String(repeating: "[0-9]", count: count) }
        let date = "\(digits(4))-[01][0-9]-[0-3][0-9]"
        let instant = "\(date)T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].\(digits(3))Z"
        for table in [IncidentTables.current, IncidentTables.superseded] {
            let wrong = try number(
                """
                SELECT count(*) FROM \(table) WHERE occurred_at IS NULL OR occurred_at NOT GLOB '\(instant)'
                    OR local_date IS NULL OR local_date NOT GLOB '\(date)'
                """)
            if wrong > 0 {
                add("time_shape", "\(wrong) rows of \(table) have an occurred_at or local_date of another shape")
            }
        }
    }
}

extension ValidationRun {
    func levelsWithAreas() throws -> [String] {
        try db.texts("SELECT DISTINCT level FROM boundary_version ORDER BY level").map { name in
            guard Level(name) != nil else {
                throw StoreError.damaged(path: path, detail: "a boundary version has the level \"\(name)\"")
            }
            return name
        }
    }

    private mutating func boundaryCounts() throws {
        for level in try levelsWithAreas() {
            let wrong = try db.texts(
                """
                SELECT number FROM boundary_version WHERE level = '\(level)' AND areas <>
                    (SELECT count(*) FROM "\(level)" WHERE version = number) ORDER BY number
                """)
            for number in wrong {
                add(
                    "boundary_counts",
                    "version \(number) of level \"\(level)\" has another number of areas than it says")
            }
        }
    }

    /// Each R-tree is sound and has an entry for each geometry.
    private mutating func trees() throws {
        for level in try levelsWithAreas() {
            let tree = RTree.name(of: level)
            for message in try db.texts("SELECT rtreecheck('main', '\(tree)')") where message != "ok" {
                add("rtree", "the R-tree of level \"\(level)\": \(message)")
            }
            let entries = try number("SELECT count(*) FROM \"\(tree)\"")
            let areas = try number("SELECT count(*) FROM \"\(level)\" WHERE geom NOTNULL AND NOT ST_IsEmpty(geom)")
            if entries != areas {
                add("rtree", "the R-tree of level \"\(level)\" must have \(areas) entries, but has \(entries)")
            }
        }
    }
}

extension ImportCounts {
    /// `10 placed, 0 ambiguous, …`, for sentences.
    fileprivate var words: String {
        "\(placed) placed, \(ambiguous) ambiguous, \(unplaced) unplaced, \(rejected) rejected, \(duplicates) duplicates"
    }
}
