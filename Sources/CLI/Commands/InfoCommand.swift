import ArgumentParser
import CrimeMapping
import Files
import Formats
import GeoPackageStore
import Pictures
import SimpleFeatures
import Tiles

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Say what a store holds, or what kind a file is.",
        discussion: """
            With --quality: how well the places of a store's incidents are known. Hit rates by crime, area, month and method \
            against the 85 % that maps need, places that are artefacts, what coordinates stand for, what was wrong with rows, \
            and the names that no colonia has. --html writes the same as one page to read and print; --aliases writes the names to \
            a CSV to be answered and brought in with faro gazetteer aliases.

            Examples:
              faro info juarez.gpkg --json
              faro info juarez.gpkg --quality --html calidad.html --aliases nombres.csv
            """)

    @Argument(help: "A store, a file to import, or tiles: .pmtiles, .mbtiles, a folder.")
    var file: String

    @Flag(help: "Report how well the places of a store's incidents are known.")
    var quality = false

    @Option(help: ArgumentHelp("With --quality, write the report as one page.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("With --quality, write the names that nobody has answered as CSV.", valueName: "file"))
    var aliases: String?

    @Option(help: "Language of the page: es or en.")
    var lang: PictureLanguage = .spanish

    @OptionGroup var output: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !quality, html ?? aliases != nil { throw ValidationError("--html and --aliases need --quality") }
        if let html, html == aliases { throw ValidationError("--html and --aliases must be two files") }
        let results = [html, aliases].count { $0 == "-" } + (global.json ? 1 : 0)
        if results > 1 { throw ValidationError("only one of --json, --html and --aliases may go to standard output") }
    }

    func run() throws {
        let console = global.console
        if quality { return try reportQuality(console) }
        if let found = try TileArchiveFile.open(file) { return try describeTiles(found.archive, found.kind, console) }
        guard try ByteSource.kind(ofFileAt: file) == .sqlite else { return try describeFile(console) }
        do {
            let summary = try GeoPackageStore.open(at: file, readOnly: true).summary()
            try console.result(global.json ? JSONText.of(summary, pretty: true) : StoreText.of(summary, path: file))
        } catch StoreError.notFaroStore {
            try describeForeignGeoPackage(console)
        }
    }

    private func reportQuality(_ console: Console) throws {
        let store = try GeoPackageStore.open(at: file, readOnly: true)
        let report = try QualityReport(of: store, control: console.control)
        if let html {
            let page = try AtomicFile(path: html, overwrite: output.overwrite)
            try page.write(Array(QualityPage(report, store: file.fileName, language: lang).html.utf8))
            try page.commit()
        }
        if let aliases {
            let list = try AtomicFile(path: aliases, overwrite: output.overwrite)
            let count = try AliasFile.write(report.names, versions: store.boundaryVersions(), to: list)
            try list.commit()
            console.note(
                "\(count.grouped) names to answer in \(aliases.fileName); then faro gazetteer aliases \(file.fileName) \(aliases.fileName)"
            )
        }
        guard html != "-", aliases != "-" else { return }
        try console.result(global.json ? JSONText.of(report, pretty: true) : QualityText.of(report))
    }

    private func describeForeignGeoPackage(_ console: Console) throws {
        let layers = try GeoPackageFeatureReader(path: file).layers
        let lines = layers.map { "  layer    \($0.name): \($0.geometryType), \($0.crs?.name ?? "no reference system")" }
        let heading =
            "\(file.fileName): GeoPackage, no Faro store; its layers can be brought in with faro boundaries import"
        try console.result(([heading] + lines).joined(separator: "\n"))
    }

    private func describeTiles(_ archive: any TileArchive, _ kind: String, _ console: Console) throws {
        let set = archive.description
        if global.json {
            return try console.result(String(decoding: TileJSON(set, addresses: []).bytes(), as: UTF8.self))
        }
        try console.result(TileArchiveText.of(set, archive.check(.directory), path: file, kind: kind))
    }

    private func describeFile(_ console: Console) throws {
        let description = try FileDescription(path: file)
        try console.result(global.json ? JSONText.of(description, pretty: true) : description.text)
    }
}
