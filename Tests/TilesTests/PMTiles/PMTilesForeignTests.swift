import Foundation
import TestSupport
import Testing
import Tiles

@Suite(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter with pmtiles and pyogrio"))
struct PMTilesForeignTests {
    private static let listing = """
        import hashlib, json, sys
        from pmtiles.reader import Reader, MmapSource, all_tiles
        with open(sys.argv[1], "rb") as f:
            reader = Reader(MmapSource(f))
            header = reader.header()
            tiles = sorted((z, x, y, hashlib.md5(data).hexdigest()) for (z, x, y), data in all_tiles(MmapSource(f)))
            some = [reader.get(z, x, y) is not None for z, x, y, _ in tiles[::50]]
            print(header["clustered"], header["addressed_tiles_count"], header["tile_contents_count"], all(some))
            print(json.dumps(reader.metadata(), sort_keys=True))
            for z, x, y, _ in tiles: print(z, x, y)
        """

    @Test func `The reader of PyPI finds every tile, with leaf directories and without`() throws {
        let folder = try TemporaryFolder()
        for count in [300, 15_000] {
            let path = folder.file("\(count).pmtiles")
            let writer = try PMTilesWriter(path: path, overwrite: false)
            let contents = try (0..<500).map(TileFixture.vector)
            var generator = SeededGenerator(seed: 1)
            var (number, wanted) = (UInt64(0), [TileID]())
            for _ in 0..<count {
                let tile = try #require(TileID(number: number))
                wanted.append(tile)
                try writer.append(tile, contents[Int.random(in: 0..<500, using: &generator)])
                number += UInt64.random(in: 1...20, using: &generator)
            }
            try writer.finish(TileFixture.set(zooms: 0...10))
            let outcome = try ForeignProgram.python.run(["-c", Self.listing, path])
            #expect(outcome.errors == "")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            #expect(
                lines.first
                    == "True \(count) \(min(500, try PMTilesArchive(path: path).check(.directory).distinct ?? 0)) True")
            #expect(lines.dropFirst().first?.contains("\"vector_layers\": [{\"description\": \"points\"") == true)
            let order = wanted.sorted { ($0.zoom, $0.x, $0.y) < ($1.zoom, $1.x, $1.y) }
            #expect(Array(lines.dropFirst(2)) == order.map { "\($0.zoom) \($0.x) \($0.y)" })
        }
    }

    @Test func `GDAL opens the archive and reads its points`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.pmtiles")
        let writer = try PMTilesWriter(path: path, overwrite: false)
        for number in 0..<UInt64(5) {
            try writer.append(try #require(TileID(number: number)), try TileFixture.vector(0))
        }
        try writer.finish(TileFixture.set(zooms: 0...1))
        let script = """
            import pyogrio, sys
            print(pyogrio.read_info(sys.argv[1])["geometry_type"], list(pyogrio.read_info(sys.argv[1])["fields"]))
            meta, _, geometries, _ = pyogrio.raw.read(sys.argv[1])
            print(len(geometries), meta["crs"])
            """
        let outcome = try ForeignProgram.python.run(["-c", script, path])
        #expect(outcome.output == "MultiPoint ['mvt_id', 'count', 'name']\n4 EPSG:3857\n", "\(outcome.errors)")
    }
}
