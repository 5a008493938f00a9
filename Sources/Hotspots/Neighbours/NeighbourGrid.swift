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
    /// Numbers of the rows that hold places, ascending, and where each begins; one more at the end.
    private let rowNumber: [Double]
    private let rowStart: [Int32]
    private let south: Double
    private let height: Double

    /// - Parameters:
    ///   - x: finite eastings.
    ///   - y: finite northings, as many.
    ///   - reach: the distance that will be asked for most; anything not above 0 makes one row per northing.
    /// - Complexity: O(*n* log *n*).
    init(x: [Double], y: [Double], reach: Double) {
        let count = min(x.count, y.count)
        let south = y.min() ?? 0
        let height = reach > 0 ? reach : .leastNormalMagnitude
        let row = y.map { (($0 - south) / height).rounded(.down) }
        let order = (0..<Int32(count)).sorted { a, b in
            let (a, b) = (Int(a), Int(b))
            if row[a] != row[b] { return row[a] < row[b] }
            if x[a] != x[b] { return x[a] < x[b] }
            return y[a] != y[b] ? y[a] < y[b] : a < b
        }
        var (rowNumber, rowStart, position) = ([Double](), [Int32](), [Int32](repeating: 0, count: count))
        for (index, place) in order.enumerated() {
            position[Int(place)] = Int32(index)
            guard rowNumber.last != row[Int(place)] else { continue }
            rowNumber.append(row[Int(place)])
            rowStart.append(Int32(index))
        }
        self.place = order
        self.x = order.map { x[Int($0)] }
        self.y = order.map { y[Int($0)] }
        self.position = position
        self.rowNumber = rowNumber
        self.rowStart = rowStart + [Int32(count)]
        self.south = south
        self.height = height
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
            forEachStretch(within: radius, ofX: x[first], y: y[first]) { stretch in
                for second in max(first + 1, stretch.lowerBound)..<max(first + 1, stretch.upperBound) {
                    let (dx, dy) = (x[second] - x[first], y[second] - y[first])
                    let square = dx * dx + dy * dy
                    if square <= radius * radius { body(Int(place[first]), Int(place[second]), square) }
                }
            }
        }
    }

    /// Ranges of the grid's order, one per row, outside of which no place is within the radius.
    @inline(__always)
    private func forEachStretch(
        within radius: Double, ofX centreX: Double, y centreY: Double, _ body: (Range<Int>) -> Void
    ) {
        // Rounding keeps the order of numbers, so a place between the two has a row between theirs.
        let lastRow = ((centreY + radius - south) / height).rounded(.down)
        var row = Self.firstIndex(in: rowNumber, 0..<rowNumber.count) {
            $0 >= ((centreY - radius - south) / height).rounded(.down)
        }
        let (west, east) = (centreX - radius, centreX + radius)
        while row < rowNumber.count, rowNumber[row] <= lastRow {
            let places = Int(rowStart[row])..<Int(rowStart[row + 1])
            let first = Self.firstIndex(in: x, places) { $0 >= west }
            var end = first
            while end < places.upperBound, x[end] <= east { end += 1 }
            body(first..<end)
            row += 1
        }
    }

    /// The first of ascending values that is far enough, or the end.
    @inline(__always)
    private static func firstIndex(in values: [Double], _ range: Range<Int>, _ isFarEnough: (Double) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isFarEnough(values[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
