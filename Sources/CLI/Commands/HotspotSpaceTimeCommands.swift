import ArgumentParser
import CivilTime
import CrimeMapping
import Grids
import Hotspots
import Incidents
import SimpleFeatures

struct HotspotNearRepeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "near-repeat", abstract: "Knox: whether incidents repeat nearby and soon after.",
        discussion: """
            Counts pairs of incidents by how far and how many days they lie apart, and deals the days anew among the places to see what \
            chance would make. The same place is a band of its own; a band holds its lower limit. An incident of which only the \
            earliest and the latest time is known counts whole, on the day in the middle.

            Examples:
              faro hotspot near-repeat juarez.gpkg --category "ROBO A CASA HABITACION" -o knox.csv
              faro hotspot near-repeat burglaries.csv --time fecha --crs EPSG:32613 -o knox.csv
              faro hotspot near-repeat juarez.gpkg --metres 100,200,400 --within-days 7,14 --rows risk --ahead 7 --cell-size 100 -o week.png
            """)

    @OptionGroup var options: SpaceTimeOptions

    @Option(help: "Upper limits of the distance bands, in metres.")
    var metres = NumberList([100, 200, 300, 400])

    @Option(help: "Upper limits of the time bands, in days.")
    var withinDays = NumberList([7, 14, 21, 28])

    @Flag(help: "Bands hold their upper limit instead of their lower one.")
    var closedRight = false

    @Option(help: "How often the days are dealt anew.")
    var permutations = 999

    @Option(help: "Seed of the permutations.")
    var seed: UInt64 = 1

    @Flag(
        help:
            "Mantel's test too: the correlation of 1 / (distance + 50 m) with 1 / (time + 1 day); 20,000 incidents at most."
    )
    var mantel = false

    @Option(
        help:
            "What the rows are: bands, incidents (originators and repeats) or risk (cells, on the days after the last)."
    )
    var rows = NearRepeatSearch.Rows.bands

    @Option(
        help:
            "For --rows risk: how many days after the last one. A column for each day, and in a picture a small map; risk falls as incidents grow old."
    )
    var ahead: Int?

    func run() throws {
        let test = NearRepeat(
            distances: metres.numbers.map { .metres($0) }, days: withinDays.numbers,
            closed: closedRight ? .right : .left, permutations: permutations, seed: seed)
        var job = NearRepeatSearch(test: test, rows: rows, threads: options.threads)
        if let ahead {
            guard rows == .risk else {
                throw JobError.usage("--ahead is for --rows risk; the rows are \(rows.rawValue)")
            }
            job.ahead = ahead
        }
        if mantel {
            job.mantel = Mantel(form: .reciprocal(metres: 50, days: 1), permutations: permutations, seed: seed)
        }
        try options.run(layer: rows == .risk ? "cells" : rows.rawValue) { [job] in try job.run(on: $0, control: $1) }
    }
}

struct HotspotEmergingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emerging", abstract: "New, growing, lasting, on-and-off and former hot spots.",
        discussion: """
            Cuts the days into periods, tests every cell in every one (space-time Gi*, false discoveries controlled) and its trend \
            (Mann-Kendall). The column why says which facts gave a cell its class. Incidents of which only the earliest and the latest \
            time is known are spread over the days between.

            Examples:
              faro hotspot emerging juarez.gpkg --cell-size 250 --period month -o emerging.png -o emerging.geojson
              faro hotspot emerging burglaries.csv --start left_home --end came_back --period 28 -o emerging.png
              faro hotspot emerging juarez.gpkg --period quarter --from 2019-01-01 --to 2024-12-31 --frames -o quarters.png
            """)

    @OptionGroup var options: SpaceTimeOptions

    @Option(
        help: ArgumentHelp(
            "A number of days, month, quarter or year. Default: by the span.", valueName: "days|month|quarter|year"))
    var period: PeriodCutting?

    @Option(help: "Who is a neighbour, in metres between centres. Default: the eight cells around.")
    var distance: Double?

    @Flag(help: "Call a cell sporadic only if it is hot in the last period, as later versions of ArcGIS do.")
    var sporadicNow = false

    @Flag(help: "In a picture show the hot and cold cells of every period side by side, instead of the classes.")
    var frames = false

    func run() throws {
        var job = EmergingMap(
            period: period, distance: distance.map { .metres($0) }, sporadic: sporadicNow ? .lastPeriod : .ever,
            threads: options.threads)
        job.showsPeriods = frames
        try options.run(layer: "cells") { [job] in try job.run(on: $0, control: $1) }
    }
}

struct HotspotClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Persistent, emerging, former and intermittent hot spots, as sfhotspot has them.",
        discussion: """
            Each period is compared with itself only, so that a city that grows safer as a whole does not count as a change of its places.

            Example:
              faro hotspot classify juarez.gpkg --cell-size 250 --period month -o classes.png
            """)

    @OptionGroup var options: SpaceTimeOptions

    @Option(
        help: ArgumentHelp(
            "A number of days, month, quarter or year. Default: by the span.", valueName: "days|month|quarter|year"))
    var period: PeriodCutting?

    @Option(help: "Who is a neighbour, in metres between centres. Default: the eight cells around.")
    var distance: Double?

    func run() throws {
        try options.run(layer: "cells") { support, _ in
            try ClassificationMap(period: period, distance: distance.map { .metres($0) }).run(on: support)
        }
    }
}

