/// Fills tiles for kernels that are a polynomial of d² within their radius, one row of cells at a time.
///
/// Along a row, a point's kernel is a polynomial of the column between two ends, and 0 beyond. Its coefficients are added
/// at the first column and taken off after the last; a running sum over the columns is then, at each, the polynomial of
/// all points in reach. So a point costs two additions per row, however many cells it covers.
///
/// Rounding is bounded by three measures. Columns count from the middle of the tile, and a tile is six radii wide: so
/// radius² − d² is made up of terms of at most 15 radius², its square of 225, and an addition to a sum of *n* of them
/// rounds off up to 225 · 2⁻⁵³ of *n* times the kernel's peak; *n* roundings in either direction come to some √*n* times
/// that. A running sum lasts for one tile and one row: errors do not travel further. And the number of points in reach is
/// counted along (exactly, being a small integer): where it is 0 the sums start again from exactly 0.
struct PolynomialSweep<Sums: SweepSums>: TilePainter {
    let reach: Double
    let tileColumns: Int
    let tileRows = 128

    init(reach: Double) {
        self.reach = reach
        tileColumns = Int(min(max(16, reach * 6), 1e6))
    }

    func paint(_ points: TilePoints, onto tile: Tile) {
        let sweep = RowSweep<Sums>(radius: reach, columns: tile.columns)
        defer { sweep.deallocate() }
        var (first, end) = (0, 0)
        for row in 0..<tile.rows {
            while first < points.count, points.row[first] <= Double(row) - reach { first += 1 }
            while end < points.count, points.row[end] < Double(row) + reach { end += 1 }
            sweep.add(points, first..<max(first, end), row: Double(row))
            sweep.integrate(into: tile.base + row * tile.stride)
        }
    }
}

/// Sums of the coefficients of polynomials, over points in reach of a cell.
protocol SweepSums: Sendable {
    init()
    /// The coefficients of one point's polynomial.
    ///
    /// With column X and the point's column s, both from the middle of the tile: d² = (X − s)² + dy², and
    /// radius² − d² = e + 2sX − X² with e = radius² − dy² − s².
    /// - Parameter weight: (w, 1).
    init(e: Double, s: Double, weight: SIMD2<Double>)
    /// Whether the kernel reaches 0 with a slope of 0, so that it is below 6 · 10⁻¹² of its peak where the distance falls
    /// short of the radius by 1.2 · 10⁻⁶ of it: a cell there may as well count as out of reach.
    static var isFlatAtRadius: Bool { get }
    /// How many points are in the sums.
    var points: Double { get }
    static func += (sums: inout Self, point: Self)
    static func -= (sums: inout Self, point: Self)
    /// The sum of the polynomials at column X.
    func value(at x: Double) -> Double
}

/// The sweep over one row of a tile after the other.
struct RowSweep<Sums: SweepSums> {
    private let squaredRadius: Double
    private let columns: Int
    private let middle: Double
    /// What changes in the sums from one column to the next; one more than there are columns.
    private let steps: UnsafeMutablePointer<Sums>
    private let spans: UnsafeMutablePointer<Span>

    /// Two points' parts of a row.
    private struct Span {
        /// The first column in reach, plus 2⁵².
        var first: SIMD2<Double>
        /// How many columns of the tile are left after the last in reach, plus 2⁵².
        var left: SIMD2<Double>
        var e: SIMD2<Double>
        var s: SIMD2<Double>
    }

    /// As many pairs as stay in the nearest cache between the two passes over them.
    private static var batch: Int { 32 }

    init(radius: Double, columns: Int) {
        squaredRadius = radius * radius
        self.columns = columns
        middle = Double(columns / 2)
        steps = .allocate(capacity: columns + 1)
        steps.initialize(repeating: Sums(), count: columns + 1)
        spans = .allocate(capacity: Self.batch)
    }

    func deallocate() {
        steps.deallocate()
        spans.deallocate()
    }

    /// Two passes over a batch of points, so that the processor need not wait for a point's ends to add the next.
    @inline(__always)
    func add(_ points: TilePoints, _ range: Range<Int>, row: Double) {
        var start = range.lowerBound
        while start < range.upperBound {
            let count = min(2 &* Self.batch, range.upperBound &- start)
            measure(points, from: start, count, row: row)
            add(points, from: start, count)
            start &+= count
        }
    }

