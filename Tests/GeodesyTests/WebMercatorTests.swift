import Geodesy
import SimpleFeatures
import TestSupport
import Testing

@Suite struct WebMercatorTests {
    @Test func `The example of EPSG Guidance Note 7-2 is met`() {
        // 24°22'54.433" N, 100°20'00.000" W: E -11169055.58, N 2800000.00.
        let place = LonLat(longitude: -(100 + 20.0 / 60), latitude: 24 + 22.0 / 60 + 54.433 / 3600)
        let point = WebMercator.planar(place)
        #expect(abs(point.x + 11_169_055.58) < 0.005)
        #expect(abs(point.y - 2_800_000) < 0.02)
        let back = WebMercator.lonLat(point)
        #expect(abs(back.longitude - place.longitude) < 1e-12 && abs(back.latitude - place.latitude) < 1e-12)
    }

    @Test func `Our arithmetic agrees with PROJ to a micrometre`() throws {
        let mercator = try Transformation(from: .wgs84, to: CRS("EPSG:3857"))
        var generator = SeededGenerator(seed: 3857)
        let places = (0..<1_000).map { _ in
            LonLat(
                longitude: .random(in: -180...180, using: &generator),
                latitude: .random(in: -85...85, using: &generator))
        }
        var (x, y) = (places.map(\.x), places.map(\.y))
        #expect(try mercator.transform(x: &x, y: &y) == 0)
        for (index, place) in places.enumerated() {
            let point = WebMercator.planar(place)
            #expect(abs(point.x - x[index]) < 1e-6 && abs(point.y - y[index]) < 1e-6)
        }
    }

    @Test func `A place lies in the tile of the slippy map formula`() throws {
        // (lon+180)/360·2¹⁴ = 3626.50, (1−asinh(tan φ)/π)/2·2¹⁴ = 6981.72.
        let tile = try #require(WebMercator.tile(longitude: -100.3161, latitude: 25.6866, zoom: 14))
        #expect(tile == (x: 3626, y: 6981))
    }

    @Test(arguments: [
        // Zoom 1: quadrants in the order of the letter Z.
        (-90.0, 45.0, 1, 0), (90, 45, 1, 1), (-90, -45, 1, 2), (90, -45, 1, 3),
        // Zoom 2, column 2 (10), row 1 (01): bits y1 x1 y0 x0 = 0 1 1 0.
        (45, 10, 2, 6), (0, 0, 0, 0),
    ])
    func `The key interleaves column and row, column in the even bits`(
        longitude: Double, latitude: Double, zoom: Int, key: Int64
    ) {
        #expect(WebMercator.cellKey(longitude: longitude, latitude: latitude, zoom: zoom) == key)
    }

    @Test func `Keys of places agree with interleaving bit by bit, and lead back to the tile`() throws {
        var generator = SeededGenerator(seed: 14)
        for _ in 0..<1_000 {
            let (longitude, latitude) = (
                Double.random(in: -180...180, using: &generator), Double.random(in: -89...89, using: &generator)
            )
            let zoom = Int.random(in: 0...31, using: &generator)
            let tile = try #require(WebMercator.tile(longitude: longitude, latitude: latitude, zoom: zoom))
            var slow: Int64 = 0
            for bit in 0..<32 {
                slow |= Int64((tile.x >> bit) & 1) << Int64(2 * bit) | Int64((tile.y >> bit) & 1) << Int64(2 * bit + 1)
            }
            let key = WebMercator.cellKey(longitude: longitude, latitude: latitude, zoom: zoom)
            #expect(key == slow)
            #expect(try #require(WebMercator.tile(ofKey: key)) == tile)
            if zoom > 0 {
                #expect(WebMercator.cellKey(longitude: longitude, latitude: latitude, zoom: zoom - 1) == key >> 2)
            }
        }
    }

    @Test func `The borders and what lies beyond belong to the border tiles`() throws {
        let last = (1 << 14) - 1
        #expect(try #require(WebMercator.tile(longitude: 180, latitude: -90, zoom: 14)) == (x: last, y: last))
        #expect(try #require(WebMercator.tile(longitude: -180, latitude: 90, zoom: 14)) == (x: 0, y: 0))
        #expect(try #require(WebMercator.tile(longitude: 1e300, latitude: -1e300, zoom: 14)) == (x: last, y: last))
        #expect(try #require(WebMercator.tile(longitude: 0, latitude: 0, zoom: 99)).x == 1 << 30)
        #expect(try #require(WebMercator.tile(longitude: 0, latitude: 0, zoom: -3)) == (x: 0, y: 0))
    }

    @Test func `No place has the key -1`() {
        #expect(WebMercator.cellKey(longitude: .nan, latitude: 20) == -1)
        #expect(WebMercator.cellKey(longitude: -100, latitude: .nan) == -1)
        #expect(WebMercator.cellKey(longitude: .infinity, latitude: 20) == -1)
        #expect(WebMercator.tile(ofKey: -1) == nil)
    }

    @Test func `Columns have the keys of their places`() {
        let keys = WebMercator.cellKeys(longitudes: [-100.3161, .nan, 0], latitudes: [25.6866, 0])
        #expect(keys == [WebMercator.cellKey(longitude: -100.3161, latitude: 25.6866), -1])
    }
}
