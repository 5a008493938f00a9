/// The tables beside the layers: where rows came from, what was wrong, which versions hold.
enum RegisteredTables {
    /// Tables that people may want to join to the layers; listed by QGIS, R and GDAL.
    static let attributes = firstAttributes + placeAttributes

    /// The tables of the first migration, which is never edited.
    static let firstAttributes: [(table: String, description: String)] = [
        ("import", "Files read into this store"),
        ("import_issue", "What was wrong with rows, and what became of them"),
        ("assignment", "Placements that need a note: several candidates, a border, a label that disagrees"),
        ("taxonomy", "Categories of the sources and the classes they are counted under"),
        ("population", "Denominators per area and year"),
        ("boundary_version", "Versions of the boundary layers"),
    ]

    /// The tables of the second migration.
    static let placeAttributes: [(table: String, description: String)] = [
        ("place_alias", "What people write for areas that are called otherwise"),
        ("street_place", "Crossings, addresses, kilometres and landmarks by name"),
        ("artefact", "Places at which reports pile up for another reason than that they happened there"),
    ]
    /// Tables of the store's own.
    static let inner = ["revision", "setting", "grdb_migrations"]

    static let sql = """
        CREATE TABLE setting (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, value TEXT);
        CREATE TABLE revision (id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1), number INTEGER NOT NULL);
        INSERT INTO revision VALUES (1, 0);
        CREATE TABLE import (
            id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL, profile TEXT NOT NULL,
            settings TEXT NOT NULL, started_at DATETIME NOT NULL, finished_at DATETIME, superseded_at DATETIME,
            superseded_by INTEGER REFERENCES import(id), state TEXT NOT NULL,
            placed INTEGER NOT NULL DEFAULT 0, ambiguous INTEGER NOT NULL DEFAULT 0, unplaced INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0, duplicates INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX import_sha256 ON import(sha256);
        CREATE TABLE import_issue (
            id INTEGER PRIMARY KEY NOT NULL, import_id INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
            "row" INTEGER NOT NULL, line INTEGER NOT NULL, "column" TEXT, found TEXT NOT NULL, reason TEXT NOT NULL,
            message TEXT NOT NULL, outcome TEXT NOT NULL, raw_row TEXT);
        CREATE INDEX import_issue_import ON import_issue(import_id);
        CREATE TABLE assignment (
            id INTEGER PRIMARY KEY NOT NULL, incident INTEGER NOT NULL, level TEXT NOT NULL, area_id TEXT,
            version INTEGER NOT NULL, candidates INTEGER NOT NULL, on_border BOOLEAN NOT NULL);
        CREATE INDEX assignment_incident ON assignment(incident, level);
        CREATE TABLE boundary_version (
            id INTEGER PRIMARY KEY NOT NULL, level TEXT NOT NULL, number INTEGER NOT NULL, valid_from DATE, valid_to DATE,
            parent_level TEXT, source TEXT NOT NULL, sha256 TEXT NOT NULL, areas INTEGER NOT NULL, audit TEXT NOT NULL,
            imported_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), UNIQUE (level, number));
        CREATE TABLE taxonomy (
            id INTEGER PRIMARY KEY NOT NULL, source TEXT, category TEXT NOT NULL, modality TEXT, class TEXT NOT NULL,
            sensitive BOOLEAN NOT NULL DEFAULT 0);
        CREATE TABLE population (
            id INTEGER PRIMARY KEY NOT NULL, level TEXT NOT NULL, area_id TEXT NOT NULL, year INTEGER NOT NULL,
            kind TEXT NOT NULL, value DOUBLE NOT NULL, UNIQUE (level, area_id, year, kind));
        """

    static let placeSQL = """
        CREATE TABLE place_alias (
            id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, municipality TEXT, level TEXT NOT NULL,
            version INTEGER NOT NULL, area_id TEXT, source TEXT NOT NULL);
        CREATE INDEX place_alias_name ON place_alias(name);
        CREATE TABLE street_place (
            id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, street TEXT NOT NULL, detail TEXT, municipality TEXT,
            longitude DOUBLE NOT NULL, latitude DOUBLE NOT NULL, source TEXT NOT NULL);
        CREATE INDEX street_place_source ON street_place(source);
        CREATE TABLE artefact (
            id INTEGER PRIMARY KEY NOT NULL, longitude DOUBLE NOT NULL, latitude DOUBLE NOT NULL,
            incidents INTEGER NOT NULL, share DOUBLE NOT NULL, expected DOUBLE NOT NULL, reason TEXT NOT NULL,
            explanation TEXT NOT NULL);
        """
}
