import Compression
import Foundation
import TestSupport
import Testing

@testable import Tiles

@Suite struct TileFolderTests {
    private func write(
        _ tiles: [(TileID, [UInt8])], to path: String, page: TilePage? = nil, overwrite: Bool = false
    ) throws {
        let writer = try TileFolderWriter(path: path, format: .vector, page: page, overwrite: overwrite)
        for (tile, bytes) in tiles { try writer.append(tile, bytes) }
        try writer.finish(TileFixture.set(zooms: 0...6))
    }

    @Test func `Tiles lie uncompressed at their address, and come back`() throws {
        let folder = try TemporaryFolder()
        let tiles = try TileFixture.tiles(seed: 1)
        try write(tiles, to: folder.file("map"), page: TilePage())
        #expect(folder.names == ["map"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("map")).count == 7 + 2)
        #expect(
            FileManager.default.contents(atPath: folder.file("map/0/0/0.pbf")).map { [UInt8]($0) } == TileFixture.point)
        let archive = try TileFolder(path: folder.file("map"))
        #expect(archive.description == TileFixture.set(zooms: 0...6))
        #expect(try archive.allTiles().mapValues { try Gzip.compress($0) } == Dictionary(uniqueKeysWithValues: tiles))
        #expect(try archive.tile(.world) == TileFixture.point)
        let missing = try #require(
            (0..<5461).compactMap { TileID(number: $0) }.first { id in !tiles.contains { $0.0 == id } })
        #expect(try archive.tile(missing) == nil)
        let check = try archive.check(.contents)
        #expect(check.violations == [] && check.warnings == [] && check.tiles == tiles.count)
    }

    @Test func `Only a folder that Faro wrote is replaced, and only with leave`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("map")
        let tiles = try TileFixture.tiles(seed: 1)
        try write(Array(tiles.prefix(50)), to: path)
        #expect(throws: TileArchiveError.self) { try write(tiles, to: path) }
        try Data("library".utf8).write(to: URL(fileURLWithPath: path + "/maplibre-gl.js"))
        try write([tiles[0]], to: path, overwrite: true)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["0", "maplibre-gl.js", "tiles.json"])
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/thesis.doc"))
        #expect(throws: TileArchiveError.foreignFolder(path: path, name: "thesis.doc")) {
            try write(tiles, to: path, overwrite: true)
        }
        let other = folder.file("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        try write([tiles[0]], to: other)
        try Data("{\"tilejson\":\"3.0.0\"}".utf8).write(to: URL(fileURLWithPath: other + "/tiles.json"))
        #expect(throws: TileArchiveError.self) { try write(tiles, to: other, overwrite: true) }
        #expect(folder.names == ["map", "other"])
    }

    @Test func `What is given up leaves nothing`() throws {
        let folder = try TemporaryFolder()
        do {
            let writer = try TileFolderWriter(path: folder.file("map"), format: .vector, overwrite: false)
            try writer.append(.world, TileFixture.point)
            #expect(throws: TileArchiveError.self) {
                try writer.append(#require(TileID(zoom: 1, x: 0, y: 0)), [0x1F, 0x8B, 0])
            }
            #expect(folder.names.count == 1)
        }
        #expect(folder.names == [])
    }

    @Test func `A damaged folder gives a sentence`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("map")
        try write(try TileFixture.tiles(seed: 2), to: path)
        try Data([0x1A, 0xFF]).write(to: URL(fileURLWithPath: path + "/1/0/0.pbf"))
        try Data([1]).write(to: URL(fileURLWithPath: path + "/1/0/7.pbf"))
        let check = try TileFolder(path: path).check(.contents)
        #expect(
            check.violations.count == 1 && check.violations[0].hasPrefix("tile 1/0/0 breaks Mapbox Vector Tile 2.1"))
        for text in ["", "[", "{\"format\":\"jpg\"}", "{\"minzoom\":9,\"maxzoom\":99}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/tiles.json"))
            #expect(throws: TileArchiveError.self) { try TileFolder(path: path) }
        }
        #expect(throws: TileArchiveError.self) { try TileFolder(path: folder.file("nowhere")) }
    }
}

@Suite struct TilePageTests {
    @Test func `No text of the description ends the script or becomes a tag`() throws {
        var set = TileFixture.set(zooms: 0...2)
        set.name = "</script><script>alert(1)</script>"
        set.attribution = "<img src=x>"
        let legend = TileLegend(title: "<b>", entries: [.init(color: "url(x)", label: "</script>")])
        for language in [TilePage.Language.spanish, .english] {
            for tiles in [TilePage.Tiles.folder, .pmtiles(name: "</script>.pmtiles")] {
                let page = TilePage(language: language, legend: legend)
                let text = String(decoding: try page.bytes(set, tiles: tiles), as: UTF8.self)
                #expect(text.components(separatedBy: "</script>").count == 5)
                #expect(!text.contains("<img") && !text.contains("url(x)") && !text.contains("://") || tiles != .folder)
                #expect(text.contains("<html lang=\"\(language.rawValue)\">"))
            }
        }
    }
}
