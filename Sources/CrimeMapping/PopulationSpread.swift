public import Boundaries
import Geodesy
public import Grids
public import Hotspots
public import Incidents
import SimpleFeatures

/// Figures of a population by area, as places: what a density of incidents is compared with, and rates are divided by.
public struct PopulationSpread: Sendable {
    /// The level whose areas the figures are of.
    public var level: Level
    /// `residents`, `dwellings`, or whatever the import called it.
    public var kind: String
    /// nil takes the last year there is.
    public var year: Int?

    public init(level: Level, kind: String, year: Int? = nil) {
        self.level = level
        self.kind = kind
        self.year = year
    }

    /// `colonia:residents`, or `colonia:residents:2022`; nil for anything else.
    public init?(words: String) {
        let parts = words.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let year = parts.count == 3 ? Int(parts[2]) : nil
        guard (2...3).contains(parts.count), let level = Level(parts[0]), !parts[1].isEmpty,
            parts.count == 2 || year != nil
        else { return nil }
        self.init(level: level, kind: parts[1], year: year)
    }

    /// Figure per area key, of one year.
    public struct Figures: Sendable {
        public var year: Int
        public var byArea: [String: Double]
    }

    /// - Throws: ``JobError/usage(_:)`` where the store has no such figures, the store's errors.
    public func figures(in store: any PopulationSource) throws -> Figures {
        let all = try store.populations(asOf: nil)
        let found = all.filter { $0.level == level.name && $0.kind == kind }
        guard let chosen = year ?? found.map(\.year).max(), found.contains(where: { $0.year == chosen }) else {
            let known = Set(all.map { "\($0.kind) by \($0.level) of \($0.year)" }).sorted().joined(separator: ", ")
            throw JobError.usage(
                "the store must have figures of \(kind) by \(level)\(year.map { " of \($0)" } ?? ""), but has "
                    + (known.isEmpty ? "none; bring some in with faro population import" : known))
        }
        var byArea: [String: Double] = [:]
        for figure in found where figure.year == chosen { byArea[figure.areaKey] = figure.value }
        return Figures(year: chosen, byArea: byArea)
    }

    /// Each area's figure in equal parts at the centres of its cells; of an area that holds no centre, at its
    /// centre of mass.
    /// - Throws: as ``figures(in:)``, `HotspotError`, `GeodesyError`.
    /// - Complexity: O(cells + vertices).
    public func pattern(in store: any PopulationSource & BoundarySource, over grid: Grid) throws -> PointPattern {
        let figures = try figures(in: store)
        guard let version = try store.boundaryVersions().filter({ $0.level == level }).holding(in: nil).last else {
            throw JobError.usage("the store has no level \(level); bring one in with faro boundaries import")
        }
        let areas = try store.boundaryLayer(level, number: version.number).areas
        let outlines = try store.outlines(level, number: version.number, on: ProjectedTransformation(grid.crs))
        var (x, y, weights): ([Double], [Double], [Double]) = ([], [], [])
        for (area, outline) in zip(areas, outlines) {
            guard let figure = figures.byArea[area.id], figure > 0 else { continue }
            var places = centres(of: outline, in: grid)
            if places.isEmpty {
                places = [outline.centreOfMass ?? outline.envelope.middle]
            }
            x += places.map(\.x)
            y += places.map(\.y)
            weights += places.map { _ in figure / Double(places.count) }
        }
        return try PointPattern(x: x, y: y, weights: weights, crs: grid.crs)
    }

    /// Of the grid's cells only those under the area's envelope are looked at.
    private func centres(of outline: MultiPolygon<PlanarPoint>, in grid: Grid) -> [PlanarPoint] {
        let box = outline.envelope
        let size = grid.cellSize.metres
        guard
            let window = try? Grid(
                crs: grid.crs,
                origin: PlanarPoint(
                    x: grid.origin.x + ((box.minX - grid.origin.x) / size).rounded(.down) * size,
                    y: grid.origin.y + ((box.minY - grid.origin.y) / size).rounded(.down) * size),
                cellSize: grid.cellSize, columns: Int(min(max(1, (box.width / size).rounded(.up) + 1), 1e5)),
                rows: Int(min(max(1, (box.height / size).rounded(.up) + 1), 1e5)))
        else { return [] }
        let mask = Mask(grid: window, area: outline)
        return mask.isInside.indices.filter { mask.isInside[$0] }
            .map { window.centre(column: $0 % window.columns, row: $0 / window.columns) }
    }
}
