import Files
import Foundation
import SimpleFeatures
import TestSupport
import Testing

@testable import Formats

private func at(_ x: Double, _ y: Double) -> LonLat { LonLat(longitude: x, latitude: y) }

private let columns: [FlatGeobufWriter.Column] = [
    .init("n", .integer), .init("x", .number), .init("name", .text), .init("open", .bool), .init("more", .json),
]

private func square(_ x: Double, _ y: Double, _ side: Double) -> [LonLat] {
    [at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side), at(x, y)]
}

/// Features of every type, numbered; every twentieth without a place.
private func someFeatures(_ count: Int, seed: UInt64) -> [Feature<LonLat>] {
    var generator = SeededGenerator(seed: seed)
    func place() -> LonLat {
        at(.random(in: -100...(-98), using: &generator), .random(in: 18...20, using: &generator))
    }
    func polygon() -> Polygon<LonLat> {
        let corner = place()
        // Wound as GeoJSON asks, in which GDAL answers.
        let hole = Array(square(corner.longitude + 0.01, corner.latitude + 0.01, 0.01).reversed())
        return Polygon(
            exterior: square(corner.longitude, corner.latitude, 0.05), holes: generator.next() % 2 == 0 ? [] : [hole])
    }
    return (0..<count).map { number in
        let geometry: Geometry<LonLat>? =
            switch number % 20 {
            case 0: nil
            case 1: .polygon(polygon())
            case 2: .multiPolygon(MultiPolygon([polygon(), polygon()]))
            case 3: .lineString([place(), place(), place()])
            case 4: .multiLineString([[place(), place()], [place(), place(), place()]])
            case 5: .multiPoint([place(), place()])
            case 6: .collection([.point(place()), .polygon(polygon())])
            case 7: .multiPolygon(MultiPolygon([polygon()]))
            default: .point(place())
            }
        var properties = [
            Property("n", .integer(Int64(number))), Property("x", .number(Double(number) / 8)),
            Property("name", .text("Peñón \(number)")),
        ]
        if number % 3 == 0 { properties.append(Property("open", .bool(number % 2 == 0))) }
        return Feature(geometry: geometry, properties: properties)
    }
}

private func write(
    _ features: [Feature<LonLat>], _ path: String, isMulti: Bool = false, columns: [FlatGeobufWriter.Column] = columns
) throws {
    let file = try AtomicFile(path: path, overwrite: true)
    var writer = try FlatGeobufWriter(
        to: file, layer: "capa", columns: columns, isMulti: isMulti, title: "Título", description: "de prueba",
        members: [Property("method", .text("\"x\"")), Property("k", .integer(8))])
    for feature in features { try writer.feature(feature) }
    try writer.end()
    try file.commit()
}

