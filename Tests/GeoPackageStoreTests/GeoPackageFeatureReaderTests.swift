import Foundation
import GRDB
import SimpleFeatures
import TestSupport
import Testing

@testable import GeoPackageStore

@Suite struct GeoPackageFeatureReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A GeoPackage made by hand after the standard, with more statements run in it.
    private func geoPackage(_ sql: String, applicationID: Int = 0x4750_4B47, _ name: String = "foreign.gpkg") throws
        -> String
    {
        let path = folder.file(name)
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: GeoPackageTables.sql)
            try db.execute(
                sql: """
                    INSERT INTO gpkg_spatial_ref_sys VALUES ('ITRF', 6372, 'EPSG', 6372, 'PROJCS["ITRF"]', ''),
                        ('local', 100001, 'me', 1, 'LOCAL_CS["x"]', '');
                    \(sql)
                    """)
        }
        try queue.close()
        return path
    }

    private func register(_ table: String, srs: Int = 6372, type: String = "GEOMETRY", column: String = "geom")
        -> String
    {
        """
        INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('\(table)', 'features', 'T \(table)', \(srs));
        INSERT INTO gpkg_geometry_columns VALUES ('\(table)', '\(column)', '\(type)', \(srs), 0, 0);
        """
    }

    private func features(_ path: String, _ layer: String) throws -> [Feature<FilePosition>] {
        var features: [Feature<FilePosition>] = []
        try GeoPackageFeatureReader(path: path).features(of: layer) { features.append($0) }
        return features
    }

    @Test func `Layers are listed by name with their reference systems`() throws {
        let path = try geoPackage(
            """
            CREATE TABLE "b ""q"" x" (fid INTEGER PRIMARY KEY, geom POLYGON); \(register("b \"q\" x", type: "polygon"))
            CREATE TABLE a (fid INTEGER PRIMARY KEY, shape POINT); \(register("a", srs: 100_001, type: "POINT", column: "shape"))
            CREATE TABLE c (fid INTEGER PRIMARY KEY, geom POINT); \(register("c", srs: 0))
            """)
        let layers = try GeoPackageFeatureReader(path: path).layers
        #expect(layers.map(\.name) == ["a", "b \"q\" x", "c"])
        #expect(layers.map(\.title) == ["T a", "T b \"q\" x", "T c"])
        #expect(layers.map(\.geometryType) == ["POINT", "POLYGON", "GEOMETRY"])
        #expect(layers.map(\.crs) == [CRS("LOCAL_CS[\"x\"]"), CRS("EPSG:6372"), nil])
        #expect(try features(path, "b \"q\" x").isEmpty)
    }

    @Test func `Attributes come with the kind of value that each row holds`() throws {
        let path = try geoPackage(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, geom POINT, n MEDIUMINT, r REAL, flag BOOLEAN, photo BLOB, day DATE);
            \(register("t"))
            INSERT INTO t VALUES (7, 'Ñandú', NULL, 3, 2.5, 1, x'00', '2024-01-01'), (3, NULL, NULL, 'odd', 4, 0, NULL, x'FF');
            """)
        let found = try features(path, "t")
        #expect(found.map(\.id) == ["3", "7"])
        #expect(found.map(\.geometry) == [nil, nil])
        #expect(
            found[1].properties == [
                Property("name", .text("Ñandú")), Property("n", .integer(3)), Property("r", .number(2.5)),
                Property("flag", .bool(true)),
                Property("day", .text("2024-01-01")),
            ])
        #expect(
            found[0].properties.map(\.value) == [.null, .text("odd"), .number(4), .bool(false), .null])
    }

    @Test(arguments: [
        ("47500001E6100000", "no envelope"), ("47500000000010E6", "big-endian header"),
        ("47500003E6100000" + String(repeating: "00", count: 32), "x and y"),
        ("47500005E6100000" + String(repeating: "00", count: 48), "x, y and z"),
        ("47500007E6100000" + String(repeating: "00", count: 48), "x, y and m"),
        ("47500009E6100000" + String(repeating: "00", count: 64), "x, y, z and m"),
    ])
    func `A geometry is read behind every kind of header`(header: String, kind: String) throws {
        for wkb in ["0101000000000000000000F03F0000000000000040", "00000000013FF00000000000004000000000000000"] {
            let path = try geoPackage(
                """
                CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t"))
                INSERT INTO t VALUES (1, x'\(header)\(wkb)');
                """, "\(UUID().uuidString).gpkg")
            #expect(try features(path, "t").map(\.geometry) == [.point(FilePosition(x: 1, y: 2))], "\(kind)")
        }
    }

    @Test func `A geometry that is flagged as empty is none`() throws {
        let path = try geoPackage(
            """
            CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t"))
            INSERT INTO t VALUES (1, x'47500011E6100000' || x'0103000000' || x'00000000');
            """)
        #expect(try features(path, "t").map(\.geometry) == [nil])
    }

    @Test(arguments: [
        ("00", "a geometry must begin with the letters GP and a header of 8 bytes, but does not"),
        ("47500101E6100000", "a geometry must be of version 0, but is of version 1"),
        ("47500021E6100000", "a geometry must be standard GeoPackage binary, but is an extended one"),
        ("4750000BE6100000", "the kind of a geometry's envelope must be 0 to 4, but is 5"),
        ("47500003E610000000", "a geometry's header needs 40 bytes, but the geometry has 9"),
        ("47500001E61000000101000000", "WKB needs 16 more bytes at byte 5, but only 0 remain"),
    ])
    func `A damaged geometry is named with its row and what is wrong with it`(blob: String, reason: String) throws {
        let path = try geoPackage(
            """
            CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t"))
            INSERT INTO t VALUES (42, x'\(blob)');
            """, "\(UUID().uuidString).gpkg")
        #expect(throws: StoreError.unreadableGeometry(path: path, layer: "t", feature: 42, reason: reason)) {
            try features(path, "t")
        }
    }

    @Test func `Views and virtual tables are no layers, and triggers do not matter`() throws {
        let path = try geoPackage(
            """
            CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT, n INTEGER); \(register("t"))
            INSERT INTO t (n) VALUES (1);
            CREATE VIEW v AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i AS fid, NULL AS geom FROM r;
            \(register("v"))
            CREATE VIRTUAL TABLE f USING fts5(fid, geom); \(register("f"))
            CREATE TRIGGER late AFTER UPDATE ON t BEGIN DELETE FROM t; END;
            """)
        #expect(try GeoPackageFeatureReader(path: path).layers.map(\.name) == ["t"])
        #expect(try features(path, "t").count == 1)
        #expect(throws: StoreError.unknownLayer(path: path, layer: "v")) { try features(path, "v") }
    }

    @Test func `A column that the file would have computed is left out`() throws {
        let path = try geoPackage(
            """
            CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t")) INSERT INTO t (fid) VALUES (1);
            ALTER TABLE t ADD COLUMN n TEXT AS (replace(hex(zeroblob(30000000)), '0', 'abcdefghijklmnopqr'));
            """)
        #expect(try features(path, "t") == [Feature(id: "1", geometry: nil, properties: [])])
    }

    @Test func `Reading leaves nothing beside the file and takes no lock`() throws {
        let path = try geoPackage(
            "CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t"))", "año #1 100%?.gpkg")
        let other = try DatabaseQueue(path: path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN EXCLUSIVE")
            #expect(try features(path, "t").isEmpty)
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try folder.names == ["año #1 100%?.gpkg"])
    }

    @Test func `What another program has written and not yet merged is read too`() throws {
        let path = try geoPackage("CREATE TABLE t (fid INTEGER PRIMARY KEY, geom POINT); \(register("t"))")
        let other = try DatabaseQueue(path: path)
        try other.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA journal_mode = WAL; INSERT INTO t (fid) VALUES (5)")
        }
        #expect(try features(path, "t").map(\.id) == ["5"])
    }

    @Test func `A file that its writer left half written says so`() throws {
        let path = try geoPackage("CREATE TABLE t (fid INTEGER PRIMARY KEY, n TEXT, geom POINT); \(register("t"))")
        let copy = folder.file("killed.gpkg")
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA cache_size = 1; BEGIN; INSERT INTO t (n) VALUES (hex(zeroblob(90000)))")
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
            try db.execute(sql: "ROLLBACK")
        }
        #expect(
            throws: StoreError.io(path: copy, detail: "the program that wrote it was interrupted; open it there once")
        ) {
            try GeoPackageFeatureReader(path: copy)
        }
    }

    @Test func `GeoPackages of versions 1 are read, other databases refused`() throws {
        for (index, mark) in ["GP10", "GP11"].enumerated() {
            let id = mark.utf8.reduce(0) { $0 << 8 | Int($1) }
            #expect(
                try GeoPackageFeatureReader(path: geoPackage("", applicationID: id, "\(index).gpkg")).layers.isEmpty)
        }
        let plain = try geoPackage("", applicationID: 0, "plain.gpkg")
        #expect(throws: StoreError.notGeoPackage(plain)) { try GeoPackageFeatureReader(path: plain) }
        #expect(throws: StoreError.notFound(folder.file("none"))) {
            try GeoPackageFeatureReader(path: folder.file("none"))
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogr2ogr"), "ogr2ogr is not installed"))
    func `A file made by GDAL gives back what went into it`() throws {
        let (json, path) = (folder.file("in.geojson"), folder.file("gdal.gpkg"))
        try Data(
            #"""
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "properties": {"CVE": "09015", "n": 3, "r": 0.5, "yes": true}, "geometry":
                {"type": "MultiPolygon", "coordinates": [[[[0,0],[4,0],[4,4],[0,4],[0,0]], [[1,1],[1,2],[2,2],[1,1]]]]}},
              {"type": "Feature", "properties": {"CVE": "09002", "n": null, "r": 2, "yes": false}, "geometry": null}]}
            """#.utf8
        ).write(to: URL(fileURLWithPath: json))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ogr2ogr")
        process.arguments = ["-f", "GPKG", path, json, "-nln", "areas"]
        try process.run()
        process.waitUntilExit()
        let reader = try GeoPackageFeatureReader(path: path)
        #expect(reader.layers.map(\.name) == ["areas"])
        #expect(reader.layers.map(\.crs) == [CRS("EPSG:4326")])
        let found = try features(path, "areas")
        func ring(_ corners: [(Double, Double)]) -> [FilePosition] { corners.map { FilePosition(x: $0.0, y: $0.1) } }
        let polygon = Polygon(
            exterior: ring([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), holes: [ring([(1, 1), (1, 2), (2, 2), (1, 1)])])
        #expect(found.map(\.geometry) == [.multiPolygon(MultiPolygon([polygon])), nil])
        #expect(
            found.map { $0.properties.map(\.value) } == [
                [.text("09015"), .integer(3), .number(0.5), .bool(true)],
                [.text("09002"), .null, .number(2), .bool(false)],
            ])
    }
}
