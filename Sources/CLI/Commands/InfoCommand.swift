import ArgumentParser
import CrimeMapping
import Formats
import GeoPackageStore
import SimpleFeatures

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Say what a store holds, or what kind a file is.",
        discussion: "Example: faro info juarez.gpkg --json")

    @Argument(help: "A store, or a file to import.")
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        guard try ByteSource.kind(ofFileAt: file) == .sqlite else { return try describeFile(console) }
        do {
            let summary = try GeoPackageStore.open(at: file, readOnly: true).summary()
            try console.result(global.json ? JSONText.of(summary, pretty: true) : StoreText.of(summary, path: file))
        } catch StoreError.notFaroStore {
            try describeForeignGeoPackage(console)
        }
    }

    private func describeForeignGeoPackage(_ console: Console) throws {
        let layers = try GeoPackageFeatureReader(path: file).layers
        let lines = layers.map { "  layer    \($0.name): \($0.geometryType), \($0.crs?.name ?? "no reference system")" }
        let heading =
            "\(file.fileName): GeoPackage, no Faro store; its layers can be brought in with faro boundaries import"
        try console.result(([heading] + lines).joined(separator: "\n"))
    }

    private func describeFile(_ console: Console) throws {
        let description = try FileDescription(path: file)
        try console.result(global.json ? JSONText.of(description, pretty: true) : description.text)
    }
}
