import ArgumentParser
import CivilTime

/// When a file was published, for commands that bring one in.
struct PublishedOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Day on which the file was published: --as-of asks by it. Default: now. The editions of a source come in from the oldest on.",
            valueName: "date"))
    var published: CalendarDate?
}
