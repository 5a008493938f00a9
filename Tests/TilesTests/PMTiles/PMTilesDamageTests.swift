import Compression
import Files
import Foundation
import TestSupport
import Testing

@testable import Tiles

@Suite struct PMTilesDamageTests {
    private func archive(in folder: TemporaryFolder, leaves: Bool) throws -> (bytes: [UInt8], tiles: [TileID: [UInt8]])
    {
        let writer = try PMTilesWriter(path: folder.file("good"), overwrite: true)
        var tiles: [TileID: [UInt8]] = [:]
        var generator = SeededGenerator(seed: 3)
        for (index, (tile, bytes)) in try TileFixture.tiles(seed: 3).enumerated() where leaves || index < 60 {
            tiles[tile] = bytes
            try writer.append(tile, bytes)
        }
        if leaves {
            var number: UInt64 = 6000
            for _ in 0..<9_000 {
                number += UInt64.random(in: 1...200, using: &generator)
                let tile = try #require(TileID(number: number))
                tiles[tile] = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                try writer.append(tile, tiles[tile] ?? [])
            }
        }
        try writer.finish(TileFixture.set(zooms: 0...6))
        return ([UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("good")))), tiles)
    }

    /// Opens, reads some tiles and checks: whatever happens, no trap and no error of another kind.
    /// - Returns: whether it was opened.
    private func survives(_ bytes: [UInt8], in folder: TemporaryFolder, _ tiles: [TileID]) throws -> Bool {
        try TileFixture.write(bytes, folder.file("bad"))
        do {
            let archive = try PMTilesArchive(path: folder.file("bad"))
            for tile in tiles { _ = try archive.tile(tile) }
            _ = try archive.check(.directory)
        } catch let error as TileArchiveError {
            #expect(!error.description.isEmpty)
            return false
        }
        return true
    }

    @Test(arguments: [false, true])
    func `Flipped bytes give a sentence or a check, never a trap`(leaves: Bool) throws {
        let folder = try TemporaryFolder()
        let (good, tiles) = try archive(in: folder, leaves: leaves)
        let asked = Array(tiles.keys.sorted().prefix(3)) + [tiles.keys.max() ?? .world]
        var generator = SeededGenerator(seed: 4)
        let header = try PMTilesHeader(good, path: "")
        let places =
            Array(0..<(127 + Int(header.root.length)))
            + Array(Int(header.metadata.offset)..<Int(header.metadata.end ?? 0))
            + Array(Int(header.leaves.offset)..<Int(header.leaves.end ?? 0))
        for _ in 0..<(leaves ? 40 : 1500) {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = places[Int.random(in: 0..<places.count, using: &generator)]
                bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            _ = try survives(bytes, in: folder, asked)
        }
    }

    @Test func `An archive cut short anywhere is refused`() throws {
        let folder = try TemporaryFolder()
        let (good, tiles) = try archive(in: folder, leaves: false)
        for count in Array(0..<300) + Array(stride(from: 300, to: good.count, by: 97)) + [good.count - 1] {
            #expect(try !survives(Array(good[..<count]), in: folder, Array(tiles.keys.prefix(1))), "\(count) bytes")
        }
        #expect(try survives(good, in: folder, Array(tiles.keys.prefix(1))))
    }

    @Test func `Directories without compression, with any byte changed, never trap`() throws {
        let folder = try TemporaryFolder()
        let (good, tiles) = try archive(in: folder, leaves: false)
        let raw = try uncompressed(good)
        #expect(try survives(raw, in: folder, Array(tiles.keys.prefix(5))))
        var generator = SeededGenerator(seed: 9)
        let end = 127 + Int(try PMTilesHeader(raw, path: "").root.length)
        for _ in 0..<1500 {
            var bytes = raw
            bytes[Int.random(in: 127..<end, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            _ = try survives(bytes, in: folder, Array(tiles.keys.prefix(5)))
        }
    }

    /// The archive with its root directory and without metadata as they are before compression.
    private func uncompressed(_ good: [UInt8]) throws -> [UInt8] {
        var header = try PMTilesHeader(good, path: "")
        let root = try Gzip.decompress(Array(good[127..<(127 + Int(header.root.length))]))
        header.root.length = UInt64(root.count)
        header.internalCompression = PMTilesHeader.uncompressed
        header.metadata.length = 0
        var bytes = good
        bytes.replaceSubrange(0..<(127 + root.count), with: header.bytes + root)
        return bytes
    }

    private func error(_ folder: TemporaryFolder, _ change: (inout PMTilesHeader, inout [UInt8]) throws -> Void) throws
        -> String?
    {
        var (bytes, _) = try archive(in: folder, leaves: false)
        var header = try PMTilesHeader(bytes, path: "")
        try change(&header, &bytes)
        bytes.replaceSubrange(0..<127, with: header.bytes)
        let path = folder.file("x")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let archive = try PMTilesArchive(path: path)
            let check = try archive.check(.contents)
            return check.violations.first
        } catch let error as TileArchiveError {
            return error.description.replacingOccurrences(of: path, with: "X")
        }
    }

    @Test func `What is wrong is said`() throws {
        let folder = try TemporaryFolder()
        #expect(try error(folder) { _, _ in } == nil)
        #expect(
            try error(folder) { header, _ in header.tileType = 3 }
                == "X must have tiles that are vector tiles or PNG, but has JPEG")
        #expect(
            try error(folder) { header, _ in header.internalCompression = 4 }
                == "X must have directories compressed with gzip or nothing, but has Zstandard")
        #expect(
            try error(folder) { header, _ in header.tiles.length = .max }?.hasPrefix(
                "X is damaged: the header must place the tiles within the") == true)
        #expect(
            try error(folder) { header, _ in header.minZoom = 9 }
                == "X is damaged: the header must have its lowest zoom first, but says 9 to 3")
        #expect(
            try error(folder) { header, _ in header.addressed += 1 }
                == "the header must count the tiles, 60, but says 61")
        #expect(
            try error(folder) { header, _ in header.maxZoom = 4 }
                == "the zooms must be those of the tiles, 0 to 3, but are said to be 0 to 4")
        #expect(
            try error(folder) { header, _ in header.bounds = [0, 0, 10_000_000, 10_000_000] }?.hasPrefix(
                "tile 2/0/0 must touch the bounds") != nil)
        #expect(
            try error(folder) { header, bytes in bytes[Int(header.tiles.offset) + 12] ^= 0xFF }?.hasPrefix(
                "tile 0/0/0 cannot be uncompressed") == true)
    }

    @Test func `A directory that unpacks to more than its limit is refused`() throws {
        let folder = try TemporaryFolder()
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: PMTilesDirectory.sizeLimit + 1), level: 12)
        #expect(bomb.count < 20_000)
        let message = try error(folder) { header, bytes in
            header.leaves = .init(offset: UInt64(bytes.count), length: UInt64(bomb.count))
            bytes += bomb
            let root = try Gzip.compress(
                PMTilesDirectory.encode([.init(tile: 0, offset: 0, length: UInt32(bomb.count), run: 0)]))
            header.root.length = UInt64(root.count)
            bytes.replaceSubrange(127..<(127 + root.count), with: root)
        }
        #expect(message?.contains("must hold at most 16777216 bytes when uncompressed, but hold more") == true)
    }

    @Test func `Leaves that lead in a circle are refused`() throws {
        let folder = try TemporaryFolder()
        var leaf: [UInt8] = []
        let message = try error(folder) { header, bytes in
            header.internalCompression = PMTilesHeader.uncompressed
            header.metadata.length = 0
            leaf = PMTilesDirectory.encode([.init(tile: 0, offset: 0, length: 5, run: 0)])
            #expect(leaf.count == 5)
            header.leaves = .init(offset: UInt64(bytes.count), length: UInt64(leaf.count))
            bytes += leaf
            header.root.length = UInt64(leaf.count)
            bytes.replaceSubrange(127..<132, with: leaf)
        }
        #expect(
            message?.contains("must lie at most 3 levels below the root") == true
                || message?.contains("vector_layers") == true)
        let archive = try PMTilesArchive(path: folder.file("x"))
        #expect(throws: TileArchiveError.self) { try archive.tile(.world) }
    }
}
