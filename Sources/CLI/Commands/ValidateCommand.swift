import ArgumentParser
import CrimeMapping
import Formats
import GeoPackageStore
import Tiles

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a store, tiles, a GeoTIFF or a GeoJSON file against the rules of its format.",
        discussion: """
            Ends with 65 when a rule is broken.

            Examples:
              faro validate juarez.gpkg
              faro validate juarez.pmtiles
            """)

    @Argument(help: "A store, tiles (.pmtiles, .mbtiles, a folder), a GeoTIFF, or a GeoJSON file.")
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let findings = try findings(console)
        if global.json { try console.result(JSONText.of(findings, pretty: true)) }
        for finding in findings { console.warning(finding) }
        guard findings.isEmpty else { throw ExitCode(ExitStatus.badData.code) }
        console.note("\(file): every rule holds")
    }

    private func findings(_ console: Console) throws -> [String] {
        if let tiles = try TileArchiveFile.open(file)?.archive {
            let check = try tiles.check(.contents)
            for warning in check.warnings { console.note(warning) }
            let unlisted = check.violationCount - check.violations.count
            return check.violations + (unlisted > 0 ? ["and \(unlisted.grouped) more"] : [])
        }
        if file.lowercased().hasSuffix(".tif") || file.lowercased().hasSuffix(".tiff") {
            try GeoTIFFReader(path: file).validate()
            return []
        }
        return try ByteSource.kind(ofFileAt: file) == .sqlite
            ? try storeFindings() : try GeoJSONValidation(path: file).findings()
    }

    /// Places are projected once everything else holds: a store that is damaged has said so.
    private func storeFindings() throws -> [String] {
        let findings = try StoreValidation.validate(path: file).map(\.description)
        guard findings.isEmpty else { return findings }
        return try PlaceValidation.findings(in: GeoPackageStore.open(at: file, readOnly: true))
    }
}
