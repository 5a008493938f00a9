import ArgumentParser
import CrimeMapping

struct HotspotCountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Counts on a grid or on areas, zeros included, and how concentrated they are.",
        discussion: """
            SOURCE is a store, or a plain CSV or GeoJSON file of points. Cells whose centre lies in the study area count.

            Examples:
              faro hotspot count juarez.gpkg --cell-size 250 --category "ROBO DE VEHICULO" -o cells.geojson
              faro hotspot count juarez.gpkg --by colonia -o colonias.csv
              faro hotspot count points.csv --cell-size 500 --grid-type hex --study-area city.geojson
            """)

    @OptionGroup var input: SourceOptions
    @OptionGroup var support: SupportOptions
    @OptionGroup var output: TableOutput

    func run() throws {
        let targets = try TableTargets(output)
        let input = try PatternInput(input, console: output.global.console)
        let counts = try CountTable(try support.counts(input, studyArea: self.input.studyArea))
        try targets.write(
            counts.table(support.provenance(input)), account: counts.account, explanation: counts.explanation)
    }
}
