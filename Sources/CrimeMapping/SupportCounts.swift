public import Boundaries
import Geodesy
public import Grids
public import Hotspots
import Incidents
public import SimpleFeatures

/// Incidents counted on cells or areas, zeros included, with an account of those that lie on none.
public struct SupportCounts: Sendable {
    /// What incidents are counted on.
    public enum Support: Sendable {
        case squares(Mask)
        case hexagons(HexMask)
        case areas(level: String, version: Int)
    }

    /// One cell or area.
    public struct Unit: Hashable, Sendable {
        /// The area's key, or the cell's number in its grid.
        public var id: String
        /// The area's name; nil for a cell.
        public var name: String?
        public var outline: MultiPolygon<PlanarPoint>
        /// A cell's centre; of an area its centre of mass.
        public var centre: PlanarPoint
        public var incidents: Int
        /// The sum of their weights.
        public var weight: Double
    }

    public var support: Support
    /// The projected system of the outlines.
    public var crs: CRS
    /// Cells row by row from the south-west, areas by their keys.
    public var units: [Unit]
    /// Incidents on some unit, on none, and without a usable place.
    public var counted: Int
    public var outside: Int
    public var dropped: Int
    /// How the units were chosen, for the result's record.
    public var parameters: [Property]

    /// Counts, support and parameters, in the order a reader wants them.
    public var members: [Property] {
        parameters + [
            Property("crs", .text(crs.name)), Property("units", .integer(Int64(units.count))),
            Property("incidents_counted", .integer(Int64(counted))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("incidents_without_place", .integer(Int64(dropped))),
            Property("faro_version", .text(FaroVersion.current)),
        ]
    }

    /// The columns that name a unit: the centre of a cell, or level, key and name of an area.
    public var keyColumns: [String] {
        if case .areas = support { return ["level", "area_id", "area_name"] }
        return ["x", "y"]
    }

    /// The values of ``keyColumns``.
    public func key(of unit: Unit) -> [PropertyValue] {
        guard case .areas(let level, _) = support else { return [.number(unit.centre.x), .number(unit.centre.y)] }
        return [.text(level), .text(unit.id), unit.name.map(PropertyValue.text) ?? .null]
    }

    /// A table with one row a unit: its key, and the values that an analysis gives it.
    public func table(_ columns: [String], members: [Property], values: (Int) -> [PropertyValue]) -> FeatureTable {
        var table = FeatureTable(crs: crs, columns: keyColumns + columns, members: members)
        for (index, unit) in units.enumerated() {
            table.append(.multiPolygon(unit.outline), key(of: unit) + values(index))
        }
        return table
    }
}

/// Counts incidents on a grid or on the areas of a level: the job behind `faro hotspot count`, and the first step of every
/// statistic on counts.
public struct CountMap: Sendable {
    /// The shape of cells.
    public enum GridType: String, Sendable, CaseIterable {
        case rect
        case hex
    }

    public var gridType: GridType
    /// Distance between opposite sides; nil is the shorter side of the extent / 50, rounded as a person would.
    public var cellSize: Length?
    /// nil is the study area, or the points where there is none.
    public var extent: Envelope<PlanarPoint>?

    public init(gridType: GridType = .rect, cellSize: Length? = nil, extent: Envelope<PlanarPoint>? = nil) {
        self.gridType = gridType
        self.cellSize = cellSize
        self.extent = extent
    }

    /// The most cells of a grid: 2²², as each gets an outline of its own.
    public static let greatestCellCount = 1 << 22

    private func check(cellCount: Int) throws {
        guard cellCount <= Self.greatestCellCount else {
            throw JobError.usage(
                "a grid of counts may have \(Self.greatestCellCount) cells, but would have \(cellCount); choose larger cells"
            )
        }
    }

    /// On a grid. Cells whose centre lies in the study area count, those without an incident as 0.
    ///
    /// - Throws: `HotspotError`, `GridError`, and ``JobError/usage(_:)`` where no cell's centre lies in the study area, or the
    ///   grid has more than ``greatestCellCount`` cells.
    /// - Complexity: O(cells + incidents).
    public func run(on pattern: PointPattern, studyArea: StudyArea? = nil) throws -> SupportCounts {
        let window = extent ?? studyArea?.envelope ?? pattern.envelope
        let size = cellSize ?? Self.cellSize(for: window)
        let rule = cellSize == nil ? "shorter side / 50, rounded down" : "given"
        let parameters = [
            Property("support", .text(gridType == .rect ? "square grid" : "hexagonal grid")),
            Property("cell_size_m", .number(size.metres)), Property("cell_size_rule", .text(rule)),
            Property("study_area", studyArea.map { .text($0.name) } ?? .null),
        ]
        switch gridType {
        case .rect:
            let covered = extent == nil && studyArea == nil ? Self.owningItsBorders(window, size) : window
            let grid = try Grid(covering: covered, cellSize: size, crs: pattern.crs, aligned: extent == nil)
            try check(cellCount: grid.cellCount)
            let mask =
                studyArea.map { Mask(grid: grid, areas: $0.polygons) }
                ?? Mask(grid: grid, isInside: Array(repeating: true, count: grid.cellCount))
            return try counts(pattern, mask, parameters)
        case .hex:
            let grid = try HexGrid(covering: window, cellSize: size, crs: pattern.crs, aligned: extent == nil)
            try check(cellCount: grid.cellCount)
            let mask =
                studyArea.map { HexMask(grid: grid, areas: $0.polygons) }
                ?? HexMask(grid: grid, isInside: Array(repeating: true, count: grid.cellCount))
            return try counts(pattern, mask, parameters)
        }
    }

