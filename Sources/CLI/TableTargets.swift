import CrimeMapping
import Files
import Pictures
import SimpleFeatures
import Tiles

/// The files a table goes to. Opened before the work begins, so that a name that cannot be written costs nothing.
struct TableTargets {
    private enum Target {
        case features(any FeatureSink)
        case tiles(any TileArchiveWriter)
        case picture(AtomicFile)
    }

    private let options: TableOutput
    private let targets: [(path: String, target: Target)]

    init(_ options: TableOutput) throws {
        guard !(options.global.json && options.output.contains("-")) else {
            throw JobError.usage("--json and -o - both write to standard output; say one")
        }
        self.options = options
        targets = try options.output.map { ($0, try Self.open($0, overwrite: options.overwrite.overwrite)) }
    }

    private static func open(_ path: String, overwrite: Bool) throws -> Target {
        if path.lowercased().hasSuffix(".png") { return .picture(try AtomicFile(path: path, overwrite: overwrite)) }
        if (try? TileTarget.Archive(path: path)) != nil {
            return .tiles(try TileTarget.open(path, format: .vector, overwrite: overwrite))
        }
        return .features(try FeatureTarget(path: path, overwrite: overwrite, standardOutput: .csv).sink)
    }

    /// Writes the table to every file, or as CSV to standard output where there is none; the account goes to the console.
    ///
    /// - Parameter layer: what the rows are, in the plural and in one word: `cells`.
    func write(
        _ table: FeatureTable, layer: String, subject: PictureSubject, account: [String], explanation: Explanation
    ) throws {
        let console = options.global.console
        if targets.isEmpty, !options.global.json {
            let stdout = try FeatureTarget(path: "-", overwrite: true, standardOutput: .csv)
            try table.write(layer: layer, to: stdout.sink, control: console.control)
        }
        for (_, target) in targets {
            switch target {
            case .features(let sink): try table.write(layer: layer, to: sink, control: console.control)
            case .tiles(let archive):
                _ = try table.writeTiles(layer: layer, name: subject.source, to: archive, control: console.control)
            case .picture(let file):
                try file.write(try TablePicture(table, subject: subject, language: options.lang).png())
                try file.commit()
            }
        }
        if options.global.json { try console.result(MembersText.json(table.members)) }
        let written = targets.filter { $0.path != "-" }.map { "  wrote        \($0.path)" }
        console.note((account + written).joined(separator: "\n"))
        if options.explain { console.note(options.lang == .spanish ? explanation.spanish : explanation.english) }
    }
}