    /// Adds one point whose reach in this row is its own.
    @inline(__always)
    func add(column: Double, squaredReach: Double, weight: SIMD2<Double>) {
        let sliver = 0x1p-36
        let reach = squaredReach.squareRoot()
        let first = min(max(column - reach + sliver, 0), Double(columns)).rounded(.up)
        let end = min(max(column + reach - sliver, -1), Double(columns - 1)).rounded(.down) + 1
        guard first < end else { return }
        let s = column - middle
        let sums = Sums(e: squaredReach - s * s, s: s, weight: weight)
        steps[Int(first)] += sums
        steps[Int(end)] -= sums
    }

    @inline(__always)
    private func measure(_ points: TilePoints, from start: Int, _ count: Int, row: Double) {
        // A column exactly at the radius must not be in reach, whatever rounding does.
        let sliver = 0x1p-36
        // More than the sliver, so that the first column never comes after the last.
        let least = SIMD2(repeating: squaredRadius * 1e-20)
        let width = SIMD2(repeating: Double(columns))
        // Adding 2⁵² rounds to the nearest integer, and leaves it in the low bits.
        let toInteger = SIMD2(repeating: 0x1p52)
        var (i, span) = (start, spans)
        let end = start &+ count
        while i < end {
            let dy = row - Self.pair(points.row + i)
            let squaredReach = squaredRadius - dy * dy
            let reach = root(larger(squaredReach, least))
            let column = Self.pair(points.column + i)
            let s = column - middle
            span.pointee = Span(
                first: smaller(larger(column + (0.5 + sliver) - reach, .zero), width) + toInteger,
                left: smaller(larger(width - (0.5 - sliver) - column - reach, .zero), width) + toInteger,
                e: squaredReach - s * s, s: s)
            i &+= 2
            span += 1
        }
    }

    @inline(__always)
    private static func pair(_ address: UnsafePointer<Double>) -> SIMD2<Double> {
        UnsafeRawPointer(address).loadUnaligned(as: SIMD2<Double>.self)
    }

    @inline(__always)
    private func root(_ c: SIMD2<Double>) -> SIMD2<Double> {
        Sums.isFlatAtRadius ? approximateRoot(c) : c.squareRoot()
    }

    @inline(__always)
    private func add(_ points: TilePoints, from start: Int, _ count: Int) {
        var span = UnsafePointer(spans)
        var i = start
        let end = start &+ count
        while i &+ 1 < end {
            add(span, 0, weight: points.weight[i])
            add(span, 1, weight: points.weight[i &+ 1])
            span += 1
            i &+= 2
        }
        if i < end { add(span, 0, weight: points.weight[i]) }
    }

    @inline(__always)
    private func add(_ span: UnsafePointer<Span>, _ lane: Int, weight: SIMD2<Double>) {
        let sums = Sums(e: span.pointee.e[lane], s: span.pointee.s[lane], weight: weight)
        let first = Int(UInt32(truncatingIfNeeded: span.pointee.first[lane].bitPattern))
        let left = Int(UInt32(truncatingIfNeeded: span.pointee.left[lane].bitPattern))
        steps[first] += sums
        steps[columns &- left] -= sums
    }

    /// Sums the steps from the west, and leaves them 0 for the next row.
    @inline(__always)
    func integrate(into cells: UnsafeMutablePointer<Double>) {
        var sums = Sums()
        var x = -middle
        for column in 0..<columns {
            sums += steps[column]
            steps[column] = Sums()
            if sums.points == 0 { sums = Sums() }
            cells[column] = sums.value(at: x)
            x += 1
        }
        steps[columns] = Sums()
    }
}

/// √c for c > 0, or less by at most 1.2 · 10⁻⁶ of it: two of Newton's steps for 1/√c from a guess by halving the exponent.
///
/// The library's root branches on every lane, and calls a function for negative numbers.
///
/// ## Source
/// Walczyk, Moroz & Cieśliński (2021), *Improving the Accuracy of the Fast Inverse Square Root by Modifying
/// Newton–Raphson Corrections*, doi 10.3390/e23010086; the second constant is lowered so that no root comes out too large.
@inline(__always)
func approximateRoot(_ c: SIMD2<Double>) -> SIMD2<Double> {
    let halved = unsafeBitCast(c, to: SIMD2<UInt64>.self) &>> 1
    var inverse = unsafeBitCast(SIMD2(repeating: 0x5FE6_ED21_02DC_BFDA) &- halved, to: SIMD2<Double>.self)
    let half = 0.5 * c
    inverse *= 1.50087895511633457 - half * (inverse * inverse)
    inverse *= 1.499999999 - half * (inverse * inverse)
    return c * inverse
}
