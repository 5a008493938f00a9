import ArgumentParser
import CQL2
import CivilTime
import CrimeMapping
import GeoPackageStore
import Incidents
import SimpleFeatures

/// Which incidents a command looks at; the same words everywhere.
struct FilterOptions: ParsableArguments {
    @Option(
        help:
            "The incidents of a store as they were known at the end of a day, or at an instant such as 2024-03-01T00:00:00Z.",
        transform: KnownBy.instant)
    var asOf: String?

    @Option(name: .long, help: "Only this crime; repeat for several. Case and accents do not matter.")
    var category: [String] = []

    @Option(name: .long, help: "Only this modality; repeat for several.")
    var modality: [String] = []

    @Option(help: "From this local day on: yyyy-mm-dd.")
    var from: CalendarDate?

    @Option(help: "Up to and including this local day: yyyy-mm-dd.")
    var to: CalendarDate?

    @Option(help: "Only these local hours: 18-23, or 22-4 across midnight.")
    var hours: String?

    @Option(help: "Only these days of the week: fri,sat or vie,sab.")
    var days: String?

    @Option(parsing: .unconditional, help: "Only inside this box: minx,miny,maxx,maxy.")
    var bbox: String?

    @Option(help: "Reference system of --bbox.")
    var bboxCrs = "EPSG:4326"

    @Option(
        help:
            "Only in this area: LEVEL:ID, for example municipality:09015, or LEVEL:ID@VERSION where boundaries changed; repeat for several."
    )
    var area: [String] = []

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            """
            Only incidents of which this holds, in CQL2: "category LIKE 'ROBO%' AND local_hour >= 20", "S_INTERSECTS(geometry, \
            POLYGON((…)))".
            """, valueName: "condition"))
    var condition: String?

    @Option(
        help: ArgumentHelp(
            """
            Only places known this closely: \(PrecisionGrade.allCases.map(\.name).joined(separator: ", ")), or all. Default: \
            counts take all, point maps take point and crossing.
            """, valueName: "grades"))
    var precision: String?

    @Flag(
        help: "Keep places at which reports pile up for another reason in point maps; counts by area keep them anyway.")
    var includeArtefacts = false

    /// - Throws: `FilterError` for an option that cannot be read.
    func filter() throws -> IncidentFilter {
        var filter = IncidentFilter()
        filter.categories = category
        filter.modalities = modality
        filter.from = from
        filter.to = to
        filter.hours = try hours.map { try HourRange($0) }
        filter.days = try days.map { try WeekdaySet($0) }
        filter.areas = try area.map { try AreaSelector($0) }
        filter.grades = try precision.map { try PrecisionGrade.set($0) }
        filter.includesArtefacts = includeArtefacts
        filter.condition = try condition.map { try CQL2Filter($0) }
        return filter
    }

    func box() throws -> (envelope: Envelope<FilePosition>, crs: CRS)? {
        try bbox.map { (try BoxText.envelope($0), CRS(bboxCrs)) }
    }

    /// Whether nothing was asked for.
    var isEmpty: Bool { from == nil && to == nil && asksDaysOnly }

    /// Whether nothing was asked for but days.
    var asksDaysOnly: Bool {
        category.isEmpty && modality.isEmpty && hours == nil && days == nil && bbox == nil && area.isEmpty
            && asOf == nil && precision == nil && !includeArtefacts && condition == nil
    }

    /// The incidents of a store that are asked for, with a warning for what is not complete.
    func selection(of store: GeoPackageStore, console: Console) throws -> IncidentSelection {
        let selection = try IncidentSelection(from: store, filter: try filter(), box: try box(), asOf: asOf)
        for record in selection.incompleteImports {
            console.warning("import \(record.id) of \(record.source) is not complete and does not count; run it again")
        }
        return selection
    }

    /// The breaks in the series of a selection, with a warning for each: for every output that puts periods side by side.
    func breaks(in selection: IncidentSelection, of store: GeoPackageStore, console: Console) throws -> [SeriesBreak] {
        let breaks = try TaxonomyBreaks.of(selection, in: store)
        for seriesBreak in breaks { console.warning("series break \(seriesBreak.id): \(seriesBreak.englishSentence)") }
        return breaks
    }
}
