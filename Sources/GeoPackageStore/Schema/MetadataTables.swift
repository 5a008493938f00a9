/// The tables in which a GeoPackage says what is known of its layers: the extension `gpkg_metadata`.
///
/// ## Source
/// OGC 12-128r17, *GeoPackage 1.3*, annex F.8.
enum MetadataTables {
    static let sql = """
        CREATE TABLE gpkg_metadata (
            id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
            md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
            metadata TEXT NOT NULL DEFAULT '');
        CREATE TABLE gpkg_metadata_reference (
            reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
            timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
            CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
            CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
        INSERT INTO gpkg_extensions VALUES
            ('gpkg_metadata', NULL, 'gpkg_metadata', '\(definition)', 'read-write'),
            ('gpkg_metadata_reference', NULL, 'gpkg_metadata', '\(definition)', 'read-write');
        """

    /// Takes the JSON.
    static let documentSQL = """
        INSERT INTO gpkg_metadata (id, md_scope, md_standard_uri, mime_type, metadata)
        VALUES (1, 'dataset', 'https://www.rfc-editor.org/rfc/rfc8259', 'application/json', ?)
        """

    /// Takes the layer's table, of which the document speaks.
    static let referenceSQL = """
        INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, 1)
        """

    private static let definition = "http://www.geopackage.org/spec130/#extension_metadata"
}
