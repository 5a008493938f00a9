public import SimpleFeatures

/// Regular hexagons in rows over a part of a projected plane.
///
/// `cellSize` is the distance between opposite sides, as in sf's `st_make_grid` and sfhotspot: also the distance
/// between the centres of neighbours. With a pointy top, centres of a row lie one cell size apart, rows √3/2 of it, and
/// every second row is shifted half a cell east. With a flat top the same holds of columns, shifted half a cell north.
/// Cells are numbered row by row from the south-west: cell (column, row) has index `row * columns + column`.
///
/// A point belongs to the cell whose centre is nearest; on a border to the one whose centre lies further east, of two
/// as far east to the northern one. So each point of the plane has one cell, which owns its western borders. Slanted
/// borders are computed in double precision: to about 10⁻⁹ m for coordinates of millions of metres.
public struct HexGrid: Hashable, Sendable {
    /// Which way the hexagons stand.
    public enum Orientation: String, Hashable, Codable, Sendable, CaseIterable {
        /// Corners to the north and south, sides to the west and east.
        case pointyTop
        /// Sides to the north and south, corners to the west and east.
        case flatTop
    }

    /// A projected reference system in metres; the grid does not check it.
    public let crs: CRS
    /// Where the centre of cell (0, 0) would lie if its line were not shifted.
    public let anchor: PlanarPoint
    /// The distance between opposite sides.
    public let cellSize: Length
    /// Cells per row, at least 1.
    public let columns: Int
    /// Rows of cells, at least 1; with a flat top every second cell of a row lies half a cell further north.
    public let rows: Int
    public let orientation: Orientation
    /// Whether line 0 (the first row with a pointy top, the first column with a flat one) is a shifted one.
    public let isFirstLineShifted: Bool

    /// - Throws: ``GridError`` where the cell size is not positive and finite, a side is empty, or there are too many
    ///   cells.
    public init(
        crs: CRS, anchor: PlanarPoint, cellSize: Length, columns: Int, rows: Int, orientation: Orientation = .pointyTop,
        isFirstLineShifted: Bool = false
    ) throws(GridError) {
        guard cellSize.metres > 0, cellSize <= Grid.maximumCellSize else { throw .cellSizeOutOfRange(cellSize) }
        guard columns > 0, rows > 0, anchor.x.isFinite, anchor.y.isFinite else { throw .empty }
        let (count, overflow) = columns.multipliedReportingOverflow(by: rows)
        guard !overflow, count <= Grid.maximumCellCount else { throw .tooManyCells(Double(columns) * Double(rows)) }
        self.crs = crs
        self.anchor = anchor
        self.cellSize = cellSize
        self.columns = columns
        self.rows = rows
        self.orientation = orientation
        self.isFirstLineShifted = isFirstLineShifted
    }

    /// The smallest grid that covers an envelope.
    /// - Parameter aligned: whether the hexagons are those of the one tessellation with a centre at the origin of the
    ///   coordinates, so that grids of different studies match; otherwise one has its centre at the envelope's corner.
    public init(
        covering envelope: Envelope<PlanarPoint>, cellSize: Length, crs: CRS, orientation: Orientation = .pointyTop,
        aligned: Bool = true
    ) throws(GridError) {
        let size = cellSize.metres
        guard size > 0, cellSize <= Grid.maximumCellSize else { throw .cellSizeOutOfRange(cellSize) }
        guard !envelope.isEmpty, envelope.minX.isFinite, envelope.minY.isFinite, envelope.maxX.isFinite,
            envelope.maxY.isFinite
        else { throw .empty }
        let zero = aligned ? PlanarPoint(x: 0, y: 0) : PlanarPoint(x: envelope.minX, y: envelope.minY)
        let low = Self.lattice(PlanarPoint(x: envelope.minX - zero.x, y: envelope.minY - zero.y), size, orientation)
        let high = Self.lattice(PlanarPoint(x: envelope.maxX - zero.x, y: envelope.maxY - zero.y), size, orientation)
        // A hexagon reaches two thirds of the distance between lines beyond the line of its centre.
        let firstLine = (low.line - 2.0 / 3).rounded(.up)
        let lines = (high.line + 2.0 / 3).rounded(.down) - firstLine + 1
        let first = low.along.rounded(.down)
        let length = (high.along + 0.5).rounded(.down) - first + 1
        guard lines * length <= Double(Grid.maximumCellCount) else { throw .tooManyCells(lines * length) }
        let (x, y) = (first * size, firstLine * size * Self.lineDistance)
        let isPointy = orientation == .pointyTop
        try self.init(
            crs: crs, anchor: PlanarPoint(x: zero.x + (isPointy ? x : y), y: zero.y + (isPointy ? y : x)),
            cellSize: cellSize, columns: Int(isPointy ? length : lines), rows: Int(isPointy ? lines : length),
            orientation: orientation, isFirstLineShifted: abs(firstLine.truncatingRemainder(dividingBy: 2)) == 1)
    }

