import ArgumentParser
import CrimeMapping
import GeoPackageStore
import Hotspots
import Incidents
import Pictures
import SimpleFeatures
import Tiles

struct TilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Write map tiles: incidents, a grid with hot spots, every level of areas; or a heatmap.",
        discussion: """
            The format follows the suffix: .pmtiles (one file for a static host), .mbtiles (opens in QGIS as it is), or a folder \
            where there is no suffix. Vector tiles have the layers incidents, grid, and one per level; every incident is in exactly \
            one tile of a zoom, merged into counts below --merge-below. A tile over half a megabyte is drawn with less detail, and \
            says so in its layer faro; no row is ever left out. --png writes a density surface as pictures instead.

            Examples:
              faro tiles juarez.gpkg -o juarez.pmtiles
              faro tiles juarez.gpkg -o robberies.mbtiles --category "ROBO DE VEHICULO" -l grid -l colonia -z 13
              faro tiles juarez.gpkg -o heat.pmtiles --png --bandwidth 500
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(name: .shortAndLong, help: "Output: .pmtiles, .mbtiles, or a folder.")
    var output: String

    @Option(name: [.customShort("z"), .long], help: "The deepest zoom.")
    var maximumZoom = 14

    @Option(name: [.customShort("Z"), .long], help: "The widest zoom.")
    var minimumZoom = 0

    @Option(
        name: [.customShort("l"), .long],
        help: "A layer: incidents, grid, or a level; repeat for several. Default: all.")
    var layer: [String] = []

    @Option(help: "Merge incidents into counts below this zoom; 0 merges none.")
    var mergeBelow = 13

    @Option(help: "Count merged incidents by category or modality too; repeat for both.")
    var countBy: [String] = []

    @Option(
        help:
            "Distance between opposite sides of a cell at the deepest zoom, in metres. Default: shorter side of the extent / 50."
    )
    var cellSize: Double?

    @Option(help: "Squares (rect) or hexagons (hex).")
    var gridType = CountMap.GridType.rect

    @Flag(help: "Let tiles grow beyond half a megabyte instead of drawing them with less detail.")
    var noTileSizeLimit = false

    @Flag(help: "Write a density surface as picture tiles.")
    var png = false

    @Option(
        help: ArgumentHelp(
            "With --png: kernel radius in metres, or a rule: esri, mass, spatstat, knn:k.", valueName: "metres|rule"))
    var bandwidth: BandwidthRule = .mass

    @Option(help: "With --png: width of a tile, 256 or 512 pixels.")
    var tileSize = 256

    @Option(help: "Language of a folder's page and of a legend: es or en.")
    var lang: PictureLanguage = .spanish

    @Option(help: "How many threads may work. The tiles do not depend on it.")
    var threads: Int?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var overwrite: OverwriteOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard 0 <= minimumZoom, minimumZoom <= maximumZoom, maximumZoom <= TileID.deepestZoom else {
            throw ValidationError(
                "zooms must lie in 0 to \(TileID.deepestZoom), the widest first, but are \(minimumZoom) to \(maximumZoom)"
            )
        }
        if png, !layer.isEmpty || !countBy.isEmpty || noTileSizeLimit {
            throw ValidationError("--layer, --count-by and --no-tile-size-limit are for vector tiles, not for --png")
        }
    }

    func run() throws {
        let console = global.console
        let store = try GeoPackageStore.open(at: store, readOnly: true)
        let archive = try TileTarget.open(
            output, format: png ? .png : .vector, page: TilePage(language: lang == .spanish ? .spanish : .english),
            overwrite: overwrite.overwrite)
        let selection = try filter.selection(of: store, console: console)
        let account = selection.placeAccount
        let members =
            [
                Property("source", .text(store.path.fileName)),
                Property("store_revision", .integer(selection.table.revision)),
                Property("filter", .json(try JSONText.of(selection.filter))),
                Property("bbox", filter.bbox.map { .text("\($0) (\(filter.bboxCrs))") } ?? .null),
                Property("as_of", filter.asOf.map { .text($0) } ?? .null),
            ] + account.members
        if png {
            try writePictures(of: selection, in: store, members, to: archive, console)
        } else {
            try writeVectors(of: selection, in: store, members, to: archive, console)
        }
    }

    private func writeVectors(
        of selection: IncidentSelection, in store: GeoPackageStore, _ members: [Property],
        to archive: any TileArchiveWriter,
        _ console: Console
    ) throws {
        var job = CityTiles(zooms: minimumZoom...maximumZoom)
        job.layers = layer
        job.mergesBelow = mergeBelow
        job.countsBy = countBy
        job.gridType = gridType
        job.cellSize = cellSize.map { .metres($0) }
        job.sizeLimit = noTileSizeLimit ? nil : job.sizeLimit
        job.threads = threads
        let drawing = try job.drawing(
            of: selection, in: store, name: store.path.fileName, members: members, control: console.control)
        let account = try drawing.write(to: archive, control: console.control)
        if global.json { try console.result(MembersText.json(drawing.tileSet(account).members)) }
        console.note(TilesText.of(account, path: output))
    }

    private func writePictures(
        of selection: IncidentSelection, in store: GeoPackageStore, _ members: [Property],
        to archive: any TileArchiveWriter,
        _ console: Console
    ) throws {
        var job = DensityMap(bandwidth: bandwidth, cellSize: cellSize.map { .metres($0) }, extent: selection.extent)
        job.threads = threads
        let result = try job.run(
            on: selection.pattern(), studyArea: selection.studyArea(in: store), control: console.control)
        let tiles = try result.tiles(zooms: minimumZoom...maximumZoom, pixels: tileSize, language: lang)
        let count = try tiles.write(
            to: archive, name: store.path.fileName, members: result.members + members, control: console.control)
        if global.json { try console.result(MembersText.json(result.members + members)) }
        console.note("wrote \(count.grouped) tiles to \(output)")
    }
}
