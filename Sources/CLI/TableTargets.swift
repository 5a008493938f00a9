import CrimeMapping
import Files
import Formats
import Pictures
import SimpleFeatures

/// The files a table goes to. Opened before the work begins, so that a name that cannot be written costs nothing.
struct TableTargets {
    private let options: TableOutput
    private let files: [(path: String, format: FeatureTable.Format, file: AtomicFile)]

    init(_ options: TableOutput) throws {
        guard !(options.global.json && options.output.contains("-")) else {
            throw JobError.usage("--json and -o - both write to standard output; say one")
        }
        self.options = options
        files = try options.output.map { path in
            (
                path, path == "-" ? .csv : try FeatureTable.Format(path: path),
                try AtomicFile(path: path, overwrite: options.overwrite.overwrite)
            )
        }
    }

    /// Writes the table to every file, or as CSV to standard output where there is none; the account goes to the console.
    func write(_ table: FeatureTable, account: [String], explanation: Explanation) throws {
        let console = options.global.console
        if files.isEmpty, !options.global.json {
            let stdout = try AtomicFile(path: "-", overwrite: true)
            try table.write(.csv, to: stdout, control: console.control)
            try stdout.commit()
        }
        for target in files {
            try table.write(target.format, to: target.file, control: console.control)
            try target.file.commit()
        }
        if options.global.json { try console.result(MembersText.json(table.members)) }
        let written = files.filter { $0.path != "-" }.map { "  wrote        \($0.path)" }
        console.note((account + written).joined(separator: "\n"))
        if options.explain { console.note(options.lang == .spanish ? explanation.spanish : explanation.english) }
    }
}
