import ArgumentParser
import CrimeMapping
import Formats
import GeoPackageStore
import Incidents
import SimpleFeatures

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new, empty store.",
        discussion: "Example: faro init juarez.gpkg --crs EPSG:32613 --tz America/Ciudad_Juarez")

    @Argument(help: "The store to make: a GeoPackage, name.gpkg.")
    var store: String

    @Option(
        help: "Projected reference system in metres in which all analysis happens, such as EPSG:32614 or EPSG:6372.")
    var crs: String

    @Option(name: .customLong("tz"), help: "IANA time zone of the reports' times, such as America/Monterrey.")
    var timeZone: String

    @OptionGroup var output: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let definition = try NewStore(settings: StoreSettings(crs: CRS(crs), timeZone: timeZone)).validated()
        if output.overwrite, (try? ByteSource.kind(ofFileAt: store)).map({ $0 != .sqlite }) ?? false {
            throw JobError.usage("--overwrite replaces a store, but \(store) is none; remove it yourself")
        }
        _ = try GeoPackageStore.create(at: store, definition, overwrite: output.overwrite)
        global.console.note("made \(store) in \(definition.crsName) (\(definition.settings.crs)), times of \(timeZone)")
    }
}

extension GeoPackageStore {
    /// Makes a store of a checked definition.
    static func create(at path: String, _ definition: NewStore.Definition, overwrite: Bool) throws -> GeoPackageStore {
        try create(
            at: path, settings: definition.settings, crsDefinition: (name: definition.crsName, wkt: definition.crsWKT),
            overwrite: overwrite)
    }
}
