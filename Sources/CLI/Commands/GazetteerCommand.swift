import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore

struct GazetteerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gazetteer",
        abstract: "The names of places that no boundary layer has: street tables and aliases.",
        subcommands: [GazetteerImportCommand.self, GazetteerAliasesCommand.self])
}

struct GazetteerImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in a table of crossings, addresses, kilometres or landmarks.",
        discussion: """
            FILE is CSV (also .gz) with longitude and latitude in degrees. Two columns of streets make a table of crossings, a \
            street and a number one of addresses, a road and a kilometre one of kilometres, a name alone one of landmarks. A \
            later table of the same --source replaces it. Afterwards faro assign asks the words of stored reports again.

            Example: faro gazetteer import cdmx.gpkg choques_2022.csv.gz --map street=calle1 --map cross_street=calle2
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The table.")
    var file: String

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Which column holds a field; repeat for several.", valueName: "field=column"))
    var mapping: [String] = []

    @Option(help: "Name under which a later table replaces this one. Default: the file's name.")
    var source: String?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let job = StreetTableImport(path: file, columns: try columns(), source: source)
        let summary = try job.run(into: GeoPackageStore.open(at: store), control: console.control)
        if global.json { try console.result(JSONText.of(summary, pretty: true)) }
        console.note(StreetTableText.of(summary))
    }

    private func columns() throws -> [StreetTableImport.Field: String] {
        var columns: [StreetTableImport.Field: String] = [:]
        for entry in mapping {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = StreetTableImport.Field(rawValue: parts[0]) else {
                let known = StreetTableImport.Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--map must be field=column with one of \(known), but is \(entry)")
            }
            columns[field] = parts[1]
        }
        return columns
    }
}

struct GazetteerAliasesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aliases", abstract: "Bring in what people answered about names that no colonia has.",
        discussion: """
            FILE is the CSV that faro info --quality --aliases writes, with area_id filled in: the key of the area that is meant, \
            or - where the name is no place. Rows left empty are not answered. Afterwards faro assign places the reports that have \
            those names.

            Example: faro gazetteer aliases juarez.gpkg nombres.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The answered names.")
    var file: String

    @Option(help: "Name under which the store keeps where the answers came from. Default: the file's name.")
    var source: String?

    @Flag(help: "Let an answer replace another one that the store has.")
    var replace = false

    @Flag(help: "Exit with 65 when a row was refused.")
    var strict = false

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        var job = AliasImport(path: file)
        job.source = source
        job.replaces = replace
        let summary = try job.run(into: GeoPackageStore.open(at: store), control: console.control)
        if global.json { try console.result(JSONText.of(summary, pretty: true)) }
        console.note(
            "\(file.fileName): \(summary.rows.grouped) names, \(summary.taken.grouped) answers taken, "
                + "\(summary.known.grouped) known before, \(summary.leftEmpty.grouped) left empty, "
                + "\(summary.refused.count.grouped) refused")
        for line in QualityText.refusals(summary) { console.note(line) }
        if summary.taken > 0 { console.note("faro assign places the reports that have these names") }
        if strict, !summary.refused.isEmpty { throw ExitCode(ExitStatus.badData.code) }
    }
}
