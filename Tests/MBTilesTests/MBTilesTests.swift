import Compression
import Files
import Foundation
import GRDB
import SimpleFeatures
import TestSupport
import Testing
import Tiles

@testable import MBTiles

/// A vector tile made by hand: layer `p`, extent 4096, one point at (25, 17).
private let point: [UInt8] = [
    0x1A, 0x11, 0x78, 0x02, 0x0A, 0x01, 0x70, 0x12, 0x07, 0x18, 0x01, 0x22, 0x03, 0x09, 0x32, 0x22, 0x28, 0x80, 0x20,
]
private let world = Envelope<LonLat>(minX: -180, minY: -85.0511287, maxX: 180, maxY: 85.0511287)

private func set(_ zooms: ClosedRange<Int>, members: [Property] = []) -> TileSet {
    TileSet(
        name: "Prueba «ñ»", summary: "A \"test\"", attribution: "Nobody", format: .vector, zooms: zooms, bounds: world,
        layers: [
            TileLayer(
                id: "p", summary: "points", shape: .point, zooms: zooms,
                fields: [.init("count", .number), .init("name", .text)])
        ], members: members)
}

/// Writes the first tiles of the curve, all with one content.
@discardableResult
private func write(_ count: UInt64, to path: String, members: [Property] = []) throws -> [TileID] {
    let writer = try MBTilesWriter(path: path, overwrite: true)
    let bytes = try Gzip.compress(point)
    let tiles = (0..<count).compactMap { TileID(number: $0) }
    for tile in tiles { try writer.append(tile, bytes) }
    try writer.finish(set(0...(tiles.last?.zoom ?? 3), members: members))
    return tiles
}

@Suite struct MBTilesTests {
    @Test func `Every tile comes back, and nothing where there was none`() throws {
        let folder = try TemporaryFolder()
        let tiles = try write(85, to: folder.file("a.mbtiles"))
        #expect(folder.names == ["a.mbtiles"])
        let archive = try MBTilesArchive(path: folder.file("a.mbtiles"))
        let bytes = try Gzip.compress(point)
        for tile in tiles { #expect(try archive.tile(tile) == bytes) }
        #expect(try archive.tile(#require(TileID(number: 85))) == nil)
        var order: [TileID] = []
        try archive.forEachTile { tile, _ in order.append(tile) }
        #expect(order == tiles)
        let check = try archive.check(.contents)
        #expect(check.violations == [] && check.warnings == [])
        #expect(check.zooms.map(\.tiles) == [1, 4, 16, 64] && check.distinct == 1)
        #expect(try archive.check(.directory).zooms == check.zooms)
    }

    @Test func `The description comes back with layers, fields and provenance`() throws {
        let folder = try TemporaryFolder()
        let members = [Property("method", .text("ñ")), Property("steps", .json("[1]")), Property("seed", .integer(7))]
        try write(5, to: folder.file("a"), members: members)
        #expect(try MBTilesArchive(path: folder.file("a")).description == set(0...1, members: members))
    }

    @Test func `The tables are those of the specification`() throws {
        let folder = try TemporaryFolder()
        try write(5, to: folder.file("a"))
        try DatabaseQueue(path: folder.file("a")).read { db in
            #expect(try Int.fetchOne(db, sql: "PRAGMA application_id") == 0x4D50_4258)
            #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "delete")
            // The north-western quarter of the world is row 1 from the south.
            #expect(
                try String.fetchAll(db, sql: "SELECT zoom_level||'/'||tile_column||'/'||tile_row FROM tiles ORDER BY 1")
                    == ["0/0/0", "1/0/0", "1/0/1", "1/1/0", "1/1/1"])
            let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM metadata ORDER BY name")
            let metadata = Dictionary(uniqueKeysWithValues: rows.map { ($0["name"] as String, $0["value"] as String) })
            #expect(metadata["format"] == "pbf" && metadata["minzoom"] == "0" && metadata["maxzoom"] == "1")
            #expect(metadata["bounds"] == "-180,-85.0511287,180,85.0511287" && metadata["center"] == "0,0,0")
            #expect(metadata["json"]?.hasPrefix("{\"vector_layers\":[{\"id\":\"p\"") == true)
            #expect(throws: DatabaseError.self) {
                try db.execute(sql: "INSERT INTO tiles SELECT * FROM tiles")
            }
        }
    }

    @Test func `An archive without tiles is one`() throws {
        let folder = try TemporaryFolder()
        try write(0, to: folder.file("a"))
        let archive = try MBTilesArchive(path: folder.file("a"))
        #expect(try archive.tile(.world) == nil)
        #expect(try archive.check(.contents).violations == [])
        #expect(archive.description.zooms == 0...3)
    }

    @Test func `What is given up leaves nothing, and an older archive stays`() throws {
        let folder = try TemporaryFolder()
        try write(1, to: folder.file("a"))
        #expect(throws: TileArchiveError.file(.exists(path: folder.file("a")))) {
            try MBTilesWriter(path: folder.file("a"), overwrite: false)
        }
        do {
            let writer = try MBTilesWriter(path: folder.file("a"), overwrite: true)
            for number in 0..<UInt64(2000) {
                try writer.append(#require(TileID(number: number)), [UInt8](repeating: 1, count: 9000))
            }
            let last = try #require(TileID(number: 1999))
            #expect(throws: TileArchiveError.outOfOrder(.world, after: last)) {
                try writer.append(.world, [1])
            }
            #expect(throws: TileArchiveError.self) {
                try writer.finish(set(0...1, members: [Property("x", .json("{"))]))
            }
            #expect(folder.names.count == 2)
        }
        #expect(folder.names == ["a"])
        #expect(try MBTilesArchive(path: folder.file("a")).check(.contents).tiles == 1)
    }

    @Test func `The same tiles make the same bytes`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] { try write(85, to: folder.file(name)) }
        #expect(FileManager.default.contentsEqual(atPath: folder.file("a"), andPath: folder.file("b")))
    }
}

