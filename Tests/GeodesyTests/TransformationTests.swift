import Geodesy
import SimpleFeatures
import TestSupport
import Testing

@Suite struct TransformationTests {
    /// Places in Monterrey, Ciudad Juárez, Mexico City and Cancún.
    static let monterrey = LonLat(longitude: -100.3161, latitude: 25.6866)
    static let juarez = LonLat(longitude: -106.4245, latitude: 31.6904)
    static let mexicoCity = LonLat(longitude: -99.1332, latitude: 19.4326)
    static let cancun = LonLat(longitude: -86.8515, latitude: 21.1619)

    /// Computed without PROJ: transverse Mercator by Krüger's series to n⁶ (Karney 2011, equations 7 to 9 and 35),
    /// Lambert conformal conic with two parallels by the formulas of EPSG Guidance Note 7-2, section 3.1.1.
    @Test(arguments: [
        ("EPSG:32614", monterrey, 367932.966224, 2841635.054982),
        ("EPSG:32614", mexicoCity, 486017.330920, 2148700.219840),
        ("EPSG:32613", juarez, 364991.926276, 3507001.478248),
        ("EPSG:6372", monterrey, 2668225.457790, 1516270.507178),
        ("EPSG:6372", juarez, 2078548.130695, 2186583.534694),
        ("EPSG:6372", cancun, 4063148.877197, 1099400.855098),
    ])
    func `Projected coordinates agree with the formulas of the guidance note`(
        crs: String, place: LonLat, x: Double, y: Double
    ) throws {
        let point = try #require(try ProjectedTransformation(CRS(crs)).forward(place))
        #expect(abs(point.x - x) < 1e-5)
        #expect(abs(point.y - y) < 1e-5)
    }

    @Test func `The example of Guidance Note 7-2 for two parallels is met in its feet`() throws {
        // 28°30' N, 96° W on NAD27 / Texas South Central: E 2963503.91, N 254759.80 US survey feet.
        var (x, y) = ([-96.0], [28.5])
        let failed = try Transformation(from: CRS("EPSG:4267"), to: CRS("EPSG:32040")).transform(x: &x, y: &y)
        #expect(failed == 0)
        #expect(abs(x[0] - 2_963_503.91) < 0.01)
        #expect(abs(y[0] - 254_759.80) < 0.01)
    }

    /// Geocentric translation by −12, 130, 190 m (EPSG:1187), computed without PROJ.
    @Test(arguments: [
        (monterrey, -100.3164495291, 25.6869633788), (juarez, -106.4250091072, 31.6905174249),
        (mexicoCity, -99.1335093119, 19.4332535702),
    ])
    func `NAD27 is brought to WGS 84 by the operation for Mexico`(place: LonLat, x: Double, y: Double) throws {
        let file = try FileTransformation(from: CRS("EPSG:4267"))
        let moved = try #require(file.lonLat(FilePosition(x: place.x, y: place.y)))
        #expect(abs(moved.longitude - x) < 1e-9)
        #expect(abs(moved.latitude - y) < 1e-9)
        #expect(file.transformation.operation == "NAD27 to WGS 84 (18) [EPSG:1187]")
        #expect(file.transformation.accuracy == .metres(12))
    }

    @Test func `NAD27 goes by the operation for Mexico also between projected systems, both ways`() throws {
        let there = try Transformation(from: CRS("EPSG:26714"), to: CRS("EPSG:6372"))
        let back = try Transformation(from: CRS("EPSG:6372"), to: CRS("EPSG:26714"))
        #expect(there.operation.contains("NAD27 to WGS 84 (18)"))
        #expect(back.operation.contains("Inverse of NAD27 to WGS 84 (18)"))
        #expect(there.accuracy == .metres(13))
        var (x, y) = ([400_000.0], [2_800_000.0])
        #expect(try there.transform(x: &x, y: &y) == 0)
        #expect(try back.transform(x: &x, y: &y) == 0)
        #expect(abs(x[0] - 400_000) < 1e-3 && abs(y[0] - 2_800_000) < 1e-3)
    }

