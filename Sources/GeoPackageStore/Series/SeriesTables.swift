import GRDB

/// The tables of published aggregates.
///
/// A file of the whole country has millions of counts, so `monthly_count` holds numbers only, and what they mean stands
/// once: where in `series_place`, what in `series_class`. To read a count, join the three and `series_import`, and take
/// imports that are complete; `month` is year and month in one number, 202403.
enum SeriesTables {
    static let migration = "3 monthly counts and population"

    /// Tables that people may want to read; listed by QGIS, R and GDAL.
    static let attributes: [(table: String, description: String)] = [
        ("monthly_count", "Published counts by place, class and month"),
        ("series_place", "Places of published counts, as the files name them and as they were joined"),
        ("series_class", "Classes of published counts, as the files name them"),
        ("series_import", "What is counted in imports of published aggregates, by whom, and their accounts"),
    ]

    static let tables = attributes.map(\.table)

    /// `population` was made without the import its rows come from, and without room for a restated figure; what
    /// somebody has put there stays.
    static let sql = """
        CREATE TABLE series_import (
            import_id INTEGER PRIMARY KEY NOT NULL REFERENCES import(id) ON DELETE CASCADE, kind TEXT NOT NULL,
            count_unit TEXT NOT NULL, publisher TEXT NOT NULL, figures INTEGER NOT NULL DEFAULT 0, account TEXT);
        CREATE TABLE series_place (
            id INTEGER PRIMARY KEY NOT NULL, level TEXT NOT NULL, area_id TEXT, version INTEGER, state_id TEXT,
            label TEXT NOT NULL, outcome TEXT NOT NULL, candidates TEXT);
        CREATE TABLE series_class (
            id INTEGER PRIMARY KEY NOT NULL, legal_good TEXT, type TEXT, subtype TEXT, modality TEXT);
        CREATE INDEX series_place_label ON series_place(label, area_id);
        CREATE INDEX series_class_words ON series_class(modality, subtype);
        CREATE TABLE monthly_count (
            id INTEGER PRIMARY KEY NOT NULL, import_id INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            source_row INTEGER NOT NULL, place_id INTEGER NOT NULL REFERENCES series_place(id),
            class_id INTEGER NOT NULL REFERENCES series_class(id), month INTEGER NOT NULL, count INTEGER NOT NULL);
        CREATE TABLE population_3 (
            id INTEGER PRIMARY KEY NOT NULL, level TEXT NOT NULL, area_id TEXT, year INTEGER NOT NULL,
            kind TEXT NOT NULL, value DOUBLE NOT NULL,
            import_id INTEGER REFERENCES import(id) ON DELETE CASCADE, source_row INTEGER,
            place_id INTEGER REFERENCES series_place(id));
        INSERT INTO population_3 (id, level, area_id, year, kind, value)
            SELECT id, level, area_id, year, kind, value FROM population;
        DROP TABLE population;
        ALTER TABLE population_3 RENAME TO population;
        CREATE INDEX population_area ON population(level, area_id, year, kind);
        """

    static func migrate(_ db: Database) throws {
        try db.execute(sql: sql)
        for (table, description) in attributes {
            try db.execute(
                sql:
                    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
                arguments: [table, table, description])
        }
    }

    /// Readers go by class, place and month; built when an import is complete, since filling it row by row costs as
    /// much again as the rows.
    static func createIndex(_ db: Database) throws {
        try db.execute(
            sql: "CREATE INDEX IF NOT EXISTS monthly_count_key ON monthly_count(class_id, place_id, month, import_id)")
    }

    /// The imports that brought aggregates.
    static func imports(_ db: Database) throws -> Set<Int64> {
        let statement = try PreparedStatement(db, "SELECT import_id FROM series_import")
        var imports: Set<Int64> = []
        while try statement.step() { imports.insert(statement.integer(0)) }
        return imports
    }
}
