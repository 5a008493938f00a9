import ArgumentParser
import CrimeMapping
import Files
import Hotspots
import Pictures

struct HotspotAoristicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aoristic",
        abstract: "Hours of the week of incidents of which only the earliest and latest time is known.",
        discussion: """
            FILE is a CSV with two columns of local times such as 2024-03-01 22:30. The result is a CSV of 168 hours: day (1 is Monday), \
            hour, weight; the weights of an incident sum to 1.

            Example: faro hotspot aoristic burglaries.csv --start left_home --end came_back -o hours.csv
            """)

    @Argument(help: "The CSV; - is standard input.")
    var file: String

    @Option(help: "Column with the earliest time.")
    var start: String

    @Option(help: "Column with the latest time.")
    var end: String

    @Flag(help: "Every hour that is touched weighs the same, instead of in proportion to its minutes.")
    var touchedHours = false

    @Option(name: .shortAndLong, help: "Output file, CSV. Default: standard output.")
    var output = "-"

    @Flag(help: "Say how the method works, with formula and source, as a methods section would.")
    var explain = false

    @Option(help: "Language of --explain: es or en.")
    var lang: PictureLanguage = .spanish

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let target = try AtomicFile(path: output, overwrite: overwrite.overwrite)
        let method = AoristicWeights(sharing: touchedHours ? .touchedHours : .proportional)
        let found = try AoristicTable(path: file, startColumn: start, endColumn: end, method: method).run()
        try target.write(found.csv)
        try target.commit()
        let console = global.console
        console.note((found.account + (output == "-" ? [] : ["  wrote        \(output)"])).joined(separator: "\n"))
        if explain { console.note(lang == .spanish ? found.explanation.spanish : found.explanation.english) }
    }
}
