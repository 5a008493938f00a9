import ArgumentParser
import Bytes
import CivilTime
import CrimeMapping
import Formats
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring reports into a store, every row accounted for, and place them.",
        discussion: """
            FILE is CSV (also .gz), or - for standard input. Every row read ends as placed, ambiguous, unplaced or rejected. \
            The same file again changes nothing; a corrected file of the same --source replaces its rows. A stopped import \
            goes on where it ended when it is run again.

            Published aggregates come in by profile too: monthly counts (sesnsp-municipal, sesnsp-homicides, cdmx-delegaciones) \
            and population (inegi-census). They are joined to municipalities by INEGI's codes, held against the names \
            of the store's municipality layer, or by name; the electoral institute's (INE) codes are never joined by.

            Examples:
              faro import cdmx.gpkg fgj_2022.csv.gz --profile fgj-cdmx --rejects rejected.csv
              faro import juarez.gpkg reportes.csv --map category=delito --map date=fecha --map longitude=lon --map latitude=lat
              faro import mexico.gpkg IDM_NM_2025.csv --profile sesnsp-municipal
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The files; - is standard input.")
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "How the file's columns are read: a built-in profile, or a JSON file. Default: generic; of faro series import what the columns say.",
            valueName: "name|file"))
    var profile: String?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Which column holds a field; repeat for several.", valueName: "field=column"))
    var mapping: [String] = []

    @Option(help: "Reference system of the coordinates, against what the profile says.")
    var crs: String?

    @Option(
        help: ArgumentHelp(
            "Whose numbers the municipality codes of aggregates are, where their names do not say it.",
            valueName: "inegi|ine|none"))
    var codeScheme: String?

    @Option(
        help: ArgumentHelp(
            "What is counted, against what the profile says.",
            valueName: "unit"))
    var countUnit: CountUnit?

    @Option(
        help: ArgumentHelp(
            "Who has published the counts, against what the profile says. The public sees no counts that nobody has published.",
            valueName: "name"))
    var publisher: String?

    @Option(help: "How the text is encoded: auto, utf-8 or windows-1252.")
    var encoding = "auto"

    @Option(help: "Name under which a later file replaces this one. Default: the file's name.")
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Last day that the file covers; the month in which it lies is not judged unless it ends then. Default: what its incidents say, and of aggregates whole months.",
            valueName: "date"))
    var dataTo: CalendarDate?

    @Option(help: "Write every row with something wrong, and what, to this CSV file.")
    var rejects: String?

    @Flag(help: "Read and count only; write nothing.")
    var dryRun = false

    @Flag(help: "Do not place incidents in areas now; faro assign does it later.")
    var noAssign = false

    @Flag(help: "Exit with 65 when a row was rejected.")
    var strict = false

    @OptionGroup var edition: PublishedOption
    @OptionGroup var output: OverwriteOption
    @OptionGroup var names: CatalogueOption
    @OptionGroup var global: GlobalOptions

    /// Stands for the profile of aggregates that fits the columns.
    static let seriesByColumns = "by its columns"

    func validate() throws {
        if source != nil, files.count > 1 {
            throw ValidationError("--source names one file, but there are \(files.count)")
        }
        if let codeScheme, CodeScheme(rawValue: codeScheme) == nil {
            throw ValidationError("--code-scheme must be inegi, ine or none, but is \(codeScheme)")
        }
    }

    func run() throws {
        if let rejects, files.contains(where: { isSameFile($0, rejects) }) || isSameFile(store, rejects) {
            throw JobError.usage("the rejected rows cannot be written over what is read, \(rejects)")
        }
        let store = try GeoPackageStore.open(at: store, readOnly: dryRun)
        let profile = try resolvedProfile()
        let rejectsFile = try rejects.map { try IssueFile(path: $0, overwrite: output.overwrite) }
        let (rejected, account) =
            profile.series == nil
            ? try importReports(into: store, profile, rejectsFile) : try importSeries(into: store, profile, rejectsFile)
        try rejectsFile?.commit()
        if global.json { try global.console.result(account) }
        if strict, rejected > 0 { throw ExitCode(ExitStatus.badData.code) }
    }

    /// - Returns: how many rows were rejected, and the account as JSON.
    private func importReports(
        into store: GeoPackageStore, _ profile: ImportProfile, _ rejectsFile: IssueFile?
    ) throws -> (rejected: Int, account: String) {
        guard codeScheme == nil else {
            throw JobError.usage("--code-scheme is for aggregates; \(profile.name) is for reports")
        }
        let console = global.console
        var summaries: [ReportImportSummary] = []
        for file in files {
            let input = try InputFile(file)
            defer { input.discard() }
            var job = ReportImport(path: input.path, profile: profile, encoding: try TextEncoding.option(encoding))
            job.source = source ?? (file == "-" ? "standard input" : nil)
            job.dates = FileDates(published: edition.published, dataTo: dataTo)
            job.dryRun = dryRun
            job.placesInAreas = !noAssign
            job.catalogue = names.source
            let summary = try job.run(into: store, control: console.control) {
                try rejectsFile?.append($0, file: input.name)
            }
            if summary.alreadyImported {
                try repeatIssues(of: summary.importID, in: store, rejectsFile, file: input.name)
            }
            summaries.append(summary)
            console.note(ReportImportText.of(summary))
        }
        if !dryRun { try QualityText.check(store, console) }
        return (summaries.reduce(0) { $0 + $1.counts.rejected }, try JSONText.of(summaries, pretty: true))
    }

    /// - Returns: how many rows were rejected, and the account as JSON.
    private func importSeries(
        into store: GeoPackageStore, _ profile: ImportProfile, _ rejectsFile: IssueFile?
    ) throws -> (rejected: Int, account: String) {
        guard crs == nil else { throw JobError.usage("--crs is for coordinates; \(profile.name) has none") }
        let console = global.console
        var summaries: [SeriesImportSummary] = []
        for file in files {
            let input = try InputFile(file)
            defer { input.discard() }
            var job = SeriesImport(path: input.path, profile: profile, encoding: try TextEncoding.option(encoding))
            job.source = source ?? (file == "-" ? "standard input" : nil)
            job.codeScheme = codeScheme.flatMap(CodeScheme.init)
            job.dates = FileDates(published: edition.published, dataTo: dataTo)
            job.dryRun = dryRun
            let summary = try job.run(into: store, control: console.control) {
                try rejectsFile?.append($0, file: input.name)
            }
            if summary.alreadyImported {
                try repeatIssues(of: summary.importID, in: store, rejectsFile, file: input.name)
            }
            summaries.append(summary)
            console.note(SeriesImportText.of(summary))
        }
        return (summaries.reduce(0) { $0 + $1.counts.rejected }, try JSONText.of(summaries, pretty: true))
    }

    /// The rows of a file that is in the store already, as they were told when it came.
    private func repeatIssues(
        of importID: Int64?, in store: GeoPackageStore, _ rejectsFile: IssueFile?, file: String
    ) throws {
        guard let importID else { return }
        try store.issues(of: importID) { _, issue in try rejectsFile?.append(issue, file: file) }
    }

    private func isSameFile(_ a: String, _ b: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return resolved(a) == resolved(b)
    }

    private func resolvedProfile() throws -> ImportProfile {
        var profile = try profile == Self.seriesByColumns ? profileByColumns() : namedProfile().mapping(mapping)
        if let publisher { profile.publisher = publisher }
        if let crs { profile.crs = CRS(crs) }
        if let countUnit { profile.countUnit = countUnit }
        return profile
    }

    private func namedProfile() throws -> ImportProfile {
        let name = profile ?? ImportProfile.generic.name
        return name.hasSuffix(".json")
            ? try ImportProfile(json: Data(try ByteSource.readAll(path: name, limit: 1 << 20)))
            : try ImportProfile.named(name)
    }

    /// The profile of aggregates whose columns the first file has.
    private func profileByColumns() throws -> ImportProfile {
        guard let file = files.first, file != "-" else {
            throw JobError.usage("say how standard input is read, with --profile")
        }
        let known: [ImportProfile] = [.sesnspMunicipal, .sesnspHomicides, .tidySeries]
        return try SeriesImport.profile(
            ofFileAt: file, among: known.map { try $0.mapping(mapping) },
            encoding: TextEncoding.option(encoding))
    }
}

extension TextEncoding {
    /// The encoding an option names; nil for `auto`.
    static func option(_ text: String) throws -> TextEncoding? {
        switch text.lowercased() {
        case "auto", "automatic": nil
        case "utf-8", "utf8": .utf8
        case "windows-1252", "cp1252", "latin-1", "latin1", "iso-8859-1": .windows1252
        default: throw ValidationError("--encoding must be auto, utf-8 or windows-1252, but is \(text)")
        }
    }
}
