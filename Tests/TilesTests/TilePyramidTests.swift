import Compression
import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct TilePyramidTests {
    private static func pyramid(_ points: MercatorPoints, zooms: ClosedRange<Int>, below: Int = 0) throws -> TilePyramid
    {
        try TilePyramid(
            layers: [PointPyramid(layer: "incidents", zooms: zooms, points: points, merging: .init(below: below))],
            zooms: zooms)
    }

    @Test(arguments: [0, 15])
    func `A tile that is too large is coarsened, says so, and has lost no point`(below: Int) throws {
        let points = PointFixture(count: 3000, seed: 6)
        var tiles = try Self.pyramid(points.columns(), zooms: 7...9, below: below)
        tiles.sizeLimit = 3000
        let archive = ArchiveInMemory()
        let account = try tiles.write(to: archive)
        #expect(account.coarsenedTiles > 0 && account.largestTile <= 3000)
        #expect(tiles.describedLayers(account).map(\.id) == ["incidents", "faro"])
        for zoom in 7...9 {
            var count = 0
            var coarsened = 0
            for (tile, content) in try archive.read(zoom: zoom) {
                let features = try #require(content["incidents"]).features
                count += features.reduce(0) { $0 + max(1, $1.integer("count")) }
                guard let notes = content[TilePyramid.notesLayer] else { continue }
                coarsened += 1
                let note = try #require(notes.features.first)
                #expect(notes.features.count == 1 && note.point == TilePoint(x: 2048, y: 2048))
                #expect(note["layer"] == .text("incidents") && note.integer("features") == features.count, "\(tile)")
                #expect(note.integer("features_in_full") > features.count && note["over_limit"] == nil)
                let step = note.integer("step")
                let cells = below == 0 ? 1 << (12 - step) : 1 << (6 - step)
                #expect(note["coarsened"] == .text("points merged in cells of 1/\(cells) tile"))
            }
            #expect(count == points.count)
            #expect(account.zooms[zoom]?.coarsenedTiles == coarsened)
            #expect(account.zooms[zoom]?.coarsenings.values.reduce(0, +) == coarsened)
        }
    }

    @Test func `Very many points at one place become one feature with their count`() throws {
        let count = 60_000
        var tiles = try Self.pyramid(
            MercatorPoints(
                x: [UInt32](repeating: 1 << 30, count: count), y: [UInt32](repeating: 1 << 30, count: count),
                ids: (0..<Int64(count)).map { $0 }), zooms: 14...14)
        tiles.sizeLimit = 100_000
        let tile = MercatorPosition(x: 1 << 30, y: 1 << 30).tile(zoom: 14)
        let content = VectorTile(try Gzip.decompress(#require(try tiles.tile(tile))))
        #expect(content.findings == [])
        #expect(content["incidents"]?.features.map { $0.integer("count") } == [count])
        #expect(content["faro"]?.features.first?.integer("features_in_full") == count)
    }

    @Test func `What fits at no step is written all the same, and says so`() throws {
        var tiles = try Self.pyramid(PointFixture(count: 100, seed: 7).columns(), zooms: 0...0)
        tiles.sizeLimit = 10
        let archive = ArchiveInMemory()
        let account = try tiles.write(to: archive)
        #expect(account.zooms[0]?.tilesOverLimit == 1)
        let content = try #require(try archive.read(zoom: 0).first).content
        #expect(content["incidents"]?.features.map { $0.integer("count") } == [100])
        #expect(content["faro"]?.features.first?["over_limit"] == .integer(1))
        #expect(try tiles.message(.world) == Gzip.decompress(archive.tiles[0].bytes))
    }

    @Test(arguments: [nil, 2000])
    func `A tile on request is the tile of the archive`(limit: Int?) throws {
        var tiles = try Self.pyramid(PointFixture(count: 500, seed: 8).columns(), zooms: 0...10, below: 5)
        tiles.sizeLimit = limit
        let archive = ArchiveInMemory()
        _ = try tiles.write(to: archive)
        for (tile, bytes) in archive.tiles {
            #expect(try tiles.tile(tile) == bytes)
            #expect(try tiles.message(tile) == Gzip.decompress(bytes))
        }
        #expect(try tiles.tile(#require(TileID(zoom: 10, x: 0, y: 0))) == nil)
        #expect(try tiles.tile(#require(TileID(zoom: 11, x: 0, y: 0))) == nil)
    }

    @Test func `Only the largest of several layers is coarsened`() throws {
        let zooms = 5...5
        let many = try PointPyramid(layer: "many", zooms: zooms, points: PointFixture(count: 2000, seed: 9).columns())
        let few = try PointPyramid(layer: "few", zooms: 4...5, points: PointFixture(count: 20, seed: 10).columns())
        var tiles = try TilePyramid(layers: [many, few], zooms: zooms)
        tiles.sizeLimit = 3000
        let archive = ArchiveInMemory()
        let account = try tiles.write(to: archive)
        #expect(account.layers == ["many", "few"] && account.zooms[5]?.features[1] == 20)
        let notes = try archive.read(zoom: 5).flatMap { $0.content["faro"]?.features ?? [] }
        #expect(!notes.isEmpty && notes.allSatisfy { $0["layer"] == .text("many") })
    }

    @Test func `Writing ends where progress says so`() throws {
        let tiles = try Self.pyramid(PointFixture(count: 500, seed: 11).columns(), zooms: 0...12)
        var shares: [Double] = []
        _ = try tiles.write(to: ArchiveInMemory()) {
            shares.append($0)
            return true
        }
        #expect(shares == shares.sorted() && shares.last == 1)
        #expect(throws: TilePyramidError.cancelled) { try tiles.write(to: ArchiveInMemory()) { $0 < 0.3 } }
    }

    @Test func `Layers have names of their own`() throws {
        let layer = try PointPyramid(layer: "a", zooms: 0...1, points: MercatorPoints(x: [], y: []))
        let reserved = try PointPyramid(layer: "faro", zooms: 0...1, points: MercatorPoints(x: [], y: []))
        #expect(throws: TilePyramidError.layerName("a")) { try TilePyramid(layers: [layer, layer], zooms: 0...1) }
        #expect(throws: TilePyramidError.layerName("faro")) { try TilePyramid(layers: [reserved], zooms: 0...1) }
    }
}
