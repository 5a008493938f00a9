import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import Files
import GeoPackageStore
import Incidents
import Indicators
import Pictures
import Privacy

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "The monthly sheet: indicators, traffic lights, goals, ranking and surveys of one month.",
        discussion: """
            One page to read and print (.html), the same figures as .json and as tidy .csv; repeat -o for several. Counts \
            are those of faro summary. A filled light is more than chance explains, an open one may be chance; missing is \
            not zero. Catalogue, rule, goals and surveys are the store's, see faro indicators and faro survey.

            The sheet is for those who may see every count. --public writes the edition for everybody, the one that faro \
            serve shows without a token: counts below 8 are withheld, and all that they are part of.

            Examples:
              faro report juarez.gpkg --month 2024-03 -o sheet.html -o sheet.json -o sheet.csv
              faro report mexico.gpkg --month 2025-06 --area '19*' --as-of 2025-08-01T00:00:00Z --lang en -o nl.html
              faro report juarez.gpkg --month 2024-03 --table surveys -o surveys.csv
              faro report juarez.gpkg --month 2024-03 --press -o press.html
              faro report juarez.gpkg --month 2024-03 --public -o public.html -o public.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(help: ArgumentHelp("The month.", valueName: "yyyy-mm"))
    var month: String

    @Option(help: "Level of the areas: municipality, district, colonia, …")
    var areas: Level = .municipality

    @Option(
        name: .customLong("area"),
        help: ArgumentHelp("Only this area, or all whose keys begin so: 19*; repeat for several.", valueName: "key"))
    var keys: [String] = []

    @Option(
        help: "The figures as they were known at the end of a day, or at an instant such as 2024-03-01T00:00:00Z.",
        transform: KnownBy.instant)
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "Flag the figures that have moved since the end of this day, or this instant. Default: since the last file that replaced another.",
            valueName: "date|instant"), transform: KnownBy.instant)
    var since: String?

    @Option(help: ArgumentHelp("A light rule: a built-in name, or a JSON file.", valueName: "name|file"))
    var rule: String?

    @Option(help: ArgumentHelp("An indicator catalogue as JSON, against the store's.", valueName: "file"))
    var catalogue: String?

    @Option(help: "Where figures come from: incidents, published, or automatic.")
    var origin = "automatic"

    @Option(help: "What the sheet is of, for its heading. Default: the store's name.")
    var title: String?

    @Option(help: "Language of the page: es or en.")
    var lang: PictureLanguage = .spanish

    @Flag(help: "Only one page, for the press.")
    var press = false

    @Flag(name: .customLong("public"), help: "The edition for everybody, made of nothing but public counts.")
    var isPublic = false

    @Option(name: .shortAndLong, help: "Output file: .html, .json or .csv; repeat for several.")
    var output: [String] = []

    @Option(
        help: ArgumentHelp(
            "Which table a .csv has.", valueName: "table"))
    var table: SheetTable = .indicators

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    /// What the sheet is written as.
    private enum Form: String, SuffixFormat {
        case html, json, csv

        static var subject: String { "a sheet" }
    }

    func validate() throws {
        if output.isEmpty, !global.json { throw ValidationError("say where to write the sheet with -o sheet.html") }
        if isPublic, asOf != nil || since != nil {
            throw ValidationError("--public tells what is known now, without --as-of and --since")
        }
    }

    func run() throws {
        let console = global.console
        let outputs = try output.map { (path: $0, form: try Form(path: $0)) }
        let files = try outputs.map { try AtomicFile(path: $0.path, overwrite: overwrite.overwrite) }
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let figures = try figures(of: store, console)
        for (target, file) in zip(outputs, files) {
            switch target.form {
            case .html: try file.write(Array(page(figures).html.utf8))
            case .json: try file.write(figures.json())
            case .csv: try figures.writeCSV(table, to: file)
            }
        }
        for file in files { try file.commit() }
        if global.json { try console.result(String(decoding: try figures.json(), as: UTF8.self)) }
        console.note(SheetText.of(figures))
    }

    private func figures(of store: GeoPackageStore, _ console: Console) throws -> SheetFigures {
        guard isPublic else { return try sheet().run(in: store, control: console.control) }
        let snapshot = try StoreSnapshot(of: store)
        let city = try PublicCity(of: snapshot, today: snapshot.today)
        return try sheet().run(in: store, publishing: city, control: console.control).value
    }

    private func page(_ figures: SheetFigures) -> SheetPage {
        let name = store.fileName
        return SheetPage(
            figures, store: title ?? (name.hasSuffix(".gpkg") ? String(name.dropLast(5)) : name), language: lang,
            isPress: press)
    }

    private func sheet() throws -> MonthlySheet {
        guard let period = Period(month), period.length == .month else {
            throw JobError.usage("\(IndicatorError.notAMonth(month))")
        }
        guard let origin = IndicatorSeries.Origin(rawValue: origin) else {
            throw JobError.usage("--origin must be automatic, incidents or published, but is \(origin)")
        }
        var sheet = MonthlySheet(month: period, level: areas)
        (sheet.areas, sheet.asOf, sheet.since, sheet.origin) = (keys, asOf, since, origin)
        sheet.rule = try rule.map(CouncilFiles.rule)
        sheet.catalogue = try catalogue.map(CouncilFiles.catalogue)
        return sheet
    }
}
