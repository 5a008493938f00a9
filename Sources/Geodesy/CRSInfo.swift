import CPROJ
public import SimpleFeatures

/// What a reference system is: its register code, its unit, where it holds, and its definition for other programs.
public struct CRSInfo: Hashable, Sendable {
    public let crs: CRS
    /// `WGS 84 / UTM zone 14N`.
    public let name: String
    /// The code in the EPSG register, also where the definition carried none but could be recognised.
    public let epsg: Int?
    public let isProjected: Bool
    /// The unit of its axes as PROJ names it: `metre`, `degree`, `US survey foot`.
    public let unit: String
    /// Where it is meant to be used, such as `Mexico - onshore and offshore.`; nil where the register does not say.
    public let areaName: String?
    /// The same as a box; nil where the register does not say. A box that crosses the 180th meridian has `minX > maxX`.
    public let area: Envelope<LonLat>?
    /// The definition a `.prj` holds (ESRI's WKT 1); nil where that language cannot say it.
    public let esriWKT: String?
    /// The definition for GeoPackage's `gpkg_spatial_ref_sys` (WKT 1 with codes); nil where that language cannot say it.
    public let wkt: String?

    /// Looks a reference system up.
    /// - Throws: ``GeodesyError/unknownCRS(_:reason:)``.
    /// - Complexity: about a millisecond: PROJ's database is opened each time.
    public static func describe(_ crs: CRS) throws(GeodesyError) -> CRSInfo {
        CRSInfo(try ReferenceSystem(crs, in: ProjContext()))
    }

    /// Whether its coordinates are metres on a plane.
    public var isMetres: Bool { isProjected && unit == "metre" }

    /// What a reader of distances and densities must know; nil where there is nothing to say.
    public var caution: String? {
        guard epsg == 3857 else { return nil }
        return "\(crs) stretches lengths by 1/cos(latitude), 10 % at 25 degrees; a UTM zone or EPSG:6372 does not"
    }

    /// Refuses a system in degrees or feet, because analysis happens in metres, and web mercator, whose metres are none.
    /// - Parameter place: somewhere in the study area, so that the message can name a fitting UTM zone.
    /// - Throws: ``GeodesyError/notMetres(crs:name:unit:suggestion:)``.
    public func requireProjectedMetres(near place: LonLat? = nil) throws(GeodesyError) {
        guard !isMetres || caution != nil else { return }
        let suggestion = place.flatMap { CRS.utm(for: $0) } ?? CRS("EPSG:32614")
        let found =
            isMetres
            ? "metres stretched by 1/cos(latitude)"
            : unit == "degree" ? "degrees" : isProjected ? "units of one \(unit)" : "no plane"
        throw .notMetres(crs: crs.name, name: name, unit: found, suggestion: suggestion.name)
    }

    init(_ system: ReferenceSystem) {
        let object = system.object
        crs = system.crs
        name = object.name
        epsg = system.epsg
        isProjected = object.type == PJ_TYPE_PROJECTED_CRS
        unit = Self.unit(of: object)
        (areaName, area) = Self.areaOfUse(of: object)
        esriWKT = Self.text(of: object, as: PJ_WKT1_ESRI)
        wkt = Self.text(of: object, as: PJ_WKT1_GDAL)
    }

    private static func unit(of object: ProjObject) -> String {
        let context = object.context
        let system = ProjObject(proj_crs_get_coordinate_system(context.handle, object.handle), in: context)
        var name: UnsafePointer<CChar>?
        guard let system,
            proj_cs_get_axis_info(context.handle, system.handle, 0, nil, nil, nil, nil, &name, nil, nil) != 0
        else { return "unknown" }
        let text = name.map { String(cString: $0) } ?? "unknown"
        // Definitions without a register write the same units in their own way.
        return ["meter": "metre", "metre": "metre", "m": "metre", "degree": "degree"][text.lowercased()] ?? text
    }

    private static func areaOfUse(of object: ProjObject) -> (String?, Envelope<LonLat>?) {
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        var name: UnsafePointer<CChar>?
        guard proj_get_area_of_use(object.context.handle, object.handle, &west, &south, &east, &north, &name) != 0
        else {
            return (nil, nil)
        }
        // PROJ says -1000 where it knows the name but not the box.
        let box = south >= -90 ? Envelope<LonLat>(minX: west, minY: south, maxX: east, maxY: north) : nil
        return (name.map { String(cString: $0) }, box)
    }

    private static func text(of object: ProjObject, as language: PJ_WKT_TYPE) -> String? {
        "MULTILINE=NO".withCString { option in
            var options: [UnsafePointer<CChar>?] = [option, nil]
            return proj_as_wkt(object.context.handle, object.handle, language, &options).map { String(cString: $0) }
        }
    }
}