struct HotspotScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Where and when incidents were unusually many, or are now.",
        discussion: """
            Kulldorff's space-time permutation scan: cylinders of cells and periods, tested against days dealt anew. With --now only \
            cylinders that last until the end are looked at.

            Examples:
              faro hotspot scan juarez.gpkg --cell-size 500 --period 7 --now -o now.geojson
              faro hotspot scan juarez.gpkg --radius 3000 --longest 12 --share 0.5
              faro hotspot scan juarez.gpkg --population colonia:residents --period month
            """)

    @OptionGroup var options: SpaceTimeOptions

    @Option(help: ArgumentHelp("A number of days, month, quarter or year.", valueName: "days|month|quarter|year"))
    var period = PeriodCutting.days(7)

    @Option(help: "Radius of the largest circle, in metres. Default: six cells.")
    var radius: Double?

    @Option(help: "Periods of the longest cylinder.")
    var longest = 8

    @Option(help: "The greatest share of all incidents that a circle may hold: 0.1 for patrols, 0.5 for studies.")
    var share = 0.1

    @Flag(help: "Only what lasts until the last period: what is unusual now.")
    var now = false

    @Option(help: "How often the days are dealt anew.")
    var permutations = 999

    @Option(help: "Seed of the permutations.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Expect incidents by a population of the store (Poisson model), such as colonia:residents.",
            valueName: "level:kind[:year]"))
    var population: String?

    func run() throws {
        let job = ScanSearch(
            period: period, radius: radius.map { .metres($0) }, longest: longest, share: share,
            timing: now ? .prospective : .retrospective, permutations: permutations, seed: seed,
            threads: options.threads)
        let spread = try population.map { try PopulationSpread(argument: $0) }
        try options.run(layer: "clusters") { support, store, control in
            var people: ((Grid) throws -> PointPattern)?
            if let spread {
                guard let store else { throw JobError.usage("--population needs a store; the source is a plain file") }
                people = { try spread.pattern(in: store, over: $0) }
            }
            return try job.run(on: support, people: people, control: control)
        }
    }
}

struct HotspotChangeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Where incidents became more or fewer between two periods, each cell tested.",
        discussion: """
            The days before --since are compared with the days from it on; or the days --from to --to with any others, --against-from to \
            --against-to, such as the same month a year ago. By the E-test of two Poisson means; q controls false discoveries. \
            Periods may differ in length.

            Examples:
              faro hotspot change juarez.gpkg --from 2024-03-01 --to 2024-03-31 --against-from 2023-03-01 --against-to 2023-03-31 -o march.png
              faro hotspot change juarez.gpkg --from 2023-01-01 --to 2024-12-31 --since 2024-01-01 --cell-size 500 -o change.png
            """)

    @OptionGroup var options: SpaceTimeOptions

    @Option(help: "First day of the second period, what lies before being the first: yyyy-mm-dd.")
    var since: CalendarDate?

    @Option(help: "In place of --since: first day of the period with which --from to --to is compared.")
    var againstFrom: CalendarDate?

    @Option(help: "Its last day.")
    var againstTo: CalendarDate?

    @Flag(help: "Compare each cell with the change of all together.")
    var relative = false

    func run() throws {
        let periods = try periods
        var options = options
        var stretches: [ClosedRange<CalendarDate>] = []
        if case .between(let days, let against) = periods {
            // Both must be read, and nothing between them.
            stretches = [against, days]
            options.input.filter.from = min(days.lowerBound, against.lowerBound)
            options.input.filter.to = max(days.upperBound, against.upperBound)
        }
        try options.run(layer: "cells", periods: stretches) { support, _ in
            try ChangeMap(periods, relative: relative).run(on: support)
        }
    }

    private var periods: ChangeMap.Periods {
        get throws {
            switch (since, againstFrom, againstTo) {
            case (let since?, nil, nil): return .since(since)
            case (nil, let first?, let last?):
                let filter = options.input.filter
                guard let from = filter.from, let to = filter.to else {
                    throw JobError.usage(
                        "--against-from and --against-to are compared with --from and --to; say all four")
                }
                for (first, last) in [(first, last), (from, to)] where first > last {
                    throw FilterError.badDates(from: first.description, to: last.description)
                }
                return .between(from...to, against: first...last)
            case (nil, nil, nil):
                throw JobError.usage("say what to compare: --since, or --from, --to, --against-from and --against-to")
            case (_?, _, _): throw JobError.usage("--since and --against-from are two ways to say it; say one")
            case (nil, _, _): throw JobError.usage("--against-from and --against-to belong together; say both")
            }
        }
    }
}
