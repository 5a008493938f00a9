import GRDB

/// The tables of measures, surveys and of the documents that a council edits.
///
/// Measures and answers belong to imports, as published counts do, and are restated as these are. Documents are only ever added:
/// of one kind and name the latest holds, and earlier ones are what held before.
enum IndicatorTables {
    static let migration = "5 indicators"

    /// Tables that people may want to read; listed by QGIS, R and GDAL.
    static let attributes: [(table: String, description: String)] = [
        ("measure", "Quantities published by area and month: police, plated cars, detentions"),
        ("survey_tally", "Answers of surveys by wave, area and question, with the sums of their weights"),
        ("council_document", "Catalogues, light rules, goals and questionnaires as they stood"),
    ]

    static let tables = attributes.map(\.table)

    static let sql = """
        CREATE TABLE measure (
            id INTEGER PRIMARY KEY NOT NULL, import_id INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            source_row INTEGER NOT NULL, indicator TEXT NOT NULL, level TEXT NOT NULL, area_id TEXT NOT NULL,
            month INTEGER NOT NULL, value DOUBLE NOT NULL, whole DOUBLE);
        CREATE TABLE survey_tally (
            id INTEGER PRIMARY KEY NOT NULL, import_id INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            survey TEXT NOT NULL, wave TEXT NOT NULL, level TEXT NOT NULL, area_id TEXT NOT NULL,
            question TEXT NOT NULL, answer TEXT NOT NULL, respondents INTEGER NOT NULL, weight DOUBLE NOT NULL,
            weight_squares DOUBLE NOT NULL);
        CREATE TABLE council_document (
            id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
            recorded_at DATETIME NOT NULL);
        """

    static func migrate(_ db: Database) throws {
        try db.execute(sql: sql)
        try GeoPackageTables.registerAttributes(db, attributes)
    }
}
