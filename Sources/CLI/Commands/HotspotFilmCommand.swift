public import ArgumentParser
import CrimeMapping
import Files
public import Hotspots
import Pictures
import SimpleFeatures

struct HotspotFilmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "film", abstract: "How the density moves through time: a frame a period, one legend over all.",
        discussion: """
            Space-time kernel density, in incidents per km² and 30 days. -o decides the form: .tif (a band a frame), .png (all frames side \
            by side), .apng (an animated picture for browsers and slides), .pmtiles, .mbtiles (cells as tiles, an attribute a frame), .csv, \
            .geojson, .gpkg, .fgb (cells, a column a frame).

            Examples:
              faro hotspot film juarez.gpkg --period month --bandwidth 600 -o film.png -o film.apng -o film.tif
              faro hotspot film juarez.gpkg --period 7 --time-bandwidth 28 --time-kernel exponential -o weeks.tif
            """)

    @OptionGroup var input: SourceOptions

    @Option(help: "Side of a cell in metres. Default: shorter side of the extent / 50.")
    var cellSize: Double?

    @Option(
        help: ArgumentHelp(
            "Kernel radius in metres (standard deviation for gaussian), or a rule: esri, mass, spatstat, knn:k.",
            valueName: "metres|rule"))
    var bandwidth: BandwidthRule = .mass

    @Option(help: "quartic, gaussian, epanechnikov, triangular or uniform.")
    var kernel: Kernel = .quartic

    @Option(help: "How many days before and after a frame count. Default: the length of a period.")
    var timeBandwidth: Double?

    @Option(help: "epanechnikov, quartic, uniform, or exponential, which looks back only.")
    var timeKernel: TimeKernel = .epanechnikov

    @Option(
        help: ArgumentHelp(
            "A frame for each: a number of days, month, quarter or year. Default: by the span.",
            valueName: "days|month|quarter|year"))
    var period: PeriodCutting?

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let drawn = try output.output.filter { Self.isDrawn($0) }.map { path in
            (path, try AtomicFile(path: path, overwrite: output.overwrite.overwrite))
        }
        var rest = output
        rest.output = output.output.filter { !Self.isDrawn($0) }
        let targets = drawn.isEmpty || !rest.output.isEmpty ? try TableTargets(rest) : nil
        let source = try PatternInput(input, console: console, needsDays: true, takesWhole: nil)
        let support = try SpaceTimeSupport(
            of: source.datedPoints(), cellSize: cellSize.map { .metres($0) }, studyArea: source.studyArea)
        var film = try DensityFilm(
            bandwidth: bandwidth, kernel: kernel, days: timeBandwidth, timeKernel: timeKernel, period: period,
            threads: threads
        ).run(on: support, control: console.control)
        film.members += source.members
        let picture = FilmPicture(film, subject: source.subject, language: output.lang)
        for (path, file) in drawn {
            try file.write(try Self.bytes(of: picture, for: path))
            try file.commit()
        }
        let found = film.table
        let written = drawn.map { "  wrote        \($0.0)" }
        guard let targets else {
            if output.global.json { try console.result(MembersText.json(film.members)) }
            console.note((found.account + written).joined(separator: "\n"))
            if output.explain {
                console.note(output.lang == .spanish ? found.explanation.spanish : found.explanation.english)
            }
            return
        }
        try targets.write(
            found.table, layer: "cells", subject: source.subject, account: found.account + written,
            explanation: found.explanation)
    }

    private static func isDrawn(_ path: String) -> Bool {
        [".tif", ".png", ".apng"].contains { path.lowercased().hasSuffix($0) }
    }

    private static func bytes(of picture: FilmPicture, for path: String) throws -> [UInt8] {
        if path.lowercased().hasSuffix(".tif") { return try picture.geoTIFF() }
        return path.lowercased().hasSuffix(".apng") ? try picture.animation() : try picture.mosaic()
    }
}

extension TimeKernel: ExpressibleByArgument {}
