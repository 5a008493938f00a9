import ArgumentParser
import CrimeMapping
import Hotspots

struct HotspotGiStarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gistar", abstract: "Getis-Ord Gi*: hot and cold spots, with z, p and q.",
        discussion: """
            Counts incidents on a grid or on areas, zeros included, and asks of each whether it and its neighbours together have \
            more than chance would give them.

            Examples:
              faro hotspot gistar juarez.gpkg --cell-size 250 -o hot.geojson
              faro hotspot gistar juarez.gpkg --by colonia --neighbours queen --category "ROBO DE VEHICULO"
              faro hotspot gistar points.csv --cell-size 500 --neighbours band:1000 --study-area city.geojson
            """)

    @OptionGroup var input: SourceOptions
    @OptionGroup var support: SupportOptions
    @OptionGroup var association: AssociationOptions

    @Flag(help: "Leave the unit itself out of its neighbourhood (Gi).")
    var withoutSelf = false

    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let targets = try TableTargets(output)
        let input = try PatternInput(input, console: console)
        let counts = try support.counts(input, studyArea: self.input.studyArea)
        let method = GetisOrd(form: withoutSelf ? .gi : .giStar, permutations: association.drawn(usual: 0))
        let found = try association.job(for: counts).hotSpots(in: counts, by: method, control: console.control)
        for warning in found.warnings { console.warning(warning) }
        try targets.write(
            found.table(support.provenance(input)), layer: counts.unitWord, subject: input.subject,
            account: found.account,
            explanation: found.explanation)
    }
}

struct HotspotLisaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lisa", abstract: "Local Moran's I: units like their neighbours, and unlike them.",
        discussion: """
            HH is a hot spot, LL a cold one, HL and LH stand out against their neighbours.

            Examples:
              faro hotspot lisa juarez.gpkg --by colonia -o lisa.geojson
              faro hotspot lisa juarez.gpkg --cell-size 250 --neighbours queen --permutations 9999 --seed 7
            """)

    @OptionGroup var input: SourceOptions
    @OptionGroup var support: SupportOptions
    @OptionGroup var association: AssociationOptions
    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let targets = try TableTargets(output)
        let input = try PatternInput(input, console: console)
        let counts = try support.counts(input, studyArea: self.input.studyArea)
        let permutations = association.drawn(usual: 9_999)
        let method = LocalMoran(inference: permutations.map { .permutation($0) } ?? .randomisation)
        let found = try association.job(for: counts).associations(in: counts, by: method, control: console.control)
        for warning in found.warnings { console.warning(warning) }
        try targets.write(
            found.table(support.provenance(input)), layer: counts.unitWord, subject: input.subject,
            account: found.account,
            explanation: found.explanation)
    }
}
