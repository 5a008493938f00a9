import Foundation
import Grids
public import Hotspots
public import SimpleFeatures

/// Counts on a grid for every zoom of a map: cells of the size asked for at the deepest, twice as wide wherever they would
/// become too small to see.
///
/// Every incident lies in one cell of each level, so the counts of every level add up to the same number. Densities are per
/// square kilometre at every size, so that one legend serves all zooms. Hot spots are tested at each size on its own, within
/// the study area; incidents beyond it are counted on cells without a test.
public struct GridPyramid: Sendable {
    public var gridType: CountMap.GridType
    /// Distance between opposite sides at the deepest zoom; nil is what ``CountMap`` chooses.
    public var cellSize: Length?
    public var zooms: ClosedRange<Int>
    /// How many threads may work; nil for one per processor. The values do not depend on it.
    public var threads: Int?

    /// A cell is drawn at least so many pixels wide, on tiles 512 pixels wide.
    public static let leastPixels = 8.0

    public init(
        gridType: CountMap.GridType = .rect, cellSize: Length? = nil, zooms: ClosedRange<Int>, threads: Int? = nil
    ) {
        self.gridType = gridType
        self.cellSize = cellSize
        self.zooms = zooms
        self.threads = threads
    }

    /// The counts of one cell size.
    public struct Level: Sendable {
        /// The zooms at which cells of this size are drawn.
        public var zooms: ClosedRange<Int>
        public var cellSize: Length
        /// Cells of the study area, zeros included, then cells beyond it that have incidents.
        public var cells: [Cell]
        /// How many incidents are in no cell of the study area, but in cells beyond it.
        public var beyond: Int
        /// Incidents without a usable place.
        public var dropped: Int
        public var cellAreaKm2: Double
    }

    /// One cell with its figures.
    public struct Cell: Hashable, Sendable {
        public var ring: [PlanarPoint]
        public var incidents: Int
        public var weight: Double
        /// Gi* and its probabilities; NaN where it is not tested.
        public var z: Double
        public var p: Double
        public var q: Double
        /// The class in words; nil where nothing is tested.
        public var hotSpot: String?
    }

    /// - Parameter latitude: of the map's middle, by which pixels are measured.
    /// - Throws: `HotspotError`, `GridError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    /// - Complexity: O(levels · (incidents + cells)).
    public func levels(
        of pattern: PointPattern, studyArea: StudyArea? = nil, latitude: Double, control: JobControl = .silent
    ) throws -> [Level] {
        var job = CountMap(gridType: gridType, cellSize: cellSize)
        let first = try job.run(on: pattern, studyArea: studyArea)
        guard let base = first.cellSize?.metres else { return [] }
        var levels: [Level] = []
        for zoom in zooms.reversed() {
            let least = Self.leastPixels * Self.metresPerPixel(zoom: zoom, latitude: latitude)
            var size = base
            while size < least, size * 2 <= Grid.maximumCellSize.metres { size *= 2 }
            if let last = levels.last, last.cellSize.metres == size {
                levels[levels.count - 1].zooms = zoom...last.zooms.upperBound
                continue
            }
            job.cellSize = .metres(size)
            do {
                let counts = try size == base ? first : job.run(on: pattern, studyArea: studyArea)
                levels.append(try level(counts, isTested: true, pattern, zoom, control))
            } catch JobError.usage where size > base {
                // Cells so wide that none has its centre in the study area: the area is a dot on such a map.
                levels.append(try level(job.run(on: pattern), isTested: false, pattern, zoom, control))
            }
        }
        return levels.reversed()
    }