@Suite struct FlatGeobufTests {
    @Test func `One point, byte by byte`() throws {
        var encoder = FlatGeobufEncoder()
        encoder.begin()
        let isWritten = encoder.value(.bool(true), kind: .bool, column: 3)
        #expect(isWritten)
        encoder.finish(.point(at(1, 2)))
        let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        let two: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x40]
        let expected: [UInt8] =
            [92, 0, 0, 0, 12, 0, 0, 0]  // 96 bytes; the table at 16
            + [8, 0, 12, 0, 4, 0, 8, 0]  // its fields at 4 and 8
            + [8, 0, 0, 0, 28, 0, 0, 0, 64, 0, 0, 0]  // geometry at 48, properties at 88
            + [20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0]
            + [20, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]  // positions at 68, a point
            + [2, 0, 0, 0] + one + two + [3, 0, 0, 0, 3, 0, 1] + [0]
        #expect(encoder.bytes == expected)
    }

    @Test func `Consecutive places of the curve are neighbours`() {
        var cells: [UInt32: (Int, Int)] = [:]
        for x in 0..<64 { for y in 0..<64 { cells[FlatGeobufOrder.hilbert(x: UInt32(x), y: UInt32(y))] = (x, y) } }
        #expect(cells.count == 4096)
        for place in UInt32(1)..<4096 {
            guard let (x, y) = cells[place], let (px, py) = cells[place - 1] else {
                Issue.record("no cell at \(place)")
                return
            }
            #expect(abs(x - px) + abs(y - py) == 1)
        }
        #expect(FlatGeobufOrder.hilbert(x: 65_535, y: 0) == .max)
    }

    @Test func `Nodes hold their children`() throws {
        let folder = try TemporaryFolder()
        let boxes = someFeatures(700, seed: 2).map { $0.geometry?.envelope ?? .empty }
        let order = FlatGeobufOrder(boxes: boxes, extent: boxes.reduce(.empty) { $0.union($1) })
        let file = try AtomicFile(path: folder.file("tree"), overwrite: false)
        try FlatGeobufTree(boxes: boxes, order: order).write(to: file) { $0 + 1 }
        try file.commit()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file.path))
        // 700 features, 44 nodes above them, 3 above those, and the root.
        #expect(bytes.count == 40 * (700 + 44 + 3 + 1))
        func number(_ node: Int, _ field: Int) -> UInt64 {
            bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 40 * node + 8 * field, as: UInt64.self) }
        }
        func box(_ node: Int) -> Envelope<LonLat> {
            let sides = (0..<4).map { Double(bitPattern: number(node, $0)) }
            return Envelope(minX: sides[0], minY: sides[1], maxX: sides[2], maxY: sides[3])
        }
        for (parents, children) in [(0..<1, 1..<4), (1..<4, 4..<48), (4..<48, 48..<748)] {
            for parent in parents {
                let first = Int(number(parent, 4))
                #expect(first == children.lowerBound + 16 * (parent - parents.lowerBound))
                let union = (first..<min(first + 16, children.upperBound)).reduce(Envelope<LonLat>.empty) {
                    $0.union(box($1))
                }
                #expect(union == box(parent))
            }
        }
        let features = (0..<700).map(order.feature)
        #expect(features.sorted() == Array(0..<700))
        #expect(features.suffix(35).allSatisfy { $0 % 20 == 0 }, "those without a place stand last")
        var place = 0
        for (rank, feature) in features.enumerated() {
            #expect(number(48 + rank, 4) == UInt64(place) && box(48 + rank) == boxes[feature])
            place += feature + 1
        }
    }

    @Test func `What cannot be written is refused with its feature, and leaves nothing`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.fgb")
        func refuses(_ error: FlatGeobufError, _ geometry: Geometry<LonLat>?, _ properties: [Property]) {
            let features = [Feature(geometry: .point(at(0, 0))), Feature(geometry: geometry, properties: properties)]
            #expect(throws: error) { try write(features, path) }
        }
        refuses(.notFinite(.infinity, feature: 2), .point(at(0, .infinity)), [])
        refuses(.unknownColumn("y", feature: 2), nil, [Property("y", .null)])
        refuses(
            .wrongType(.text("1"), column: "n", kind: .integer, feature: 2), nil, [Property("n", .text("1"))])
        #expect(throws: FlatGeobufError.repeatedColumn("a")) {
            try write([], path, columns: [.init("a", .text), .init("a", .bool)])
        }
        #expect(folder.names == [])
        #expect(
            "\(FlatGeobufError.wrongType(.text("1"), column: "n", kind: .integer, feature: 2))"
                == "FlatGeobuf column \"n\" must hold integer, but feature 2 has text(\"1\")")
    }
}

private let ogr2ogr = "/usr/bin/ogr2ogr"

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: ogr2ogr), "GDAL is not installed"))
struct FlatGeobufGDALTests {
    /// What GDAL reads, by the number of the feature.
    private func read(_ path: String, _ options: [String] = []) throws -> [Int64: Feature<FilePosition>] {
        let answer = try run(
            ogr2ogr, ["-f", "GeoJSONSeq", "/vsistdout/", path, "-lco", "COORDINATE_PRECISION=15"] + options)
        #expect(answer.status == 0 && !answer.output.contains("ERROR"))
        var found: [Int64: Feature<FilePosition>] = [:]
        guard !answer.output.isEmpty else { return [:] }
        _ = try GeoJSONReader(Array(answer.output.utf8)).features { feature in
            guard case .integer(let number)? = feature["n"] else { return }
            #expect(found.updateValue(feature, forKey: number) == nil)
        }
        return found
    }

