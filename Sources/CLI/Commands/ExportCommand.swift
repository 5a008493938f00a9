import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import GeoPackageStore
import Incidents
import SimpleFeatures

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write incidents, or the areas of a level, for other programs.",
        discussion: """
            The format follows the suffix: .geojson, .geojsonl (one feature a line), .geojsons (RFC 8142), .gpkg, .fgb, .csv \
            (with .csvt).

            Examples:
              faro export juarez.gpkg -o march.geojson --from 2024-03-01 --to 2024-03-31
              faro export juarez.gpkg district -o districts-2020.geojson --on 2020-06-30
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "incidents, or the name of a level.")
    var layer = "incidents"

    @Option(name: .shortAndLong, help: "Output file; - writes GeoJSON lines to standard output.")
    var output: String

    @Option(help: "Which version of a level's boundaries, by its number. Default: the one that holds last.")
    var boundaryVersion: Int?

    @Option(help: "Which version of a level's boundaries, by a day on which it holds: yyyy-mm-dd.")
    var on: CalendarDate?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        guard layer == "incidents" || filter.isEmpty else {
            throw JobError.usage("filters are for incidents; \(layer) is a level of areas")
        }
        guard layer != "incidents" || (boundaryVersion == nil && on == nil) else {
            throw JobError.usage("--boundary-version and --on are for levels of areas, not for incidents")
        }
        guard boundaryVersion == nil || on == nil else {
            throw JobError.usage("--boundary-version and --on both say which version; say one of them")
        }
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let target = try FeatureTarget(
            path: output, overwrite: overwrite.overwrite, standardOutput: .geoJSONLines)
        let members = [
            Property("source", .text(store.path.fileName)), Property("store_revision", .integer(try store.revision())),
            Property("working_crs", .text(store.settings.crs.name)),
            Property("time_zone", .text(store.settings.timeZone)),
            Property("faro_version", .text(FaroVersion.current)),
        ]
        let written =
            layer == "incidents"
            ? try writeIncidents(of: store, members, to: target.sink, console)
            : try writeAreas(of: store, members, to: target.sink, console)
        console.note("wrote \(written.grouped) \(layer == "incidents" ? "incidents" : "areas") to \(output)")
    }

    private func writeIncidents(
        of store: GeoPackageStore, _ members: [Property], to sink: any FeatureSink, _ console: Console
    ) throws -> Int {
        let selection = try filter.selection(of: store, console: console)
        let record = members + [Property("filter", .json(try JSONText.of(selection.filter)))]
        return try IncidentExport.write(selection, of: store, members: record, to: sink, control: console.control)
    }

    private func writeAreas(
        of store: GeoPackageStore, _ members: [Property], to sink: any FeatureSink, _ console: Console
    ) throws -> Int {
        let version = try IncidentExport.version(of: layer, number: boundaryVersion, on: on, in: store)
        let others = try store.boundaryVersions().filter { $0.level == version.level && $0 != version }
        if !others.isEmpty, boundaryVersion == nil, on == nil {
            console.note(
                "\(layer) has \(others.count + 1) versions; wrote \(version.words); --boundary-version or --on says another"
            )
        }
        return try IncidentExport.write(
            store.boundaryLayer(version.level, number: version.number), members: members, to: sink)
    }
}
