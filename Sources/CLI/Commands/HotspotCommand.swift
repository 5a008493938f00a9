import ArgumentParser
import CrimeMapping
import Files
import Formats
import Foundation
import GeoPackageStore
import Grids
import Hotspots
import Incidents
import Pictures
import SimpleFeatures

struct HotspotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspot", abstract: "Where incidents concentrate, and whether it is more than chance.",
        subcommands: [
            HotspotCountCommand.self, HotspotDensityCommand.self, HotspotGiStarCommand.self, HotspotLisaCommand.self,
            HotspotClustersCommand.self, HotspotNearRepeatCommand.self, HotspotEmergingCommand.self,
            HotspotClassifyCommand.self, HotspotScanCommand.self, HotspotChangeCommand.self, HotspotFilmCommand.self,
            HotspotAoristicCommand.self,
        ])
}

struct HotspotDensityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kde", abstract: "Kernel density: events per square kilometre, on a grid in metres.",
        discussion: """
            SOURCE is a store, or a plain CSV or GeoJSON file of points. -o decides the format by its suffix and may be \
            repeated: .geojson, .geojsonl, .gpkg, .fgb (cells), .csv (x, y, density), .tif, .asc (with .prj), .png (a picture with \
            legend), .pmtiles, .mbtiles (map tiles as pictures).

            Examples:
              faro hotspot kde juarez.gpkg --bandwidth 500 --cell-size 100 --category "ROBO DE VEHICULO" -o density.png
              faro hotspot kde points.csv --x lon --y lat --crs EPSG:4326 --bandwidth 300 -o density.asc
            """)

    @OptionGroup var input: SourceOptions

    @Option(name: .shortAndLong, help: "Output file; repeat for several. Without it, CSV on standard output.")
    var output: [String] = []

    @Option(
        help: ArgumentHelp(
            "Kernel radius in metres (standard deviation for gaussian), or a rule: esri, mass, spatstat, knn:k, cv-likelihood, cv-least-squares.",
            valueName: "metres|rule"))
    var bandwidth: BandwidthRule = .mass

    @Option(
        help: ArgumentHelp(
            "Let the bandwidth vary: knn:K, to the K-th nearest incident, or abramson, narrower where incidents are dense.",
            valueName: "knn:K|abramson"))
    var adaptive: String?

    @Option(help: "What is done about weight that leaves the study area: none, uniform or diggle.")
    var edge = EdgeCorrection.none

    @Option(help: "What values count: density (events per km²), count (events per cell) or probability.")
    var scale = DensityScale.density

    @Flag(help: "Sum with an error of at most a thousandth of the greatest value, faster for wide bandwidths.")
    var approximate = false

    @Option(help: "Let an incident's weight halve after so many days, seen from the last day.")
    var halfLife: Double?

    @Option(help: "Compare with the density of this crime; repeat for several.")
    var againstCategory: [String] = []

    @Option(
        help: ArgumentHelp(
            "Compare with a population of the store, such as colonia:residents or colonia:residents:2022.",
            valueName: "level:kind[:year]"))
    var againstPopulation: String?

    @Option(help: "How the two are compared: ratio, log-ratio, difference or sum.")
    var compare = Comparison.ratio

    @Option(help: "Side of a cell in metres. Default: shorter side of the extent / 250.")
    var cellSize: Double?

    @Option(help: "quartic, gaussian, epanechnikov, triangular or uniform.")
    var kernel: Kernel = .quartic

    @Flag(help: "Say how the method works, with formula and source, as a methods section would.")
    var explain = false

    @Option(help: "Language of a picture and of --explain: es or en.")
    var lang: PictureLanguage = .spanish

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let targets = try output.map { try SurfaceTarget(path: $0, overwrite: overwrite.overwrite) }
        let input = try PatternInput(input, console: console, needsDays: halfLife != nil)
        let result = try job(input).run(
            on: try pattern(of: input), against: try denominator(for: input), studyArea: input.studyArea,
            control: console.control)
        let own = result.members + input.members + (halfLife.map { [Property("half_life_days", .number($0))] } ?? [])
        let file = SurfaceFile(surface: result.surface, valueName: result.valueName, members: own)
        let picture = DensityPicture(result: result, subject: input.subject, language: lang)
        if targets.isEmpty, !global.json {
            try file.write(to: FeatureTextFile(csv: "-", overwrite: true), control: console.control)
        }
        for target in targets { try target.write(file, of: result, picture: picture, control: console.control) }
        for warning in result.warnings { console.warning(warning) }
        if global.json { try console.result(MembersText.json(own)) }
        console.note(DensityText.of(result, input: input, targets: targets.map(\.path)))
        if explain { console.note(lang == .spanish ? result.explanation.spanish : result.explanation.english) }
    }

    private func job(_ input: PatternInput) throws -> DensityMap {
        var job = DensityMap(
            kernel: kernel, bandwidth: bandwidth, cellSize: cellSize.map { .metres($0) }, extent: input.extent,
            threads: threads)
        job.scale = scale.scale
        job.edgeCorrection = edge
        job.comparison = DualDensity(compare.comparison)
        if let adaptive {
            guard !approximate else { throw ValidationError("--adaptive and --approximate exclude each other") }
            if adaptive == "abramson" {
                job.estimate = .abramson
            } else if adaptive.hasPrefix("knn:"), let k = Int(adaptive.dropFirst(4)), k > 0 {
                job.estimate = .nearest(k)
            } else {
                throw ValidationError("--adaptive must be knn:K or abramson, but is \(adaptive)")
            }
        } else if approximate {
            job.estimate = .approximate(tolerance: 0.001)
        }
        return job
    }

    private func pattern(of input: PatternInput) throws -> PointPattern {
        guard let halfLife else { return input.pattern }
        return try input.datedPoints().places(forgetting: TemporalDecay(halfLifeDays: halfLife))
    }

    private func denominator(for source: PatternInput) throws -> DensityMap.Denominator? {
        guard !againstCategory.isEmpty || againstPopulation != nil else { return nil }
        guard let stored = source.stored else {
            throw JobError.usage("--against-category and --against-population need a store; the source is a plain file")
        }
        if let againstPopulation {
            let spread = try PopulationSpread(argument: againstPopulation)
            return { try spread.pattern(in: stored.store, over: $0) }
        }
        var filter = stored.selection.filter
        filter.categories = againstCategory
        let box = try input.filter.box()
        let second = try IncidentSelection(from: stored.store, filter: filter, box: box, asOf: input.filter.asOf)
        return { _ in try second.pattern() }
    }

    /// How `--compare` is written.
    enum Comparison: String, ExpressibleByArgument, CaseIterable {
        case ratio
        case logRatio = "log-ratio"
        case difference, sum

        var comparison: DualDensity.Comparison {
            switch self {
            case .ratio: .ratio
            case .logRatio: .logRatio
            case .difference: .difference
            case .sum: .sum
            }
        }
    }

    /// How `--scale` is written.
    enum DensityScale: String, ExpressibleByArgument, CaseIterable {
        case density, count, probability

        var scale: KernelDensity.Scale {
            switch self {
            case .density: .eventsPerKm2
            case .count: .count
            case .probability: .probability
            }
        }
    }
}

extension PopulationSpread {
    /// Reads `colonia:residents` or `colonia:residents:2022`.
    init(argument: String) throws {
        guard let spread = PopulationSpread(words: argument) else {
            throw ValidationError("a population must be level:kind or level:kind:year, but is \(argument)")
        }
        self = spread
    }
}
