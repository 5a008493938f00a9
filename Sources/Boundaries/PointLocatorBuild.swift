import SimpleFeatures

extension PointLocator.Index {
    /// Lays the raster out area by area: the area's edges sorted into rows, the cells they cross, the cells between.
    init(of survey: PointLocator.Survey, in frame: PointLocator.Frame) {
        let cellCount = frame.rows * frame.columns
        var raster = [Int32](repeating: -1, count: cellCount + 1)
        var builder = Builder(survey, frame)
        defer { builder.deallocate() }
        let capacity = frame.edgePairsAtMost(of: survey) + PointLocator.Index.pairsAhead
        edges = [PointLocator.EdgePair](unsafeUninitializedCapacity: capacity) { pairs, count in
            raster.withUnsafeMutableBufferPointer { raster in
                guard let pairs = pairs.baseAddress, let raster = raster.baseAddress else { return }
                // The builder writes single numbers, eight to a pair.
                pairs.withMemoryRebound(to: Double.self, capacity: 8 * capacity) { numbers in
                    for area in survey.areas.indices { builder.add(area, numbers, raster) }
                }
                count = builder.pairCount + PointLocator.Index.pairsAhead
                (pairs + builder.pairCount)
                    .initialize(repeating: .init(repeating: .nan), count: PointLocator.Index.pairsAhead)
            }
        }
        builder.rowStarts.append(UInt32(builder.pairCount))
        self.raster = raster
        nodes = builder.nodes
        rowStarts = builder.rowStarts
        rowOffsets = builder.rowOffsets
        determinantError = frame.determinantError
    }
}

/// The state of laying out: what is finished, and room for the area at work.
private struct Builder {
    private let survey: PointLocator.Survey
    private let frame: PointLocator.Frame
    private(set) var pairCount = 0
    var rowStarts: [UInt32] = []
    private(set) var rowOffsets: [Int] = []
    private(set) var nodes: [PointLocator.Node]

    /// Per raster row of the area: where its next edge goes.
    private let cursors: UnsafeMutablePointer<Int>
    /// A bit per cell of the area's rectangle, rows in words of 64 columns: set where an edge crosses the cell.
    private let crossed: UnsafeMutablePointer<UInt64>
    /// Likewise: flipped by each edge that crosses the row's lower border, in the last column the edge reaches in the row.
    private let flips: UnsafeMutablePointer<UInt64>

    init(_ survey: PointLocator.Survey, _ frame: PointLocator.Frame) {
        self.survey = survey
        self.frame = frame
        let words = frame.rows * (frame.columns / 64 + 1)
        cursors = .allocate(capacity: frame.rows + 1)
        crossed = .allocate(capacity: words)
        flips = .allocate(capacity: words)
        rowOffsets.reserveCapacity(survey.areas.count)
        nodes = [PointLocator.Node(area: -1, covers: false, rest: 0)]
        for area in survey.areas.indices {
            nodes.append(PointLocator.Node(area: Int32(area), covers: true, rest: 0))
        }
    }

    func deallocate() {
        cursors.deallocate()
        crossed.deallocate()
        flips.deallocate()
    }

    /// The cells an area's envelope spans.
    struct Rectangle {
        let rows: ClosedRange<Int>
        let columns: ClosedRange<Int>
        var words: Int { (columns.upperBound - columns.lowerBound) / 64 + 1 }
    }

    mutating func add(
        _ area: Int, _ edges: UnsafeMutablePointer<Double>, _ raster: UnsafeMutablePointer<Int32>
    ) {
        let box = survey.envelopes[area]
        guard !box.isEmpty else {
            rowOffsets.append(0)
            return
        }
        let rectangle = Rectangle(
            rows: frame.row(box.minY)...frame.row(box.maxY), columns: frame.column(box.minX)...frame.column(box.maxX))
        let words = rectangle.rows.count * rectangle.words
        crossed.update(repeating: 0, count: words)
        flips.update(repeating: 0, count: words)
        rowOffsets.append(rowStarts.count - rectangle.rows.lowerBound)
        reserveRows(of: survey.areas[area], rectangle.rows, edges)
        survey.areas[area].forEachEdge { place($0, $1, rectangle, edges) }
        paint(Int32(area), rectangle, raster)
    }

    /// Counts the edges each row will hold, and sets where each row's begin.
    private mutating func reserveRows(
        of area: MultiPolygon<LonLat>, _ rows: ClosedRange<Int>, _ edges: UnsafeMutablePointer<Double>
    ) {
        cursors.update(repeating: 0, count: rows.count + 1)
        let first = rows.lowerBound
        // One more from an edge's lowest row on, one less after its highest; sums of sums follow.
        area.forEachEdge { low, high in
            cursors[frame.row(low.y) - first] += 1
            cursors[frame.row(high.y) - first + 1] -= 1
        }
        var inRow = 0
        for row in 0..<rows.count {
            inRow += cursors[row]
            cursors[row] = 2 * pairCount
            rowStarts.append(UInt32(pairCount))
            pairCount += (inRow + 1) / 2
            if !inRow.isMultiple(of: 2) { (edges + 8 * (pairCount - 1)).update(repeating: .nan, count: 8) }
        }
    }

