/// Answers which places lie within a distance: places in the rows of a grid, from west to east in each.
///
/// Rows without places are not stored, and what lies between is found by search, so a place far away from all others
/// costs nothing. Any distance may be asked for; it is fast where distances are about the row height.
///
/// ## Source
/// Bentley, Stanat & Williams (1977), *The Complexity of Finding Fixed-Radius Near Neighbors*.
struct NeighbourGrid: Sendable {
    /// Places by row, then x: the order in which a sweep goes easily through memory.
    let place: [Int32]
    /// Eastings and northings in that order.
    let x: [Double]
    let y: [Double]
    /// Where in that order a place stands.
    let position: [Int32]
    /// Rows that hold places, from the south.
    private let rows: [Row]

    private struct Row {
        var places: Range<Int>
        /// The least and the greatest northing in it.
        var south: Double
        var north: Double
    }

    private struct Item {
        var row: Double
        var x: Double
        var y: Double
        var place: Int32
    }

    /// - Parameters:
    ///   - x: finite eastings.
    ///   - y: finite northings, as many.
    ///   - reach: the distance that will be asked for most; anything not above 0 makes one row per northing.
    /// - Complexity: O(*n* log *n*).
    init(x: [Double], y: [Double], reach: Double) {
        let south = y.min() ?? 0
        let height = reach > 0 ? reach : .leastNormalMagnitude
        var items = zip(0..<Int32(min(x.count, y.count)), zip(x, y)).map { place, point in
            Item(row: ((point.1 - south) / height).rounded(.down), x: point.0, y: point.1, place: place)
        }
        items.sort { a, b in
            if a.row != b.row { return a.row < b.row }
            if a.x != b.x { return a.x < b.x }
            return a.y != b.y ? a.y < b.y : a.place < b.place
        }
        var (rows, position) = ([Row](), [Int32](repeating: 0, count: items.count))
        var last = -Double.infinity
        for (index, item) in items.enumerated() {
            position[Int(item.place)] = Int32(index)
            if rows.isEmpty || item.row != last {
                rows.append(Row(places: index..<index, south: item.y, north: item.y))
                last = item.row
            }
            let row = rows[rows.count - 1]
            rows[rows.count - 1] = Row(
                places: row.places.lowerBound..<index + 1, south: min(row.south, item.y), north: max(row.north, item.y))
        }
        place = items.map(\.place)
        self.x = items.map(\.x)
        self.y = items.map(\.y)
        self.position = position
        self.rows = rows
    }

    init(_ pattern: PointPattern, reach: Double) { self.init(x: pattern.x, y: pattern.y, reach: reach) }

    /// Visits each place at most `radius` from a point with the square of its distance; row by row, each from the west.
    /// - Complexity: O(log *n* + *k*) per row within the radius, *k* the places of the row as far east and west.
    @inline(__always)
    func forEachPlace(
        within radius: Double, ofX centreX: Double, y centreY: Double, _ body: (_ place: Int, _ square: Double) -> Void
    ) {
        forEachStretch(within: radius, ofX: centreX, y: centreY) { stretch in
            for index in stretch {
                let (dx, dy) = (x[index] - centreX, y[index] - centreY)
                let square = dx * dx + dy * dy
                if square <= radius * radius { body(Int(place[index]), square) }
            }
        }
    }

    /// Visits each place but itself at most `radius` from a place, as above.
    @inline(__always)
    func forEachNeighbour(of centre: Int, within radius: Double, _ body: (_ place: Int, _ square: Double) -> Void) {
        let index = Int(position[centre])
        forEachPlace(within: radius, ofX: x[index], y: y[index]) { other, square in
            if other != centre { body(other, square) }
        }
    }

    /// Visits each pair of places at most `radius` apart once, with the square of their distance.
    ///
    /// The first stands before the second in the grid's order (``position``), and firsts come in that order.
    @inline(__always)
    func forEachPair(within radius: Double, _ body: (_ first: Int, _ second: Int, _ square: Double) -> Void) {
        for first in place.indices {
            forEachStretchBehind(first, within: radius) { stretch in
                for second in stretch {
                    let (dx, dy) = (x[second] - x[first], y[second] - y[first])
                    let square = dx * dx + dy * dy
                    if square <= radius * radius { body(Int(place[first]), Int(place[second]), square) }
                }
            }
        }
    }

    /// Ranges of the grid's order that hold all places within the radius of a point, and some beyond.
    @inline(__always)
    func forEachStretch(
        within radius: Double, ofX centreX: Double, y centreY: Double, _ body: (Range<Int>) -> Void
    ) {
        let (south, north) = ((centreY - radius).nextDown, (centreY + radius).nextUp)
        var row = Self.firstIndex(0..<rows.count) { rows[$0].north >= south }
        while row < rows.count, rows[row].south <= north {
            body(stretch(of: rows[row], rows[row].places, within: radius, ofX: centreX, y: centreY))
            row += 1
        }
    }

    /// Ranges of the grid's order that hold all places within the radius of one in it that stand behind it there.
    @inline(__always)
    func forEachStretchBehind(_ first: Int, within radius: Double, _ body: (Range<Int>) -> Void) {
        let (centreX, centreY) = (x[first], y[first])
        let north = (centreY + radius).nextUp
        var row = Self.firstIndex(0..<rows.count) { rows[$0].places.upperBound > first }
        while row < rows.count, rows[row].south <= north {
            let places = max(first + 1, rows[row].places.lowerBound)..<max(first + 1, rows[row].places.upperBound)
            body(stretch(of: rows[row], places, within: radius, ofX: centreX, y: centreY))
            row += 1
        }
    }

    /// The places of a row as far east and west as the circle is wide where the row is nearest.
    @inline(__always)
    private func stretch(
        of row: Row, _ places: Range<Int>, within radius: Double, ofX centreX: Double, y centreY: Double
    ) -> Range<Int> {
        let rise = max(0, row.south - centreY, centreY - row.north)
        // A little wider than computed, so that rounding leaves no place out.
        let half = max(0, radius * radius - rise * rise).squareRoot() + 1e-7 * radius
        let (west, east) = ((centreX - half).nextDown, (centreX + half).nextUp)
        let first = Self.firstIndex(places) { x[$0] >= west }
        return first..<Self.firstIndex(first..<places.upperBound) { x[$0] > east }
    }

    /// The first index from which on a condition holds, or the end.
    @inline(__always)
    private static func firstIndex(_ range: Range<Int>, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
