import Files
import Foundation
import SimpleFeatures
import TestSupport
import Testing

@testable import Tiles

@Suite struct PMTilesTests {
    private func write(
        _ tiles: [(TileID, [UInt8])], to path: String, set: TileSet? = nil, overwrite: Bool = false
    ) throws {
        let writer = try PMTilesWriter(path: path, overwrite: overwrite)
        for (tile, bytes) in tiles { try writer.append(tile, bytes) }
        try writer.finish(set ?? TileFixture.set(zooms: 0...6))
    }

    @Test func `Every tile comes back, and nothing where there was none`() throws {
        let folder = try TemporaryFolder()
        let tiles = try TileFixture.tiles(seed: 1)
        try write(tiles, to: folder.file("a.pmtiles"))
        #expect(folder.names == ["a.pmtiles"])
        let archive = try PMTilesArchive(path: folder.file("a.pmtiles"))
        let wanted = Dictionary(uniqueKeysWithValues: tiles)
        for number in 0..<UInt64(5461 + 20) {
            let tile = try #require(TileID(number: number))
            #expect(try archive.tile(tile) == wanted[tile])
        }
        #expect(try archive.allTiles() == wanted)
        var order: [TileID] = []
        try archive.forEachTile { tile, _ in order.append(tile) }
        #expect(order == tiles.map(\.0))
    }

