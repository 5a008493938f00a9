import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import GeoPackageStore
import SimpleFeatures

struct BoundariesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boundaries", abstract: "The areas into which reports are placed.",
        subcommands: [
            BoundariesImportCommand.self, BoundariesListCommand.self, BoundariesRemoveCommand.self,
            BoundariesCorridorCommand.self,
        ])
}

struct BoundariesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the versions of every level, with the days on which they hold.",
        discussion: """
            Tab-separated on standard output: level, version, first day, first day on which it holds no more, areas, source. \
            An empty day is open.

            Example: faro boundaries list juarez.gpkg
            """)

    @Argument(help: "The store.")
    var store: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let versions = try GeoPackageStore.open(at: store, readOnly: true).boundaryVersions()
        if global.json { return try global.console.result(JSONText.of(versions, pretty: true)) }
        let header = "level\tversion\tvalid_from\tvalid_to\tareas\tsource"
        let lines = versions.map { version in
            [
                version.level.name, "\(version.number)", version.validity.from?.description ?? "",
                version.validity.to?.description ?? "", "\(version.areaCount)",
                version.source.replacing("\t", with: " ").replacing("\n", with: " "),
            ].joined(separator: "\t")
        }
        try global.console.result(([header] + lines).joined(separator: "\n"))
    }
}

struct BoundariesRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a version of a level out of a store again, and place its incidents anew.",
        discussion: """
            faro boundaries list says which there are. What the other versions of the level hold stays.

            Example: faro boundaries remove juarez.gpkg --level colonia --number 2
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(help: "The level.")
    var level: Level

    @Option(help: "The number of the version.")
    var number: Int

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let store = try GeoPackageStore.open(at: store)
        try store.removeBoundaries(level, number: number)
        console.note("removed version \(number) of \(level)")
        guard try store.boundaryVersions().contains(where: { $0.level == level }) else { return }
        for tally in try AreaAssignment(level: level).run(in: store, control: console.control) {
            console.note(ReportImportText.level(tally))
        }
    }
}

struct BoundariesImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a file of areas into a store, repaired and audited.",
        discussion: """
            FILE is GeoJSON (also .gz), a Shapefile (plain, or in a zip) or a GeoPackage.

            Example: faro boundaries import juarez.gpkg colonias.geojson.gz --level colonia --parent-level municipality
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The file of areas.")
    var file: String

    @Option(help: "What kind of areas these are: municipality, colonia, district or another lower-case word.")
    var level: Level

    @Option(
        help:
            "Attribute that holds the key of an area; several that only together are one: A+B. Default: a usual one that differs in every feature."
    )
    var idField: String?

    @Option(help: "Attribute that holds the name of an area. Default: a usual one.")
    var nameField: String?

    @Option(help: "The level whose areas hold these; each area's parent is found by a place inside it.")
    var parentLevel: Level?

    @Option(help: "First day on which these boundaries hold: yyyy-mm-dd.")
    var validFrom: CalendarDate?

    @Option(help: "First day on which they hold no more: yyyy-mm-dd.")
    var validTo: CalendarDate?

    @Option(help: "Reference system of the file's coordinates, where it declares none or a wrong one.")
    var crs: String?

    @Option(help: "Which layer, where a zip or GeoPackage holds several.")
    var layer: String?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let store = try GeoPackageStore.open(at: store)
        var job = BoundaryImport(path: file, level: level)
        job.idField = idField
        job.nameField = nameField
        job.parentLevel = parentLevel
        job.validity = Validity(from: validFrom, to: validTo)
        job.crs = crs.map { CRS($0) }
        job.layer = layer
        let summary = try job.run(into: store, geoPackage: ForeignGeoPackage.read, control: console.control)
        if global.json { try console.result(JSONText.of(summary, pretty: true)) }
        console.note(BoundaryImportText.of(summary, allNotes: global.verbose))
        if try !store.imports().isEmpty {
            console.note(
                "incidents that are stored already are not placed in it yet: faro assign \(self.store) --level \(level)"
            )
        }
    }
}
