import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct VectorTileTests {
    /// A tile of two layers with points and polygons, attributes of all types.
    static func example() -> [UInt8] {
        var points = VectorTileLayer(
            name: "points",
            columns: [
                AttributeColumn(name: "kind", values: .codes([0, 1, -1], of: ["Robo a transeúnte", "Fraude"])),
                AttributeColumn(name: "change", values: .integers([5, -5, Int64.min])),
                AttributeColumn(name: "rate", values: .numbers([0.5, .nan, 5])),
            ])
        for row in 0..<3 { points.point(id: UInt64(row + 1) << 40, x: Int32(row) * 2000, y: 4095, row: row) }
        var areas = VectorTileLayer(name: "areas", columns: [])
        areas.polygon(
            id: 7,
            rings: [
                [(-64, -64), (4160, -64), (4160, 4160), (-64, 4160)], [(10, 10), (10, 20), (20, 20), (20, 10)],
            ].map { $0.map { TilePoint(x: $0.0, y: $0.1) } }, row: 0)
        var bytes: [UInt8] = []
        points.append(to: &bytes)
        areas.append(to: &bytes)
        return bytes
    }

    @Test func `What is written is read again`() throws {
        let tile = VectorTile(Self.example())
        #expect(tile.findings == [])
        let points = try #require(tile["points"])
        #expect(points.version == 2 && points.extent == 4096 && points.keys == ["kind", "change", "rate"])
        #expect(
            points.features.map(\.properties) == [
                [
                    Property("kind", .text("Robo a transeúnte")), Property("change", .integer(5)),
                    Property("rate", .number(0.5)),
                ],
                [Property("kind", .text("Fraude")), Property("change", .integer(-5))],
                [Property("change", .integer(.min)), Property("rate", .number(5))],
            ])
        #expect(points.features.map(\.id) == [1 << 40, 2 << 40, 3 << 40])
        #expect(points.features.map(\.parts) == [0, 2000, 4000].map { [[TilePoint(x: $0, y: 4095)]] })
        let area = try #require(tile["areas"]?.features.first)
        #expect(area.parts.map(\.count) == [4, 4] && area.parts[1][1] == TilePoint(x: 10, y: 20))
    }

    // A layer a of version 2 with one feature; what each breaks is in the sentence.
    @Test(
        arguments: [
            ([], "the tile: a tile should have a layer (4)"),
            ([0x1A, 200], "the tile: the bytes must be a Protocol Buffers message, but are none from byte 0 on"),
            ([0x1A, 4, 0x0A, 1, 97, 0x80], "layer 1 (a): the bytes must be a Protocol Buffers message"),
            ([0x1A, 8, 0x0A, 1, 97, 0x78, 1, 0x28, 0x80, 0x20], "layer 1 (a): the version must be 2, but is 1 (4.1)"),
            ([0x1A, 5, 0x0A, 1, 97, 0x78, 2], "layer 1 (a): a layer must state its extent (4.1)"),
            ([0x1A, 5, 0x78, 2, 0x28, 0x80, 0x20], "layer 1: a layer must have a name (4.1)"),
            (layer([0x18, 1]), "feature 1 of layer 1 (a): a feature must have a geometry (4.2)"),
            (layer([0x18, 1, 0x22, 0]), "feature 1 of layer 1 (a): a geometry must not be empty (4.2)"),
            (layer([0x22, 3, 9, 0, 0]), "feature 1 of layer 1 (a): a feature must have a type (4.2)"),
            (layer([0x18, 9, 0x22, 3, 9, 0, 0]), "a geometry's type must be from 0 to 3, but is 9"),
            (layer([0x18, 1, 0x22, 2, 9, 0]), "a command of 1 points must be followed by two numbers"),
            (layer([0x18, 1, 0x22, 1, 0xFF]), "a geometry must be whole numbers, but breaks off"),
            (layer([0x18, 1, 0x22, 1, 11]), "commands are 1, 2 and 7, but one is 3"),
            (layer([0x18, 2, 0x22, 3, 9, 0, 0]), "a line must have a LineTo"),
            (layer([0x18, 2, 0x22, 6, 9, 0, 0, 10, 0, 0]), "a LineTo must not stay in its place"),
            (layer([0x18, 3, 0x22, 8, 9, 0, 0, 18, 2, 0, 0, 2]), "a ring must end with a ClosePath"),
            (layer([0x18, 3, 0x22, 9, 9, 0, 0, 18, 0, 2, 2, 0, 15]), "a polygon's first ring must be an exterior"),
            (layer([0x18, 3, 0x22, 11, 9, 0, 0, 26, 2, 0, 0, 2, 1, 1, 15]), "a ring must not repeat its first point"),
            (layer([0x12, 1, 0, 0x18, 1, 0x22, 3, 9, 0, 0]), "tags must come in pairs"),
            (layer([0x12, 2, 0, 0, 0x18, 1, 0x22, 3, 9, 0, 0]), "tags must point to the 0 keys and 0 values"),
            (
                layer([0x18, 1, 0x22, 3, 9, 0, 0], [0x1A, 1, 98, 0x1A, 1, 98]),
                "layer 1 (a): no key should stand twice (4.1)"
            ),
            (layer([0x18, 1, 0x22, 3, 9, 0, 0], [0x22, 0]), "a value must be of exactly one type, but is of 0"),
            (layer([0x18, 1, 0x22, 3, 9, 0, 0], [0x22, 3, 0x0A, 1, 0xFF]), "texts must be UTF-8"),
            (
                layer([0x18, 1, 0x22, 3, 9, 0, 0]) + layer([0x18, 1, 0x22, 3, 9, 0, 0]),
                "layers must have names of their own"
            ),
        ] as [([UInt8], String)])
    func `Departures from the specification are said in a sentence`(bytes: [UInt8], sentence: String) {
        let findings = VectorTile(bytes).findings.map(\.description)
        #expect(findings.contains { $0.contains(sentence) }, "\(findings)")
    }

    private static func layer(_ feature: [UInt8], _ more: [UInt8] = []) -> [UInt8] {
        let message: [UInt8] =
            [0x78, 2, 0x0A, 1, 97, 0x28, 0x80, 0x20, 0x12, UInt8(feature.count)] + feature + more
        return [0x1A, UInt8(message.count)] + message
    }

    @Test func `No bytes trap`() {
        let example = Self.example()
        for end in example.indices { _ = VectorTile(Array(example[..<end])) }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<1500 {
            var damaged = example
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            _ = VectorTile(damaged)
        }
        for _ in 0..<500 {
            _ = VectorTile((0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }
}
