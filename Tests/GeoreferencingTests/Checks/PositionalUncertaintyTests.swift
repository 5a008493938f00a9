import Foundation
import Geodesy
import Georeferencing
import SimpleFeatures
import Statistics
import Testing

struct PositionalUncertaintyTests {
    private let geodesic: Geodesic

    init() throws { geodesic = try Geodesic() }

    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> MultiPolygon<LonLat> {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return MultiPolygon([Polygon(exterior: corners.map { LonLat(longitude: $0.0, latitude: $0.1) })])
    }

    @Test func `The radius reaches from the place inside to the farthest corner`() throws {
        let area = box(-99.2, 19.3, -99.1, 19.4)
        let uncertainty = try #require(PositionalUncertainty(of: area, geodesic: geodesic))
        #expect(abs(uncertainty.place.longitude + 99.15) < 1e-9 && abs(uncertainty.place.latitude - 19.35) < 1e-9)
        // Half a tenth of a degree: 5,533 m northward and 5,255 m eastward.
        #expect(abs(uncertainty.radius.metres - (5533.0 * 5533 + 5255 * 5255).squareRoot()) < 15)
        let corners = area.polygons[0].exterior.compactMap { geodesic.distance(from: uncertainty.place, to: $0) }
        #expect(uncertainty.radius == corners.max())
    }

    @Test func `Of areas that may each be meant, the radius covers all, from the one in their middle`() throws {
        let areas = [
            box(-99.2, 19.3, -99.19, 19.31), box(-99.17, 19.3, -99.16, 19.31), box(-99.1, 19.3, -99.09, 19.31),
        ]
        let uncertainty = try #require(PositionalUncertainty(of: areas, geodesic: geodesic))
        #expect(abs(uncertainty.place.longitude + 99.165) < 1e-9)
        let farthest = try #require(
            geodesic.distance(from: uncertainty.place, to: LonLat(longitude: -99.09, latitude: 19.3)))
        #expect(abs(uncertainty.radius.metres - farthest.metres) < 0.01)
    }

    @Test func `The farthest of many vertices of a large country is the one that measuring all finds`() throws {
        var exterior: [LonLat] = []
        for step in 0..<2000 {
            let turn = Double(step) / 2000 * 2 * .pi
            let reach = 5 + Double(step * 37 % 101) / 101
            exterior.append(LonLat(longitude: -102 + 1.2 * reach * cos(turn), latitude: 24 + reach * sin(turn)))
        }
        exterior.append(exterior[0])
        let area = MultiPolygon([Polygon(exterior: exterior)])
        let uncertainty = try #require(PositionalUncertainty(of: area, geodesic: geodesic))
        let all = exterior.compactMap { geodesic.distance(from: uncertainty.place, to: $0) }
        #expect(uncertainty.radius == all.max())
    }

    @Test func `An area that is empty, flat or not on the Earth has no place`() {
        #expect(PositionalUncertainty(of: MultiPolygon([]), geodesic: geodesic) == nil)
        #expect(PositionalUncertainty(of: [], geodesic: geodesic) == nil)
        #expect(PositionalUncertainty(of: box(-99, 19, -98, 19), geodesic: geodesic) == nil)
        #expect(PositionalUncertainty(of: box(-990, 190, -980, 200), geodesic: geodesic) == nil)
    }

    @Test(arguments: [
        (0, 76_300.0), (1, 7630), (2, 763), (3, 76.3), (4, 10), (5, 10), (14, 10), (-3, 76_300), (400, 10),
    ])
    func `Decimals at Mexico City: half the diagonal of a cell, and no less than ten metres`(
        decimals: Int, metres: Double
    ) {
        // At 19.43° N a degree measures 110,670 m northward and 105,070 m eastward: a diagonal of 152,600 m.
        let radius = PositionalUncertainty.radius(decimals: decimals, latitude: 19.43).metres
        #expect(abs(radius - metres) <= metres / 1000)
    }

    @Test func `At the equator two decimals are half of the 1,570 m that Wieczorek tabulates for the whole cell`() {
        #expect(abs(PositionalUncertainty.radius(decimals: 2, latitude: 0).metres - 1570 / 2) < 1.5)
        #expect(PositionalUncertainty.radius(decimals: 2, latitude: .nan) == PositionalUncertainty.floor)
        #expect(PositionalUncertainty.radius(decimals: 2, latitude: 91) == PositionalUncertainty.floor)
    }

    @Test(arguments: [
        ("-99.133", 3), ("19", 0), ("", 0), ("19.", 0), ("19,4300", 4), (".5", 1), ("19.43N", 2), ("19.43.17", 2),
        ("19.4716442340485", 13),
    ])
    func `Decimals as written`(text: String, decimals: Int) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { PositionalUncertainty.decimals(of: $0) } == decimals)
    }

    @Test(arguments: [(-99.133, 3), (19.0, 0), (19.43, 2), (-99.14957, 5), (19.4716442340485, 9), (100.000001, 6)])
    func `Decimals that a number needs`(degrees: Double, decimals: Int) {
        #expect(PositionalUncertainty.decimals(of: degrees) == decimals)
    }

    @Test func `Every number of up to eight decimals needs no more than it was written with`() {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<20_000 {
            let decimals = Int(generator.next(below: 9))
            let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
            let value = (generator.unit() * 360 - 180) * scale
            #expect(PositionalUncertainty.decimals(of: value.rounded() / scale) <= decimals)
        }
        for value in [Double.nan, .infinity, 1e300, -181] { #expect(PositionalUncertainty.decimals(of: value) == 0) }
    }
}
