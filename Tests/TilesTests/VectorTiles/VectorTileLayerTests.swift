import SimpleFeatures
import Testing
import Tiles

struct VectorTileLayerTests {
    // Field by field after the specification: section 4.3 for geometry, 4.1 and 4.4 for layers and values.
    @Test func `A point is written byte for byte as the specification says`() {
        var layer = VectorTileLayer(
            name: "hello",
            columns: [
                AttributeColumn(name: "hello", values: .codes([0], of: ["world"])),
                AttributeColumn(name: "count", values: .numbers([1.23])),
            ])
        layer.point(id: 1, x: 25, y: 17, row: 0)
        var bytes: [UInt8] = []
        layer.append(to: &bytes)
        var expected: [UInt8] = [0x1A, 0, 0x78, 2, 0x0A, 5] + Array("hello".utf8) + [0x28, 0x80, 0x20]
        expected += [0x1A, 5] + Array("hello".utf8) + [0x1A, 5] + Array("count".utf8)
        expected += [0x12, 15, 0x08, 1, 0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 50, 34]
        expected += [0x22, 7, 0x0A, 5] + Array("world".utf8)
        expected += [0x22, 9, 0x19, 0xAE, 0x47, 0xE1, 0x7A, 0x14, 0xAE, 0xF3, 0x3F]
        expected[1] = UInt8(expected.count - 2)
        #expect(bytes == expected)
    }

    // The specification's example of a multipolygon, section 4.3.5.6.
    @Test func `Polygons are written as in the specification's example`() {
        var layer = VectorTileLayer(name: "a", columns: [])
        layer.polygon(
            id: nil,
            rings: [
                [(0, 0), (10, 0), (10, 10), (0, 10)], [(11, 11), (20, 11), (20, 20), (11, 20)],
                [(13, 13), (13, 17), (17, 17), (17, 13)],
            ].map { $0.map { TilePoint(x: $0.0, y: $0.1) } }, row: 0)
        var bytes: [UInt8] = []
        layer.append(to: &bytes)
        let geometry: [UInt8] = [
            9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7,
            15,
        ]
        let feature: [UInt8] = [0x18, 3, 0x22, UInt8(geometry.count)] + geometry
        let message: [UInt8] =
            [0x78, 2, 0x0A, 1, UInt8(ascii: "a"), 0x28, 0x80, 0x20, 0x12, UInt8(feature.count)] + feature
        #expect(bytes == [0x1A, UInt8(message.count)] + message)
    }

    @Test func `A polygon of nothing is no feature`() {
        var layer = VectorTileLayer(name: "a", columns: [])
        let isWritten = layer.polygon(id: nil, rings: [[TilePoint(x: 0, y: 0), TilePoint(x: 1, y: 0)]], row: 0)
        #expect(!isWritten)
        #expect(layer.count == 0)
    }
}
