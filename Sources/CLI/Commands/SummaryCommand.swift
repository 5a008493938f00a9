import ArgumentParser
import Boundaries
import CivilTime
import CrimeMapping
import Files
import Formats
import GeoPackageStore
import Incidents

struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Counts by area and period, as a tidy table.",
        discussion: """
            One row a combination, zeros included; incidents in no area have a row with an empty area_id, so that the counts \
            sum to the incidents. Where boundaries changed in these days, each version of an area has rows of its own, told \
            apart by the column boundary_version. Where figures are counted differently from a day on (a new national \
            register, another source), the column break names it in the first row of each series that it touches.

            Example: faro summary juarez.gpkg --by colonia --period month --category homicidio -o counts.csv
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(help: "Level of areas: municipality, colonia, district, …; none counts the whole territory.")
    var by = "municipality"

    @Option(help: "day, week, month, quarter, year, or none for the whole time.")
    var period = "month"

    @Flag(help: "One row per category as well.")
    var byCategory = false

    @Flag(help: "Leave out combinations without an incident.")
    var skipZeros = false

    @Option(name: .shortAndLong, help: "Output file (.csv). Without it, standard output.")
    var output = "-"

    @OptionGroup var filter: FilterOptions
    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let job = AreaSummary(level: try level(), period: try length(), byCategory: byCategory, fillsZeros: !skipZeros)
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let file = try AtomicFile(path: output, overwrite: overwrite.overwrite)
        let selection = try filter.selection(of: store, console: console)
        let rows = try job.run(on: selection, in: store)
        let breaks = try filter.breaks(in: selection, of: store, console: console)
        if global.json {
            let flagged = FlaggedCount.rows(rows, breaks: breaks)
            try file.write(Array(try JSONText.of(flagged, pretty: true).utf8) + [UInt8(ascii: "\n")])
        } else {
            try AreaSummary.writeCSV(rows, breaks: breaks, to: file)
        }
        try file.commit()
        if let warning = AreaSummary.versionWarning(rows) { console.warning(warning) }
        console.note("\(selection.rows.count.grouped) incidents in \(rows.count.grouped) rows")
    }

    private func level() throws -> Level? {
        if by == "none" { return nil }
        guard let level = Level(by) else { throw ValidationError("--by must be the name of a level, but is \(by)") }
        return level
    }

    private func length() throws -> PeriodLength? {
        if period == "none" { return nil }
        guard let length = PeriodLength(rawValue: period) else {
            let known = PeriodLength.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--period must be one of \(known) or none, but is \(period)")
        }
        return length
    }
}
