import ArgumentParser
import CrimeMapping
import Files
import Formats
import Foundation
import GeoPackageStore
import Incidents

struct TaxonomyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "taxonomy", abstract: "The classes under which crimes are counted, and which labels lead to them.",
        subcommands: [
            TaxonomyListCommand.self, TaxonomyShowCommand.self, TaxonomyReportCommand.self, TaxonomyImportCommand.self,
            TaxonomyExportCommand.self,
        ])
}

struct TaxonomyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The crime schemes there are, with the days on which they hold.",
        discussion: "Example: faro taxonomy list juarez.gpkg")

    @Argument(help: "A store, for the schemes brought into it as well.")
    var store: String?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let schemes = try TaxonomyCatalogue.opened(store).schemes
        try global.console.result(
            global.json
                ? JSONText.of(schemes.map(TaxonomyText.Head.init), pretty: true)
                : schemes.map(TaxonomyText.head).joined(separator: "\n"))
    }
}

struct TaxonomyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The classes of a scheme; with --json the scheme as a file to edit and bring in.",
        discussion: "Example: faro taxonomy show CNSP/38/15")

    @Argument(help: "The scheme, as faro taxonomy list names it.")
    var scheme: String

    @Option(help: "A store, for a scheme brought into it.")
    var store: String?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let taxonomy = try TaxonomyCatalogue.opened(store).scheme(scheme)
        try global.console.result(
            global.json ? String(decoding: taxonomy.json(), as: UTF8.self) : TaxonomyText.tree(taxonomy))
    }
}

struct TaxonomyReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What a store's labels are counted as, and the labels that lead nowhere.",
        discussion: "Example: faro taxonomy report juarez.gpkg --json")

    @Argument(help: "The store.")
    var store: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let report = try TaxonomyReport(of: GeoPackageStore.open(at: store, readOnly: true))
        try global.console.result(global.json ? JSONText.of(report, pretty: true) : TaxonomyText.of(report))
    }
}

struct TaxonomyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a scheme (.json) or a mapping (.csv) into a store.",
        discussion: """
            A mapping has the columns source,category,modality,scheme,class,count_unit and may have \
            valid_from,valid_to,sensitive. An empty modality takes all; an empty class says that the label is in none.

            Example: faro taxonomy import juarez.gpkg mapping.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let store = try GeoPackageStore.open(at: store)
        switch try TaxonomyImport(path: file).run(into: store) {
        case .scheme(let label, let classes): global.console.note("scheme \(label) with \(classes.grouped) classes")
        case .rules(let count, let replaced):
            global.console.note("\(count.grouped) rules, \(replaced.grouped) of them in place of earlier ones")
        }
    }
}

struct TaxonomyExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "The mapping as CSV: the rules that come with Faro, and those of a store.",
        discussion: "Example: faro taxonomy export juarez.gpkg -o mapping.csv")

    @Argument(help: "A store, for the rules brought into it as well.")
    var store: String?

    @Option(name: .shortAndLong, help: "Output file (.csv). Without it, standard output.")
    var output = "-"

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let rules = try TaxonomyCatalogue.opened(store).mapping.rules
        let file = try AtomicFile(path: output, overwrite: overwrite.overwrite)
        if global.json {
            try file.write(Array(try JSONText.of(rules, pretty: true).utf8) + [UInt8(ascii: "\n")])
        } else {
            try TaxonomyFile.write(rules, to: file)
        }
        try file.commit()
        global.console.note("\(rules.count.grouped) rules")
    }
}

extension TaxonomyCatalogue {
    /// Of a store, or what comes with Faro.
    fileprivate static func opened(_ path: String?) throws -> TaxonomyCatalogue {
        guard let path else { return try TaxonomyCatalogue() }
        return try TaxonomyCatalogue(of: GeoPackageStore.open(at: path, readOnly: true))
    }
}
