import ArgumentParser
import CrimeMapping
import Files
import Formats
import Foundation

@main struct Faro: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faro",
        abstract:
            "Maps crime for citizen observatories: places reports, accounts for every row, finds where crime concentrates.",
        discussion: """
            A store is one GeoPackage file that QGIS, R and GDAL open as it is. Start with `faro demo DIR`, or with \
            `faro init`, `faro boundaries import`, `faro import` on your own files.

            Results go to standard output or -o, everything else to standard error.
            Exit codes: 0 done; 64 usage; 65 bad data; 66 input missing; 69 busy or unavailable; 73 output exists; \
            74 input or output failed; 130 interrupted.
            """,
        version: FaroVersion.current,
        subcommands: [
            InitCommand.self, DemoCommand.self, BoundariesCommand.self, ImportCommand.self, AssignCommand.self,
            PlaceCommand.self, GazetteerCommand.self, PopulationCommand.self, TaxonomyCommand.self,
            DescribeCommand.self, IndicatorsCommand.self, SeriesCommand.self, SurveyCommand.self,
            HotspotCommand.self, ForecastCommand.self, EvaluateCommand.self, RatesCommand.self, SummaryCommand.self,
            ReportCommand.self, ExportCommand.self, TilesCommand.self,
            ServeCommand.self,
            InfoCommand.self,
            ValidateCommand.self, TokenCommand.self,
        ])

    static func main() {
        Interrupt.listen(beforeForcedExit: AtomicFile.removeAllUncommitted)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(with: error)
        }
    }

    /// ArgumentParser's own errors keep their texts and codes; ours are one sentence and the code of their kind.
    private static func exit(with error: any Error) -> Never {
        guard let status = ExitStatus(error) else { exit(withError: error) }
        if status != .readerGone { Console.error("\(error)") }
        Foundation.exit(status.code)
    }
}