    private func counts(_ pattern: PointPattern, _ mask: Mask, _ parameters: [Property]) throws -> SupportCounts {
        let grid = mask.grid
        let cells = try GridCounts().counts(of: pattern, over: mask)
        return try counts(.squares(mask), grid.crs, cells, parameters) { cell in
            let centre = grid.centre(column: cell % grid.columns, row: cell / grid.columns)
            return (centre, Grid.ring(around: centre, cellSize: grid.cellSize))
        }
    }

    private func counts(_ pattern: PointPattern, _ mask: HexMask, _ parameters: [Property]) throws -> SupportCounts {
        let grid = mask.grid
        let cells = try GridCounts().counts(of: pattern, over: mask)
        return try counts(.hexagons(mask), grid.crs, cells, parameters) { cell in
            let (column, row) = (cell % grid.columns, cell / grid.columns)
            return (grid.centre(column: column, row: row), grid.ring(column: column, row: row))
        }
    }

    private func counts(
        _ support: SupportCounts.Support, _ crs: CRS, _ cells: CellCounts, _ parameters: [Property],
        _ shape: (Int) -> (centre: PlanarPoint, ring: [PlanarPoint])
    ) throws -> SupportCounts {
        guard cells.isInside.contains(true) else {
            throw JobError.usage(
                "the centre of some cell must lie in the study area, but none does; choose smaller cells")
        }
        var units: [SupportCounts.Unit] = []
        for cell in cells.isInside.indices where cells.isInside[cell] {
            let (centre, ring) = shape(cell)
            units.append(
                .init(
                    id: String(cell), name: nil, outline: MultiPolygon([Polygon(exterior: ring)]), centre: centre,
                    incidents: cells.incidents[cell], weight: cells.weight[cell]))
        }
        return SupportCounts(
            support: support, crs: crs, units: units, counted: cells.counted, outside: cells.outside,
            dropped: cells.dropped, parameters: parameters)
    }

    /// Square cells own their western and southern borders alone: the easternmost and northernmost incident may need one more.
    private static func owningItsBorders(_ window: Envelope<PlanarPoint>, _ size: Length) -> Envelope<PlanarPoint> {
        guard !window.isEmpty else { return window }
        let hair = max(size.metres * 1e-9, max(abs(window.maxX), abs(window.maxY)).ulp * 4)
        return Envelope(minX: window.minX, minY: window.minY, maxX: window.maxX + hair, maxY: window.maxY + hair)
    }

    /// sfhotspot's default, rounded down to 1, 2 or 5 times a power of ten, so that grids of like studies share their cells.
    private static func cellSize(for window: Envelope<PlanarPoint>) -> Length {
        let ideal = max(1, min(min(window.width, window.height) / 50, 1e6))
        var step = 1.0
        while step * 10 <= ideal { step *= 10 }
        return .metres(ideal >= step * 5 ? step * 5 : ideal >= step * 2 ? step * 2 : step)
    }
}

extension Grid {
    /// The outline of a square cell, closed, from its south-west corner against the clock.
    static func ring(around centre: PlanarPoint, cellSize: Length) -> [PlanarPoint] {
        let half = cellSize.metres / 2
        return [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)].map {
            PlanarPoint(x: centre.x + $0.0, y: centre.y + $0.1)
        }
    }
}

extension IncidentSelection {
    /// The selected incidents by the areas of a level, those with no incident included. Every place counts that has an area,
    /// however coarse.
    ///
    /// Of several versions of the level it is the one that holds last in the days of the incidents; incidents of the others
    /// count as outside.
    /// - Throws: ``JobError/usage(_:)`` for a level that the store has not, the store's errors.
    public func counts(by level: Level, in store: any BoundarySource) throws -> SupportCounts {
        let versions = try store.boundaryVersions().filter { $0.level == level }
        guard let version = versions.holding(in: days).last, let column = table.areas(of: level.name) else {
            throw JobError.usage("the store has no level \(level); bring one in with faro boundaries import")
        }
        let areas = try store.boundaryLayer(level, number: version.number).areas
        let outlines = try store.outlines(level, number: version.number, on: ProjectedTransformation(crs))
        let places = Dictionary(areas.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var units = zip(areas, outlines).map { area, outline in
            SupportCounts.Unit(
                id: area.id, name: area.name, outline: outline,
                centre: outline.centreOfMass ?? outline.envelope.middle,
                incidents: 0, weight: 0)
        }
        let unitOfKey = zip(column.keys, column.versions).map { $1 == version.number ? places[$0] : nil }
        var counted = 0
        for row in rows {
            let key = Int(column.index[row])
            guard unitOfKey.indices.contains(key), let unit = unitOfKey[key] else { continue }
            units[unit].incidents += 1
            units[unit].weight += table.weight[row]
            counted += 1
        }
        return SupportCounts(
            support: .areas(level: level.name, version: version.number), crs: crs, units: units, counted: counted,
            outside: rows.count - counted, dropped: 0,
            parameters: [
                Property("support", .text("areas")), Property("level", .text(level.name)),
                Property("boundary_version", .integer(Int64(version.number))),
            ])
    }
}
