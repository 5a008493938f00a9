import Grids
import SimpleFeatures

/// Which cells around a cell are its neighbours, itself left out, in the grid's order.
struct CellOffsets {
    struct Cell {
        var columns: Int
        var rows: Int
        var weight: Double
    }

    let cells: [Cell]

    init(_ rule: NeighbourRule, in grid: Grid) throws(HotspotError) {
        var cells: [Cell] = []
        switch rule {
        case .rook:
            cells = [(0, -1), (-1, 0), (1, 0), (0, 1)].map { Cell(columns: $0.0, rows: $0.1, weight: 1) }
        case .queen:
            cells = (-1...1).flatMap { row in (-1...1).map { Cell(columns: $0, rows: row, weight: 1) } }
        case .distanceBand, .nearest, .inverseDistance, .kernel, .given:
            let disc = CellDisc(radius: rule.reach ?? 0, in: grid)
            let size = grid.cellSize.metres
            guard disc.cellCount <= SpatialWeights.greatestLinkCount else {
                throw .tooManyLinks(limit: SpatialWeights.greatestLinkCount)
            }
            for row in -disc.rows...disc.rows {
                for column in -disc.halfWidths[abs(row)]...disc.halfWidths[abs(row)] {
                    let distance = Double(column * column + row * row).squareRoot() * size
                    cells.append(Cell(columns: column, rows: row, weight: rule.weight(at: distance)))
                }
            }
        }
        self.cells = cells.filter { ($0.columns, $0.rows) != (0, 0) && $0.weight > 0 }
    }
}

/// The cells whose centres lie within a distance of a cell's centre, the cell itself among them.
struct CellDisc {
    /// By rows away from the middle: how many columns to either side; no more than the grid has.
    let halfWidths: [Int]

    init(radius: Double, in grid: Grid) {
        // Distances are compared to the micrometre, as between places.
        let reach = (radius + NeighbourRule.slack) / grid.cellSize.metres
        let rows = Int(min(reach, Double(grid.rows - 1)))
        halfWidths = (0...rows).map { row in
            let squared = reach * reach - Double(row * row)
            return Int(min(max(0, squared).squareRoot(), Double(grid.columns - 1)))
        }
    }

    /// How many rows it reaches to either side.
    var rows: Int { halfWidths.count - 1 }

    /// How many cells it covers away from all borders.
    var cellCount: Int { halfWidths.enumerated().reduce(0) { $0 + (2 * $1.element + 1) * ($1.offset == 0 ? 1 : 2) } }
}
