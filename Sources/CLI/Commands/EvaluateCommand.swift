import ArgumentParser
import CivilTime
import CrimeMapping
import SimpleFeatures

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "How good forecasts are, which bandwidth is best, and whether an operation worked.",
        discussion: """
            Without a verb of its own, forecast is meant: faro evaluate juarez.gpkg --period month
            """,
        subcommands: [
            EvaluateForecastCommand.self, EvaluateBandwidthCommand.self, EvaluateBeforeAfterCommand.self,
        ], defaultSubcommand: EvaluateForecastCommand.self)
}

struct EvaluateForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
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

struct EvaluateBandwidthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bandwidth", abstract: "Which bandwidth and cell size would have forecast best.",
        discussion: """
            Chosen by the first half of the periods; the second half, which the choice has not seen, says what it is worth.

            Example:
              faro evaluate bandwidth juarez.gpkg --bandwidths 200,400,800 --cell-sizes 150,250 --periods 12
            """)

    @OptionGroup var input: SourceOptions

    @Option(help: "Whose bandwidth: long-run, recent or near-repeat.")
    var method = ForecastMap.Method.recent

    @Option(help: "Bandwidths to try, in metres. Default: 1, 2, 4, 6 and 8 cells.")
    var bandwidths: NumberList?

    @Option(help: "Cell sizes to try, in metres. Default: shorter side of the extent / 50.")
    var cellSizes: NumberList?

    @Option(help: "After how many days an incident weighs half, for recent.")
    var halfLife = 60.0

    @Option(help: ArgumentHelp("A number of days, month, quarter or year.", valueName: "days|month|quarter|year"))
    var period = PeriodCutting.months(1)

    @Option(help: "How many periods at the end are forecast.")
    var periods = 12

    @Option(help: "Share of the area at which forecasts are compared.")
    var areaShare = 0.05

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @OptionGroup var output: TableOutput

    func run() throws {
        let job = BandwidthChoice(
            map: ForecastMap(method: method, halfLifeDays: halfLife, threads: threads),
            bandwidths: bandwidths?.numbers.map { .metres($0) }, cellSizes: cellSizes?.numbers.map { .metres($0) },
            period: period, periods: periods, areaShare: areaShare)
        try output.write(layer: "choices", from: input) { source, points, control in
            try job.run(on: points, studyArea: source.studyArea, control: control)
        }
    }
}

struct EvaluateBeforeAfterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "before-after",
        abstract: "Whether crime fell where something was done, or only moved next door.",
        discussion: """
            An area is LEVEL:ID of the store, a file of polygons, or FILE#KEY for the features with an attribute KEY. Lines and points \
            of a file become what lies within --reach of them: a secured street. As many days after --since as before are compared.

            Examples:
              faro evaluate before-after juarez.gpkg --since 2023-03-01 --treated zone.geojson --control colonia:080370012 --ring 300
              faro evaluate before-after demo/faro.gpkg --category "ROBO DE OBJETOS DEL INTERIOR DE UN VEHICULO" \
                --since 2022-01-01 --period-days 365 --treated demo/operativo.geojson#zona --control demo/operativo.geojson#control --ring 250
            """)

    @OptionGroup var input: SourceOptions

    @Option(help: "The first day on which something was done: yyyy-mm-dd.")
    var since: CalendarDate

    @Option(help: ArgumentHelp("Where something was done.", valueName: "area"))
    var treated: String

    @Option(help: ArgumentHelp("A place like it where nothing was done.", valueName: "area"))
    var control: String?

    @Option(help: "How wide a ring around both is looked at for crime that moved next door, in metres.")
    var ring: Double?

    @Option(help: ArgumentHelp("The ring around the treated area, where it has a shape of its own.", valueName: "area"))
    var treatedRing: String?

    @Option(help: ArgumentHelp("The ring around the control, where it has a shape of its own.", valueName: "area"))
    var controlRing: String?

    @Option(help: "How far around lines and points of files, in metres.")
    var reach: Double?

    @Option(help: "Days of either period. Default: as many as there are on both sides, whole years if at least one.")
    var periodDays: Int?

    @OptionGroup var output: TableOutput

    func run() throws {
        func area(_ words: String) -> NamedArea { NamedArea(words, reach: reach.map { .metres($0) }) }
        var job = BeforeAfter(
            treated: area(treated), control: control.map(area), ring: ring.map { .metres($0) }, since: since,
            days: periodDays)
        (job.treatedRing, job.controlRing) = (treatedRing.map(area), controlRing.map(area))
        try output.write(layer: "zones", from: input) { [job] source, _, _ in
            guard let stored = source.stored else {
                throw JobError.usage("areas before and after need a store; \(input.source) is a plain file of points")
            }
            return try job.run(on: stored.selection, in: stored.store)
        }
    }
}
