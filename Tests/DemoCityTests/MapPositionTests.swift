import SimpleFeatures
import Testing

@testable import DemoCity

@Suite struct MapPositionTests {
    /// Computed with PROJ 9.5.1, EPSG:32613 to EPSG:4326.
    @Test(arguments: [
        (0.0, 0.0, -103.102009145540, 26.595173090576),
        (9500, 7000, -103.005556233928, 26.657034422212),
        (-10_000, -8000, -103.203517424753, 26.524278942538),
    ])
    func `UTM metres become the degrees that PROJ gives`(x: Double, y: Double, longitude: Double, latitude: Double) {
        let place = MapPosition.place(PlanarPoint(x: x, y: y))
        #expect(abs(place.longitude - longitude) < 1e-8)
        #expect(abs(place.latitude - latitude) < 1e-8)
    }

    @Test func `A rounded place is the number that its decimals spell`() {
        let place = MapPosition.rounded(LonLat(longitude: -103.123456789, latitude: 26.987654321), decimals: 5)
        #expect(place == LonLat(longitude: -103.12346, latitude: 26.98765))
    }
}
