import CivilTime
import SimpleFeatures
import TestSupport
import Testing

@testable import GeoPackageStore

@Suite struct InstantTests {
    private func seconds(_ text: String) -> Int64? { Array(text.utf8).withUnsafeBufferPointer(Instant.seconds) }

    @Test func `Instants are written and read as the calendar has them`() {
        var buffer = InstantBuffer()
        defer { buffer.deallocate() }
        func written(_ seconds: Int64) -> String {
            buffer.write(seconds: seconds)
            return String(decoding: UnsafeBufferPointer(start: buffer.bytes, count: 24), as: UTF8.self)
        }
        // Known instants: the epoch, the second before it, 10⁹ seconds, a leap day, and both ends of four-digit years.
        let known: [(Int64, String)] = [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.000Z"),
            (1_000_000_000, "2001-09-09T01:46:40.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"), (Instant.range.lowerBound, "0001-01-01T00:00:00.000Z"),
            (Instant.range.upperBound, "9999-12-31T23:59:59.000Z"),
        ]
        for (value, text) in known {
            #expect(written(value) == text)
            #expect(seconds(text) == value)
        }
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<20_000 {
            let value = Int64.random(in: Instant.range, using: &generator)
            #expect(seconds(written(value)) == value)
        }
    }

    @Test(arguments: [
        "", "2024-03-01", "2024-03-01T12:00:00", "2024-03-01T12:00:00.000", "2024-03-01 12:00:00.000Z",
        "2024-03-01T24:00:00.000Z",
        "2024-03-01T12:60:00.000Z", "2024-03-01T12:00:61.000Z", "2023-02-29T12:00:00.000Z", "2024-03-01T12:00:00.0a0Z",
        "2024-03-01T12:00:00-06:0", "2024-03-01T12:00:00.00aZ", "0000-01-01T00:00:00.000Z", "２024-03-01T12:00:00Z",
    ])
    func `What is no instant in UTC is not read as one`(text: String) {
        #expect(seconds(text) == nil)
    }

    @Test func `The days and instants that fit are those of the years 1 to 9999`() throws {
        #expect(try #require(CalendarDate("0001-01-01")).daysSince1970 == Instant.days.lowerBound)
        #expect(try #require(CalendarDate("9999-12-31")).daysSince1970 == Instant.days.upperBound)
        #expect(Int64(Instant.days.lowerBound) * 86_400 == Instant.range.lowerBound)
        #expect((Int64(Instant.days.upperBound) + 1) * 86_400 - 1 == Instant.range.upperBound)
    }
}

@Suite struct TextInternerTests {
    private func number(_ text: String, _ interner: inout TextInterner) -> Int32 {
        Array(text.utf8).withUnsafeBufferPointer { interner.number(of: $0) }
    }

    @Test func `Texts get the numbers that a dictionary would give them`() {
        var generator = SeededGenerator(seed: 3)
        var interner = TextInterner()
        var numbers: [[UInt8]: Int32] = [:]
        for _ in 0..<20_000 {
            let text =
                String(repeating: "é", count: Int.random(in: 0...9, using: &generator))
                + String(Int.random(in: 0...999, using: &generator))
            let expected = numbers[Array(text.utf8)] ?? Int32(numbers.count)
            numbers[Array(text.utf8)] = expected
            #expect(number(text, &interner) == expected)
        }
        #expect(interner.count == numbers.count)
        let (texts, rank) = interner.sorted()
        let byBytes = numbers.keys.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(texts.map { Array($0.utf8) } == byBytes)
        #expect(numbers.allSatisfy { byBytes[Int(rank[Int($0.value)])] == $0.key })
    }

    @Test func `The empty text is a text`() {
        var interner = TextInterner()
        #expect(interner.number(of: UnsafeBufferPointer(start: nil, count: 0)) == 0)
        #expect(number("", &interner) == 0)
        #expect(number("a", &interner) == 1)
        #expect(interner.sorted().texts == ["", "a"])
    }
}

@Suite struct CellOrderTests {
    @Test(arguments: [1, 2, 1000, 1 << 28, Int64.max])
    func `The order is that of a stable sort by cell`(range: Int64) {
        var generator = SeededGenerator(seed: UInt64(range))
        let cells = (0..<3000).map { _ in Int64.random(in: -1..<range, using: &generator) }
        let expected = cells.indices.sorted { (cells[$0], $0) < (cells[$1], $1) }
        let order = CellOrder.permutation(of: cells)
        #expect(order.map(Int.init) == expected)
        #expect(CellOrder.apply(order, to: cells) == expected.map { cells[$0] })
    }

    @Test func `Both ends of the numbers can be sorted, and nothing`() {
        #expect(CellOrder.permutation(of: [.max, .min, 0]) == [1, 2, 0])
        #expect(CellOrder.permutation(of: []).isEmpty)
        #expect(CellOrder.permutation(of: [5, 5]) == [0, 1])
    }
}

