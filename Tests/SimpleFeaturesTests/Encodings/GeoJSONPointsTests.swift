import Bytes
import SimpleFeatures
import TestSupport
import Testing

/// What ``GeoJSONWriter/feature(_:into:)`` is given for the same points.
private func features(_ points: PointColumns) -> [Feature<LonLat>] {
    (0..<points.count).map { row in
        let (longitude, latitude) = (points.longitudes[row], points.latitudes[row])
        let hasPlace = !(longitude.isNaN && latitude.isNaN)
        return Feature(
            id: points.ids.map { String($0[row]) },
            geometry: hasPlace ? .point(LonLat(longitude: longitude, latitude: latitude)) : nil,
            properties: points.attributes.map { Property($0.name, value($0, row)) })
    }
}

private func value(_ column: AttributeColumn, _ row: Int) -> PropertyValue {
    switch column.values {
    case .codes(let codes, of: let texts): codes[row] < 0 ? .null : .text(texts[Int(codes[row])])
    case .integers(let integers): .integer(integers[row])
    case .numbers(let numbers): numbers[row].isNaN ? .null : .number(numbers[row])
    }
}

private func general(_ form: GeoJSONWriter.Form, _ points: PointColumns) throws -> String {
    var writer = GeoJSONWriter(form, members: [Property("method", .text("x"))])
    var buffer = ByteWriter()
    try writer.begin(into: &buffer)
    for feature in features(points) { try writer.feature(feature, into: &buffer) }
    writer.end(into: &buffer)
    return buffer.string
}

private func fast(_ form: GeoJSONWriter.Form, _ batches: [PointColumns]) throws -> String {
    var writer = GeoJSONWriter(form, members: [Property("method", .text("x"))])
    var buffer = ByteWriter()
    try writer.begin(into: &buffer)
    for batch in batches { try writer.points(batch) { buffer.raw($0) } }
    writer.end(into: &buffer)
    return buffer.string
}

/// Points with every kind of attribute, and numbers at the limits of what a writer treats alike.
private func somePoints(_ count: Int, seed: UInt64, hasIDs: Bool = true, attributes: Int = 4) throws -> PointColumns {
    var generator = SeededGenerator(seed: seed)
    let texts = ["", "Peñón", "a\"b\\c\n\u{1}", String(repeating: "largo ", count: 300)]
    let odd = [
        0, -0.0, 1e-9, -4e-8, 0.5e-7, 180, -180, 428.5, 429.4967296, 9.1e8, 1e20, -1e300, .leastNonzeroMagnitude,
    ]
    func number() -> Double {
        generator.next() % 4 == 0
            ? odd.randomElement(using: &generator) ?? 0 : .random(in: -180...180, using: &generator)
    }
    func column(_ value: () -> Double) -> [Double] { (0..<count).map { _ in value() } }
    var (longitudes, latitudes) = (column(number), column(number))
    for row in 0..<count where generator.next() % 10 == 0 { (longitudes[row], latitudes[row]) = (.nan, .nan) }
    let all = [
        AttributeColumn(
            name: "cat\"egoría",
            values: .codes((0..<count).map { _ in .random(in: -1..<4, using: &generator) }, of: texts)),
        AttributeColumn(
            name: "n",
            values: .integers(
                (0..<count).map { _ in Int64(truncatingIfNeeded: generator.next()) >> (generator.next() % 64) })),
        AttributeColumn(name: "x", values: .numbers(column { generator.next() % 5 == 0 ? .nan : number() })),
        AttributeColumn(
            name: String(repeating: "nombre", count: 20), values: .codes([Int32](repeating: -1, count: count), of: [])),
    ]
    return try PointColumns(
        longitudes: longitudes, latitudes: latitudes,
        ids: hasIDs ? (0..<count).map { Int64($0) * 7_919 - 5 } : nil, attributes: Array(all.prefix(attributes)))
}

