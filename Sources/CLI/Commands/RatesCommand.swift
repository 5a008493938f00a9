import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore
import Incidents
import SimpleFeatures

struct RatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rates",
        abstract: "Rates per 100,000 by area: raw, empirical Bayes, funnel limits, location quotient.",
        discussion: """
            Denominators come from faro population import. With --category the location quotient compares with all crimes, \
            otherwise with people.

            Example: faro rates juarez.gpkg --by colonia --population residents --category homicidio --from 2023-01-01 -o rates.geojson
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(help: "Level of the areas.")
    var by: Level

    @Option(help: ArgumentHelp("What to divide by, and of which year if not the last.", valueName: "kind[:year]"))
    var population: String

    @OptionGroup var filter: FilterOptions
    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let targets = try TableTargets(output)
        let spread = try PopulationSpread(argument: "\(by.name):\(population)")
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let selection = try filter.selection(of: store, console: console)
        guard let months = selection.months else {
            throw JobError.badData("no incident is selected, so there is no rate")
        }
        let figures = try spread.figures(in: store)
        let rates = RateTable(
            try selection.counts(by: by, in: store), population: figures,
            denominator: "\(spread.kind) by \(by) of \(figures.year)", months: months,
            allCrimes: try allCrimes(beside: selection, in: store))
        try targets.write(
            try rates.table([Property("source", .text(self.store.fileName))]), layer: by.name,
            subject: PictureSubject(
                categories: selection.filter.categories, days: selection.days, outlines: [], source: self.store.fileName
            ),
            account: rates.account, explanation: rates.explanation)
    }

    /// nil where no crime was asked for: then there is nothing to compare with but people.
    private func allCrimes(beside selection: IncidentSelection, in store: GeoPackageStore) throws -> SupportCounts? {
        guard !filter.category.isEmpty else { return nil }
        var all = selection.filter
        all.categories = []
        return try IncidentSelection(from: store, filter: all, box: try filter.box(), asOf: filter.asOf)
            .counts(by: by, in: store)
    }
}
