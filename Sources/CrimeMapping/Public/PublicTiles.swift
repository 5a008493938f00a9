import Boundaries
import Geodesy
import Grids
public import Incidents
public import Pictures
public import Privacy
public import SimpleFeatures
import Tiles

extension PublicCity {
    /// Vector tiles of the published figures: `grid`, and the areas of every level.
    ///
    /// Levels by which there are no public counts have names and borders only.
    /// - Parameter layers: `grid` and names of levels; empty is all of them.
    /// - Throws: `PrivacyError` naming what is not public, ``JobError/usage(_:)`` for a layer that there is not.
    public func drawing(
        _ filter: IncidentFilter, layers: [String] = [], zooms: ClosedRange<Int>, name: String, members: [Property],
        control: JobControl = .silent
    ) throws -> Published<TileDrawingResult> {
        let known = Set(snapshot.layers.map(\.version.level)).sorted { $0.name < $1.name }
        if let unknown = layers.first(where: { wanted in wanted != "grid" && !known.contains { $0.name == wanted } }) {
            throw JobError.usage("a layer must be grid or a level, but is \(unknown)")
        }
        func isWanted(_ layer: String) -> Bool { layers.isEmpty || layers.contains(layer) }
        var sources: [any TileLayerSource] = []
        var bounds = Envelope<LonLat>.empty
        var account: Published<Void>?
        for level in known where isWanted(level.name) {
            let layer = try areaLayer(of: level, filter, isAlone: !layers.isEmpty, zooms)
            account = layer.map { _ in }
            sources.append(layer.value.pyramid)
            bounds = bounds.union(layer.value.bounds)
        }
        if isWanted("grid"), !layers.isEmpty || !release.wholeYears.isEmpty {
            // Of the whole city the year is the last one where the filter asks for something else than a year.
            let year = try layers.isEmpty ? (try? year(filter)) ?? year(IncidentFilter()) : year(filter)
            let cells = try cells(.count, year: year, control: control)
            account = cells.map { _ in }
            sources.append(try cellLayer(of: cells.value, zooms))
            bounds = bounds.union(try corners(of: cells.value.grid))
        }
        let edges = [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY].map { "\($0)" }.joined(separator: ",")
        let record =
            members + [Property("view", .json("[\(edges)]")), Property("faro_version", .text(FaroVersion.current))]
        let result = try TileDrawingResult(
            sources, CityTiles(zooms: zooms), name: name, bounds: bounds, members: record)
        guard let account else { throw JobError.usage("there must be something to draw") }
        return account.map { result }
    }

    /// Picture tiles of the public surface's classes.
    /// - Throws: `PrivacyError`, ``JobError``, `PictureError`.
    public func heat(
        _ filter: IncidentFilter, zooms: ClosedRange<Int>, pixels: Int, language: PictureLanguage,
        control: JobControl = .silent
    ) throws -> Published<HeatmapTiles> {
        let cells = try cells(.density, year: year(filter), control: control)
        return try cells.map { cells in
            let values = cells.classes.map(cells.lowerLimit(of:))
            let shown = cells.classes.filter { $0 > 0 }
            let borders = ((shown.min() ?? 1)...(shown.max() ?? 1)).map(cells.lowerLimit(of:))
            let legend = try HeatmapLegend(
                kind: .classes, values: borders, ramp: .magma, unit: language.unit)
            return try HeatmapTiles(
                Surface(grid: cells.grid, values: values), legend: legend, zooms: zooms, pixels: pixels)
        }
    }

    private struct AreaLayer: Sendable {
        var pyramid: AreaPyramid
        var bounds: Envelope<LonLat>
    }

    /// - Parameter isAlone: whether the level is what is asked for, so that what is not public of it is an error.
    private func areaLayer(
        of level: Level, _ filter: IncidentFilter, isAlone: Bool, _ zooms: ClosedRange<Int>
    ) throws -> Published<AreaLayer> {
        guard levels.contains(level), isAlone || answers(filter, by: level) else { return bareLayer(of: level, zooms) }
        return try figures(filter, by: level).map { figures in
            layer(of: level, figures.areas, zooms, figures.areas.map { figures.counts[$0.id] ?? PublicCount() })
        }
    }

