import Bytes
import Foundation
import SimpleFeatures
import TestSupport
import Testing

private func at(_ longitude: Double, _ latitude: Double) -> LonLat { LonLat(longitude: longitude, latitude: latitude) }

private func written(
    _ form: GeoJSONWriter.Form, _ features: [Feature<LonLat>], members: [Property] = []
) throws -> [UInt8] {
    var writer = GeoJSONWriter(form, members: members)
    var buffer = ByteWriter()
    try writer.begin(into: &buffer)
    for feature in features { try writer.feature(feature, into: &buffer) }
    writer.end(into: &buffer)
    return buffer.bytes
}

private func text(_ geometry: Geometry<LonLat>) throws -> String {
    String(decoding: try written(.lines, [Feature(geometry: geometry)]), as: UTF8.self)
}

private let square = [at(0, 0), at(4, 0), at(4, 4), at(0, 4), at(0, 0)]
private let hole = [at(1, 1), at(1, 2), at(2, 2), at(1, 1)]

@Suite struct GeoJSONWriterTests {
    @Test func `The example of GeoJSONWriter runs`() throws {
        let features = (0..<2000).map { Feature(id: String($0), geometry: .point(at(Double($0) / 100, 19.5))) }
        var file: [UInt8] = []

        var writer = GeoJSONWriter(.collection)
        var buffer = ByteWriter(capacity: 1 << 16)
        try writer.begin(into: &buffer)
        for feature in features {
            try writer.feature(feature, into: &buffer)
            if buffer.count > 1 << 16 { file.append(contentsOf: buffer.bytes); buffer.removeAll() }
        }
        writer.end(into: &buffer)
        file.append(contentsOf: buffer.bytes)

        #expect(file.count > 1 << 16, "the buffer must have been drained on the way")
        var ids: [String?] = []
        _ = try GeoJSONReader(file).features { ids.append($0.id) }
        #expect(ids == features.map(\.id))
    }

