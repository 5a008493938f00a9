import ArgumentParser
import CivilTime
import CrimeMapping
import Files
import Hotspots
import Incidents
import Pictures

struct HotspotAoristicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aoristic",
        abstract: "Hours of the week of incidents of which only the earliest and latest time is known.",
        discussion: """
            FILE is a CSV with two columns of times such as 2024-03-01 22:30 or 01/03/2024 22:30. The result is a CSV of 168 hours: day (1 is Monday), \
            hour, weight; the weights of an incident sum to 1.

            With --hours or --days it is the file's own rows, with one column more: aoristic_weight, the share of an incident that lies in \
            those hours. Every map of points takes it from there.

            Examples:
              faro hotspot aoristic burglaries.csv --start left_home --end came_back -o hours.csv
              faro hotspot aoristic burglaries.csv --start left_home --end came_back --hours 22-5 -o nights.csv
              faro hotspot kde nights.csv --weights aoristic_weight -o nights.png
            """)

    @Argument(help: "The CSV; - is standard input.")
    var file: String

    @Option(help: "Column with the earliest time.")
    var start: String

    @Option(help: "Column with the latest time.")
    var end: String

    @Option(name: .customLong("tz"), help: "Whose clock counts for times told against UTC: America/Monterrey.")
    var timeZone: String?

    @Flag(help: "Every hour that is touched weighs the same, instead of in proportion to its minutes.")
    var touchedHours = false

    @Option(help: "Weigh the file's rows by these hours: 18-23, or 22-4 across midnight.")
    var hours: String?

    @Option(help: "Weigh the file's rows by these days of the week: fri,sat or vie,sab.")
    var days: String?

    @Option(name: .shortAndLong, help: "Output file, CSV. Default: standard output.")
    var output = "-"

    @Flag(help: "Say how the method works, with formula and source, as a methods section would.")
    var explain = false

    @Option(help: "Language of --explain: es or en.")
    var lang: PictureLanguage = .spanish

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let (hours, days) = (try hours.map { try HourRange($0) }, try days.map { try WeekdaySet($0) })
        let target = try AtomicFile(path: output, overwrite: overwrite.overwrite)
        let method = AoristicWeights(sharing: touchedHours ? .touchedHours : .proportional)
        var job = AoristicTable(path: file, startColumn: start, endColumn: end, method: method)
        job.timeZone = try timeZone.map { try ZoneRules.zone($0) }
        let (found, lines): (AoristicTable.Result, [String])
        if hours == nil, days == nil {
            found = try job.run()
            lines = found.account
            try target.write(found.csv)
        } else {
            let weighed = try job.weigh(hours: hours, days: days, to: target)
            found = weighed.0
            let sum = (weighed.sum * 100).rounded() / 100
            lines = found.account + ["  \(sum) incidents in those hours, by their weights"]
        }
        try target.commit()
        let console = global.console
        console.note((lines + (output == "-" ? [] : ["  wrote        \(output)"])).joined(separator: "\n"))
        if explain { console.note(lang == .spanish ? found.explanation.spanish : found.explanation.english) }
    }
}
