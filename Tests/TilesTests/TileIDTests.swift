import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct TileIDTests {
    // The first numbers of the specification's own table, PMTiles version 3, section 4.1.
    @Test(arguments: [
        (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5),
        (12, 3423, 1763, 19_078_479),
    ])
    func `Tiles are numbered along the Hilbert curve`(zoom: Int, x: Int, y: Int, number: UInt64) throws {
        let tile = try #require(TileID(zoom: zoom, x: x, y: y))
        #expect(tile.number == number)
        #expect(TileID(number: number) == tile)
    }

    @Test func `Every number leads back to its tile`() {
        for number in 0..<UInt64(5461) { #expect(TileID(number: number)?.number == number) }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let zoom = Int.random(in: 0...TileID.deepestZoom, using: &generator)
            let side = 0..<(1 << zoom)
            let tile = TileID(
                zoom: zoom, x: Int.random(in: side, using: &generator), y: Int.random(in: side, using: &generator))
            #expect(tile != nil && tile == tile.flatMap { TileID(number: $0.number) })
        }
        #expect(TileID(number: UInt64.max) == nil)
    }

    @Test func `Successive tiles of a zoom are neighbours`() throws {
        for number in UInt64(21)..<84 {
            let (one, next) = (try #require(TileID(number: number)), try #require(TileID(number: number + 1)))
            #expect(abs(one.x - next.x) + abs(one.y - next.y) == 1)
        }
    }

    @Test func `What is no tile is refused`() {
        #expect(TileID(zoom: -1, x: 0, y: 0) == nil)
        #expect(TileID(zoom: 2, x: 4, y: 0) == nil)
        #expect(TileID(zoom: 2, x: 0, y: -1) == nil)
        #expect(TileID(zoom: 21, x: 0, y: 0) == nil)
    }

    // mercantile 1.2.1: tile(-99.1332, 19.4326, 14).
    @Test func `A place lies in its tile at every zoom`() throws {
        let place = LonLat(longitude: -99.1332, latitude: 19.4326)
        let position = try #require(MercatorPosition(place))
        #expect(position.tile(zoom: 14).description == "14/3680/7290")
        var tile: TileID? = position.tile(zoom: TileID.deepestZoom)
        while let current = tile {
            #expect(current == position.tile(zoom: current.zoom))
            #expect(current.bounds.contains(place))
            tile = current.parent
        }
    }

    @Test func `The world ends at 85 degrees and at the date line`() throws {
        #expect(MercatorPosition(LonLat(longitude: 0, latitude: 86)) == nil)
        #expect(MercatorPosition(LonLat(longitude: .nan, latitude: 0)) == nil)
        #expect(MercatorPosition(LonLat(longitude: 181, latitude: 0)) == nil)
        let corner = try #require(MercatorPosition(LonLat(longitude: 180, latitude: -MercatorPosition.northernmost)))
        #expect(corner == MercatorPosition(x: .max, y: .max))
        #expect(abs(TileID.world.bounds.maxY - MercatorPosition.northernmost) < 1e-9)
    }
}
