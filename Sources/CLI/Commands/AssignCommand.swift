import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore

struct AssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Place the stored incidents in their areas again, after boundaries changed.",
        discussion: "Example: faro assign juarez.gpkg --level colonia")

    @Argument(help: "The store.")
    var store: String

    @Option(help: "Only this level. Default: every level of the store.")
    var level: Level?

    @OptionGroup var names: CatalogueOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let store = try GeoPackageStore.open(at: store)
        var job = AreaAssignment(level: level)
        job.catalogue = names.source
        let tallies = try job.run(in: store, control: console.control)
        if global.json { try console.result(JSONText.of(tallies, pretty: true)) }
        for tally in tallies { console.note(ReportImportText.level(tally)) }
        try QualityText.check(store, console)
    }
}
