import CrimeMapping
import Geodesy
import Grids
import Hotspots
import Pictures
import SimpleFeatures
import Testing
import Tiles

@Suite struct HeatmapTilesTests {
    private static func result() throws -> DensityMapResult {
        let pattern = try PlaneFixture.pattern([(0, 0), (900, 300), (2500, 2100), (2500, 2000), (4000, 800)])
        return try DensityMap(bandwidth: .fixed(.metres(1500)), cellSize: .metres(50)).run(on: pattern)
    }

    @Test(arguments: [256, 512])
    func `Pixels on both sides of a border between tiles have the colour of the surface under them`(pixels: Int) throws
    {
        let result = try Self.result()
        let tiles = try result.tiles(zooms: 14...14, pixels: pixels)
        let painter = try tiles.painter()
        let plane = try ProjectedTransformation(PlaneFixture.crs)
        let place = try #require(plane.inverse(PlaneFixture.point(1000, 800)))
        let west = try #require(MercatorPosition(place)).tile(zoom: 14)
        let east = try #require(TileID(zoom: 14, x: west.x + 1, y: west.y))
        let palette = tiles.legend.palette
        var seen: Set<UInt8> = []
        for (tile, column) in [(west, pixels - 1), (east, 0)] {
            let drawn = try painter.pixels(tile)
            for row in stride(from: 0, to: pixels, by: 5) {
                // The middle of the pixel, projected by itself, without the mesh.
                let side = 4_294_967_296.0 / Double(1 << 14)
                let middle = MercatorPosition.lonLat(
                    x: (Double(tile.x) + (Double(column) + 0.5) / Double(pixels)) * side,
                    y: (Double(tile.y) + (Double(row) + 0.5) / Double(pixels)) * side)
                let point = try #require(plane.forward(middle))
                let value = result.surface.interpolatedValue(at: point) ?? 0
                let found = drawn.indices[row * pixels + column]
                seen.insert(found)
                // The mesh is right to a thousandth of a pixel, which may tip a value over a border of colours.
                let near = [value * 0.9995, value, value * 1.0005].map { Self.entry(of: $0, tiles.legend) }
                #expect(near.contains(Int(found)), "row \(row): \(found) of \(palette.count), expected \(near)")
            }
        }
        #expect(seen.count > 10)
    }

    /// The entry of a continuous legend for a value, by its stops alone: 255 steps between the first and the last.
    private static func entry(of value: Double, _ legend: HeatmapLegend) -> Int {
        let stops = legend.stops.map(\.value)
        guard let first = stops.first, value >= first else { return 0 }
        guard let upper = stops.firstIndex(where: { $0 > value }) else { return 255 }
        let (low, high) = (stops[upper - 1], stops[upper])
        let share = (Double(upper - 1) + (value - low) / (high - low)) / Double(stops.count - 1)
        return 1 + Int((share * 254).rounded())
    }

    @Test func `Tiles cover the surface, and those beyond it are not asked for`() throws {
        let tiles = try Self.result().tiles(zooms: 0...12)
        for zoom in 0...12 {
            let all = tiles.tiles(zoom: zoom)
            #expect(!all.isEmpty && all == all.sorted())
            #expect(all.allSatisfy { $0.bounds.intersects(tiles.bounds) })
        }
        let tally = TileCount()
        let written = try tiles.write(to: tally, name: "heat", members: [])
        #expect(written == tally.tiles.count && written > 12)
        #expect(tally.tiles.allSatisfy { $0.value.starts(with: [0x89, 0x50, 0x4E, 0x47]) })
        #expect(tally.description?.members["legend_unit"] == .text("delitos por km²"))
    }

    @Test func `A surface of nothing has no heatmap, and a tile is 256 or 512 pixels wide`() throws {
        let empty = DensityMap(bandwidth: .fixed(.metres(100)), cellSize: .metres(50))
        #expect(throws: (any Error).self) { try empty.run(on: PlaneFixture.pattern([])).tiles(zooms: 0...1) }
        #expect(throws: JobError.self) { try Self.result().tiles(zooms: 0...1, pixels: 300) }
    }

    private final class TileCount: TileArchiveWriter {
        var tiles: [TileID: [UInt8]] = [:]
        var description: TileSet?
        func append(_ tile: TileID, _ bytes: [UInt8]) throws { tiles[tile] = bytes }
        func finish(_ description: TileSet) throws { self.description = description }
    }
}