@Suite struct MBTilesDamageTests {
    @Test func `Flipped bytes and cut ends give a sentence, never a trap`() throws {
        let folder = try TemporaryFolder()
        try write(200, to: folder.file("good"))
        let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("good"))))
        var generator = SeededGenerator(seed: 1)
        for round in 0..<600 {
            var bytes = good
            if round % 4 == 0 {
                bytes.removeLast(Int.random(in: 1...bytes.count, using: &generator))
            } else {
                for _ in 0..<Int.random(in: 1...20, using: &generator) {
                    let end = round % 2 == 0 ? 200 : bytes.count
                    bytes[Int.random(in: 0..<end, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
                }
            }
            let path = folder.file("bad")
            unlink(path)
            let file = try #require(fopen(path, "w"))
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
            do {
                let archive = try MBTilesArchive(path: path)
                _ = try archive.tile(.world)
                _ = try archive.check(round % 2 == 0 ? .contents : .directory)
            } catch let error as TileArchiveError {
                #expect(!error.description.isEmpty)
            }
        }
    }

    private func firstViolation(_ sql: String) throws -> String? {
        let folder = try TemporaryFolder()
        let path = folder.file("a")
        try write(5, to: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
        do {
            return try MBTilesArchive(path: path, patience: 1000).check(.contents).violations.first
        } catch let error as TileArchiveError {
            return error.description.replacingOccurrences(of: path, with: "X")
        }
    }

    @Test func `What is wrong is said`() throws {
        #expect(
            try firstViolation("UPDATE metadata SET value = 'jpg' WHERE name = 'format'")
                == "X must have tiles of format pbf or png, but has jpg")
        #expect(
            try firstViolation("DROP TABLE tiles") == "X must be an MBTiles archive, but has no table tiles")
        #expect(
            try firstViolation("UPDATE metadata SET value = '4' WHERE name = 'maxzoom'")
                == "the zooms must be those of the tiles, 0 to 1, but are said to be 0 to 4")
        #expect(
            try firstViolation("INSERT INTO tiles VALUES (1, 2, 0, x'00')")
                == "every row must be a tile with bytes, but one is none: zoom 1, column 2, row 0")
        #expect(
            try firstViolation("INSERT INTO tiles VALUES ('a', NULL, 1e300, x'00')")
                == "every row must be a tile with bytes, but one is none: zoom a, column NULL, row 1.0e+300")
        #expect(
            try firstViolation("UPDATE tiles SET tile_data = 'text' WHERE zoom_level = 0")
                == "tile 0/0/0 must be a blob, but is none")
        #expect(
            try firstViolation("UPDATE tiles SET tile_data = x'1f8b' WHERE zoom_level = 0")
                == "tile 0/0/0 cannot be uncompressed: gzip data must end with a complete member, but are cut short")
        #expect(
            try firstViolation("DROP INDEX tile_index; INSERT INTO tiles SELECT * FROM tiles WHERE zoom_level = 0")
                == "no tile may come twice, but one does: zoom 0, column 0, row 0")
        #expect(
            try firstViolation("DELETE FROM metadata WHERE name = 'json'")
                == "the metadata must name the layers of vector tiles in json, but do not")
    }

    @Test func `A view that counts for ever is stopped`() throws {
        let message = try firstViolation(
            """
            DROP TABLE tiles; CREATE VIEW tiles AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
            SELECT 1 AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n WHERE i < 0
            """)
        #expect(message == "X cannot be used as a database: interrupted")
    }
}

@Suite(.enabled(if: ForeignProgram.ogrinfo.isInstalled, "ogrinfo is not installed"))
struct MBTilesGDALTests {
    @Test func `GDAL opens the archive and reads its points`() throws {
        let folder = try TemporaryFolder()
        try write(21, to: folder.file("a.mbtiles"))
        let outcome = try ForeignProgram.ogrinfo.run(["-ro", "-al", "-so", folder.file("a.mbtiles")])
        #expect(outcome.errors == "")
        for line in [
            "using driver `MBTiles' successful", "Layer name: p", "Geometry: Multi Point", "Feature Count: 16",
        ] {
            #expect(outcome.output.contains(line), "\(outcome.output)")
        }
    }
}
