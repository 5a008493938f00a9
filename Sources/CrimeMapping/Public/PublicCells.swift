import Boundaries
public import CivilTime
import Geodesy
import Grids
import Hotspots
public import Incidents
public import Privacy
public import SimpleFeatures

extension PublicCity {
    /// What the public grid shows.
    public enum CellValue: String, Sendable {
        /// How many incidents a cell has.
        case count
        /// The density surface, in incidents per square kilometre.
        case density
    }

    /// The bandwidth of the one public surface: two of them would tell more than one.
    public var bandwidth: Length { .metres(gate.lattice.cellSize.metres * 2) }

    /// The year that a filter asks for: one whole year of all ordinary offences everywhere; the last one where it names no days.
    /// - Throws: `PrivacyError` naming what is not public.
    public func year(_ filter: IncidentFilter) throws(PrivacyError) -> Period {
        let query = try gate.lattice.query(filter, by: nil, period: nil, on: release.axes)
        guard query.categories == nil, query.municipalities == nil else {
            throw .notPublic("the grid has all ordinary offences and all areas together")
        }
        let years = release.wholeYears
        guard let last = years.last else { throw .notPublic("the grid is of whole years, and none is over yet") }
        guard let months = query.months else { return last }
        let asked = years.first { year in
            Period(.month, containing: year.first) == months.lowerBound
                && Period(.month, containing: year.last) == months.upperBound
        }
        guard let asked else {
            throw .notPublic("the grid is of one whole year, \(years.map(\.description).joined(separator: ", "))")
        }
        return asked
    }

    /// The public grid of a year: classes of counts, or of the surface.
    /// - Throws: `PrivacyError`, `HotspotError`, `GridError`, ``JobError/interrupted(_:)``.
    /// - Complexity: O(incidents), and for the surface the kernel's.
    public func cells(
        _ value: CellValue, year: Period, control: JobControl = .silent
    ) throws -> Published<CoarseCells> {
        let crs = snapshot.settings.crs
        var window = Envelope<PlanarPoint>.empty
        for layer in snapshot.layers where layer.version.level == gate.lattice.coarse {
            for outline in try outlines(of: layer.version.level, layer.version.number) {
                window = window.union(outline.envelope)
            }
        }
        let grid = try Grid(covering: window, cellSize: gate.lattice.cellSize, crs: crs)
        let rows = placedRows
        var cells = [Int32](repeating: -1, count: columns.count)
        for row in rows {
            let place = PlanarPoint(x: snapshot.table.x[row], y: snapshot.table.y[row])
            cells[row] = grid.cell(at: place).map { Int32(clamping: $0) } ?? -1
        }
        let counts = try gate.cells(of: columns, in: cells, on: grid, year: year, of: release)
        guard value == .density else { return counts }
        let pattern = try pattern(of: rows, year)
        let map = DensityMap(
            kernel: .quartic, bandwidth: .fixed(bandwidth), cellSize: grid.cellSize, extent: grid.envelope)
        let surface = try map.run(on: pattern, control: control).surface
        guard surface.grid == grid else { throw JobError.usage("the surface must lie on the public grid") }
        return try gate.surface(surface, over: counts)
    }

    /// Rows whose places point maps take.
    private var placedRows: [Int] {
        let table = snapshot.table
        return (0..<table.count).filter {
            table.x[$0].isFinite && table.y[$0].isFinite && table.grade[$0].isHit && !table.isArtefact[$0]
        }
    }

    private func pattern(of rows: [Int], _ year: Period) throws -> PointPattern {
        let first = Period(.month, containing: year.first).index
        let categories = release.axes.categories
        let taken = rows.filter { row in
            let category = Int(columns.category[row])
            return (first...(first + 11)).contains(columns.month[row])
                && (!categories.indices.contains(category) || categories[category].treatment == .ordinary)
        }
        let table = snapshot.table
        return try PointPattern(
            x: taken.map { table.x[$0] }, y: taken.map { table.y[$0] }, weights: taken.map { table.weight[$0] },
            crs: snapshot.settings.crs)
    }

    /// The cells that have a class, as a table: centre, `class`, and from where up to where its values reach.
    public func table(
        of cells: Published<CoarseCells>, _ value: CellValue, members: [Property] = []
    ) -> Published<FeatureTable> {
        cells.map { cells in
            let grid = cells.grid
            var table = FeatureTable(
                crs: grid.crs, columns: ["x", "y", "class", "at_least", "less_than"],
                members: [
                    Property("method", .text(value == .count ? "count" : "kde")), Property("support", .text("cells")),
                    Property("cell_size_m", .number(grid.cellSize.metres)),
                    Property("year", .text(cells.year.description)),
                    Property("bandwidth_m", value == .count ? .null : .number(bandwidth.metres)),
                ] + members)
            var indexes: [Int] = []
            for (cell, index) in cells.classes.enumerated() where index > 0 {
                let (row, column) = cell.quotientAndRemainder(dividingBy: grid.columns)
                let centre = grid.centre(column: column, row: row)
                table.append(
                    .polygon(Polygon(exterior: Grid.ring(around: centre, cellSize: grid.cellSize))),
                    [
                        .number(centre.x), .number(centre.y), .integer(Int64(index)),
                        .number(cells.lowerLimit(of: index)), .number(cells.lowerLimit(of: index + 1)),
                    ])
                indexes.append(Int(index))
            }
            if let least = indexes.min(), let greatest = indexes.max() {
                let borders = (least...(greatest + 1)).map { cells.lowerLimit(of: UInt8(clamping: $0)) }
                indexes = indexes.map { $0 - least }
                table.style =
                    value == .count
                    ? .init(
                        .classes(indexes, borders: borders), spanish: "incidentes por celda",
                        english: "incidents per cell")
                    : .init(
                        .classes(indexes, borders: borders), spanish: "delitos por km²", english: "crimes per km²")
            }
            return table
        }
    }
}
