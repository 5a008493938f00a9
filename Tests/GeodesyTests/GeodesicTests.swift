import Geodesy
import SimpleFeatures
import Testing

@Suite struct GeodesicTests {
    @Test func `Wellington to Salamanca is as long as GeographicLib's documentation says`() throws {
        let distance = try Geodesic().distance(
            from: LonLat(longitude: 174.81, latitude: -41.32), to: LonLat(longitude: -5.50, latitude: 40.96))
        #expect(abs(try #require(distance).metres - 19_959_679.267) < 0.001)
    }

    @Test func `A degree along the equator is a degree of its circle`() throws {
        let distance = try Geodesic().distance(
            from: LonLat(longitude: -100, latitude: 0), to: LonLat(longitude: -99, latitude: 0))
        #expect(abs(try #require(distance).metres - 6_378_137 * Double.pi / 180) < 1e-6)
    }

    @Test func `A place is no distance from itself, and nothing is measured off the Earth`() throws {
        let geodesic = try Geodesic()
        let place = LonLat(longitude: -100, latitude: 25)
        #expect(geodesic.distance(from: place, to: place) == .metres(0))
        #expect(geodesic.distance(from: place, to: LonLat(longitude: 25, latitude: -100)) == nil)
        #expect(geodesic.distance(from: LonLat(longitude: .nan, latitude: 0), to: place) == nil)
    }
}