    @Test func `A collection carries its members, ids as text and properties in order`() throws {
        let feature = Feature(
            id: "r\"1", geometry: .point(at(-99.123456789, 19.5)),
            properties: [
                Property("name", .text("Peñón \\ \u{1}\n")), Property("n", .integer(-3)), Property("x", .number(0.25)),
                Property("b", .bool(false)), Property("z", .null), Property("j", .json("{\"a\":\n[1]}")),
            ])
        let bytes = try written(
            .collection, [feature, Feature(geometry: nil)],
            members: [Property("crs", .text("EPSG:32614")), Property("k", .integer(8))])
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"type":"FeatureCollection","faro":{"crs":"EPSG:32614","k":8},"features":[
                {"type":"Feature","id":"r\\"1","geometry":{"type":"Point","coordinates":[-99.1234568,19.5]},"properties":\
                {"name":"Peñón \\\\ \\u0001\\n","n":-3,"x":0.25,"b":false,"z":null,"j":{"a": [1]}}},
                {"type":"Feature","geometry":null,"properties":{}}
                ]}

                """)
    }

    @Test func `A collection without features is one`() throws {
        let empty = String(decoding: try written(.collection, []), as: UTF8.self)
        #expect(empty == "{\"type\":\"FeatureCollection\",\"features\":[]}\n")
    }

    @Test func `Lines and sequences have one feature per line`() throws {
        let features = [Feature<LonLat>(id: "1", geometry: nil), Feature(id: "2", geometry: nil)]
        let line = #"{"type":"Feature","id":"N","geometry":null,"properties":{}}"# + "\n"
        let both = ["1", "2"].map { line.replacing("N", with: $0) }
        #expect(String(decoding: try written(.lines, features), as: UTF8.self) == both.joined())
        #expect(
            String(decoding: try written(.sequence, features), as: UTF8.self) == both.map { "\u{1E}" + $0 }.joined())
    }

    @Test func `Exteriors go counter-clockwise, holes clockwise, and all are closed`() throws {
        let expected =
            #"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],"#
            + #"[[1,1],[1,2],[2,2],[1,1]]]},"properties":{}}"# + "\n"
        #expect(try text(.polygon(Polygon(exterior: square, holes: [hole]))) == expected)
        #expect(try text(.polygon(Polygon(exterior: square.reversed(), holes: [hole.reversed()]))) == expected)
        #expect(try text(.polygon(Polygon(exterior: square.dropLast(), holes: [hole.dropLast()]))) == expected)
    }

    @Test func `Every type of geometry reads back as it was`() throws {
        let geometries: [Geometry<LonLat>] = [
            .point(at(1.5, -2)), .multiPoint([at(1, 2), at(3, 4)]), .lineString([at(1, 2), at(3, 4)]),
            .multiLineString([[at(1, 2), at(3, 4)], [at(5, 6), at(7, 8)]]),
            .polygon(Polygon(exterior: square, holes: [hole])),
            .multiPolygon(MultiPolygon([Polygon(exterior: square, holes: [hole]), Polygon(exterior: square)])),
            .collection([.point(at(1, 2)), .collection([.lineString([at(1, 2), at(3, 4)])])]),
        ]
        for form in [GeoJSONWriter.Form.collection, .lines, .sequence] {
            let reader = try GeoJSONReader(try written(form, geometries.map { Feature(geometry: $0) }))
            var read: [Geometry<LonLat>?] = []
            try reader.features { feature in read.append(feature.geometry?.map { LonLat(x: $0.x, y: $0.y) }) }
            #expect(read == geometries)
        }
    }

    @Test func `Random features read back within half a unit of the seventh decimal`() throws {
        var generator = SeededGenerator(seed: 17)
        let features = (0..<2_000).map { index in
            Feature(
                id: String(index),
                geometry: .point(
                    at(.random(in: -180...180, using: &generator), .random(in: -90...90, using: &generator))),
                properties: [
                    Property("n", .number(.random(in: 0..<1, using: &generator) + 1.5)),
                    Property("i", .integer(.random(in: .min ... .max, using: &generator))),
                    Property(
                        "t",
                        .text(String((0..<9).map { _ in "añ\"\\\n\u{7F}€😀/".randomElement(using: &generator) ?? " " }))),
                ])
        }
        var index = 0
        try GeoJSONReader(try written(.collection, features)).features { read in
            let feature = features[index]
            #expect(read.id == feature.id)
            #expect(read.properties == feature.properties)
            if case .point(let a)? = read.geometry, case .point(let b)? = feature.geometry {
                #expect(abs(a.x - b.x) <= 0.500001e-7 && abs(a.y - b.y) <= 0.500001e-7)
            } else {
                Issue.record("no point")
            }
            index += 1
        }
        #expect(index == features.count)
    }

    @Test func `What JSON cannot hold is refused and leaves the buffer as it was`() throws {
        var writer = GeoJSONWriter(.lines)
        var buffer = ByteWriter()
        try writer.feature(Feature(geometry: nil), into: &buffer)
        let before = buffer.bytes
        func error(_ feature: Feature<LonLat>) -> GeoJSONError? {
            do throws(GeoJSONError) {
                try writer.feature(feature, into: &buffer)
                return nil
            } catch { return error }
        }
        let inRing = [at(0, 0), at(1, 0), at(1, .infinity), at(0, 0)]
        #expect(
            error(Feature(geometry: .point(at(-.infinity, 0)))) == .notFinite(-.infinity, feature: 2, property: nil))
        #expect(
            error(Feature(geometry: .multiPolygon(MultiPolygon([Polygon(exterior: square, holes: [inRing])]))))
                == .notFinite(.infinity, feature: 2, property: nil))
        #expect(error(Feature(geometry: .lineString([at(0, 0), at(.nan, 0)]))) != nil)
        #expect(
            error(Feature(geometry: nil, properties: [Property("p", .number(.infinity))]))
                == .notFinite(.infinity, feature: 2, property: "p"))
        let refusal = error(Feature(geometry: nil, properties: [Property("p", .json("{"))]))
        #expect(
            refusal?.description
                == "nested property \"p\" of feature 2 must be JSON: "
                + "JSON must have a member's name in quotes here, but the text ends at byte 1 (line 1)")
        #expect(buffer.bytes == before)
        #expect(error(Feature(geometry: .point(at(1, 2)))) == nil)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo"), "ogrinfo is not installed"))
    func `GDAL reads what is written`() throws {
        let features = [
            Feature(
                id: "7", geometry: .multiPolygon(MultiPolygon([Polygon(exterior: square.reversed(), holes: [hole])])),
                properties: [Property("name", .text("Ñandú")), Property("n", .integer(3)), Property("x", .number(2.5))])
        ]
        for (form, suffix) in [
            (GeoJSONWriter.Form.collection, "geojson"), (.lines, "geojsonl"), (.sequence, "geojsons"),
        ] {
            let path = NSTemporaryDirectory() + "faro-\(UUID().uuidString).\(suffix)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try Data(try written(form, features, members: [Property("k", .integer(8))])).write(
                to: URL(fileURLWithPath: path))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/ogrinfo")
            process.arguments = ["-ro", "-al", path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(output.contains("Feature Count: 1"))
            #expect(output.contains("name (String) = Ñandú"))
            #expect(output.contains("n (Integer) = 3"))
            #expect(output.contains("x (Real) = 2.5"))
            #expect(output.contains("MULTIPOLYGON (((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1)))"))
            #expect(output.contains("WGS 84"))
        }
    }
}
