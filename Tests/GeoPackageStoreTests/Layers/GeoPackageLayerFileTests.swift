import Files
import Foundation
import GRDB
import SimpleFeatures
import TestSupport
import Testing

@testable import GeoPackageStore

private let validator = "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py"
private let python = ForeignProgram(path: "/usr/bin/python3")

@Suite struct GeoPackageLayerFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("layer.gpkg")
    }

    private let columns: [GeoPackageLayerFile.Column] = [
        .init("delito", .text), .init("n", .integer), .init("z", .number), .init("dup", .bool), .init("raw", .json),
        .init("when", .dateTime),
    ]
    private let place = LonLat(longitude: -100.25, latitude: 25.5)

    private var full: Feature<LonLat> {
        Feature(
            id: "R-1", geometry: .point(place),
            properties: [
                Property("delito", .text("Robo a transeúnte 🚶")), Property("n", .integer(.max)),
                Property("z", .number(0.1)), Property("dup", .bool(true)), Property("raw", .json(#"{"a":[1]}"#)),
                Property("when", .text("2024-03-01T12:00:00Z")),
            ])
    }

    /// A layer of some features at `path`.
    private func write(
        _ features: [Feature<LonLat>], layer: String = "reports", columns: [GeoPackageLayerFile.Column]? = nil,
        members: [Property] = [], featureIDs: Bool = false
    ) throws {
        let file = try GeoPackageLayerFile(path: path, overwrite: true)
        try file.begin(
            layer: layer, columns: columns ?? self.columns, members: members, featureIDs: featureIDs,
            changed: "2024-01-01T00:00:00Z")
        for feature in features { try file.append(feature) }
        try file.finish()
    }

    private func read(_ layer: String = "reports") throws -> [Feature<FilePosition>] {
        var features: [Feature<FilePosition>] = []
        try GeoPackageFeatureReader(path: path).features(of: layer) { features.append($0) }
        return features
    }

    private func texts(_ sql: String) throws -> [String] {
        try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: sql) }
    }

    private func ogrinfo(_ arguments: String...) throws -> String {
        let outcome = try ForeignProgram.ogrinfo.run([path] + arguments)
        #expect(outcome.errors == "" && outcome.status == 0)
        return outcome.output
    }

    private func square(_ x: Double, _ y: Double, _ side: Double) -> Polygon<LonLat> {
        Polygon(
            exterior: [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
                LonLat(longitude: x + $0.0 * side, latitude: y + $0.1 * side)
            })
    }

    // MARK: Content

    @Test func `Our own reader gives back every kind of value and geometry`() throws {
        let line = [LonLat(longitude: 0, latitude: 1), LonLat(longitude: 2, latitude: 3)]
        let geometries: [Geometry<LonLat>] = [
            .point(place), .multiPoint(line), .lineString(line), .multiLineString([line, line]),
            .polygon(square(1, 2, 3)), .multiPolygon(MultiPolygon([square(1, 2, 3), square(9, 9, 1)])),
            .collection([.point(place), .lineString(line)]),
        ]
        try write(geometries.map { Feature(geometry: $0, properties: full.properties) } + [Feature(geometry: nil)])
        let found = try read()
        #expect(found.map(\.geometry) == geometries.map { $0.map { FilePosition(x: $0.x, y: $0.y) } } + [nil])
        #expect(found.map(\.id) == (1...8).map { "\($0)" })
        var expected = full.properties
        expected[4] = Property("raw", .text(#"{"a":[1]}"#))
        expected[5] = Property("when", .text("2024-03-01T12:00:00.000Z"))
        #expect(found[0].properties == expected)
        #expect(found[7].properties == columns.map { Property($0.name, .null) })
        let layer = try #require(try GeoPackageFeatureReader(path: path).layers.first)
        #expect(layer.name == "reports" && layer.geometryType == "GEOMETRY" && layer.crs == CRS("EPSG:4326"))
    }

    @Test func `A row stands in the file as the standard says`() throws {
        let area = Feature(geometry: Geometry.polygon(square(-100, 20, 1)))
        try write([full, area], featureIDs: true)
        // "GP", version 0, little endian, 4326, and WKB; a polygon's header has its box: west, east, south, north.
        let point = "47500001E6100000" + "0101000000" + "00000000001059C0" + "0000000000803940"
        let box = "47500003E6100000" + "00000000000059C0" + "0000000000C058C0" + "0000000000003440" + "0000000000003540"
        let head = try texts("SELECT substr(hex(geom), 1, 80) FROM reports ORDER BY fid")
        #expect(head == [point, box])
        #expect(
            try texts("SELECT json_array(feature_id, n, z, dup, raw, \"when\", typeof(z)) FROM reports ORDER BY fid")
                == [
                    #"["R-1",9223372036854775807,0.1,1,"{\"a\":[1]}","2024-03-01T12:00:00.000Z","real"]"#,
                    #"[null,null,null,null,null,null,"null"]"#,
                ])
        let header = try Data(contentsOf: URL(fileURLWithPath: path)).prefix(72)
        #expect(Array(header[60..<64]) == [0, 0, 0x28, 0x3C] && Array(header[68..<72]) == Array("GPKG".utf8))
        #expect(
            try texts("SELECT json_array(min_x, min_y, max_x, max_y, last_change, identifier) FROM gpkg_contents")
                == [#"[-100.25,20.0,-99.0,25.5,"2024-01-01T00:00:00.000Z","reports"]"#])
    }

    @Test func `Attributes may come in another order, and numbers as integers or not at all`() throws {
        let values: [Property] = [
            Property("when", .text("1999-12-31T23:59:59.250Z")), Property("z", .integer(3)), Property("delito", .null),
        ]
        try write([
            Feature(geometry: nil, properties: values),
            Feature(geometry: nil, properties: [Property("z", .number(.nan))]),
        ])
        let found = try read()
        #expect(found[0]["when"] == .text("1999-12-31T23:59:59.250Z"))
        #expect(found[0]["z"] == .number(3) && found[0]["delito"] == .null && found[0]["n"] == .null)
        #expect(found[1].properties.allSatisfy { $0.value == .null })
    }

    @Test(arguments: [
        ("point", Geometry<LonLat>.point(LonLat(x: 1, y: 2)), "POINT"),
        ("area", .multiPolygon(MultiPolygon([Polygon(exterior: [LonLat(x: 0, y: 0)])])), "MULTIPOLYGON"),
        ("nothing", .multiPoint([]), "GEOMETRY"),
    ])
    func `A layer has the type that all its geometries have`(name: String, shape: Geometry<LonLat>, type: String) throws
    {
        try write([Feature(geometry: shape), Feature(geometry: nil)])
        #expect(try texts("SELECT geometry_type_name FROM gpkg_geometry_columns") == [type])
        #expect(try texts("SELECT type FROM pragma_table_info('reports') WHERE name = 'geom'") == [type])
        #expect(try texts("PRAGMA integrity_check") == ["ok"])
    }

    @Test func `The same features make the same file`() throws {
        let features = (0..<300).map { _ in full }
        try write(features, members: [Property("method", .text("m"))])
        let first = try Data(contentsOf: URL(fileURLWithPath: path))
        try write(features, members: [Property("method", .text("m"))])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    }

    // MARK: The index

    @Test(arguments: [0, 1, 51, 52, 3000])
    func `The index finds what a look at every feature finds`(count: Int) throws {
        var generator = SeededGenerator(seed: 7)
        func degrees(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }
        let shapes: [Geometry<LonLat>?] = (0..<count).map { index in
            switch index % 4 {
            case 0: .point(LonLat(longitude: degrees(-99.4 ... -98.9), latitude: degrees(19...19.6)))
            case 1: .polygon(square(degrees(-99.4 ... -98.9), degrees(19...19.6), degrees(0...0.1)))
            case 2: .lineString([LonLat(longitude: degrees(-180...180), latitude: degrees(-90...90)), place])
            default: index % 8 == 3 ? nil : .point(LonLat(longitude: -99.25, latitude: 19.25))
            }
        }
        try write(shapes.map { Feature(geometry: $0) })
        #expect(try texts("SELECT rtreecheck('main', 'rtree_reports_geom')") == ["ok"])
        let entries = try texts("SELECT id FROM rtree_reports_geom ORDER BY id").map { Int($0) }
        #expect(entries == shapes.indices.filter { shapes[$0] != nil }.map { $0 + 1 })
        for _ in 0..<20 {
            let (x, y, side) = (degrees(-99.5 ... -98.9), degrees(18.9...19.6), degrees(0...0.2))
            let window = Envelope<LonLat>(minX: x, minY: y, maxX: x + side, maxY: y + side)
            let slow = shapes.indices.filter { shapes[$0]?.envelope.intersects(window) == true }.map { $0 + 1 }
            let found = try texts(
                """
                SELECT id FROM rtree_reports_geom
                WHERE maxx >= \(x) AND minx <= \(x + side) AND maxy >= \(y) AND miny <= \(y + side) ORDER BY id
                """
            ).compactMap { Int($0) }
            // The index rounds boxes outwards to 32 bits: it may find neighbours, and must miss nothing.
            #expect(Set(found).isSuperset(of: slow) && found.count <= slow.count + 2)
        }
    }

    @Test func `Squares that follow one another on the curve of the index touch`() {
        let cells = (0..<256).map { (x: $0 % 16, y: $0 / 16) }
        func entry(_ cell: (x: Int, y: Int)) -> [UInt8] {
            let (x, y) = ((Double(cell.x) + 0.5) * 22.5 - 180, (Double(cell.y) + 0.5) * 11.25 - 90)
            var bytes = [UInt8](repeating: 0, count: RTreeBox.entrySize)
            bytes.withUnsafeMutableBytes { RTreeBox.write(entry: .init(minX: x, minY: y, maxX: x, maxY: y), to: $0) }
            return bytes
        }
        let curve = cells.sorted { entry($0).lexicographicallyPrecedes(entry($1)) }
        #expect(zip(curve, curve.dropFirst()).allSatisfy { abs($0.x - $1.x) + abs($0.y - $1.y) == 1 })
    }

    @Test func `A box of the index holds what it was rounded from`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let (x, y) = (
                Double.random(in: -180...180, using: &generator), Double.random(in: -90...90, using: &generator)
            )
            let box = RTreeBox(.init(minX: x, minY: y, maxX: x, maxY: y))
            #expect(Double(box.minX) <= x && x <= Double(box.maxX) && Double(box.minY) <= y && y <= Double(box.maxY))
            #expect(box.maxX <= box.minX.nextUp && box.maxY <= box.minY.nextUp)
        }
    }

    // MARK: Other programs

    @Test(.enabled(if: ForeignProgram.ogrinfo.isInstalled, "ogrinfo is not installed"))
    func `GDAL reads columns, rows, provenance and what lies in a window`() throws {
        let far = Feature(geometry: Geometry.point(LonLat(longitude: 10, latitude: 50)))
        try write(
            [full, far, Feature(geometry: nil)],
            members: [Property("method", .text("kernel density")), Property("bandwidth_m", .integer(500))])
        let all = try ogrinfo("-al")
        for line in [
            "Layer name: reports", "Geometry: Point", "Feature Count: 3", "delito: String (0.0)", "n: Integer64 (0.0)",
            "z: Real (0.0)", "dup: Integer(Boolean) (0.0)", "raw: String (0.0)", "when: DateTime (0.0)",
            "Extent: (-100.250000, 25.500000) - (10.000000, 50.000000)",
            #"{"method":"kernel density","bandwidth_m":500}"#,
            "delito (String) = Robo a transeúnte 🚶", "n (Integer64) = 9223372036854775807", "z (Real) = 0.1",
            "dup (Integer(Boolean)) = 1", #"raw (String) = {"a":[1]}"#, "when (DateTime) = 2024/03/01 12:00:00+00",
            "POINT (-100.25 25.5)", #"ID["EPSG",4326]"#,
        ] {
            #expect(all.contains(line), "\(line)")
        }
        let window = try ogrinfo("reports", "-spat", "9", "49", "11", "51")
        #expect(window.contains("Feature Count: 1") && window.contains("POINT (10 50)"))
    }

    @Test(
        .enabled(
            if: FileManager.default.isReadableFile(atPath: validator), "GDAL's GeoPackage validator is not installed"),
        arguments: [0, 2, 200])
    func `GDAL's validator has no objection`(count: Int) throws {
        let area = Feature(geometry: Geometry.polygon(square(-100, 20, 1)))
        for features in [[full, Feature(geometry: nil)], [full, area, Feature(geometry: .multiPoint([]))]] {
            try write(
                (0..<count).map { features[$0 % features.count] }, members: [Property("method", .text("m"))],
                featureIDs: true)
            let outcome = try python.run([validator, "-k", "--extra", "--warning-as-error", path])
            #expect(outcome.output == "" && outcome.status == 0)
        }
    }

    @Test(arguments: ["a \"b\" c", "it's", "ñandú 🚓", "semi;colon", "\"\u{301}x\" --", "SELECT", "100%"])
    func `Names may hold whatever they like`(name: String) throws {
        let feature = Feature(geometry: .point(place), properties: [Property(name, .text("v"))])
        try write([feature], layer: name, columns: [.init(name, .text)], members: [Property(name, .text(name))])
        #expect(try read(name).map(\.properties) == [[Property(name, .text("v"))]])
        if ForeignProgram.ogrinfo.isInstalled {
            let all = try ogrinfo("-al", "-spat", "-101", "25", "-100", "26")
            #expect(all.contains("Layer name: \(name)\n") && all.contains("\(name) (String) = v"))
        }
        if FileManager.default.isReadableFile(atPath: validator) {
            let outcome = try python.run([validator, "-k", path])
            #expect(outcome.output == "" && outcome.status == 0)
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogr2ogr"), "ogr2ogr is not installed"))
    func `GDAL adds and removes features, and the index follows`() throws {
        try write((0..<120).map { _ in full })
        let sql = "SELECT geom, delito FROM reports LIMIT 60"
        _ = try ForeignProgram(path: "/usr/bin/ogr2ogr").run(["-append", "-nln", "reports", "-sql", sql, path, path])
        #expect(try texts("SELECT count(*) FROM rtree_reports_geom") == ["180"])
        _ = try ogrinfo("-sql", "DELETE FROM reports WHERE fid % 3 = 0")
        #expect(try texts("SELECT count(*) FROM rtree_reports_geom") == ["120"])
        #expect(try texts("SELECT rtreecheck('main', 'rtree_reports_geom')") == ["ok"])
    }

    // MARK: What is refused

    @Test func `Columns that cannot be are refused with a sentence`() throws {
        let file = try GeoPackageLayerFile(path: path, overwrite: false)
        func refused(_ names: String..., ids: Bool = false) -> String? {
            do {
                try file.begin(layer: "l", columns: names.map { .init($0, .text) }, featureIDs: ids)
                return nil
            } catch { return "\(error)" }
        }
        #expect(
            refused("FID")
                == "a GeoPackage column must not be called fid or geom, which are the row's key and its geometry, nor hold "
                + "NUL, but one is \"FID\"; give it another name")
        #expect(
            refused("a", "A")
                == "a GeoPackage column must have a name that differs from the others' in more than case, but \"A\" occurs "
                + "twice")
        #expect(refused("Geom") != nil && refused("a\0b") != nil && refused("Feature_ID", ids: true) != nil)
        #expect(refused("é", "É", "feature_id") == nil)
    }

    @Test(arguments: ["", "gpkg_x", "RTree_x", "sqlite_x", "a\0b"])
    func `A layer cannot have a name that SQLite or the standard keep`(name: String) throws {
        let file = try GeoPackageLayerFile(path: path, overwrite: false)
        #expect(throws: GeoPackageLayerError.layerName(name)) { try file.begin(layer: name, columns: []) }
    }

    @Test func `A feature that cannot be written is named, and the next goes on`() throws {
        let file = try GeoPackageLayerFile(path: path, overwrite: false)
        #expect(throws: FileError.self) { try file.append(full) }
        try file.begin(layer: "reports", columns: columns)
        #expect(throws: FileError.self) { try file.begin(layer: "again", columns: []) }
        try file.append(full)
        func refused(_ name: String, _ value: PropertyValue) -> String? {
            do {
                try file.append(Feature(geometry: .point(place), properties: [Property(name, value)]))
                return nil
            } catch { return "\(error)" }
        }
        #expect(refused("m", .null) == "a GeoPackage attribute must be declared, but \"m\" of feature 2 is not")
        #expect(refused("n", .text("3")) == #"GeoPackage column "n" must hold integer, but feature 2 has text("3")"#)
        #expect(
            refused("when", .text("2024-03-01T12:00:00-06:00"))
                == "GeoPackage column \"when\" must hold instants in UTC such as 2024-03-01T12:00:00Z, but feature 2 has "
                + "text(\"2024-03-01T12:00:00-06:00\")")
        #expect(throws: GeoPackageLayerError.notFinite(.infinity, feature: 2)) {
            try file.append(Feature(geometry: .lineString([place, LonLat(x: .infinity, y: 1)])))
        }
        try file.append(Feature(geometry: nil))
        #expect(file.count == 2 && file.countWithoutPlace == 1)
        try file.finish()
        #expect(throws: FileError.self) { try file.append(full) }
        #expect(throws: FileError.self) { try file.finish() }
        #expect(try read().map { $0["delito"] } == [full["delito"], .null])
    }

    @Test func `Nothing is left of a file that is not finished`() throws {
        do {
            let file = try GeoPackageLayerFile(path: path, overwrite: false)
            try file.begin(layer: "reports", columns: columns)
            for _ in 0..<20_000 { try file.append(full) }
            #expect(try folder.names.count == 1)
        }
        #expect(try folder.names == [])
        try write([full])
        #expect(throws: FileError.exists(path: path)) { try GeoPackageLayerFile(path: path, overwrite: false) }
        do { _ = try GeoPackageLayerFile(path: path, overwrite: true) }
        #expect(try folder.names == ["layer.gpkg"] && read().count == 1)
    }

    @Test(arguments: [8, 1000, 2000])
    func `Where the file cannot grow, the old one stays and nothing else is left`(kibibytes: Int) async {
        // In a process of its own, since the limit holds for all its files.
        await #expect(processExitsWith: .success) { [kibibytes] in
            let folder = try TemporaryFolder()
            let path = try folder.write("layer.gpkg", "old")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: UInt(kibibytes) << 10, rlim_max: UInt(kibibytes) << 10)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #expect(throws: StoreError.self) {
                let file = try GeoPackageLayerFile(path: path, overwrite: true)
                try file.begin(layer: "l", columns: [.init("t", .text)])
                let text = Property("t", .text(String(repeating: "x", count: 50)))
                for row in 0..<20_000 {
                    let place = LonLat(longitude: Double(row % 360) - 180, latitude: 0)
                    try file.append(Feature(geometry: .point(place), properties: [text]))
                }
                try file.finish()
            }
            try #require(folder.names == ["layer.gpkg"])
            try #require(try String(contentsOfFile: path, encoding: .utf8) == "old")
        }
    }

    @Test func `A place that cannot be written is named`() throws {
        for path in [folder.file("no/such/folder.gpkg"), folder.path, "/dev/full"] {
            #expect(throws: FileError.self) { try GeoPackageLayerFile(path: path, overwrite: true) }
        }
        #expect(try folder.names == [])
    }

    @Test func `A value beyond what SQLite takes ends the file with a sentence`() throws {
        let file = try GeoPackageLayerFile(path: path, overwrite: false)
        try file.begin(layer: "reports", columns: columns)
        let huge = String(repeating: "x", count: 65 << 20)
        #expect(throws: StoreError.self) {
            try file.append(Feature(geometry: nil, properties: [Property("delito", .text(huge))]))
        }
        #expect(throws: FileError.self) { try file.append(full) }
        #expect(try folder.names == [])
    }
}
