import Grids
import SimpleFeatures

/// The circles of a scan: around each place, at each distance to another, as long as the circle is not too populous.
struct ScanCircles: Sendable {
    /// Places by centre, near ones first, the centre itself the first of all.
    let members: [Int32]
    /// Per circle: the end of its places in ``members``, and what is expected in it over all periods.
    let ends: [Int]
    let measures: [Double]
    /// Per circle, in metres.
    let radii: [Double]
    /// Where the circles of each centre begin, and the end.
    let starts: [Int]
    /// Where the members of each centre begin, and the end.
    let memberStarts: [Int]

    static let greatestMemberCount = 1 << 28

    /// - Throws: ``HotspotError/tooManyPairs(limit:)``.
    init(_ cases: ScanCases, _ grid: Grid, radius: Length, share: Double) throws(HotspotError) {
        var placeAt = [Int32](repeating: -1, count: grid.cellCount)
        for (place, cell) in cases.cells.enumerated() { placeAt[cell] = Int32(truncatingIfNeeded: place) }
        let rings = Self.rings(radius, grid)
        let greatest = share * cases.placeMeasure.reduce(0, +) * (1 + 1e-12)
        var (members, ends, measures, radii): ([Int32], [Int], [Double], [Double]) = ([], [], [], [])
        var (starts, memberStarts) = ([0], [0])
        for cell in cases.cells {
            let (row, column) = (cell / grid.columns, cell % grid.columns)
            var measure = 0.0
            for ring in rings {
                let before = members.count
                for (columns, rows) in ring.offsets {
                    let (otherRow, otherColumn) = (row + rows, column + columns)
                    guard (0..<grid.rows).contains(otherRow), (0..<grid.columns).contains(otherColumn) else { continue }
                    let place = placeAt[otherRow * grid.columns + otherColumn]
                    guard place >= 0 else { continue }
                    members.append(place)
                    measure += cases.placeMeasure[Int(place)]
                }
                guard measure <= greatest else {
                    members.removeLast(members.count - before)
                    break
                }
                // Where nobody comes in, the circle is the same one.
                guard members.count > before else { continue }
                ends.append(members.count)
                measures.append(measure)
                radii.append(ring.distance)
            }
            guard members.count <= Self.greatestMemberCount else {
                throw .tooManyPairs(limit: Self.greatestMemberCount)
            }
            starts.append(ends.count)
            memberStarts.append(members.count)
        }
        (self.members, self.ends, self.measures, self.radii) = (members, ends, measures, radii)
        (self.starts, self.memberStarts) = (starts, memberStarts)
    }

    private struct Ring {
        let distance: Double
        let offsets: [(columns: Int, rows: Int)]
    }

    /// Cells at each distance from a cell, near ones first.
    private static func rings(_ radius: Length, _ grid: Grid) -> [Ring] {
        let disc = CellDisc(radius: radius.metres, in: grid)
        var bySquare: [Int: [(columns: Int, rows: Int)]] = [:]
        for row in -disc.rows...disc.rows {
            let width = disc.halfWidths[abs(row)]
            for column in -width...width { bySquare[row * row + column * column, default: []].append((column, row)) }
        }
        return bySquare.sorted { $0.key < $1.key }.map {
            Ring(distance: Double($0.key).squareRoot() * grid.cellSize.metres, offsets: $0.value)
        }
    }
}
