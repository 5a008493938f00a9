public import ArgumentParser
import CivilTime
public import CrimeMapping
import GeoPackageStore
import SimpleFeatures

/// The points and the grid of an analysis of space and time.
struct SpaceTimeOptions: ParsableArguments {
    @OptionGroup var input: SourceOptions

    @Option(help: "Side of a cell in metres. Default: shorter side of the extent / 50.")
    var cellSize: Double?

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @OptionGroup var output: TableOutput

    /// Reads, analyses and writes.
    func run(
        layer: String, periods: [ClosedRange<CalendarDate>] = [],
        _ analyse: (SpaceTimeSupport, JobControl) throws -> SpaceTimeTable
    ) throws {
        try run(layer: layer, periods: periods) { support, _, control in try analyse(support, control) }
    }

    /// The same for what also looks at a store; nil for a plain file.
    func run(
        layer: String, periods: [ClosedRange<CalendarDate>] = [],
        _ analyse: (SpaceTimeSupport, GeoPackageStore?, JobControl) throws -> SpaceTimeTable
    ) throws {
        try output.write(layer: layer, from: input, periods: periods) { source, points, control in
            let support = try SpaceTimeSupport(
                of: points, cellSize: cellSize.map { .metres($0) }, studyArea: source.studyArea)
            return try analyse(support, source.stored?.store, control)
        }
    }
}

extension TableOutput {
    /// Reads points with their days, analyses and writes.
    func write(
        layer: String, from options: SourceOptions, periods: [ClosedRange<CalendarDate>] = [],
        _ analyse: (PatternInput, DatedPoints, JobControl) throws -> SpaceTimeTable
    ) throws {
        let console = global.console
        let targets = try TableTargets(self)
        let source = try PatternInput(options, console: console, needsDays: true, periods: periods, takesWhole: nil)
        var found = try analyse(source, try source.datedPoints(), console.control)
        found.table.members += source.members
        for warning in found.warnings { console.warning(warning) }
        try targets.write(
            found.table, layer: layer, subject: source.subject, account: found.account, explanation: found.explanation)
    }
}

extension PeriodCutting: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension NearRepeatSearch.Rows: ExpressibleByArgument {}

extension ForecastMap.Method: ExpressibleByArgument {}

/// Numbers with commas between them: `100,200,400`.
struct NumberList: ExpressibleByArgument {
    let numbers: [Double]

    init(_ numbers: [Double]) { self.numbers = numbers }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double($0) }
        guard numbers.count == parts.count, !numbers.isEmpty else { return nil }
        self.numbers = numbers
    }

    var defaultValueDescription: String {
        numbers.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0) }.joined(separator: ",")
    }
}
