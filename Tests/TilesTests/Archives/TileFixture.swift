import Compression
import Glibc
import SimpleFeatures
import TestSupport
import Testing
import Tiles

/// Tiles and descriptions for tests of archives.
enum TileFixture {
    /// A vector tile made by hand: layer `p`, extent 4096, one point at (25, 17).
    static let point: [UInt8] = [
        0x1A, 0x11, 0x78, 0x02, 0x0A, 0x01, 0x70, 0x12, 0x07, 0x18, 0x01, 0x22, 0x03, 0x09, 0x32, 0x22, 0x28, 0x80,
        0x20,
    ]

    /// The same with the point at (25 + `shift`, 17), compressed as it is served.
    static func vector(_ shift: Int) throws -> [UInt8] {
        let x = (25 + shift % 2000) * 2
        let number: [UInt8] = x < 128 ? [UInt8(x)] : [UInt8(x & 127) | 128, UInt8(x >> 7)]
        let geometry = [0x09] + number + [0x22]
        let feature: [UInt8] = [0x18, 0x01, 0x22, UInt8(geometry.count)] + geometry
        let layer: [UInt8] =
            [0x78, 0x02, 0x0A, 0x01, 0x70, 0x12, UInt8(feature.count)] + feature + [0x28, 0x80, 0x20]
        return try Gzip.compress([0x1A, UInt8(layer.count)] + layer)
    }

    /// Writes a file without waiting for the disk, which Foundation does and a test of a thousand files has no time for.
    static func write(_ bytes: [UInt8], _ path: String) throws {
        unlink(path)
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
    }

    static let world = Envelope<LonLat>(minX: -180, minY: -85.0511287, maxX: 180, maxY: 85.0511287)

    static func set(zooms: ClosedRange<Int>, bounds: Envelope<LonLat> = world, members: [Property] = []) -> TileSet {
        TileSet(
            name: "Prueba «ñ»", summary: "A \"test\"", attribution: "Nobody", format: .vector, zooms: zooms,
            bounds: bounds,
            layers: [
                TileLayer(
                    id: "p", summary: "points", shape: .point, zooms: zooms,
                    fields: [.init("count", .number), .init("name", .text)])
            ], members: members)
    }

    /// A few hundred tiles of zooms 0 to 6, drawn at random, with repeated contents in and out of runs.
    static func tiles(seed: UInt64) throws -> [(TileID, [UInt8])] {
        var generator = SeededGenerator(seed: seed)
        var tiles: [(TileID, [UInt8])] = []
        for number in 0..<UInt64(5461) where UInt64.random(in: 0..<16, using: &generator) < (number < 85 ? 16 : 2) {
            let shift = number % 3 == 0 ? 0 : Int.random(in: 0..<400, using: &generator)
            if let tile = TileID(number: number) { tiles.append((tile, try vector(shift))) }
        }
        return tiles
    }
}

extension TileArchive {
    /// All tiles, in the archive's order.
    func allTiles() throws -> [TileID: [UInt8]] {
        var tiles: [TileID: [UInt8]] = [:]
        try forEachTile { tiles[$0] = $1 }
        return tiles
    }
}
