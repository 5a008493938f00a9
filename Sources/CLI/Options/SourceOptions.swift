import ArgumentParser
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

    @OptionGroup var filter: FilterOptions

    var isStore: Bool {
        get throws { try source != "-" && ByteSource.kind(ofFileAt: source) == .sqlite }
    }

    /// The study area where it is a file; a level's name has no dot.
    var studyAreaFile: String? { studyArea.flatMap { $0.contains(".") ? $0 : nil } }
}
