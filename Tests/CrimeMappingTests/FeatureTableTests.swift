import CrimeMapping
import Files
import Formats
import Foundation
import Geodesy
import SimpleFeatures
import TestSupport
import Testing

@Suite struct FeatureTableTests {
    private static let text = "one, \"two\"\nthree: ñ"

    /// A square with a hole, a point, and a row without outline.
    private static func table() -> FeatureTable {
        var table = FeatureTable(
            crs: PlaneFixture.crs, columns: ["name", "n", "value", "flag"],
            members: [
                Property("method", .text("test")), Property("none", .number(.nan)), Property("list", .json("[1,2]")),
            ])
        let ring = PlaneFixture.square(1000).polygons[0].exterior
        let hole = PlaneFixture.square(200, x: 400, y: 400).polygons[0].exterior
        table.append(
            .multiPolygon(MultiPolygon([Polygon(exterior: ring, holes: [hole])])),
            [.text(text), .integer(-3), .number(0.1), .bool(true)])
        table.append(.point(PlaneFixture.point(5, 6)), [.text(""), .null, .number(.nan), .bool(false)])
        table.append(nil, [.json("{\"a\":[1,2]}"), .integer(.max), .number(-.infinity), .null])
        return table
    }

    private func written(_ format: FeatureFormat, in folder: TemporaryFolder) throws -> String {
        let path = folder.file("t.\(format.rawValue)")
        try Self.table().write(
            to: format == .csv
                ? FeatureTextFile(csv: path, overwrite: false)
                : FeatureTextFile(.collection, path: path, overwrite: false))
        return path
    }

    @Test func `CSV quotes what needs it, and a value that is none is empty`() throws {
        let folder = try TemporaryFolder()
        let text = try String(contentsOfFile: try written(.csv, in: folder), encoding: .utf8)
        #expect(
            text == """
                name,n,value,flag
                "one, ""two""
                three: ñ",-3,0.1,true
                ,,,false
                "{""a"":[1,2]}",9223372036854775807,,

                """)
    }

    @Test func `GeoJSON reads back to the same outlines and values`() throws {
        let folder = try TemporaryFolder()
        let path = try written(.geoJSON, in: folder)
        #expect(try GeoJSONValidation(path: path).findings().isEmpty)
        let plane = try ProjectedTransformation(PlaneFixture.crs)
        var read: [(Geometry<FilePosition>?, [PropertyValue?])] = []
        try GeoJSONReader(try ByteSource.readAll(path: path, limit: 1 << 20)).features { feature in
            read.append((feature.geometry, ["name", "n", "value", "flag"].map { feature[$0] }))
        }
        #expect(read.count == 3)
        #expect(read[0].1 == [.text(Self.text), .integer(-3), .number(0.1), .bool(true)])
        #expect(read[1].1 == [.text(""), .null, .null, .bool(false)])
        #expect(read[2].1.dropFirst() == [.integer(.max), .null, .null] && read[2].0 == nil)
        for (geometry, row) in zip(read.map(\.0), Self.table().rows) {
            guard let geometry, let outline = row.outline else { continue }
            let back = try plane.forward(geometry.map { LonLat(longitude: $0.x, latitude: $0.y) })
            let (a, b) = (back.envelope, outline.envelope)
            for difference in [a.minX - b.minX, a.maxX - b.maxX, a.minY - b.minY, a.maxY - b.maxY] {
                #expect(abs(difference) < 0.02)
            }
        }
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
        let members = try #require(object["faro"] as? [String: Any])
        #expect(
            members["method"] as? String == "test" && members["none"] is NSNull && members["list"] as? [Int] == [1, 2])
    }

    @Test func `An interrupted write says so`() throws {
        let folder = try TemporaryFolder()
        var table = FeatureTable(crs: PlaneFixture.crs, columns: ["t"], members: [])
        let long = PropertyValue.text(String(repeating: "x", count: 300))
        for _ in 0..<5000 { table.append(nil, [long]) }
        let file = try FeatureTextFile(csv: folder.file("t.csv"), overwrite: false)
        #expect(throws: JobError.self) { try table.write(to: file, control: JobControl(isCancelled: { true })) }
        #expect(throws: (any Error).self) { try FeatureFormat(path: "t.shp") }
    }
}