    @Test func `The description comes back with layers, fields and provenance`() throws {
        let folder = try TemporaryFolder()
        let members = [
            Property("method", .text("kernel \"quartic\"")), Property("seed", .integer(7)),
            Property("share", .number(0.25)), Property("exact", .bool(true)), Property("nothing", .null),
            Property("steps", .json("[1, {\"a\": 2}]")),
        ]
        let bounds = Envelope<LonLat>(minX: -99.3649, minY: 19.0482, maxX: -98.9403, maxY: 19.5928)
        let set = TileFixture.set(zooms: 3...3, bounds: bounds, members: members)
        let tile = try #require(
            MercatorPosition(LonLat(longitude: -99.13, latitude: 19.43)).map { $0.tile(zoom: 3) })
        try write([(tile, try TileFixture.vector(0))], to: folder.file("a"), set: set)
        let archive = try PMTilesArchive(path: folder.file("a"))
        #expect(archive.description == set)
        let check = try archive.check(.contents)
        #expect(check.violations == [] && check.warnings == [])
        #expect(check.tiles == 1 && check.distinct == 1 && check.zooms.map(\.zoom) == [3])
    }

    @Test func `Equal tiles are stored once, and those that follow one another share an entry within a zoom`() throws {
        let folder = try TemporaryFolder()
        let (a, b) = (try TileFixture.vector(0), try TileFixture.vector(1))
        let contents = [a, a, a, b, a, b, b]
        let tiles = try contents.enumerated().map { (try #require(TileID(number: UInt64($0.offset))), $0.element) }
        try write(tiles, to: folder.file("a"), set: TileFixture.set(zooms: 0...2))
        let archive = try PMTilesArchive(path: folder.file("a"))
        #expect(archive.root.map(\.run) == [1, 2, 1, 1, 2])
        #expect(archive.header.tiles.length == UInt64(a.count + b.count))
        let header = archive.header
        #expect(header.addressed == 7 && header.entries == 5 && header.contents == 2)
        #expect(try archive.check(.contents).violations == [])
    }

    @Test func `The header says where everything lies`() throws {
        let folder = try TemporaryFolder()
        let bounds = Envelope<LonLat>(minX: -99.5, minY: 19, maxX: -98.5, maxY: 19.75)
        try write([(.world, [0x1A])], to: folder.file("a"), set: TileFixture.set(zooms: 0...0, bounds: bounds))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("a"))))
        func long(_ at: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        func short(_ at: Int) -> Int32 {
            Int32(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
        }
        #expect(bytes.starts(with: Array("PMTiles".utf8) + [3]))
        #expect(long(8) == 127 && long(8) + long(16) <= 16_384)
        #expect(long(24) == 16_385 && long(24) + long(32) == bytes.count)
        #expect(long(40) == bytes.count && long(48) == 0)
        #expect(long(56) == 16_384 && long(64) == 1)
        #expect([72, 80, 88].map(long) == [1, 1, 1])
        #expect(Array(bytes[96..<102]) == [1, 2, 2, 1, 0, 0])
        #expect([102, 106, 110, 114].map(short) == [-995_000_000, 190_000_000, -985_000_000, 197_500_000])
        #expect(bytes[118] == 0 && short(119) == -990_000_000 && short(123) == 193_750_000)
    }

    @Test func `An archive without tiles is one`() throws {
        let folder = try TemporaryFolder()
        try write([], to: folder.file("a"), set: TileFixture.set(zooms: 0...4, bounds: .empty))
        let archive = try PMTilesArchive(path: folder.file("a"))
        #expect(try archive.tile(.world) == nil)
        let check = try archive.check(.contents)
        #expect(check.violations == [] && check.tiles == 0 && check.bytes == 0)
        #expect(archive.description.zooms == 0...4)
    }

    private func bytes(of index: Int) -> [UInt8] {
        withUnsafeBytes(of: index.littleEndian) { Array($0[..<(index % 6 + 3)]) }
    }

    @Test func `A hundred thousand tiles have leaf directories`() throws {
        let folder = try TemporaryFolder()
        let writer = try PMTilesWriter(path: folder.file("a"), overwrite: false)
        var generator = SeededGenerator(seed: 5)
        var number: UInt64 = 30_000
        var numbers: [UInt64] = []
        for index in 0..<100_000 {
            number += UInt64.random(in: 1...9, using: &generator)
            numbers.append(number)
            let tile = try #require(TileID(number: number))
            try writer.append(tile, bytes(of: index))
        }
        try writer.finish(TileFixture.set(zooms: 0...14))
        let archive = try PMTilesArchive(path: folder.file("a"))
        #expect(archive.root.allSatisfy(\.isLeaf) && archive.root.count == 25)
        for index in stride(from: 0, to: 100_000, by: 997) {
            let tile = try #require(TileID(number: numbers[index]))
            #expect(try archive.tile(tile) == bytes(of: index))
        }
        let check = try archive.check(.directory)
        #expect(check.violations == [] && check.tiles == 100_000)
    }

    @Test func `Tiles out of order, twice or empty are refused, and nothing is left`() throws {
        let folder = try TemporaryFolder()
        let (one, two) = (try #require(TileID(zoom: 1, x: 0, y: 0)), try #require(TileID(zoom: 1, x: 0, y: 1)))
        do {
            let writer = try PMTilesWriter(path: folder.file("a"), overwrite: false)
            try writer.append(two, [1])
            #expect(throws: TileArchiveError.outOfOrder(one, after: two)) { try writer.append(one, [1]) }
            #expect(throws: TileArchiveError.outOfOrder(two, after: two)) { try writer.append(two, [1]) }
            #expect(throws: TileArchiveError.emptyTile(one)) {
                try PMTilesWriter(path: folder.file("b"), overwrite: false).append(one, [])
            }
            #expect(folder.names.count == 1)
        }
        #expect(folder.names == [])
    }

    @Test func `A member that is no JSON is refused, and the older archive stays`() throws {
        let folder = try TemporaryFolder()
        try write([(.world, try TileFixture.vector(0))], to: folder.file("a"), set: TileFixture.set(zooms: 0...0))
        let old = try Data(contentsOf: URL(fileURLWithPath: folder.file("a")))
        let broken = TileFixture.set(zooms: 0...0, members: [Property("x", .json("{"))])
        #expect(throws: TileArchiveError.self) {
            try write([(.world, [1])], to: folder.file("a"), set: broken, overwrite: true)
        }
        #expect(throws: TileArchiveError.file(.exists(path: folder.file("a")))) {
            try write([(.world, [1])], to: folder.file("a"))
        }
        #expect(folder.names == ["a"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("a"))) == old)
    }

    @Test func `The same tiles make the same bytes`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] { try write(try TileFixture.tiles(seed: 2), to: folder.file(name)) }
        #expect(FileManager.default.contentsEqual(atPath: folder.file("a"), andPath: folder.file("b")))
    }
}
