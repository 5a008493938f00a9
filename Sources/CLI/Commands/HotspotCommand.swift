import ArgumentParser
import CrimeMapping
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
            HotspotClustersCommand.self,
        ])
}

struct HotspotDensityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kde", abstract: "Kernel density: events per square kilometre, on a grid in metres.",
        discussion: """
            SOURCE is a store, or a plain CSV or GeoJSON file of points. -o decides the format by its suffix and may be \
            repeated: .geojson (cells), .csv (x, y, density), .asc (with .prj), .png (a picture with legend).

            Examples:
              faro hotspot kde juarez.gpkg --bandwidth 500 --cell-size 100 --category "ROBO DE VEHICULO" -o density.png
              faro hotspot kde points.csv --x lon --y lat --crs EPSG:4326 --bandwidth 300 -o density.asc
            """)

    @OptionGroup var input: SourceOptions

    @Option(name: .shortAndLong, help: "Output file; repeat for several. Without it, CSV on standard output.")
    var output: [String] = []

    @Option(
        help: ArgumentHelp(
            "Kernel radius in metres (standard deviation for gaussian), or a rule: esri, mass, spatstat, knn:k.",
            valueName: "metres|rule"))
    var bandwidth: BandwidthRule = .mass

    @Option(help: "Side of a cell in metres. Default: shorter side of the extent / 250.")
    var cellSize: Double?

    @Option(help: "quartic, gaussian, epanechnikov, triangular or uniform.")
    var kernel: Kernel = .quartic

    @Option(help: "Language of a picture: es or en.")
    var lang: PictureLanguage = .spanish

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let targets = try output.map { try SurfaceTarget(path: $0, overwrite: overwrite.overwrite) }
        let input = try PatternInput(input, console: console)
        let job = DensityMap(
            kernel: kernel, bandwidth: bandwidth, cellSize: cellSize.map { .metres($0) }, extent: input.extent,
            threads: threads)
        let result = try job.run(on: input.pattern, studyArea: input.studyArea, control: console.control)
        let file = SurfaceFile(
            surface: result.density.surface, valueName: "density", members: result.members + input.members)
        let picture = DensityPicture(result: result, input: input.picture, language: lang)
        if targets.isEmpty, !global.json {
            let stdout = try AtomicFile(path: "-", overwrite: true)
            try file.writeCSV(to: stdout, control: console.control)
            try stdout.commit()
        }
        for target in targets { try target.write(file, picture: picture, control: console.control) }
        for warning in result.density.warnings { console.warning(warning.description) }
        if global.json { try console.result(MembersText.json(result.members + input.members)) }
        console.note(DensityText.of(result, input: input, targets: targets.map(\.path)))
    }
}
