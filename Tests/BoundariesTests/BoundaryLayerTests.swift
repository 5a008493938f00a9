import Boundaries
import SimpleFeatures
import Testing

@Suite struct BoundaryLayerTests {
    /// Two areas of 0.2 by 0.2 degrees; the point lies in the second.
    private let layer = BoundaryLayer(
        version: BoundaryVersion(
            level: .municipality, number: 1, validity: .always, parentLevel: nil, source: "two.geojson", sha256: "",
            areaCount: 2),
        areas: [("01", "Lejos", -101.4, 25.6), ("02", "Cerca", -100.4, 25.6)].map { id, name, west, south in
            Area(
                id: id, name: name,
                geometry: LayerFixture.area(LayerFixture.square(west, south, 0.2)), squareMetres: 1)
        })

    @Test func `The example of PointLocator runs`() {
        var names: [String] = []

        let locator = PointLocator(layer.areas)
        let location = locator.locate(LonLat(longitude: -100.31, latitude: 25.67))
        if location.index >= 0 { names.append(layer.areas[Int(location.index)].name) }

        #expect(names == ["Cerca"])
    }
}
