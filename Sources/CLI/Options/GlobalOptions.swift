import ArgumentParser

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    enum ProgressMode: String, ExpressibleByArgument, CaseIterable {
        case auto, always, never
    }

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: every note of a long list.")
    var verbose = false

    @Option(help: "Show progress on standard error: auto means only on a terminal.")
    var progress: ProgressMode = .auto

    @Flag(help: "Write the result of the command to standard output as JSON.")
    var json = false

    var console: Console { Console(quiet: quiet, progress: progress) }
}

/// For commands that write files.
struct OverwriteOption: ParsableArguments {
    @Flag(name: [.long, .customLong("force")], help: "Replace an output that exists.")
    var overwrite = false
}