    private func level(
        _ counts: SupportCounts, isTested: Bool, _ pattern: PointPattern, _ zoom: Int, _ control: JobControl
    ) throws -> Level {
        let association = AssociationMap(neighbours: AssociationMap.usualNeighbours(of: counts), threads: threads)
        // A single cell, or counts that are all equal, have no hot spot to be tested.
        let tested: AssociationTable?
        do {
            tested = isTested ? try association.hotSpots(in: counts, control: control) : nil
        } catch let error as HotspotError {
            guard error != .cancelled else { throw JobError.interrupted("nothing was written") }
            tested = nil
        }
        var cells = counts.units.indices.map { index in
            let unit = counts.units[index]
            var cell = Cell(unit.outline.polygons.first?.exterior ?? [], unit.incidents, unit.weight)
            if let row = tested?.rows[index] { cell.take(row) }
            return cell
        }
        let beyond = try counts.cellsBeyond(pattern)
        cells += beyond
        return Level(
            zooms: zoom...zoom, cellSize: counts.cellSize ?? .metres(0), cells: cells,
            beyond: beyond.reduce(0) { $0 + $1.incidents }, dropped: counts.dropped,
            cellAreaKm2: counts.cellAreaKm2 ?? 0)
    }

    /// Of a tile 512 pixels wide.
    static func metresPerPixel(zoom: Int, latitude: Double) -> Double {
        let equator = 40_075_016.685_578_5
        return equator * cos(latitude * .pi / 180) / 512 / Double(1 << max(0, min(30, zoom)))
    }
}

extension GridPyramid.Cell {
    init(_ ring: [PlanarPoint], _ incidents: Int, _ weight: Double) {
        self.init(ring: ring, incidents: incidents, weight: weight, z: .nan, p: .nan, q: .nan, hotSpot: nil)
    }

    /// A row of ``AssociationMap``: count, z, p, q, class.
    mutating func take(_ row: [PropertyValue]) {
        func number(_ index: Int) -> Double {
            guard row.indices.contains(index), case .number(let value) = row[index] else { return .nan }
            return value
        }
        (z, p, q) = (number(1), number(2), number(3))
        if row.count > 4, case .text(let words) = row[4] { hotSpot = words }
    }
}

extension SupportCounts {
    /// Distance between opposite sides of its cells; nil for areas.
    var cellSize: Length? {
        switch support {
        case .squares(let mask): mask.grid.cellSize
        case .hexagons(let mask): mask.grid.cellSize
        case .areas: nil
        }
    }

    var cellAreaKm2: Double? {
        switch support {
        case .squares(let mask): mask.grid.cellAreaKm2
        case .hexagons(let mask): mask.grid.cellAreaKm2
        case .areas: nil
        }
    }

    /// Cells of the same lattice for the incidents that lie in none of the units, from the south-west, row by row.
    func cellsBeyond(_ pattern: PointPattern) throws -> [GridPyramid.Cell] {
        switch support {
        case .squares(let mask):
            let wide = try Grid(
                covering: pattern.envelope.grown(by: mask.grid.cellSize.metres), cellSize: mask.grid.cellSize, crs: crs)
            return cells(of: pattern, wide.cell) { point in
                mask.grid.cell(at: point).map { mask.isInside[$0] } ?? false
            } ring: { cell in
                let centre = wide.centre(column: cell % wide.columns, row: cell / wide.columns)
                return Grid.ring(around: centre, cellSize: wide.cellSize)
            }
        case .hexagons(let mask):
            let wide = try HexGrid(covering: pattern.envelope, cellSize: mask.grid.cellSize, crs: crs)
            return cells(of: pattern, wide.cell) { point in
                mask.grid.cell(at: point).map { mask.isInside[$0] } ?? false
            } ring: {
                wide.ring(column: $0 % wide.columns, row: $0 / wide.columns)
            }
        case .areas: return []
        }
    }

    private func cells(
        of pattern: PointPattern, _ cell: (PlanarPoint) -> Int?, isCounted: (PlanarPoint) -> Bool,
        ring: (Int) -> [PlanarPoint]
    ) -> [GridPyramid.Cell] {
        var found: [Int: (incidents: Int, weight: Double)] = [:]
        for index in pattern.x.indices {
            let point = PlanarPoint(x: pattern.x[index], y: pattern.y[index])
            guard !isCounted(point), let place = cell(point) else { continue }
            found[place, default: (0, 0)].incidents += Int(pattern.multiplicity[index])
            found[place, default: (0, 0)].weight += pattern.weight[index]
        }
        return found.keys.sorted().map { key in
            GridPyramid.Cell(ring(key), found[key]?.incidents ?? 0, found[key]?.weight ?? 0)
        }
    }
}
