import Boundaries
import Georeferencing
import SimpleFeatures
import Testing

struct NearestNamesTests {
    private func georeferencer(_ names: [String]) throws -> Georeferencer {
        let areas = names.enumerated().map { index, name in
            let west = -99.0 + Double(index) / 100
            let ring = [(west, 19.0), (west + 0.01, 19.0), (west + 0.01, 19.01), (west, 19.01), (west, 19.0)].map {
                LonLat(longitude: $0.0, latitude: $0.1)
            }
            return Area(
                id: "\(index)", name: name, geometry: MultiPolygon([Polygon(exterior: ring)]), squareMetres: 1)
        }
        let version = BoundaryVersion(
            level: .colonia, number: 1, validity: .always, parentLevel: nil, source: "t", sha256: "",
            areaCount: areas.count)
        return try Georeferencer(layers: [BoundaryLayer(version: version, areas: areas)])
    }

    /// ` HOYITO ` and ` HOYO ` share ` HO`, `HOY` and `TO `… worked by hand: {_HO,HOY,OYI,YIT,ITO,TO_} and {_HO,HOY,OYO,YO_}: 2·2/10.
    @Test func `The share of common three-letter pieces orders the names`() throws {
        let places = try georeferencer(["HOYO", "HOYITOS", "CENTRO", "COLONIA HOYITA"])
        let near = places.nearest(to: "Hoyito", in: .colonia)
        #expect(near.map(\.area.id) == ["1", "3", "0"])
        // _HO HOY OYI YIT ITO TOS OS_ against _HO HOY OYI YIT ITO TO_: five of seven and six.
        #expect(abs(near[0].score - 10.0 / 13) < 1e-12)
        #expect(abs(near[1].score - 8.0 / 12) < 1e-12)
        #expect(abs(near[2].score - 4.0 / 10) < 1e-12)
    }

    @Test func `What looks like nothing has no neighbours, and no level none`() throws {
        let places = try georeferencer(["CENTRO"])
        for name in ["", "XQZ", "\0", String(repeating: "Ñ", count: 100_000)] {
            #expect(places.nearest(to: name, in: .colonia).isEmpty)
        }
        #expect(places.nearest(to: "CENTRO", in: .district).isEmpty)
        #expect(places.nearest(to: "CENTRO", in: .colonia, limit: 0).isEmpty)
        #expect(places.nearest(to: "Centro", in: .colonia).map(\.score) == [1])
    }
}
