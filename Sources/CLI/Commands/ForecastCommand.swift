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

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "How well forecasts would have done, period after period, beside the naive ones.",
        discussion: """
            Each of the last periods is forecast from what had happened before it. PAI says how many times more incidents fell in the \
            predicted cells than in as much area anywhere; PEI, how near that is to the best possible.

            Examples:
              faro evaluate juarez.gpkg --period month --periods 12 --cell-size 250
              faro evaluate juarez.gpkg --method recent --method near-repeat --half-life 30 -o scores.csv
            """)

    @OptionGroup var options: SpaceTimeOptions
    @OptionGroup var forecast: ForecastOptions

    @Option(help: "A method to judge; repeat for several. The naive ones are always judged too. Default: recent.")
    var method: [ForecastMap.Method] = []

    @Option(help: ArgumentHelp("A number of days, month, quarter or year.", valueName: "days|month|quarter|year"))
    var period = PeriodCutting.months(1)

    @Option(help: "How many periods at the end are forecast.")
    var periods = 6

    @Option(help: "Shares of the area at which forecasts are judged.")
    var areaShares = NumberList([0.01, 0.05, 0.1])

    func run() throws {
        let maps = (method.isEmpty ? [.recent] : method).map { forecast.map($0, threads: options.threads) }
        try options.run(layer: "scores") {
            try ForecastEvaluation(
                methods: maps, period: period, periods: periods, areaShares: areaShares.numbers,
                threads: options.threads
            ).run(on: $0, control: $1)
        }
    }
}