    private func summary(_ path: String) throws -> String {
        try run("/usr/bin/ogrinfo", ["-so", "-al", path]).output
    }

    @Test func `GDAL reads every feature as it was`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.fgb")
        let features = someFeatures(600, seed: 1)
        try write(features, path)
        #expect(folder.names == ["a.fgb"])
        let found = try read(path)
        #expect(found.count == 600)
        for (number, feature) in features.enumerated() {
            let read = try #require(found[Int64(number)])
            let geometry = feature.geometry?.map { FilePosition(x: $0.longitude, y: $0.latitude) }
            #expect(close(read.geometry, geometry), "feature \(number)")
            for property in feature.properties { #expect(read[property.name] == property.value) }
            #expect(number % 3 == 0 || (read["open"] ?? .null) == .null)
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for text in ["Título", "de prueba", "{\"method\":\"\\\"x\\\"\",\"k\":8}"] {
            #expect(bytes.range(of: Data(text.utf8)) != nil)
        }
        let info = try summary(path)
        #expect(info.contains("Layer name: capa") && info.contains("Feature Count: 600"))
        #expect(info.contains("ID[\"EPSG\",4326]") && info.contains("open: Integer(Boolean)"))
        #expect(info.contains("n: Integer64") && info.contains("x: Real") && info.contains("name: String"))
    }

    @Test func `GDAL finds by the index what lies in an area`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.fgb")
        var generator = SeededGenerator(seed: 4)
        let points = someFeatures(2_000, seed: 3).filter {
            if case .point = $0.geometry { true } else { $0.geometry == nil }
        }
        try write(points, path)
        for _ in 0..<4 {
            let west = Double.random(in: -100...(-99), using: &generator)
            let south = Double.random(in: 18...19, using: &generator)
            let area = Envelope<LonLat>(minX: west, minY: south, maxX: west + 0.6, maxY: south + 0.4)
            let found = try read(path, ["-spat", "\(west)", "\(south)", "\(west + 0.6)", "\(south + 0.4)"])
            let expected = points.filter {
                if case .point(let place) = $0.geometry { area.contains(place) } else { false }
            }
            #expect(!expected.isEmpty)
            #expect(
                Set(found.keys)
                    == Set(expected.compactMap { if case .integer(let number)? = $0["n"] { number } else { nil } }))
        }
    }

    @Test func `Layers of one, of none, and of nothing but features without a place are read`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.fgb")
        let placeless = (0..<20).map { Feature<LonLat>(geometry: nil, properties: [Property("n", .integer($0))]) }
        let empty = Feature<LonLat>(
            geometry: .multiPolygon(MultiPolygon([])), properties: [Property("n", .integer(20))])
        try write(placeless + [empty], path)
        #expect(try read(path).count == 21)
        try write([], path)
        #expect(try summary(path).contains("Feature Count: 0"))
        try write([Feature(geometry: .point(at(-99, 19)), properties: [Property("n", .integer(1))])], path)
        #expect(try read(path, ["-spat", "-100", "18", "-98", "20"]).count == 1)
        #expect(try read(path, ["-spat", "-100", "18", "-99.5", "20"]).isEmpty)
        #expect(try summary(path).contains("Geometry: Point"))
    }

    @Test func `Polygons and multipolygons become one type where that is asked for`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.fgb")
        let areas = someFeatures(200, seed: 6).filter { $0.geometry?.asMultiPolygon != nil && $0["n"] != nil }
            .filter { if case .collection = $0.geometry { false } else { true } }
        try write(areas, path)
        #expect(try summary(path).contains("Geometry: Unknown"))
        try write(areas, path, isMulti: true)
        #expect(try summary(path).contains("Geometry: Multi Polygon"))
        #expect(try read(path).count == areas.count)
    }

    private func close(_ found: Geometry<FilePosition>?, _ expected: Geometry<FilePosition>?) -> Bool {
        func rounded(_ geometry: Geometry<FilePosition>?) -> Geometry<FilePosition>? {
            geometry?.map { FilePosition(x: ($0.x * 1e9).rounded(), y: ($0.y * 1e9).rounded()) }
        }
        return rounded(found) == rounded(expected)
    }
}
