import ArgumentParser
import CrimeMapping
import Formats

/// The points an analysis works on, and where it looks: the same words for every method.
struct SourceOptions: ParsableArguments {
    @Argument(help: "A store, or a CSV or GeoJSON file of points; - is CSV on standard input.")
    var source: String

    @Option(
        help: ArgumentHelp(
            """
            Where to look: a level of the store, none, or a file of polygons (.geojson, .zip, .shp). Default: municipality, or \
            the widest level there is.
            """, valueName: "level|none|file"))
    var studyArea: String?

    @Option(help: "Column of a CSV with easting or longitude.")
    var x: String?

    @Option(help: "Column of a CSV with northing or latitude.")
    var y: String?

    @Option(help: "Reference system of a plain file's coordinates.")
    var crs: String?

    @Option(
        help: "Projected reference system in which a plain file is analysed. Default: the file's own, or its UTM zone.")
    var workingCrs: String?

    @Option(help: "Column or property that says how much each point of a plain file counts.")
    var weights: String?

    @Option(
        help: """
            Column or property of a plain file with the day of each point: yyyy-mm-dd or dd/mm/yyyy, with or without a time of \
            day. Default, where days are needed: a usual name, such as fecha or date.
            """)
    var time: String?

    @Option(help: "In place of --time: column with the earliest time at which a point may have happened.")
    var start: String?

    @Option(help: "In place of --time: column with the latest time.")
    var end: String?

    @Option(
        name: .customLong("tz"),
        help: "Zone in which the days of a plain file begin, for times told against UTC: America/Monterrey.")
    var timeZone: String?

    @OptionGroup var filter: FilterOptions

    var isStore: Bool {
        get throws { try source != "-" && ByteSource.kind(ofFileAt: source) == .sqlite }
    }

    /// Which columns of a plain file say when; nil where nobody needs to know.
    /// - Throws: ``JobError/usage(_:)`` for options that contradict each other.
    func times(areNeeded: Bool) throws -> TimeColumns? {
        switch (time, start, end) {
        case (nil, let start?, let end?): return .span(start: start, end: end)
        case (let time?, nil, nil): return .day(time)
        case (nil, nil, nil): return areNeeded || filter.from != nil || filter.to != nil ? .day(nil) : nil
        case (_?, _, _):
            throw JobError.usage("--time is one day, --start and --end are from when until when; say one of both")
        case (nil, _, _): throw JobError.usage("--start and --end belong together; say both")
        }
    }

    /// The study area where it is a file; a level's name has no dot.
    var studyAreaFile: String? { studyArea.flatMap { $0.contains(".") ? $0 : nil } }
}
