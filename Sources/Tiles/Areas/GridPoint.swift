import Glibc

/// A place on the grid of one zoom: 4096 units a tile, counted from the middle of the world, so that 32 bits hold every
/// zoom.
///
/// All tiles of a zoom round to this one grid before anything is cut, hence neighbours that share a border keep doing
/// so.
struct GridPoint: Hashable, Comparable, Sendable {
    var x: Int32
    var y: Int32

    init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }

    /// The nearest place on the grid of units of 2^`shift` positions: ``shift(zoom:)``.
    init(_ position: MercatorPosition, shift: Int) {
        let half = shift > 0 ? Int64(1) << Int64(shift - 1) : 0
        x = Int32(truncatingIfNeeded: (Int64(position.x) - Self.middle + half) >> Int64(shift))
        y = Int32(truncatingIfNeeded: (Int64(position.y) - Self.middle + half) >> Int64(shift))
    }

    /// How many bits of a position lie below a unit of a zoom's grid.
    static func shift(zoom: Int) -> Int { TileID.deepestZoom - zoom }

    /// Units a side of a tile has, as a power of two.
    static let tileBits = 12
    /// Units a side of a tile has.
    static let tileSide = 1 << tileBits

    static func < (left: GridPoint, right: GridPoint) -> Bool {
        left.x == right.x ? left.y < right.y : left.x < right.x
    }

    private static let middle = Int64(1) << 31
}

/// Exact signs of what three places on the grid make.
enum GridTurn {
    /// Above zero where `c` lies to that side of the line from `a` to `b` on which an exterior has its inside; zero on
    /// the line.
    static func side(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Int {
        sign(
            Int64(b.x) - Int64(a.x), Int64(c.y) - Int64(a.y), Int64(b.y) - Int64(a.y), Int64(c.x) - Int64(a.x),
            adding: false)
    }

    /// Above zero where the way from `a` over `b` to `c` goes on, below zero where it turns back.
    static func onward(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Int {
        sign(
            Int64(b.x) - Int64(a.x), Int64(c.x) - Int64(b.x), Int64(b.y) - Int64(a.y), Int64(c.y) - Int64(b.y),
            adding: true)
    }

    /// The sign of `a·b − c·d` or `a·b + c·d`, for differences of 33 bits.
    @inline(__always)
    private static func sign(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64, adding: Bool) -> Int {
        let (first, second) = (a.multipliedFullWidth(by: b), c.multipliedFullWidth(by: adding ? -d : d))
        if first.high != second.high { return first.high > second.high ? 1 : -1 }
        return first.low == second.low ? 0 : (first.low > second.low ? 1 : -1)
    }

    /// Twice the area of a ring that is not closed, positive for an exterior.
    static func doubleArea(_ ring: some RandomAccessCollection<GridPoint>) -> Double {
        guard let first = ring.first, var last = ring.last else { return 0 }
        var sum = 0.0
        for point in ring {
            sum += (Double(last.x) - Double(first.x)) * (Double(point.y) - Double(first.y))
            sum -= (Double(point.x) - Double(first.x)) * (Double(last.y) - Double(first.y))
            last = point
        }
        return sum
    }
}
