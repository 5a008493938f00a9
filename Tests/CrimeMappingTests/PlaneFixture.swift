import CrimeMapping
import Hotspots
import SimpleFeatures

/// Points and squares near (480000, 2140000) in UTM 14N, by their offsets from there in metres.
enum PlaneFixture {
    static let crs = CRS("EPSG:32614")

    static func point(_ x: Double, _ y: Double) -> PlanarPoint { PlanarPoint(x: 480_000 + x, y: 2_140_000 + y) }

    static func pattern(_ places: [(Double, Double)], weights: [Double]? = nil) throws -> PointPattern {
        try PointPattern(
            x: places.map { 480_000 + $0.0 }, y: places.map { 2_140_000 + $0.1 }, weights: weights, crs: crs)
    }

    static func area(_ corners: [(Double, Double)]) -> MultiPolygon<PlanarPoint> {
        let ring = (corners + corners.prefix(1)).map { point($0.0, $0.1) }
        return MultiPolygon([Polygon(exterior: ring)])
    }

    static func square(_ side: Double, x: Double = 0, y: Double = 0) -> MultiPolygon<PlanarPoint> {
        area([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    }

    static func studyArea(_ areas: MultiPolygon<PlanarPoint>...) -> StudyArea {
        StudyArea(name: "test area", polygons: areas)
    }
}

extension [Property] {
    /// The value under a name, where it stands there once.
    subscript(name: String) -> PropertyValue? {
        let found = filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }
}
