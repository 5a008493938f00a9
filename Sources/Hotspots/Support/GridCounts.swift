public import Grids
import SimpleFeatures

/// Counts incidents per cell, with true zeros: a cell of the study area where nothing happened counts 0.
///
/// A cell belongs to the study area when its centre does (``Mask``, ``HexMask``), and an incident is counted where its
/// cell belongs. Incidents in other cells, or off the grid, are left out and told.
///
/// ## Example
/// ```swift
/// let counts = try GridCounts().counts(of: burglaries, over: Mask(grid: grid, area: city))
/// ```
///
/// ## Source
/// Chainey & Ratcliffe (2005), *GIS and Crime Mapping*, chapter 6 (grid thematic mapping).
public struct GridCounts: Hashable, Codable, Sendable {
    /// The method has no parameters of its own: the support says all.
    public init() {}

    /// - Parameter mask: the cells of a square grid that belong to the study area.
    /// - Throws: ``HotspotError/crsMismatch(pattern:grid:)``.
    /// - Complexity: O(*n* + *c*) with *c* cells.
    public func counts(of pattern: PointPattern, over mask: Mask) throws(HotspotError) -> CellCounts {
        guard pattern.crs == mask.grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: mask.grid.crs) }
        return CellCounts(of: pattern, isInside: mask.isInside, cellAreaKm2: mask.grid.cellAreaKm2) {
            mask.grid.cell(at: $0)
        }
    }

    /// - Parameter mask: the hexagons that belong to the study area.
    /// - Throws: ``HotspotError/crsMismatch(pattern:grid:)``.
    /// - Complexity: O(*n* + *c*) with *c* cells.
    public func counts(of pattern: PointPattern, over mask: HexMask) throws(HotspotError) -> CellCounts {
        guard pattern.crs == mask.grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: mask.grid.crs) }
        return CellCounts(of: pattern, isInside: mask.isInside, cellAreaKm2: mask.grid.cellAreaKm2) {
            mask.grid.cell(at: $0)
        }
    }
}

/// Incidents per cell of a grid, and what became of all of them.
public struct CellCounts: Hashable, Sendable {
    /// Per cell, in the grid's order: whether it lies in the study area.
    public let isInside: [Bool]
    /// Per cell, its incidents; 0 outside the study area.
    public let incidents: [Int]
    /// Per cell, the sum of the weights of its incidents; 0 outside the study area.
    public let weight: [Double]
    /// Incidents counted in some cell.
    public let counted: Int
    /// Incidents in cells outside the study area, or off the grid.
    public let outside: Int
    /// The weight of the incidents left outside.
    public let weightOutside: Double
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int
    /// Square kilometres of one cell.
    public let cellAreaKm2: Double

    init(of pattern: PointPattern, isInside: [Bool], cellAreaKm2: Double, cell: (PlanarPoint) -> Int?) {
        var incidents = [Int](repeating: 0, count: isInside.count)
        var weight = [Double](repeating: 0, count: isInside.count)
        var (outside, weightOutside) = (0, 0.0)
        for place in pattern.x.indices {
            let count = Int(pattern.multiplicity[place])
            guard let cell = cell(PlanarPoint(x: pattern.x[place], y: pattern.y[place])), isInside[cell] else {
                outside += count
                weightOutside += pattern.weight[place]
                continue
            }
            incidents[cell] += count
            weight[cell] += pattern.weight[place]
        }
        self.isInside = isInside
        (self.incidents, self.weight) = (incidents, weight)
        (self.outside, self.weightOutside) = (outside, weightOutside)
        counted = pattern.count - outside
        dropped = pattern.dropped
        self.cellAreaKm2 = cellAreaKm2
    }

    /// Incidents per cell of the study area in the grid's order, zeros included: what ``Concentration`` takes.
    public var incidentsInside: [Int] { zip(incidents, isInside).compactMap { $1 ? $0 : nil } }

    /// Weights per cell of the study area, zeros included.
    public var weightInside: [Double] { zip(weight, isInside).compactMap { $1 ? $0 : nil } }
}
