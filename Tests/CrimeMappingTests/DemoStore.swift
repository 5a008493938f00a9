import Boundaries
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures
import TestSupport

/// The fictional city as a store of its own in a temporary folder, which goes when the value does.
final class DemoStore {
    let folder: TemporaryFolder
    let demo: DemoFolder
    let store: GeoPackageStore
    let boundaries: [BoundaryImportSummary]
    let streets: StreetTableSummary
    let reports: [ReportImportSummary]

    init(scale: Double = 0.05) throws {
        folder = try TemporaryFolder()
        demo = try DemoFolder(path: folder.path, seed: 1810, scale: scale, overwrite: false)
        try demo.writeFiles()
        store = try GeoPackageStore.create(at: demo.storePath, try demo.definition())
        boundaries = try demo.importBoundaries(into: store)
        streets = try demo.importStreets(into: store)
        reports = try demo.importReports(into: store)
    }
}

extension GeoPackageStore {
    static func create(at path: String, _ definition: NewStore.Definition) throws -> GeoPackageStore {
        try create(
            at: path, settings: definition.settings, crsDefinition: (name: definition.crsName, wkt: definition.crsWKT),
            overwrite: false)
    }

    /// An empty store in UTM 14N with the time of Mexico City.
    static func empty(in folder: TemporaryFolder, crs: String = "EPSG:32614") throws -> GeoPackageStore {
        try create(
            at: folder.file("store.gpkg"),
            try NewStore(settings: StoreSettings(crs: .init(crs), timeZone: "America/Mexico_City")).validated())
    }
}

/// Real boundaries and incidents, for the tests that ask for them.
enum RealData {
    static let folder = ProcessInfo.processInfo.environment["FARO_REALDATA"]
    static var isThere: Bool { folder != nil }
    static func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }
}