@Suite struct GeoJSONPointsTests {
    @Test func `Two reports written by hand`() throws {
        let points = try PointColumns(
            longitudes: [-99.1332, .nan], latitudes: [19.4326, .nan], ids: [7, 8],
            attributes: [
                AttributeColumn(name: "delito", values: .codes([0, -1], of: ["robo"])),
                AttributeColumn(name: "n", values: .numbers([0.5, .nan])),
            ])
        #expect(
            try fast(.lines, [points]) == """
                {"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[-99.1332,19.4326]},\
                "properties":{"delito":"robo","n":0.5}}
                {"type":"Feature","id":"8","geometry":null,"properties":{"delito":null,"n":null}}

                """)
    }

    @Test(arguments: [GeoJSONWriter.Form.collection, .lines, .sequence])
    func `Columns become the bytes that features become`(form: GeoJSONWriter.Form) throws {
        for attributes in 0...4 {
            for hasIDs in [false, true] {
                let points = try somePoints(500, seed: UInt64(attributes), hasIDs: hasIDs, attributes: attributes)
                #expect(try fast(form, [points]) == general(form, points))
            }
        }
    }

    @Test func `Batches follow one another, and each buffer is drained when it is full`() throws {
        let (first, second) = (try somePoints(2_000, seed: 5), try somePoints(1, seed: 6))
        let empty = try PointColumns(longitudes: [], latitudes: [])
        let together = try PointColumns(
            longitudes: first.longitudes + second.longitudes, latitudes: first.latitudes + second.latitudes,
            ids: (first.ids ?? []) + (second.ids ?? []))
        func bare(_ points: PointColumns) throws -> PointColumns {
            try PointColumns(longitudes: points.longitudes, latitudes: points.latitudes, ids: points.ids)
        }
        let batches = try fast(.collection, [empty, bare(first), empty, bare(second)])
        #expect(try batches == general(.collection, together))
        #expect(try fast(.collection, [empty]) == general(.collection, empty))

        var pieces: [Int] = []
        var writer = GeoJSONWriter(.lines)
        try writer.points(first) { pieces.append($0.count) }
        #expect(pieces.count > 1 && pieces.dropLast().allSatisfy { $0 >= 1 << 20 && $0 < 1 << 20 + 8_000 })
        #expect(writer.written == 2_000)
    }

    @Test func `A number that is not finite is refused with its feature`() throws {
        let infinite = try PointColumns(longitudes: [0, 1], latitudes: [0, -.infinity])
        #expect(throws: GeoJSONError.notFinite(-.infinity, feature: 2, property: nil)) {
            try fast(.collection, [infinite])
        }
        let half = try PointColumns(longitudes: [.nan], latitudes: [0])
        #expect(throws: GeoJSONError.self) { try fast(.collection, [half]) }
        let attribute = AttributeColumn(name: "z", values: .numbers([0, 1, .infinity]))
        let property = try PointColumns(longitudes: [0, 0, 0], latitudes: [0, 0, 0], attributes: [attribute])
        #expect(throws: GeoJSONError.notFinite(.infinity, feature: 3, property: "z")) { try fast(.lines, [property]) }
    }

    @Test func `Columns of different lengths and codes without a text are no points`() {
        #expect(throws: PointColumnsError.lengthsDiffer(column: "latitude", values: 1, points: 2)) {
            try PointColumns(longitudes: [1, 2], latitudes: [1])
        }
        #expect(throws: PointColumnsError.lengthsDiffer(column: "n", values: 0, points: 1)) {
            try PointColumns(
                longitudes: [1], latitudes: [1], attributes: [AttributeColumn(name: "n", values: .integers([]))])
        }
        for code in [Int32(-2), 1, .max, .min] {
            #expect(throws: PointColumnsError.codeWithoutText(column: "c", code: code, texts: 1)) {
                let column = AttributeColumn(name: "c", values: .codes([code], of: ["a"]))
                return try PointColumns(longitudes: [1], latitudes: [1], attributes: [column])
            }
        }
        #expect(
            "\(PointColumnsError.codeWithoutText(column: "c", code: 3, texts: 1))"
                == "a code must be −1 or the place of a text, but column \"c\" has 3 with 1 texts")
    }

    @Test func `What throws while it takes the bytes ends the writing`() throws {
        struct Full: Error {}
        var writer = GeoJSONWriter(.lines)
        let points = try somePoints(10, seed: 1)
        #expect(throws: Full.self) { try writer.points(points) { _ in throw Full() } }
        #expect(writer.written == 0)
    }
}
