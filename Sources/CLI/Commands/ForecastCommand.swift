import ArgumentParser
import CrimeMapping
import SimpleFeatures

/// How places are weighed by a forecast.
struct ForecastOptions: ParsableArguments {
    @Option(help: "Radius of the densities, in metres. Default: four cells.")
    var bandwidth: Double?

    @Option(help: "After how many days an incident weighs half, for recent.")
    var halfLife = 60.0

    func map(_ method: ForecastMap.Method, threads: Int?) -> ForecastMap {
        ForecastMap(
            method: method, bandwidth: bandwidth.map { .metres($0) }, halfLifeDays: halfLife, threads: threads)
    }
}

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "How many incidents to expect per cell in the days to come; areas, never persons.",
        discussion: """
            Counts are given with intervals, and always beside what anybody could say: the last days, and where it has always happened. \
            Whether a method is better than those, faro evaluate tells.

            Examples:
              faro forecast juarez.gpkg --ahead 7 --cell-size 250 -o next-week.png
              faro forecast juarez.gpkg --method near-repeat --category "ROBO A CASA HABITACION" -o risk.geojson
            """)

    @OptionGroup var options: SpaceTimeOptions
    @OptionGroup var forecast: ForecastOptions

    @Option(help: "How places are weighed: last-period, long-run, recent, near-repeat or self-exciting.")
    var method = ForecastMap.Method.recent

    @Option(help: "Days to forecast, after the last one.")
    var ahead = 7

    func run() throws {
        try options.run(layer: "cells") {
            var map = forecast.map(method, threads: options.threads)
            map.days = ahead
            return try map.run(on: $0, control: $1)
        }
    }
}
