import GRDB

/// The spatial index of a layer: GeoPackage's `gpkg_rtree_index` extension with its standard triggers.
///
/// The triggers are for other programs. On Faro's own connections no trigger runs; it fills the index itself.
///
/// ## Source
/// OGC 12-128r17, *GeoPackage 1.3*, annex F.3.
enum RTree {
    static func name(of table: String) -> String { "rtree_\(table)_geom" }

    /// Gives a layer an index, empty as yet, and the triggers that keep it.
    static func create(_ db: Database, table: String) throws {
        for sql in [tableSQL(table)] + triggers(of: table).map(\.sql) + [registrationSQL(table)] {
            try db.execute(sql: sql)
        }
    }

    /// Enters the areas of one version.
    static func fill(_ db: Database, table: String, version: Int) throws {
        try db.execute(
            sql: """
                INSERT INTO \(SQLText.name(name(of: table)))
                SELECT fid, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom) FROM \(SQLText.name(table))
                WHERE version = ? AND geom NOTNULL AND NOT ST_IsEmpty(geom)
                """,
            arguments: [version])
    }

    /// Takes the areas of one version out, before they leave their table.
    static func forget(_ db: Database, table: String, version: Int) throws {
        try db.execute(
            sql: """
                DELETE FROM \(SQLText.name(name(of: table)))
                WHERE id IN (SELECT fid FROM \(SQLText.name(table)) WHERE version = ?)
                """,
            arguments: [version])
    }

    static func tableSQL(_ table: String) -> String {
        "CREATE VIRTUAL TABLE \(SQLText.name(name(of: table))) USING rtree(id, minx, maxx, miny, maxy)"
    }

    /// Names the index among the file's extensions.
    static func registrationSQL(_ table: String) -> String {
        """
        INSERT INTO gpkg_extensions VALUES (\(SQLText.value(table)), 'geom', 'gpkg_rtree_index',
            'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
        """
    }

    /// The triggers by name, each in the words in which it is created: a trigger of one of these names that says anything
    /// else is not ours.
    static func triggers(of table: String) -> [(name: String, sql: String)] {
        let (tree, layer) = (SQLText.name(name(of: table)), SQLText.name(table))
        let present = "(NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\"))"
        let absent = "(NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\"))"
        let put = """
            INSERT OR REPLACE INTO \(tree) VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), \
            ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
            """
        let remove = "DELETE FROM \(tree) WHERE id = OLD.\"fid\";"
        let bodies = [
            ("insert", "AFTER INSERT ON \(layer) WHEN \(present) BEGIN \(put) END"),
            (
                "update1",
                "AFTER UPDATE OF \"geom\" ON \(layer) WHEN OLD.\"fid\" = NEW.\"fid\" AND \(present) BEGIN \(put) END"
            ),
            (
                "update2",
                "AFTER UPDATE OF \"geom\" ON \(layer) WHEN OLD.\"fid\" = NEW.\"fid\" AND \(absent) BEGIN \(remove) END"
            ),
            (
                "update3",
                "AFTER UPDATE ON \(layer) WHEN OLD.\"fid\" != NEW.\"fid\" AND \(present) BEGIN \(remove) \(put) END"
            ),
            (
                "update4",
                "AFTER UPDATE ON \(layer) WHEN OLD.\"fid\" != NEW.\"fid\" AND \(absent) BEGIN "
                    + "DELETE FROM \(tree) WHERE id IN (OLD.\"fid\", NEW.\"fid\"); END"
            ),
            ("delete", "AFTER DELETE ON \(layer) WHEN OLD.\"geom\" NOTNULL BEGIN \(remove) END"),
        ]
        return bodies.map { suffix, body in
            let name = "\(name(of: table))_\(suffix)"
            return (name, "CREATE TRIGGER \(SQLText.name(name)) \(body)")
        }
    }
}