    @Test func `Another datum operation is taken when asked for by code, and a senseless one refused`() throws {
        let american = try Transformation(from: CRS("EPSG:4267"), to: .wgs84, operation: 1173)
        #expect(american.operation == "NAD27 to WGS 84 (4) [EPSG:1173]")
        let refused = GeodesyError.unknownOperation(code: 1187, from: "EPSG:32614", to: "EPSG:4326")
        #expect(throws: refused) { try Transformation(from: CRS("EPSG:32614"), to: .wgs84, operation: 1187) }
        #expect(
            refused.description
                == "operation EPSG:1187 must lead from EPSG:32614 to EPSG:4326, but does not; leave it out, or name one that does"
        )
    }

    @Test func `EPSG 4326 comes longitude first, on either side`() throws {
        var (x, y) = ([-100.3161], [25.6866])
        let mercator = try Transformation(from: .wgs84, to: CRS("EPSG:3857"))
        #expect(try mercator.transform(x: &x, y: &y) == 0)
        #expect(x[0] < -11_000_000 && y[0] > 2_900_000 && y[0] < 3_000_000)
        #expect(try mercator.transform(x: &x, y: &y, direction: .inverse) == 0)
        #expect(abs(x[0] + 100.3161) < 1e-12 && abs(y[0] - 25.6866) < 1e-12)
    }

    @Test(arguments: ["EPSG:4326", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
    func `Positions that are WGS 84 already stay as they are`(name: String) throws {
        let file = try FileTransformation(from: CRS(name))
        let position = FilePosition(x: -100.316123456789012, y: 25.686612345678901)
        #expect(file.lonLat(position) == LonLat(longitude: position.x, latitude: position.y))
        #expect(file.transformation.operation == "none")
        #expect(file.transformation.accuracy == .metres(0))
        #expect(file.lonLat(FilePosition(x: 367_932, y: 2_841_635)) == nil)
    }

    @Test func `ITRF2008 is brought to WGS 84 and says it may be off by a metre`() throws {
        let file = try FileTransformation(from: CRS("EPSG:6365"))
        #expect(file.lonLat(FilePosition(x: -100, y: 25)) == LonLat(longitude: -100, latitude: 25))
        #expect(file.transformation.operation == "Mexico ITRF2008 to WGS 84 (1)")
        #expect(file.transformation.accuracy == .metres(1))
    }

    @Test(arguments: ["EPSG:6372", "EPSG:32614", "EPSG:32613"])
    func `A round trip over Mexico returns within a millimetre`(name: String) throws {
        let projection = try ProjectedTransformation(CRS(name))
        let geodesic = try Geodesic()
        var generator = SeededGenerator(seed: 6372)
        for _ in 0..<2_000 {
            let place = LonLat(
                longitude: .random(in: -118.4 ... -86.7, using: &generator),
                latitude: .random(in: 14.5...32.7, using: &generator))
            let point = try #require(projection.forward(place))
            let back = try #require(projection.inverse(point))
            let gap = try #require(geodesic.distance(from: place, to: back))
            #expect(gap < .metres(0.001))
        }
    }

    @Test func `Columns and single points are transformed alike`() throws {
        let projection = try ProjectedTransformation(.mexico)
        var generator = SeededGenerator(seed: 1)
        let longitudes = (0..<500).map { _ in Double.random(in: -117 ... -87, using: &generator) }
        let latitudes = (0..<500).map { _ in Double.random(in: 15...32, using: &generator) }
        var (x, y) = (longitudes, latitudes)
        #expect(try projection.transformation.transform(x: &x, y: &y) == 0)
        for index in x.indices {
            let place = LonLat(longitude: longitudes[index], latitude: latitudes[index])
            #expect(projection.forward(place) == PlanarPoint(x: x[index], y: y[index]))
        }
    }

    @Test func `Points without an image become NaN and are counted, the others are transformed`() throws {
        var x = [-100.3161, -100.3161, .nan, -100.3161, .infinity]
        var y = [25.6866, 125.6866, 25, 25.6866, 25]
        let transformation = try Transformation(from: .wgs84, to: CRS("EPSG:32614"))
        #expect(try transformation.transform(x: &x, y: &y) == 3)
        #expect(x.map(\.isNaN) == [false, true, true, false, true])
        #expect(y.map(\.isNaN) == [false, true, true, false, true])
        #expect(x[3] == x[0] && abs(x[0] - 367932.966224) < 1e-5)
    }

    @Test func `Columns of different lengths are refused, empty ones are nothing`() throws {
        let transformation = try Transformation(from: .wgs84, to: CRS("EPSG:32614"))
        var (x, y) = ([1.0, 2.0], [1.0])
        #expect(throws: GeodesyError.unequalColumns(x: 2, y: 1)) { try transformation.transform(x: &x, y: &y) }
        var (none, nothing) = ([Double](), [Double]())
        #expect(try transformation.transform(x: &none, y: &nothing) == 0)
    }

    @Test func `A geometry is transformed whole, or not at all`() throws {
        let square: [FilePosition] = [(0, 0), (100, 0), (100, 100), (0, 0)].map {
            FilePosition(x: 367_932 + $0.0, y: 2_841_635 + $0.1)
        }
        let file = try FileTransformation(from: CRS("EPSG:32614"))
        let geometry = Geometry.collection([.polygon(Polygon(exterior: square)), .point(square[0])])
        let area = try #require(try file.lonLat(geometry).asMultiPolygon)
        #expect(area.vertexCount == 4)
        #expect(
            area.polygons[0].exterior.allSatisfy {
                abs($0.longitude + 100.3161) < 0.002 && abs($0.latitude - 25.6866) < 0.002
            })
        let broken = Geometry.lineString(square + [FilePosition(x: .nan, y: 0)])
        #expect(throws: GeodesyError.self) { try file.lonLat(broken) }
    }

    @Test func `Metres taken for degrees are no place on the Earth`() throws {
        let projection = try ProjectedTransformation(CRS("EPSG:32614"))
        #expect(projection.forward(LonLat(longitude: 367_932, latitude: 2_841_635)) == nil)
        #expect(throws: GeodesyError.outsideDomain(x: 25, y: -100, from: "EPSG:4326", to: "EPSG:32614")) {
            try projection.forward(Geometry.point(LonLat(longitude: 25, latitude: -100)))
        }
    }

    @Test func `Degrees are refused as a plane`() {
        #expect(throws: GeodesyError.self) { try ProjectedTransformation(.wgs84) }
    }
}