    /// Distance between lines of centres in cell sizes: √3/2.
    private static let lineDistance = 3.0.squareRoot() / 2

    /// A place in steps along a line of centres and across lines.
    @inline(__always)
    private static func lattice(
        _ point: PlanarPoint, _ size: Double, _ orientation: Orientation
    ) -> (along: Double, line: Double) {
        let (along, across) = orientation == .pointyTop ? (point.x, point.y) : (point.y, point.x)
        return (along / size, across / (size * lineDistance))
    }

    /// At most ``Grid/maximumCellCount``.
    public var cellCount: Int { columns * rows }

    /// Square kilometres of one cell: √3/2 of the square of the cell size.
    public var cellAreaKm2: Double { cellSize.metres * cellSize.metres * Self.lineDistance / 1e6 }

    /// How far a line is shifted along itself, in cells.
    private func shift(ofLine line: Int) -> Double { line.isMultiple(of: 2) == isFirstLineShifted ? 0.5 : 0 }

    /// The middle of a cell, in metres. Columns and rows beyond the grid go on at the same distances.
    public func centre(column: Int, row: Int) -> PlanarPoint {
        let (cell, line) = orientation == .pointyTop ? (column, row) : (row, column)
        let along = (Double(cell) + shift(ofLine: line)) * cellSize.metres
        let across = Double(line) * cellSize.metres * Self.lineDistance
        return orientation == .pointyTop
            ? PlanarPoint(x: anchor.x + along, y: anchor.y + across)
            : PlanarPoint(x: anchor.x + across, y: anchor.y + along)
    }

    /// The border of a cell: six corners counter-clockwise, the first again at the end.
    public func ring(column: Int, row: Int) -> [PlanarPoint] {
        let centre = centre(column: column, row: row)
        let half = cellSize.metres / 2
        let (side, tip) = (cellSize.metres / 12.0.squareRoot(), cellSize.metres / 3.0.squareRoot())
        // From the eastern corner (flat top), or the south-eastern one (pointy top).
        let offsets: [(Double, Double)] =
            orientation == .pointyTop
            ? [(half, -side), (half, side), (0, tip), (-half, side), (-half, -side), (0, -tip), (half, -side)]
            : [(tip, 0), (side, half), (-side, half), (-tip, 0), (-side, -half), (side, -half), (tip, 0)]
        return offsets.map { PlanarPoint(x: centre.x + $0.0, y: centre.y + $0.1) }
    }

    /// The index of the cell that holds a point; nil outside the grid.
    public func cell(at point: PlanarPoint) -> Int? {
        let place = Self.lattice(
            PlanarPoint(x: point.x - anchor.x, y: point.y - anchor.y), cellSize.metres, orientation)
        let lines = Double(orientation == .pointyTop ? rows : columns)
        let length = Double(orientation == .pointyTop ? columns : rows)
        guard place.line > -1, place.line < lines, place.along > -1, place.along < length + 1 else { return nil }
        let below = Int(place.line.rounded(.down))
        let (a, b) = (nearest(to: place, inLine: below), nearest(to: place, inLine: below + 1))
        let best = isNearer(b, than: a) ? b : a
        guard best.line >= 0, best.line < Int(lines), best.cell >= 0, best.cell < Int(length) else { return nil }
        return orientation == .pointyTop ? best.line * columns + best.cell : best.cell * columns + best.line
    }

    private struct Candidate {
        var cell: Int
        var line: Int
        var square: Double
        /// Where the centre lies along its line, in cells.
        var along: Double
    }

    /// The nearest centre of a line; of two the further one.
    private func nearest(to place: (along: Double, line: Double), inLine line: Int) -> Candidate {
        let shift = shift(ofLine: line)
        let cell = (place.along - shift + 0.5).rounded(.down)
        let (along, across) = (place.along - shift - cell, (place.line - Double(line)) * Self.lineDistance)
        return Candidate(cell: Int(cell), line: line, square: along * along + across * across, along: cell + shift)
    }

    /// Whether the centre of the next line is to be preferred.
    private func isNearer(_ next: Candidate, than candidate: Candidate) -> Bool {
        if next.square != candidate.square { return next.square < candidate.square }
        // With a flat top the next line lies further east.
        return orientation == .flatTop || next.along > candidate.along
    }
}
