import ArgumentParser
import CrimeMapping
import Files
import Formats
import Foundation
import Hotspots
import Pictures
import SimpleFeatures

struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Centres, spread, nearest neighbours, Ripley's K, and when it happens.",
        discussion: """
            Figures go to standard output; -o writes centres, ellipse and hull as features (.geojson, .csv), --ripley the K function \
            as a table, --moran adds the global tests of association on a grid or on areas.

            Examples:
              faro describe juarez.gpkg --category "ROBO DE VEHICULO" -o shape.geojson
              faro describe points.csv --study-area city.geojson --ripley k.csv --simulations 99
              faro describe juarez.gpkg --moran --by colonia
            """)

    @OptionGroup var input: SourceOptions

    @Option(
        help:
            "Scale of standard distance and ellipse: \(DeviationVariant.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var variant = DeviationVariant.ebdon

    @Option(help: ArgumentHelp("Write Ripley's K and L to this CSV.", valueName: "file"))
    var ripley: String?

    @Option(help: "Edge correction of K: \(RipleyK.Correction.allCases.map(\.rawValue).joined(separator: ", ")).")
    var correction = RipleyK.Correction.isotropic

    @Option(help: "How many random patterns K is compared with; 0 for none.")
    var simulations = 99

    @Option(help: "Greatest distance of K, in metres. Default: a quarter of the study area's shorter side, or less.")
    var distance: Double?

    @Flag(help: "Add Moran's I, Geary's C and the general G of the counts.")
    var moran = false

    @OptionGroup var support: SupportOptions
    @OptionGroup var association: AssociationOptions
    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let overwrite = output.overwrite.overwrite
        let features = try output.output.map {
            try FeatureTarget(path: $0, overwrite: overwrite, standardOutput: .geoJSON)
        }
        let ripleyFile = try ripley.map { try FeatureTextFile(csv: $0, overwrite: overwrite) }
        let input = try PatternInput(input, console: console, takesWhole: true)
        let method = RipleyK(
            correction: correction, greatestDistance: distance.map { .metres($0) }, simulations: simulations,
            seed: association.seed)
        let job = PatternDescription(
            variant: variant, ripley: ripley == nil ? nil : method, threads: association.threads)
        let summary = try job.run(on: input.pattern, studyArea: input.studyArea, control: console.control)
        var members = summary.members
        let tests = moran ? try globalTests(input, console) : []
        for (name, test) in tests { members += DescribeText.members(name, test) }
        let profile = input.stored.map { TemporalProfile(of: $0.selection) }
        if let profile { members.append(Property("temporal_profile", .json(try JSONText.of(profile)))) }
        members += input.members
        for target in features { try summary.features(input.members).write(to: target.sink) }
        if let ripleyFile, let table = summary.ripleyTable(input.members) { try table.write(to: ripleyFile) }
        try console.result(
            output.global.json
                ? MembersText.json(members) : DescribeText.of(summary, tests: tests, profile: profile))
        for path in output.output + (ripley.map { [$0] } ?? []) { console.note("wrote \(path)") }
        if output.explain {
            console.note(output.lang == .spanish ? summary.explanation.spanish : summary.explanation.english)
        }
    }

    private func globalTests(
        _ input: PatternInput, _ console: Console
    ) throws -> [(name: String, test: GlobalAssociation)] {
        let counts = try support.counts(input)
        return try association.job(for: counts).globalTests(
            of: counts, permutations: association.permutations.flatMap { _ in association.drawn(usual: 0) },
            control: console.control)
    }
}
