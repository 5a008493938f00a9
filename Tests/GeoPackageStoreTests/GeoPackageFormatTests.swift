import Boundaries
import Foundation
import GRDB
import Incidents
import SimpleFeatures
import Testing

@testable import GeoPackageStore

private let ogrinfo = "/usr/bin/ogrinfo"
private let validator = "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py"

@Suite struct GeoPackageFormatTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        let store = try newStore(in: folder)
        path = store.path
        _ = try store.addBoundaries(layer(.colonia, ["a", "b"]), audit: "{}")
        _ = try store.addBoundaries(layer(.colonia, ["a", "b", "c"], from: "2024-01-01"), audit: "{}")
        let keys = [AreaKeys(level: "colonia", keys: ["a", "b"])]
        var row = TestRow(
            row: 1, recordID: "R-1", category: "ROBO", minute: 63, place: LonLat(longitude: -100.25, latitude: 25.5))
        row.uncertainty = 25
        row.areas = [1]
        let blank = TestRow(
            row: 2, place: nil, cell: -1, outcome: .unplaced, method: .noCoordinates, grade: .none, isDuplicate: true,
            areas: [-1])
        try importRows([row, blank], into: store, areas: keys)
        try importRows([row], into: store, sha256: "b", areas: keys, from: nextDay, to: nextDay)
        try store.close()
    }

    private func texts(_ sql: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        return try queue.read { try String.fetchAll($0, sql: sql) }
    }

    @Test func `A row stands in the table as the design says`() throws {
        let columns = """
            hex(geom), record_id, category, modality, occurred_at, local_date, local_hour, local_minute, local_dow,
            cell_z14, outcome, method, is_duplicate, weight, import_id, source_row, colonia_id, colonia_label_agrees,
            typeof(x), precision, uncertainty_m, is_artefact, colonia_version
            """
        let row = try texts("SELECT json_array(\(columns)) FROM incident_superseded ORDER BY fid")
        // Header "GP", version 0, little endian, 4326; WKB point; -100.25 and 25.5 as IEEE doubles.
        let blob = "47500001E6100000" + "0101000000" + "00000000001059C0" + "0000000000803940"
        #expect(
            row == [
                #"["\#(blob)","R-1","ROBO",null,"2024-03-01T07:03:00.000Z","2024-03-01",1,63,5,77,"placed","coordinates",0,1.0,1,1,"b",1,"real","point",25.0,0,1]"#,
                #"["",null,null,null,"2024-03-01T06:00:00.000Z","2024-03-01",null,null,5,null,"unplaced","no_coordinates",1,1.0,1,2,null,null,"null","none",null,0,null]"#,
            ])
    }

    @Test func `Versions stand side by side with their days and an index entry each`() throws {
        #expect(
            try texts(
                "SELECT area_id || version || ifnull(valid_from, '-') || ifnull(valid_to, '-') FROM colonia ORDER BY fid"
            ) == [
                "a1-2024-01-01", "b1-2024-01-01", "a22024-01-01-", "b22024-01-01-", "c22024-01-01-",
            ])
        #expect(
            try texts(
                "SELECT id || ':' || minx || ':' || maxx || ':' || miny || ':' || maxy FROM rtree_colonia_geom WHERE minx > -99.5"
            )
                == ["5:-99.0:-98.0:25.0:26.0"])
    }

    @Test func `The catalogue gives the extent of what was ever added`() throws {
        #expect(
            try texts(
                "SELECT json_array(min_x, min_y, max_x, max_y, srs_id) FROM gpkg_contents WHERE srs_id NOTNULL ORDER BY table_name"
            )
                == ["[-101.0,25.0,-98.0,26.0,4326]", "[-100.25,25.5,-100.25,25.5,4326]"])
        #expect(
            try texts("SELECT organization || organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = 32614")
                == ["EPSG32614"])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: ogrinfo), "ogrinfo is not installed"))
    func `GDAL reads layers, types and times as they are meant`() throws {
        let summary = try output(ogrinfo, ["-al", "-so", path])
        for line in [
            "Layer name: incidents", "Geometry: Point", "occurred_at: DateTime (0.0)", "local_date: Date (0.0)",
            "local_hour: Integer64 (0.0)", "is_duplicate: Integer(Boolean) (0.0)", "weight: Real (0.0)",
            "cell_z14: Integer64 (0.0)",
            "colonia_id: String (0.0)", "Layer name: colonia", "Geometry: Multi Polygon", "Feature Count: 5",
            "valid_from: Date (0.0)",
            "area_km2: Real (0.0)", "properties: String (0.0)", "Layer name: import_issue", "Layer name: population",
            "on_border: Integer(Boolean) (0.0)", "precision: String (0.0)", "uncertainty_m: Real (0.0)",
            "is_artefact: Integer(Boolean) (0.0)", "colonia_version: Integer64 (0.0)", "candidate_ids: String (0.0)",
            "Layer name: place_alias", "Layer name: street_place", "Layer name: artefact",
        ] {
            #expect(summary.contains(line), "\(line)")
        }
        #expect(!summary.contains("Warning") && !summary.contains("ERROR"), "\(summary)")
        #expect(!summary.contains("Layer name: setting"))
        let rows = try output(ogrinfo, [path, "incidents"])
        #expect(rows.contains("occurred_at (DateTime) = 2024/03/01 07:03:00+00"))
        #expect(rows.contains("POINT (-100.25 25.5)"))
        let found = try output(ogrinfo, [path, "colonia", "-spat", "-98.9", "25.2", "-98.8", "25.3"])
        #expect(found.contains("Feature Count: 1") && found.contains("area_id (String) = c"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogr2ogr"), "ogr2ogr is not installed"))
    func `A layer that GDAL changes keeps its index, and the store still opens`() throws {
        _ = try output(
            "/usr/bin/ogr2ogr",
            [
                "-append", "-nln", "colonia", "-where", "area_id='c'", "-sql",
                "SELECT geom, 'd' AS area_id, 'D' AS name, 2 AS version, '{}' AS properties FROM colonia WHERE area_id = 'c'",
                path, path,
            ])
        #expect(try texts("SELECT id FROM rtree_colonia_geom").count == 6)
        let store = try GeoPackageStore.open(at: path)
        #expect(try store.boundaryLayer(.colonia, number: 2).areas.map(\.id) == ["a", "b", "c", "d"])
    }

    @Test(
        .enabled(
            if: FileManager.default.isReadableFile(atPath: validator), "GDAL's GeoPackage validator is not installed"))
    func `GDAL's validator has no objection`() throws {
        #expect(try output("/usr/bin/python3", [validator, "-k", "--extra", "--warning-as-error", path]) == "")
    }

    /// What a program writes, on both its outputs.
    private func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
