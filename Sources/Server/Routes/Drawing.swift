import Boundaries
import CrimeMapping
import Grids
import Hotspots
import Incidents
import Pictures
import SimpleFeatures
import Privacy
import Tiles

/// A set of tiles that is ready to be drawn: made once for a revision and a filter, for all tiles of a map.
enum Drawing: Sendable {
    case vector(TileDrawingResult, cost: Int)
    case heat(HeatmapTiles, members: [Property], cost: Int)

    var cost: Int {
        switch self {
        case .vector(_, let cost), .heat(_, _, let cost): cost
        }
    }

    static let parameters = AnalysisInput.parameters.union([
        "cell_size", "grid_type", "merge_below", "count_by", "bandwidth", "pixels", "lang", "legend_top",
    ]).union(SurfaceQuery.parameters)

    /// - Throws: ``Problem`` 404 for a set that there is not.
    /// - Parameter city: what is published, for whoever sees nothing else.
    static func shared(_ set: String, _ ask: Ask, _ city: PublicCity?) async throws -> Drawing {
        try check(set, ask)
        let key = "\(ask.state) \(set) \(ask.query.canonical)"
        if let known = ask.server.drawings.value(key) { return known }
        return try await ask.server.drawingsUnderWay.value(key, isAbandoned: ask.isAbandoned) { isAbandoned in
            var shared = ask
            shared.isAbandoned = isAbandoned
            let asked = shared
            let drawing = try await asked.analyse { control in
                if let city { return try published(set, asked, city, control) }
                return set == "heat" ? try heat(asked, control) : try vector(set, asked, control)
            }
            asked.server.drawings.insert(key, drawing, cost: drawing.cost, always: true)
            return drawing
        }
    }

    static func sets(_ snapshot: StoreSnapshot) -> [String] {
        ["city", "incidents", "grid", "heat"] + Set(snapshot.boundaryVersions().map(\.level.name)).sorted()
    }

    private static func check(_ set: String, _ ask: Ask) throws {
        let known = sets(ask.snapshot)
        guard known.contains(set) else {
            throw Problem.notFound(
                "a set of tiles is one of \(known.joined(separator: ", ")), but not \"\(set.prefix(40))\"")
        }
        let foreign =
            set == "heat"
            ? ["count_by", "grid_type", "merge_below"]
            : SurfaceQuery.parameters.subtracting(["cell_size"]).union(["pixels", "legend_top", "lang"]).sorted()
        if let name = foreign.first(where: { !ask.query.texts($0).isEmpty }) {
            throw Problem.badParameter(name, "is not for the set \(set)")
        }
    }

    private static func vector(_ set: String, _ ask: Ask, _ control: JobControl) throws -> Drawing {
        let input = try AnalysisInput(ask)
        var job = CityTiles(zooms: 0...ask.caps.zoom)
        job.mayBeEmpty = true
        let levels = sets(ask.snapshot).filter { !["city", "incidents", "grid", "heat"].contains($0) }
        job.layers = set == "city" ? [] : [set]
        let size = try ask.query.number("cell_size", in: ask.caps.cellSize...1e6)
        if job.layers.isEmpty || job.layers.contains("grid") {
            try input.checkCells(size, share: 50, ask.caps.gridCells, "grid-cells", ask.caps)
        }
        job.cellSize = size.map { .metres($0) }
        job.gridType = try ask.query.choice("grid_type", CountMap.GridType.self) ?? .rect
        job.mergesBelow = try ask.query.integer("merge_below", in: 0...ask.caps.zoom) ?? job.mergesBelow
        job.countsBy = ask.query.texts("count_by")
        let result = try job.drawing(
            of: input.selection, in: ask.snapshot, name: ask.server.options.name, members: input.members,
            control: control)
        let points = set == "city" || set == "incidents" ? input.pattern.count * 96 : 0
        return .vector(result, cost: points + (set == "city" ? levels.count + 1 : 1) << 22)
    }

    private static func heat(_ ask: Ask, _ control: JobControl) throws -> Drawing {
        let input = try AnalysisInput(ask)
        let result = try SurfaceQuery.surface(ask, input, control)
        let pixels = try ask.query.integer("pixels", in: 256...512) ?? 256
        let tiles = try result.tiles(
            zooms: 0...ask.caps.zoom, pixels: pixels,
            language: ask.query.choice("lang", PictureLanguage.self) ?? .spanish,
            legendTop: ask.query.number("legend_top", in: 1e-6...1e12))
        return .heat(tiles, members: result.members + input.members, cost: result.surface.values.count * 12 + 4_096)
    }

    private static func published(
        _ set: String, _ ask: Ask, _ city: PublicCity, _ control: JobControl
    ) throws -> Drawing {
        let filter = try PublicQuestion.filter(ask, allowing: ["pixels", "lang"])
        let zooms = 0...ask.caps.zoom
        guard set == "heat" else {
            let drawing = try city.drawing(
                filter, layers: set == "city" ? [] : [set], zooms: zooms, name: ask.server.options.name,
                members: PublicQuestion.members(ask), control: control)
            let layers = drawing.value.pyramid.layers.count
            return .vector(drawing.value.recording(drawing.account.members), cost: layers << 22)
        }
        let pixels = try ask.query.integer("pixels", in: 256...512) ?? 256
        let language = try ask.query.choice("lang", PictureLanguage.self) ?? .spanish
        let tiles = try city.heat(filter, zooms: zooms, pixels: pixels, language: language, control: control)
        return .heat(
            tiles.value, members: try PublicQuestion.members(ask) + tiles.account.members, cost: 1 << 20)
    }
}
