import Geodesy
import SimpleFeatures
import Testing

@Suite struct CRSInfoTests {
    /// The `.prj` of a published Mexican shapefile: no code, a datum under ESRI's name.
    static let mexicanPRJ = """
        PROJCS["MEXICO_ITRF_2008_LCC",GEOGCS["MEXICO_ITRF_2008",DATUM["D_ITRF_2008",SPHEROID["GRS_1980",6378137,\
        298.257222101],TOWGS84[0,0,0,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],\
        PROJECTION["Lambert_Conformal_Conic_2SP",AUTHORITY["EPSG","9802"]],PARAMETER["Central_Meridian",-102],\
        PARAMETER["Latitude_Of_Origin",12],PARAMETER["False_Easting",2500000],PARAMETER["False_Northing",0],\
        PARAMETER["Standard_Parallel_1",17.5],PARAMETER["Standard_Parallel_2",29.5],PARAMETER["Scale_Factor",1],\
        UNIT["Meter",1,AUTHORITY["EPSG","9001"]]]
        """

    @Test func `A UTM zone is projected, in metres, and has a name`() throws {
        let info = try CRSInfo.describe(CRS("EPSG:32614"))
        #expect(info.name == "WGS 84 / UTM zone 14N")
        #expect(info.epsg == 32614)
        #expect(info.isProjected && info.isMetres && info.unit == "metre")
        #expect(info.area == Envelope(minX: -102, minY: 0, maxX: -96, maxY: 84))
        #expect(info.areaName?.hasPrefix("Between 102°W and 96°W") == true)
        #expect(info.caution == nil)
        try info.requireProjectedMetres()
    }

    @Test func `The definitions for a prj and for a GeoPackage are one line each`() throws {
        let info = try CRSInfo.describe(CRS("EPSG:32614"))
        let esri = try #require(info.esriWKT)
        let wkt = try #require(info.wkt)
        #expect(esri.hasPrefix(#"PROJCS["WGS_1984_UTM_Zone_14N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984","#))
        #expect(wkt.hasPrefix(#"PROJCS["WGS 84 / UTM zone 14N",GEOGCS["WGS 84",DATUM["WGS_1984","#))
        #expect(wkt.hasSuffix(#"AUTHORITY["EPSG","32614"]]"#))
        #expect(!(esri + wkt).contains("\n"))
    }

    @Test(arguments: [32613, 32614, 6372, 26714, 4326, 6365])
    func `The text written to a prj is recognised when it comes back`(code: Int) throws {
        let text = try #require(try CRSInfo.describe(CRS("EPSG:\(code)")).esriWKT)
        #expect(try CRSInfo.describe(CRS(text)).epsg == code)
    }

    @Test func `The Mexican prj without a code is EPSG 6372`() throws {
        let info = try CRSInfo.describe(CRS(Self.mexicanPRJ))
        #expect(info.epsg == 6372)
        #expect(info.name == "Mexico ITRF2008 / LCC")
        let file = try FileTransformation(from: CRS(Self.mexicanPRJ))
        let place = try #require(file.lonLat(FilePosition(x: 2668225.457790, y: 1516270.507178)))
        #expect(abs(place.longitude + 100.3161) < 1e-10 && abs(place.latitude - 25.6866) < 1e-10)
        #expect(file.transformation.operation == "Inverse of Mexico LCC + Mexico ITRF2008 to WGS 84 (1)")
    }

    @Test func `The same projection on another datum is not taken for EPSG 6372`() throws {
        let other = Self.mexicanPRJ.replacing("D_ITRF_2008", with: "D_Rassadiran_1999").replacing(
            "MEXICO_ITRF_2008\"", with: "SOMEWHERE\"")
        #expect(try CRSInfo.describe(CRS(other)).epsg == nil)
    }

