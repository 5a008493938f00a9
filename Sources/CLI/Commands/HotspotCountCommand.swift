import ArgumentParser
import CrimeMapping
import Hotspots

struct HotspotCountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Counts on a grid or on areas, zeros included, and how concentrated they are.",
        discussion: """
            SOURCE is a store, or a plain CSV or GeoJSON file of points. Cells whose centre lies in the study area count. --corners \
            counts at exact places; the crossings of a store's street table count 0 where nothing happened.

            Examples:
              faro hotspot count juarez.gpkg --cell-size 250 --category "ROBO DE VEHICULO" -o cells.geojson
              faro hotspot count juarez.gpkg --by colonia -o colonias.csv
              faro hotspot count juarez.gpkg --corners -o corners.geojson
              faro hotspot count points.csv --cell-size 500 --grid-type hex --study-area city.geojson
            """)

    @OptionGroup var input: SourceOptions
    @OptionGroup var support: SupportOptions

    @Flag(help: "Count at exact places, such as street corners, instead of a grid.")
    var corners = false

    @OptionGroup var output: TableOutput

    func run() throws {
        if corners, support.isGiven {
            throw JobError.usage(
                "--corners counts at exact places; --cell-size, --grid-type and --by are for other supports")
        }
        let targets = try TableTargets(output)
        let input = try PatternInput(input, console: output.global.console)
        if corners {
            let known = try input.stored.map { try $0.store.crossings(in: input.pattern.crs) } ?? []
            let counts = try CornerTable(input.pattern, known: known, studyArea: input.studyArea)
            return try targets.write(
                counts.table(input.members), layer: "corners", subject: input.subject, account: counts.account,
                explanation: counts.explanation)
        }
        let counts = try CountTable(try support.counts(input, studyArea: self.input.studyArea))
        try targets.write(
            counts.table(support.provenance(input)), layer: counts.counts.unitWord, subject: input.subject,
            account: counts.account, explanation: counts.explanation)
    }
}
