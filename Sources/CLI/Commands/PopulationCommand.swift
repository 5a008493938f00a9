import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore
import Incidents

struct PopulationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "population", abstract: "Denominators: residents, dwellings or vehicles by area and year.",
        subcommands: [PopulationImportCommand.self])
}

struct PopulationImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in a table of denominators by area and year.",
        discussion: """
            FILE is CSV (also .gz) with a row an area: area, value, and year, kind and level where they are not said here. Keys \
            must be those of the store's boundaries. A corrected file of the same --source replaces the earlier one.

            Examples:
              faro population import juarez.gpkg poblacion.csv
              faro population import juarez.gpkg censo.csv --level colonia --year 2020 --map area=CVE_COL --map value=POBTOT
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The table.")
    var file: String

    @Option(help: "Level of the areas, where no column says it.")
    var level: Level?

    @Option(help: "Year of the figures, where no column says it.")
    var year: Int?

    @Option(help: "What is counted, where no column says it.")
    var kind = "population"

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
        let console = global.console
        var job = PopulationImport(path: file)
        (job.level, job.year, job.kind, job.source) = (level, year, kind, source)
        job.dates.published = edition.published
        for entry in mapping {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = PopulationImport.Field(rawValue: parts[0]) else {
                let known = PopulationImport.Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--map must be field=column with one of \(known), but is \(entry)")
            }
            job.columns[field] = parts[1]
        }
        var wrong = 0
        let summary = try job.run(into: GeoPackageStore.open(at: store), control: console.control) { issue in
            wrong += 1
            if wrong <= 5 { console.warning("row \(issue.row): \(issue.message)") }
        }
        if wrong > 5 { console.warning("and \((wrong - 5).grouped) more rows with something wrong") }
        if global.json { try console.result(JSONText.of(summary, pretty: true)) }
        console.note(text(summary))
        if strict, summary.counts.rejected > 0 { throw ExitCode(ExitStatus.badData.code) }
    }

    private func text(_ summary: PopulationSummary) -> String {
        let counts = summary.counts
        var lines = [
            summary.alreadyImported
                ? "\(summary.source): in the store already; nothing changed"
                : "\(summary.source): \(counts.read.grouped) rows read, \(counts.placed.grouped) with an area, "
                    + "\(counts.unplaced.grouped) without, \(counts.rejected.grouped) rejected"
        ]
        for (kind, levels) in summary.kinds.sorted(by: { $0.key < $1.key }) {
            let sums = levels.sorted { $0.key < $1.key }.map { "\(Int(clamping: $0.value).grouped) by \($0.key)" }
            lines.append("  \(kind): \(sums.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }
}
