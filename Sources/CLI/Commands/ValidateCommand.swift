import ArgumentParser
import CrimeMapping
import Formats
import GeoPackageStore

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check a store, or a GeoJSON file, against its own rules.",
        discussion: """
            Ends with 65 when a rule is broken.

            Example: faro validate juarez.gpkg
            """)

    @Argument(help: "A store, or a GeoJSON file.")
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let findings =
            try ByteSource.kind(ofFileAt: file) == .sqlite
            ? try storeFindings() : try GeoJSONValidation(path: file).findings()
        if global.json { try console.result(JSONText.of(findings, pretty: true)) }
        for finding in findings { console.warning(finding) }
        guard findings.isEmpty else { throw ExitCode(ExitStatus.badData.code) }
        console.note("\(file): every rule holds")
    }

    /// Places are projected once everything else holds: a store that is damaged has said so.
    private func storeFindings() throws -> [String] {
        let findings = try StoreValidation.validate(path: file).map(\.description)
        guard findings.isEmpty else { return findings }
        return try PlaceValidation.findings(in: GeoPackageStore.open(at: file, readOnly: true))
    }
}
