import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore
import Incidents

struct SeriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "Published aggregates: monthly counts, and measures beside crimes.",
        subcommands: [SeriesImportCommand.self, MeasureImportCommand.self])
}

/// The same as `faro import` with a profile of aggregates, under the name by which people look for it.
struct SeriesImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring published monthly counts into a store, every row accounted for.",
        discussion: """
            FILE is CSV (also .gz): the official wide format (sesnsp-municipal), a derived table (sesnsp-homicides), or a tidy \
            table (tidy-series): area (a key of the layer, or state and municipality), month (2024-03, or year and month), \
            category (an offence or indicator) and count, in Spanish or English. Without --profile the columns say which; any \
            other table is described by --map or a JSON profile. A corrected file of the same --source replaces the earlier \
            one, whose figures can still be asked for with --as-of; faro report flags every figure that moved, and shows \
            the lights of past months as they were told then.

            Examples:
              faro series import mexico.gpkg IDM_NM_2025.csv
              faro series import mexico.gpkg IDM_NM_2024-05.csv --source IDM_NM --published 2024-06-20
              faro series import juarez.gpkg mensual.csv --map category=delito --map count=casos
            """)

    @OptionGroup var command: ImportCommand

    mutating func validate() throws {
        command.profile = command.profile ?? ImportCommand.seriesByColumns
        try command.validate()
    }

    func run() throws { try command.run() }
}

struct MeasureImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Bring in what institutions report of themselves: police, plated cars, detentions.",
        discussion: """
            FILE is CSV (also .gz) with a row an indicator, area and month: indicator, area, month, value, and whole for \
            shares (350 of 5000). Indicators are the measures and shares of the store's catalogue.

            Example: faro series measures juarez.gpkg policia.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The table.")
    var file: String

    @Option(help: "Level of the areas.")
    var level: Level = .municipality

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Which column holds a field; repeat for several.", valueName: "field=column"))
    var mapping: [String] = []

    @Option(help: "Name under which a later file replaces this one. Default: the file's name.")
    var source: String?

    @Flag(help: "Exit with 65 when a row was rejected.")
    var strict = false

    @OptionGroup var edition: PublishedOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        var job = MeasureImport(path: file, level: level)
        job.source = source
        job.dates.published = edition.published
        job.columns = try CouncilText.columns(mapping, known: ["indicator", "area", "month", "value", "whole"])
        var wrong = 0
        let summary = try job.run(into: GeoPackageStore.open(at: store)) { issue in
            wrong += 1
            if wrong <= 5 { global.console.warning("row \(issue.row): \(issue.message)") }
        }
        try CouncilText.tell(summary, wrong: wrong, unit: "figures", global)
        if strict, summary.counts.rejected > 0 { throw ExitCode(ExitStatus.badData.code) }
    }
}
