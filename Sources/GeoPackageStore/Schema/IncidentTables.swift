/// The table of incidents, and the one in which rows of replaced imports rest.
///
/// `fid` is `import_id` · 2³² + `source_row`: rows of one file lie together in the order of the file, no row can be added
/// twice, and nobody has to keep an index for it. There is no R-tree: filling one with a million points costs twelve times
/// what an index on the tile key costs, and analyses read columns.
enum IncidentTables {
    static let current = "incidents"
    static let superseded = "incident_superseded"

    /// Everything after `fid`, in the order in which it is written.
    static let columns = firstColumns + placeColumns

    /// The columns of the first migration, which is never edited.
    private static let firstColumns: [(name: String, type: String)] = [
        ("geom", "POINT"), ("record_id", "TEXT"), ("category", "TEXT"), ("modality", "TEXT"),
        ("occurred_at", "DATETIME"), ("local_date", "DATE"), ("local_hour", "INTEGER"), ("local_minute", "INTEGER"),
        ("local_dow", "INTEGER"), ("colonia_label", "TEXT"), ("municipality_label", "TEXT"),
        ("place_text", "TEXT"), ("x", "DOUBLE"), ("y", "DOUBLE"), ("cell_z14", "INTEGER"), ("outcome", "TEXT"),
        ("method", "TEXT"), ("is_duplicate", "BOOLEAN"), ("weight", "DOUBLE"), ("import_id", "INTEGER"),
        ("source_row", "INTEGER"),
    ]

    /// The columns of the second migration: how closely the place is known.
    static let placeColumns: [(name: String, type: String)] = [
        ("precision", "TEXT"), ("uncertainty_m", "DOUBLE"), ("is_artefact", "BOOLEAN"),
    ]

    /// The tables as the first migration makes them.
    static var sql: String {
        let columns = firstColumns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        return """
            CREATE TABLE incidents (fid INTEGER PRIMARY KEY NOT NULL, \(columns));
            CREATE TABLE incident_superseded (
                fid INTEGER PRIMARY KEY NOT NULL, \(columns), superseded_at DATETIME, superseded_by INTEGER);
            """
    }

    /// The column that holds the area of a level.
    static func column(of level: String) -> String { level + "_id" }

    /// The column that says whether the published label names that area.
    static func agreementColumn(of level: String) -> String { level + "_label_agrees" }

    /// The column that says in which version of the level's boundaries the key means an area.
    static func versionColumn(of level: String) -> String { level + "_version" }

    /// The columns of levels, in the order in which they are written: ``columnsPerLevel`` each.
    static func columns(of levels: [String]) -> [String] {
        levels.flatMap { [column(of: $0), agreementColumn(of: $0), versionColumn(of: $0)] }.map { "\"\($0)\"" }
    }

    static let columnsPerLevel: Int32 = 3

    /// The rows of one import as a condition on `fid`.
    static func rows(of importID: Int64) -> String {
        "fid BETWEEN \(importID << 32) AND \(importID << 32 | 0xFFFF_FFFF)"
    }

    /// The largest import whose rows fit into `fid`.
    static let largestImport: Int64 = 0x7FFF_FFFF
}