    /// Copies an edge to each row it reaches, and marks the cells it crosses there.
    private func place(
        _ low: LonLat, _ high: LonLat, _ rectangle: Rectangle, _ edges: UnsafeMutablePointer<Double>
    ) {
        let (lowX, lowY) = (frame.across(low.x), frame.up(low.y))
        let (highX, highY) = (frame.across(high.x), frame.up(high.y))
        let (westmost, eastmost) = (min(lowX, highX), max(lowX, highX))
        let (first, last) = (PointLocator.Frame.nearest(lowY), PointLocator.Frame.nearest(highY))
        var west = westmost
        var east = eastmost
        let slope = first == last ? 0 : (highX - lowX) / (highY - lowY)
        // Positions in the frame err by less than 1e-10 of a cell; along a flat edge that carries far.
        let slack = 1e-9 * (1 + abs(slope))
        var bottom = lowX
        for row in first...last {
            if first != last {
                let top = row == last ? highX : lowX + (Double(row) + 0.5 - lowY) * slope
                west = max(min(bottom, top) - slack, westmost)
                east = min(max(bottom, top) + slack, eastmost)
                bottom = top
            }
            let local = row - rectangle.rows.lowerBound
            let slot = cursors[local]
            cursors[local] += 1
            let place = edges + (slot / 2 * 8 + slot & 1)
            (place[0], place[2], place[4], place[6]) = (low.x, low.y, high.x, high.y)
            mark(
                PointLocator.Frame.nearest(west) - rectangle.columns.lowerBound,
                PointLocator.Frame.nearest(east) - rectangle.columns.lowerBound,
                at: local * rectangle.words, flip: row > first)
        }
    }

    @inline(__always) private func mark(_ west: Int, _ east: Int, at rowWord: Int, flip: Bool) {
        let fromWest = UInt64.max << UInt64(west & 63)
        let toEast = UInt64.max >> UInt64(63 - east & 63)
        let (first, last) = (rowWord + west >> 6, rowWord + east >> 6)
        if first == last {
            crossed[first] |= fromWest & toEast
        } else {
            crossed[first] |= fromWest
            for word in first + 1..<last { crossed[word] = .max }
            crossed[last] |= toEast
        }
        flips[last] ^= (flip ? 1 : 0) << UInt64(east & 63)
    }

    /// Writes an area into the cells its edges cross and into those it covers wholly.
    ///
    /// A cell without edges is inside or outside as a whole. It is inside where an odd number of edges cross the lower
    /// border of its row to the west of it: the half-open crossing rule, at the lowest latitude that belongs to the row.
    private mutating func paint(_ area: Int32, _ rectangle: Rectangle, _ raster: UnsafeMutablePointer<Int32>) {
        var at = 0
        for row in rectangle.rows {
            var parity: UInt64 = 0
            var cells = raster + (row * frame.columns + rectangle.columns.lowerBound)
            for _ in 0..<rectangle.words {
                let odd = Builder.runningParity(flips[at]) ^ parity
                parity = odd >> 63 == 0 ? 0 : .max
                var borders = crossed[at]
                var insides = odd & ~borders
                while borders != 0 {
                    let column = borders.trailingZeroBitCount
                    cells[column] = add(area, to: cells[column], covering: false)
                    borders &= borders &- 1
                }
                while insides != 0 {
                    let start = insides.trailingZeroBitCount
                    let end = start + (~(insides >> UInt64(start))).trailingZeroBitCount
                    for column in start..<end {
                        cells[column] = cells[column] < 0 ? area : add(area, to: cells[column], covering: true)
                    }
                    insides &= end == 64 ? 0 : UInt64.max << UInt64(end)
                }
                cells += 64
                at += 1
            }
        }
    }

    /// Bit *i* of the result: whether bits 0 to *i* hold an odd number of ones.
    private static func runningParity(_ bits: UInt64) -> UInt64 {
        var parity = bits
        for shift: UInt64 in [1, 2, 4, 8, 16, 32] { parity ^= parity << shift }
        return parity
    }

    /// The word of a cell that one more area covers or crosses.
    ///
    /// Areas come in ascending order, so a word tells which came before; and the latest list made from that word is the
    /// one for this area, if any cell has needed it yet.
    private mutating func add(_ area: Int32, to word: Int32, covering: Bool) -> Int32 {
        let rest = Int(word) + 1
        let latest = covering ? nodes[rest].latestCovered : nodes[rest].latestCrossed
        if latest > 0, nodes[Int(latest)].area == area { return latest - 1 }
        let made = Int32(nodes.count)
        nodes.append(PointLocator.Node(area: area, covers: covering, rest: Int32(rest)))
        if covering { nodes[rest].latestCovered = made } else { nodes[rest].latestCrossed = made }
        return made - 1
    }
}
