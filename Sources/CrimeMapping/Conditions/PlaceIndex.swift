public import Incidents
public import SimpleFeatures

/// Where the incidents of a table lie in degrees, and which of its rows are near each other.
///
/// The rows of a table are sorted by their tile of zoom 14. What a box holds is known at once of tiles that lie inside or outside
/// of it; only in those it cuts is every place compared.
public struct PlaceIndex: Sendable {
    /// One place per row of the table.
    public let degrees: DegreeColumns
    /// The first row that has a place; none before it has.
    public let firstPlaced: Int
    private let cells: [Cell]

    private struct Cell {
        var rows: Range<Int>
        /// Around the places themselves.
        var envelope: Envelope<LonLat>
    }

    /// How far outside of a box a place may lie and count as on its border: what going to the plane and back may cost.
    static let slack = 1e-10

    /// - Throws: `GeodesyError`.
    /// - Complexity: O(rows), about 0.3 µs each; 16 bytes a row.
    public init(of table: IncidentTable, crs: CRS) throws {
        degrees = try DegreeColumns(of: table, crs: crs)
        var cells: [Cell] = []
        var first = 0
        while first < table.count, table.cell[first] < 0 { first += 1 }
        firstPlaced = first
        while first < table.count {
            var end = first
            var envelope = Envelope<LonLat>.empty
            while end < table.count, table.cell[end] == table.cell[first] {
                envelope.expand(toInclude: degrees.place(end))
                end += 1
            }
            cells.append(Cell(rows: first..<end, envelope: envelope))
            first = end
        }
        self.cells = cells
    }

    /// Around every place; empty where there is none.
    public var bounds: Envelope<LonLat> { cells.reduce(.empty) { $0.union($1.envelope) } }

    /// The rows whose places lie in a box or on its border, ascending.
    /// - Complexity: O(tiles + rows of tiles cut by the border + rows found).
    func rows(in box: Envelope<LonLat>) -> [Int] {
        let box = Envelope<LonLat>(
            minX: box.minX - Self.slack, minY: box.minY - Self.slack, maxX: box.maxX + Self.slack,
            maxY: box.maxY + Self.slack)
        var rows: [Int] = []
        for cell in cells where cell.envelope.intersects(box) {
            if box.contains(cell.envelope) {
                rows += cell.rows
            } else {
                rows += cell.rows.lazy.filter { box.contains(degrees.place($0)) }
            }
        }
        return rows
    }
}

extension Envelope {
    /// Whether all of another lies inside or on the borders; an empty one does.
    func contains(_ other: Envelope) -> Bool {
        other.isEmpty
            || (other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY)
    }
}
