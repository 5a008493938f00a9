import ArgumentParser
import CrimeMapping
import GeoPackageStore

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write the fictional demo city and build a store from it.",
        discussion: """
            Boundaries, three years of reports with the dirt of real ones, population, a council's goals and survey: everything \
            invented, from a seed.

            Example: faro demo demo
            """)

    @Argument(help: "Folder to make.")
    var folder: String

    @Option(help: "Another seed makes another city.")
    var seed: UInt64 = 1810

    @Option(help: "How many reports, as a multiple of about 12,000 a year.")
    var scale = 1.0

    @Flag(help: "Write the files only; build no store.")
    var filesOnly = false

    @OptionGroup var output: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let demo = try DemoFolder(path: folder, seed: seed, scale: scale, overwrite: output.overwrite)
        try demo.writeFiles(control: console.control)
        console.note("wrote the fictional city \(demo.cityName) to \(folder)")
        guard !filesOnly else { return }
        let path = demo.storePath
        let store = try GeoPackageStore.create(at: path, try demo.definition(), overwrite: output.overwrite)
        for summary in try demo.importBoundaries(into: store, control: console.control) {
            console.note(BoundaryImportText.of(summary))
        }
        console.note(StreetTableText.of(try demo.importStreets(into: store, control: console.control)))
        _ = try demo.importTaxonomy(into: store)
        for summary in try demo.importReports(into: store, control: console.control) {
            console.note(ReportImportText.of(summary))
        }
        _ = try demo.importPopulation(into: store, control: console.control)
        _ = try demo.importCouncil(into: store)
        try QualityText.check(store, console)
        console.note("made \(path)")
    }
}
