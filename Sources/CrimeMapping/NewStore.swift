import CivilTime
import Geodesy
public import Incidents
import SimpleFeatures

/// Checks what a new store is to be made with: the job behind `faro init`.
public struct NewStore: Sendable {
    /// As asked for, not yet checked.
    public var settings: StoreSettings

    /// ``validated()`` checks them.
    public init(settings: StoreSettings) { self.settings = settings }

    /// Settings that hold, with what the store writes beside them.
    public struct Definition: Sendable {
        /// The settings to store: a reference system that the register knows stands as its code.
        public var settings: StoreSettings
        /// `WGS 84 / UTM zone 14N`.
        public var crsName: String
        /// The reference system's WKT; `undefined` where PROJ has none.
        public var crsWKT: String
    }

    /// - Throws: `GeodesyError` unless the reference system is projected and in metres; an error that names Mexican
    ///   zones for an unknown time zone.
    public func validated() throws -> Definition {
        let crs = try CRSInfo.describe(settings.crs)
        try crs.requireProjectedMetres()
        _ = try ZoneRules.zone(settings.timeZone)
        let code = crs.epsg.map { CRS("EPSG:\($0)") } ?? settings.crs
        return Definition(
            settings: StoreSettings(crs: code, timeZone: settings.timeZone), crsName: crs.name,
            crsWKT: crs.wkt ?? "undefined")
    }
}
