import GRDB
import SimpleFeatures

/// The tables that make an SQLite file a GeoPackage.
///
/// ## Source
/// OGC 12-128r17, *GeoPackage 1.3*, annex C; the layout is the one GDAL's validator holds files against.
enum GeoPackageTables {
    /// "GPKG", at byte 68 of the file.
    static let applicationID: Int32 = 0x4750_4B47
    /// Version 1.3.0.
    static let userVersion: Int32 = 10_300

    static let sql = """
        CREATE TABLE gpkg_spatial_ref_sys (
            srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (
            table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
            description TEXT DEFAULT '',
            last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
            CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (
            table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
            srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
            CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
            CONSTRAINT uk_gc_table_name UNIQUE (table_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
            CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        CREATE TABLE gpkg_extensions (
            table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
            scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
        INSERT INTO gpkg_spatial_ref_sys VALUES
            ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
            ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
            ('WGS 84 geodetic', 4326, 'EPSG', 4326,
             'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],\
        AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,\
        AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
             'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
        """

    /// Names the store's own tables in the GeoPackage's catalogue, so that QGIS, R and GDAL list what is of use to
    /// people, and know that the rest belongs to an extension.
    static func registerFaroTables(_ db: Database) throws {
        try registerLayer(
            db, table: IncidentTables.current, type: "POINT",
            description: "Reports, one row each; empty geometry where unplaced")
        try registerAttributes(db, RegisteredTables.firstAttributes)
        // Tables of attributes are plain GeoPackage; naming them here would have GDAL warn about each.
        for table in RegisteredTables.inner + [IncidentTables.superseded] {
            try db.execute(
                sql: "INSERT INTO gpkg_extensions VALUES (?, NULL, 'faro_store', ?, 'read-write')",
                arguments: [table, extensionDefinition])
        }
    }

    /// Names tables without geometries in the catalogue.
    static func registerAttributes(_ db: Database, _ tables: [(table: String, description: String)]) throws {
        for (table, description) in tables {
            try db.execute(
                sql: """
                    INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
                    VALUES (?, 'attributes', ?, ?)
                    """,
                arguments: [table, table, description])
        }
    }

    /// Names a table of geometries on WGS 84 in the catalogue.
    static func registerLayer(_ db: Database, table: String, type: String, description: String) throws {
        try db.execute(sql: layerSQL(table: table, type: type, description: description))
    }

    static func layerSQL(table: String, type: String, description: String) -> String {
        let (table, description) = (SQLText.value(table), SQLText.value(description))
        return """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
            VALUES (\(table), 'features', \(table), \(description), \(GeoPackageGeometry.wgs84));
            INSERT INTO gpkg_geometry_columns
            VALUES (\(table), 'geom', \(SQLText.value(type)), \(GeoPackageGeometry.wgs84), 0, 0);
            """
    }

    /// Widens a layer's extent in the catalogue, and notes that it has changed.
    static func touch(_ db: Database, table: String, extent: GeoPackageGeometry.Bounds) throws {
        guard !extent.isEmpty else {
            return try db.execute(
                sql: "UPDATE gpkg_contents SET last_change = \(now) WHERE table_name = ?", arguments: [table])
        }
        try db.execute(
            sql: widenSQL, arguments: [extent.minX, extent.minY, extent.maxX, extent.maxY, table])
    }

    /// Takes west, south, east and north, and the layer's table.
    static let widenSQL = """
        UPDATE gpkg_contents SET last_change = \(now),
            min_x = min(ifnull(min_x, ?1), ?1), min_y = min(ifnull(min_y, ?2), ?2),
            max_x = max(ifnull(max_x, ?3), ?3), max_y = max(ifnull(max_y, ?4), ?4)
        WHERE table_name = ?5
        """

    private static let now = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
    private static let extensionDefinition =
        "Tables of a Faro store: its settings and revision, and rows of imports that others replaced"
}
