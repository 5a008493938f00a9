import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore

struct GazetteerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gazetteer",
        abstract: "The names of places that no boundary layer has: street tables and aliases.",
        subcommands: [GazetteerImportCommand.self])
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
        let left = summary.left.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
        console.note(
            "\(summary.source): \(summary.kind.rawValue)s, \(summary.read.grouped) rows read, \(summary.kept.grouped) kept"
                + (left.isEmpty ? "" : ", left out: \(left.joined(separator: ", "))"))
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