@Suite struct PropertyJSONTests {
    @Test func `Attributes are written as one object in their order`() {
        let properties = [
            Property("b", .integer(1)), Property("a", .number(2)), Property("t", .text("x\"\n")),
            Property("j", .json("[1, {}]")),
            Property("bad", .json("[1")), Property("inf", .number(.infinity)), Property("n", .null),
            Property("f", .bool(false)),
        ]
        #expect(
            PropertyJSON.encode(properties)
                == #"{"b":1,"a":2.0,"t":"x\"\n","j":[1, {}],"bad":"[1","inf":null,"n":null,"f":false}"#)
        #expect(PropertyJSON.encode([]) == "{}")
        #expect(PropertyJSON.decode(" { } ") == [])
    }

    @Test func `Escapes are resolved, a lone surrogate is replaced`() {
        #expect(PropertyJSON.decode(#"{"a":"\u00f1\ud83d\ude00\/\b\f"}"#) == [Property("a", .text("ñ😀/\u{8}\u{C}"))])
        #expect(PropertyJSON.decode(#"{"a":"\ud83dx"}"#) == [Property("a", .text("\u{FFFD}x"))])
    }

    @Test(arguments: [
        "", "{", "[]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1}x"#, #"{"a":tru}"#, #"{"a":nan}"#, #"{"a":"\x"}"#,
        #"{"a":"\u12"}"#,
        #"{"a":[1}"#, #"{"a":{"b"}}"#, #"{"a":--1}"#, #"{"a":"}"#,
    ])
    func `What is no object is refused`(text: String) {
        #expect(PropertyJSON.decode(text) == nil)
    }

    @Test func `A hundred thousand nested arrays are refused, not followed`() {
        #expect(PropertyJSON.decode("{\"a\":" + String(repeating: "[", count: 100_000)) == nil)
    }

    @Test func `Random bytes never bring it down`() {
        var generator = SeededGenerator(seed: 12)
        let alphabet = Array(#"{}[]",:\u0123abtrflsen .eE-+"#.utf8) + [0xFF, 0xC3, 0]
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            _ = PropertyJSON.decode("{" + String(decoding: bytes, as: UTF8.self))
        }
    }
}

@Suite struct GeoPackageGeometryTests {
    @Test func `A multipolygon comes back from its blob, with its box in the header`() throws {
        let area = MultiPolygon(square(-100, 25, 0.5).polygons + square(10, -3, 2).polygons)
        let blob = try #require(GeoPackageGeometry.encode(area))
        #expect(blob.prefix(8) == [0x47, 0x50, 0, 3, 0xE6, 0x10, 0, 0])
        try blob.withUnsafeBytes { bytes in
            #expect(try GeoPackageGeometry.decode(bytes) == Geometry.multiPolygon(area))
            let header = try GeoPackageGeometry.Header(bytes)
            #expect(header.envelope == GeoPackageGeometry.Bounds(minX: -100, minY: -3, maxX: 12, maxY: 25.5))
            #expect(header.srs == 4326)
            #expect(!header.isEmpty)
        }
        #expect(GeoPackageGeometry.encode(MultiPolygon([])) == nil)
    }

    @Test func `The box of a blob without one is that of its positions`() {
        let wkb = WKB.encode(Geometry.multiPolygon(square(-100, 25, 0.5)))
        let blob: [UInt8] = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0] + wkb
        #expect(blob.withUnsafeBytes(GeoPackageGeometry.bounds) == .init(minX: -100, minY: 25, maxX: -99.5, maxY: 25.5))
    }

    @Test func `A blob cut off anywhere or with any byte changed is read or refused`() throws {
        let blob = try #require(GeoPackageGeometry.encode(square(-100, 25, 0.5)))
        var generator = SeededGenerator(seed: 4)
        func tryAll(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { bytes in
                _ = try? GeoPackageGeometry.decode(bytes) as Geometry<LonLat>?
                _ = GeoPackageGeometry.bounds(of: bytes)
                _ = PointBlob.read(bytes)
            }
        }
        for length in 0...blob.count { tryAll(Array(blob.prefix(length))) }
        for _ in 0..<20_000 {
            var bytes = blob
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            tryAll(bytes)
        }
        #expect(blob.prefix(20).withUnsafeBytes { GeoPackageGeometry.bounds(of: $0) } == nil)
    }

    @Test func `A point's blob is read as it was written`() {
        let point = PointBlob()
        defer { point.deallocate() }
        #expect(point.write(-100.25, 25.5))
        #expect(
            PointBlob.read(UnsafeRawBufferPointer(start: point.bytes, count: 29))
                == LonLat(longitude: -100.25, latitude: 25.5))
        #expect(!point.write(.nan, 25))
        #expect(!point.write(0, .infinity))
    }
}
