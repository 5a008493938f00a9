import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import Files
import Foundation
import GeoPackageStore
import Incidents
import Indicators

struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators", abstract: "What a council measures: indicators, light rules, goals, questions.",
        subcommands: [
            IndicatorsShowCommand.self, IndicatorsImportCommand.self, IndicatorsLightsCommand.self,
        ])
}

struct IndicatorsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the catalogue, or a light rule, that holds: a file to edit.",
        discussion: """
            Examples:
              faro indicators show > council.json
              faro indicators show juarez.gpkg --rule > rule.json
            """)

    @Argument(help: "The store; without it, what comes with Faro.")
    var store: String?

    @Flag(help: "The light rule instead of the catalogue.")
    var rule = false

    func run() throws {
        let store = try store.map { try GeoPackageStore.open(at: $0, readOnly: true) }
        let json: Data
        if rule {
            json = try (store.map { try SheetDocuments.rule(in: $0, asOf: nil) } ?? LightRule.threeYears()).json()
        } else {
            json = try (store.map { try SheetDocuments.catalogue(in: $0, asOf: nil) } ?? IndicatorCatalogue.builtIn())
                .json()
        }
        try Console(quiet: false, progress: .never).result(String(decoding: json, as: UTF8.self))
    }
}

struct IndicatorsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Keep a council's documents in a store: catalogue, light rule, goals, questions.",
        discussion: """
            FILE is JSON, and known by its members: indicators, steps, goals or questions. Nothing is overwritten: what held \
            before can still be asked for with --as-of, and a changed goal keeps its history.

            Example: faro indicators import juarez.gpkg goals.json rule.json
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The documents.")
    var files: [String]

    @Option(help: ArgumentHelp("Day from which they hold: --as-of asks by it. Default: now.", valueName: "date"))
    var published: CalendarDate?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let store = try GeoPackageStore.open(at: store)
        for file in files {
            global.console.note(
                try CouncilImport(json: try CouncilFiles.data(file), published: published).run(into: store))
        }
    }
}

struct IndicatorsLightsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lights", abstract: "Every light of every indicator, area and month, as CSV.",
        discussion: """
            As the figures are known now, or were at an instant: the lights of any past sheet come out again.

            Example: faro indicators lights mexico.gpkg --area '11*' --as-of 2025-01-31T00:00:00Z -o lights.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(help: "Level of the areas.")
    var areas: Level = .municipality

    @Option(
        name: .customLong("area"),
        help: ArgumentHelp("Only this area, or all whose keys begin so: 19*; repeat for several.", valueName: "key"))
    var keys: [String] = []

    @Option(
        help: "The figures as they were known at the end of a day, or at an instant such as 2024-03-01T00:00:00Z.",
        transform: KnownBy.instant)
    var asOf: String?

    @Option(help: ArgumentHelp("From this month on.", valueName: "yyyy-mm"))
    var from: String?

    @Option(help: ArgumentHelp("Up to and including this month.", valueName: "yyyy-mm"))
    var to: String?

    @Option(help: ArgumentHelp("A light rule: a built-in name, or a JSON file.", valueName: "name|file"))
    var rule: String?

    @Option(help: "Where figures come from: incidents, published, or automatic.")
    var origin = "automatic"

    @Option(name: .shortAndLong, help: "Output file (.csv). Without it, standard output.")
    var output = "-"

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        guard let origin = IndicatorSeries.Origin(rawValue: origin) else {
            throw JobError.usage("--origin must be automatic, incidents or published, but is \(origin)")
        }
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let file = try AtomicFile(path: output, overwrite: overwrite.overwrite)
        let catalogue = try SheetDocuments.catalogue(in: store, asOf: asOf)
        let list = LightList(
            IndicatorSeries(level: areas, catalogue: catalogue, origin: origin, areas: keys),
            rule: try rule.map(CouncilFiles.rule) ?? SheetDocuments.rule(in: store, asOf: asOf), asOf: asOf,
            months: try months())
        let (series, lights) = try list.run(in: store, on: list.day)
        try list.writeCSV(series, lights, to: file)
        try file.commit()
        global.console.note(
            "\(lights.count.grouped) places for lights: \(series.indicators.count) indicators, "
                + "\(series.areas.count.grouped) areas, \(series.months.lowerBound) to \(series.months.upperBound); rule \(list.rule.label)"
        )
    }

    private func months() throws -> ClosedRange<Period>? {
        func month(_ text: String) throws -> Period {
            guard let period = Period(text), period.length == .month else {
                throw JobError.usage("\(IndicatorError.notAMonth(text))")
            }
            return period
        }
        guard from != nil || to != nil else { return nil }
        let first = try month(from ?? "0001-01")
        let last = try month(to ?? "9999-12")
        guard first <= last else {
            throw JobError.usage("--from must not come after --to, but \(first) comes after \(last)")
        }
        return first...last
    }
}
