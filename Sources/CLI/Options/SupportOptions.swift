import ArgumentParser
import Boundaries
import CrimeMapping
import Pictures
import SimpleFeatures

/// What incidents are counted on: cells of a grid, or the areas of a level.
struct SupportOptions: ParsableArguments {
    @Option(help: "Distance between opposite sides of a cell, in metres. Default: shorter side of the extent / 50.")
    var cellSize: Double?

    @Option(help: "Squares (rect) or hexagons (hex). Default: rect.")
    var gridType: CountMap.GridType?

    @Option(help: "Count on the areas of this level of the store instead of a grid.")
    var by: Level?

    /// Whether the person said what to count on.
    var isGiven: Bool { cellSize != nil || gridType != nil || by != nil }

    /// - Parameter studyArea: as the person gave it, where nothing else than the counts would heed it.
    func counts(_ input: PatternInput, studyArea: String? = nil) throws -> SupportCounts {
        guard let by else {
            return try CountMap(
                gridType: gridType ?? .rect, cellSize: cellSize.map { .metres($0) }, extent: input.extent
            )
            .run(on: input.pattern, studyArea: input.studyArea)
        }
        guard let stored = input.stored else { throw JobError.usage("--by needs a store; the source is a plain file") }
        let forGrids = [
            ("--cell-size", cellSize != nil), ("--grid-type", gridType != nil), ("--study-area", studyArea != nil),
        ]
        if let option = forGrids.first(where: \.1)?.0 {
            throw JobError.usage("\(option) is for a grid, and --by counts on all areas of its level; say one")
        }
        return try stored.selection.counts(by: by, in: stored.store)
    }

    /// Where the counts come from, for the result's own record.
    func provenance(_ input: PatternInput) -> [Property] { by == nil ? input.members : input.membersByArea }
}

/// Where a table of places goes, and in which form.
struct TableOutput: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: """
            Output file; its suffix says the format: .geojson, .geojsonl, .geojsons, .csv (with .csvt), .gpkg, .fgb; .pmtiles, \
            .mbtiles (map tiles); .png (a map). Repeat for several. Without it, CSV on standard output.
            """)
    var output: [String] = []

    @Flag(help: "Say how the method works, with formula and source, as a methods section would.")
    var explain = false

    @Option(help: "Language of a picture and of --explain: es or en.")
    var lang: PictureLanguage = .spanish

    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions
}
