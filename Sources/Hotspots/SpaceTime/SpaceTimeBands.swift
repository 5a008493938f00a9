import SimpleFeatures

/// Which band of distance a pair falls in.
struct DistanceBands {
    /// Squares of the limits, the same place not among them.
    let squares: [Double]
    let closed: NearRepeat.Closed
    let reach: Double

    init(_ method: NearRepeat) {
        squares = method.distances.map { $0.metres * $0.metres }
        closed = method.closed
        reach = method.distances.last?.metres ?? 0
    }

    var count: Int { squares.count + 1 }

    /// Nil beyond the last.
    @inline(__always)
    func band(_ square: Double) -> Int? {
        if square == 0 { return 0 }
        switch closed {
        case .left: for band in squares.indices where square < squares[band] { return band + 1 }
        case .right: for band in squares.indices where square <= squares[band] { return band + 1 }
        }
        return nil
    }
}

/// Times in the coarsest unit in which all of them are whole, and the limits of the bands in it.
///
/// Dates are whole days: 89 years of them fit in 16 bits, and twice as many are compared at once as in 32.
struct TimeBands: Sendable {
    /// Per incident, from the earliest one.
    let times: [Int32]
    /// A difference below the limit of a band lies in it or in one before.
    let limits: [Int32]
    let span: Int32

    init(_ method: NearRepeat, _ pattern: SpaceTimePattern) {
        let first = pattern.seconds.first ?? 0
        let unit = max(1, pattern.seconds.reduce(0) { Self.divisor($0, $1 - first) })
        times = pattern.seconds.map { Int32(clamping: ($0 - first) / unit) }
        span = times.max() ?? 0
        limits = method.days.map { days in
            // Whole differences are below a limit when they are below the next whole number.
            let seconds = SpaceTimePattern.seconds(days)
            let whole = method.closed == .left ? (seconds + unit - 1) / unit : seconds / unit + 1
            return Int32(clamping: whole)
        }
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// How many of all pairs there are lie in each band.
    /// - Complexity: O(*n* log *n*) and O(*n*) per band.
    func pairs() -> [Int] {
        let sorted = times.sorted()
        var counts: [Int] = []
        var before = 0
        for limit in limits {
            var (below, first) = (0, 0)
            for last in sorted.indices {
                while sorted[last] - sorted[first] >= limit { first += 1 }
                below += last - first
            }
            counts.append(below - before)
            before = below
        }
        return counts
    }
}

/// The pairs of incidents within reach, by band of distance; each pair once, under the one that stands first in the
/// order of a neighbour grid, where neighbours also lie close in memory.
struct BandedPairs: Sendable {
    struct Band: Sendable {
        /// Where the partners of each incident begin, and the end.
        var starts: [Int] = [0]
        var partners: [Int32] = []
    }

    private(set) var bands: [Band]
    /// Which incident stands at each position of the grid's order.
    let incident: [Int32]

    /// - Throws: ``HotspotError/tooManyPairs(limit:)``.
    /// - Complexity: O(*n* log *n* + *p*).
    init(_ pattern: SpaceTimePattern, bands distances: DistanceBands) throws(HotspotError) {
        let grid = NeighbourGrid(x: pattern.x, y: pattern.y, reach: distances.reach)
        incident = grid.place
        bands = Array(repeating: Band(), count: distances.count)
        var left = NearRepeat.greatestPairCount
        for first in incident.indices {
            let (x, y) = (grid.x[first], grid.y[first])
            grid.forEachStretchBehind(first, within: distances.reach) { stretch in
                for second in stretch {
                    let (dx, dy) = (grid.x[second] - x, grid.y[second] - y)
                    guard let band = distances.band(dx * dx + dy * dy), left > 0 else { continue }
                    bands[band].partners.append(Int32(truncatingIfNeeded: second))
                    left -= 1
                }
            }
            guard left > 0 else { throw .tooManyPairs(limit: NearRepeat.greatestPairCount) }
            for band in bands.indices { bands[band].starts.append(bands[band].partners.count) }
        }
    }

    /// Pairs per band of distance, then of time, as the incidents happened.
    func counts(_ times: TimeBands) -> [Int] {
        let ordered = incident.map { times.times[Int($0)] }
        return bands.flatMap { band in
            var counts = [Int](repeating: 0, count: times.limits.count)
            for first in ordered.indices {
                for index in band.starts[first]..<band.starts[first + 1] {
                    let apart = abs(ordered[first] - ordered[Int(band.partners[index])])
                    if let time = times.limits.firstIndex(where: { apart < $0 }) { counts[time] += 1 }
                }
            }
            return counts
        }
    }

    /// The mean of ``counts(_:)`` over all ways to deal the times: every pair of times is as likely for every pair of places.
    func expected(_ times: TimeBands, incidents: Int) -> [Double] {
        let all = Double(incidents) * Double(incidents - 1) / 2
        let soon = times.pairs()
        return bands.flatMap { band in soon.map { Double(band.partners.count) * (Double($0) / all) } }
    }
}
