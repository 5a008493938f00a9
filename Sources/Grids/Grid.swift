public import SimpleFeatures

/// Square cells in rows and columns over a part of a projected plane.
///
/// Cell (0, 0) is the south-west one; rows run north. Cells are numbered row by row, so cell (column, row) has index
/// `row * columns + column`. A cell owns its western and southern border.
public struct Grid: Hashable, Sendable {
    /// A projected reference system in metres; the grid does not check it.
    public let crs: CRS
    /// The south-west corner of cell (0, 0).
    public let origin: PlanarPoint
    /// Width and height of a cell.
    public let cellSize: Length
    /// Cells from west to east, at least 1.
    public let columns: Int
    /// Cells from south to north, at least 1.
    public let rows: Int

    /// The largest cell size: a tenth of the way round the Earth.
    public static let maximumCellSize = Length.kilometres(4000)

    /// The most cells a grid may have, so that no answer can exhaust the machine: 2²⁸.
    public static let maximumCellCount = 1 << 28

    /// - Throws: ``GridError`` where the cell size is not positive and finite, a side is empty, or there are too many cells.
    public init(crs: CRS, origin: PlanarPoint, cellSize: Length, columns: Int, rows: Int) throws(GridError) {
        guard cellSize.metres > 0, cellSize <= Self.maximumCellSize else { throw .cellSizeOutOfRange(cellSize) }
        guard columns > 0, rows > 0, origin.x.isFinite, origin.y.isFinite else { throw .empty }
        let (count, overflow) = columns.multipliedReportingOverflow(by: rows)
        guard !overflow, count <= Self.maximumCellCount else { throw .tooManyCells(Double(columns) * Double(rows)) }
        self.crs = crs
        self.origin = origin
        self.cellSize = cellSize
        self.columns = columns
        self.rows = rows
    }

    /// The smallest grid that covers an envelope.
    /// - Parameter aligned: whether cell borders lie at multiples of the cell size, so that grids of different
    ///   studies match; otherwise the grid begins at the envelope's corner.
    public init(
        covering envelope: Envelope<PlanarPoint>, cellSize: Length, crs: CRS, aligned: Bool = true
    ) throws(GridError) {
        let size = cellSize.metres
        guard size > 0, cellSize <= Self.maximumCellSize else { throw .cellSizeOutOfRange(cellSize) }
        guard !envelope.isEmpty, envelope.minX.isFinite, envelope.minY.isFinite, envelope.maxX.isFinite,
            envelope.maxY.isFinite
        else { throw .empty }
        let west = aligned ? (envelope.minX / size).rounded(.down) * size : envelope.minX
        let south = aligned ? (envelope.minY / size).rounded(.down) * size : envelope.minY
        let columns = max(1, ((envelope.maxX - west) / size).rounded(.up))
        let rows = max(1, ((envelope.maxY - south) / size).rounded(.up))
        guard columns * rows <= Double(Self.maximumCellCount) else { throw .tooManyCells(columns * rows) }
        try self.init(
            crs: crs, origin: PlanarPoint(x: west, y: south), cellSize: cellSize, columns: Int(columns), rows: Int(rows)
        )
    }

    /// At most ``maximumCellCount``.
    public var cellCount: Int { columns * rows }

    /// The outer borders of the grid, in metres; unlike an envelope, cells own only the western and southern ones.
    public var envelope: Envelope<PlanarPoint> {
        Envelope(
            minX: origin.x, minY: origin.y, maxX: origin.x + Double(columns) * cellSize.metres,
            maxY: origin.y + Double(rows) * cellSize.metres)
    }

    /// Square kilometres of one cell.
    public var cellAreaKm2: Double { cellSize.metres * cellSize.metres / 1e6 }

    /// The middle of a cell, in metres. Columns and rows beyond the grid go on at the same distances.
    public func centre(column: Int, row: Int) -> PlanarPoint {
        PlanarPoint(
            x: origin.x + (Double(column) + 0.5) * cellSize.metres, y: origin.y + (Double(row) + 0.5) * cellSize.metres)
    }

    /// The index of the cell that holds a point; nil outside the grid.
    public func cell(at point: PlanarPoint) -> Int? {
        let column = ((point.x - origin.x) / cellSize.metres).rounded(.down)
        let row = ((point.y - origin.y) / cellSize.metres).rounded(.down)
        guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { return nil }
        return Int(row) * columns + Int(column)
    }
}

/// Why a grid, or a classification of its values, cannot be made.
public enum GridError: Error, Hashable, CustomStringConvertible {
    case cellSizeOutOfRange(Length)
    case empty
    case tooManyCells(Double)
    case noValuesToClassify
    case classCountOutOfRange(Int)
    case breaksNotAscending([Double])

    /// One sentence: what must hold, what was found, and what to do where something helps.
    public var description: String {
        switch self {
        case .cellSizeOutOfRange(let size):
            "the cell size must be greater than 0 m and at most \(Grid.maximumCellSize), but is \(size)"
        case .empty: "a grid must cover an area, but there is nothing to cover"
        case .tooManyCells(let count):
            "a grid may have at most \(Grid.maximumCellCount) cells, but this one would have \(count); choose a larger cell size"
        case .noValuesToClassify: "a classification needs at least one finite value, but there is none"
        case .classCountOutOfRange(let count):
            "a classification must have 1 to \(Classification.maximumCount) classes, but \(count) were asked for"
        case .breaksNotAscending(let breaks):
            "class limits must be at least two finite numbers, each greater than the one before, but are \(breaks)"
        }
    }
}