    @Test func `Degrees are refused in one sentence that says what to do`() throws {
        let error = GeodesyError.notMetres(
            crs: "EPSG:4326", name: "WGS 84", unit: "degrees", suggestion: "EPSG:32614")
        #expect(throws: error) { try CRSInfo.describe(.wgs84).requireProjectedMetres() }
        #expect(
            error.description
                == "analysis happens in metres; EPSG:4326 (WGS 84) is in degrees; choose a projected CRS such as EPSG:32614"
        )
        let juarez = LonLat(longitude: -106.4245, latitude: 31.6904)
        #expect {
            try CRSInfo.describe(.wgs84).requireProjectedMetres(near: juarez)
        } throws: {
            "\($0)".hasSuffix("such as EPSG:32613")
        }
    }

    @Test func `Feet and geocentric metres are refused as well`() throws {
        #expect {
            try CRSInfo.describe(CRS("EPSG:2278")).requireProjectedMetres()
        } throws: {
            "\($0)".contains("EPSG:2278 (NAD83 / Texas South Central (ftUS)) is in units of one US survey foot")
        }
        #expect(throws: GeodesyError.self) { try CRSInfo.describe(CRS("EPSG:4978")).requireProjectedMetres() }
    }

    @Test(arguments: ["EPSG:999999", "", "not a system", "PROJCS[\"broken\"", "+proj=utm +zone=99 +type=crs"])
    func `An unknown system is refused by name`(text: String) {
        #expect {
            try CRSInfo.describe(CRS(text))
        } throws: {
            guard case GeodesyError.unknownCRS(text, let reason) = $0 else { return false }
            return !reason.isEmpty
        }
    }

    @Test func `The sentence on an unknown system says what was found and what to do`() {
        #expect {
            try Transformation(from: CRS("EPSG:999999"), to: .wgs84)
        } throws: {
            "\($0)"
                == "a reference system must be one PROJ knows, but \"EPSG:999999\" is not (crs not found); "
                + "give a code such as EPSG:32614, or the text of a .prj file"
        }
    }

    @Test func `An operation is no reference system`() {
        #expect(throws: GeodesyError.self) { try CRSInfo.describe(CRS("+proj=pipeline +step +proj=cart")) }
    }

    @Test func `Web Mercator comes with a caution and is refused, since its metres are none`() throws {
        let info = try CRSInfo.describe(CRS("EPSG:3857"))
        #expect(throws: GeodesyError.self) { try info.requireProjectedMetres() }
        #expect(info.isMetres)
        #expect(info.caution?.contains("stretches lengths") == true)
    }

    @Test func `A height beside the plane does not matter`() throws {
        #expect(try CRSInfo.describe(CRS("EPSG:32614+5773")).epsg == 32614)
    }
}

@Suite struct CRSSuggestionTests {
    @Test(arguments: [
        (-100.3161, 25.6866, 32614), (-106.4245, 31.6904, 32613), (-102.0, 20, 32614), (-102.0001, 20, 32613),
        (-70.6, -33.4, 32719), (-180, 0, 32601), (180, 10, 32660),
    ])
    func `A place lies in its UTM zone`(longitude: Double, latitude: Double, code: Int) {
        #expect(CRS.utm(for: LonLat(longitude: longitude, latitude: latitude))?.epsgCode == code)
    }

    @Test(arguments: [(0.0, 85.0), (0, -81), (200, 0), (.nan, 0), (0, .nan)])
    func `There is no zone at the poles nor off the Earth`(longitude: Double, latitude: Double) {
        #expect(CRS.utm(for: LonLat(longitude: longitude, latitude: latitude)) == nil)
    }

    @Test func `A city gets its zone, the country its conic, the world nothing`() {
        #expect(CRS.metric(covering: Envelope(minX: -100.6, minY: 25.4, maxX: -100, maxY: 26))?.epsgCode == 32614)
        #expect(CRS.metric(covering: Envelope(minX: -118.4, minY: 14.5, maxX: -86.7, maxY: 32.7)) == .mexico)
        #expect(CRS.metric(covering: Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)) == nil)
        #expect(CRS.metric(covering: .empty) == nil)
    }
}
