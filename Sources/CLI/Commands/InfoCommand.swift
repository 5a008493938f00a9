import ArgumentParser
import CrimeMapping
import Formats
import GeoPackageStore

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
        let store = try GeoPackageStore.open(at: file, readOnly: true)
        let summary = try store.summary()
        try console.result(global.json ? JSONText.of(summary, pretty: true) : StoreText.of(summary, path: file))
    }

    private func describeFile(_ console: Console) throws {
        let description = try FileDescription(path: file)
        try console.result(global.json ? JSONText.of(description, pretty: true) : description.text)
    }
}