    /// Whether the lattice has an answer to a filter.
    private func answers(_ filter: IncidentFilter, by level: Level) -> Bool {
        (try? gate.lattice.query(filter, by: level, period: nil, on: release.axes)).map { query in
            (try? gate.counts(query, of: release)) != nil
        } ?? false
    }

    private func bareLayer(of level: Level, _ zooms: ClosedRange<Int>) -> Published<AreaLayer> {
        let number = snapshot.layers.map(\.version).filter { $0.level == level }.last?.number
        let areas = snapshot.layers.first { $0.version.level == level && $0.version.number == number }?.areas ?? []
        return gate.areas([]).map { _ in layer(of: level, areas, zooms, nil) }
    }

    private func layer(of level: Level, _ areas: [Area], _ zooms: ClosedRange<Int>, _ counts: [PublicCount]?)
        -> AreaLayer
    {
        var columns: [AttributeColumn] = [
            .texts("area_id", areas.map { $0.id }), .texts("area_name", areas.map { $0.name }),
            .texts("parent_id", areas.map { $0.parentID }),
            AttributeColumn(
                name: "area_km2", values: .numbers(areas.map { SurfaceFile.rounded($0.squareMetres / 1e6) })),
        ]
        if let counts {
            columns += [
                AttributeColumn(name: "count", values: .numbers(counts.map { $0.exact.map(Double.init) ?? .nan })),
                AttributeColumn(name: "at_least", values: .integers(counts.map { Int64($0.shown) })),
                AttributeColumn(
                    name: "per_km2",
                    values: .numbers(
                        zip(counts, areas).map { count, area in
                            guard let exact = count.exact, area.squareMetres > 0 else { return .nan }
                            return SurfaceFile.rounded(Double(exact) / (area.squareMetres / 1e6))
                        })),
            ]
        }
        let described = TileLayer(
            id: level.name, summary: "Areas of the level \(level)" + (counts == nil ? "" : ", with published counts"),
            shape: .polygon, zooms: zooms, fields: columns.map { .init($0.name, $0.kind) })
        return AreaLayer(
            pyramid: AreaPyramid(
                layer: described, areas: areas.map(\.geometry), ids: areas.indices.map(UInt64.init), columns: columns),
            bounds: areas.reduce(.empty) { $0.union($1.geometry.envelope) })
    }

    private func cellLayer(of cells: CoarseCells, _ zooms: ClosedRange<Int>) throws -> CellPyramid {
        let plane = try ProjectedTransformation(cells.grid.crs)
        let shown = cells.classes.indices.filter { cells.classes[$0] > 0 }
        let outlines = shown.map { cell in
            let (row, column) = cell.quotientAndRemainder(dividingBy: cells.grid.columns)
            let centre = cells.grid.centre(column: column, row: row)
            return Grid.ring(around: centre, cellSize: cells.grid.cellSize).compactMap { plane.inverse($0) }
        }
        let columns = [
            AttributeColumn(name: "class", values: .integers(shown.map { Int64(cells.classes[$0]) })),
            AttributeColumn(name: "at_least", values: .numbers(shown.map { cells.lowerLimit(of: cells.classes[$0]) })),
            AttributeColumn(
                name: "less_than", values: .numbers(shown.map { cells.lowerLimit(of: cells.classes[$0] + 1) })),
            AttributeColumn(name: "cell_m", values: .numbers(shown.map { _ in cells.grid.cellSize.metres })),
        ]
        return CellPyramid(
            layer: TileLayer(
                id: "grid", summary: "Cells with classes of counts, \(cells.year)", shape: .polygon, zooms: zooms,
                fields: columns.map { .init($0.name, $0.kind) }),
            levels: [.init(zooms: zooms, outlines: outlines, ids: shown.map(UInt64.init), columns: columns)])
    }

    private func corners(of grid: Grid) throws -> Envelope<LonLat> {
        let box = grid.envelope
        let degrees = try IncidentSelection.planar(
            Envelope<FilePosition>(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY), from: grid.crs,
            to: .wgs84)
        return Envelope(minX: degrees.minX, minY: degrees.minY, maxX: degrees.maxX, maxY: degrees.maxY)
    }
}
