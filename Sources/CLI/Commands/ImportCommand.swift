import ArgumentParser
import Bytes
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

            Examples:
              faro import cdmx.gpkg fgj_2022.csv.gz --profile fgj-cdmx --rejects rejected.csv
              faro import juarez.gpkg reportes.csv --map category=delito --map date=fecha --map longitude=lon --map latitude=lat
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The files of reports; - is standard input.")
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "How the file's columns are read: a built-in profile, or a JSON file.", valueName: "name|file"))
    var profile = "generic"

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Which column holds a field; repeat for several.", valueName: "field=column"))
    var mapping: [String] = []

    @Option(help: "Reference system of the coordinates, against what the profile says.")
    var crs: String?

    @Option(help: "How the text is encoded: auto, utf-8 or windows-1252.")
    var encoding = "auto"

    @Option(help: "Name under which a later file replaces this one. Default: the file's name.")
    var source: String?

    @Option(help: "Write every row with something wrong, and what, to this CSV file.")
    var rejects: String?

    @Flag(help: "Read and count only; write nothing.")
    var dryRun = false

    @Flag(help: "Do not place incidents in areas now; faro assign does it later.")
    var noAssign = false

    @Flag(help: "Exit with 65 when a row was rejected.")
    var strict = false

    @OptionGroup var output: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if source != nil, files.count > 1 {
            throw ValidationError("--source names one file, but there are \(files.count)")
        }
    }

    func run() throws {
        let console = global.console
        if let rejects, files.contains(where: { isSameFile($0, rejects) }) || isSameFile(store, rejects) {
            throw JobError.usage("the rejected rows cannot be written over what is read, \(rejects)")
        }
        let store = try GeoPackageStore.open(at: store, readOnly: dryRun)
        let profile = try resolvedProfile()
        let rejectsFile = try rejects.map { try IssueFile(path: $0, overwrite: output.overwrite) }
        var rejected = 0
        var summaries: [ReportImportSummary] = []
        for file in files {
            let input = try InputFile(file)
            defer { input.discard() }
            var job = ReportImport(path: input.path, profile: profile, encoding: try TextEncoding.option(encoding))
            job.source = source ?? (file == "-" ? "standard input" : nil)
            job.dryRun = dryRun
            job.placesInAreas = !noAssign
            let summary = try job.run(into: store, control: console.control) {
                try rejectsFile?.append($0, file: input.name)
            }
            if summary.alreadyImported, let importID = summary.importID {
                try store.issues(of: importID) { _, issue in try rejectsFile?.append(issue, file: input.name) }
            }
            rejected += summary.counts.rejected
            summaries.append(summary)
            console.note(ReportImportText.of(summary))
        }
        try rejectsFile?.commit()
        if global.json { try console.result(JSONText.of(summaries, pretty: true)) }
        if strict, rejected > 0 { throw ExitCode(ExitStatus.badData.code) }
    }

    private func isSameFile(_ a: String, _ b: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return resolved(a) == resolved(b)
    }

    private func resolvedProfile() throws -> ImportProfile {
        var profile =
            profile.hasSuffix(".json")
            ? try ImportProfile(json: Data(try ByteSource.readAll(path: profile, limit: 1 << 20)))
            : try ImportProfile.named(profile)
        if let crs { profile.crs = CRS(crs) }
        return try profile.mapping(mapping)
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
