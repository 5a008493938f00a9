#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Rules out at one glance a circle none of whose runs of periods can have a ratio above a limit.
///
/// The ratio is *C* times a relative entropy, and so a convex function of count and expectation together. Hence the greatest
/// count that stays within a limit is a concave function of what is expected, and between the least and the greatest
/// expectation of a circle's runs it lies above its chord *a* + *bE*. Where no run has Σ(*c* − *bE*) > *a*, none is above the
/// limit. That is a sum over periods, and the greatest of all runs up to a length is found without trying each length:
/// by the greatest running sum ahead of each period.
struct ScanBounds: Sendable {
    /// What a circle is expected to hold in its least and in its greatest run.
    private struct Reach: Sendable {
        let measure: Float
        let least: Float
        let greatest: Float
        /// Where both lie among the knots: a number of a knot, and how far to the next.
        let leastKnot: Float
        let greatestKnot: Float
    }

    /// Per circle; empty where all runs stand in one row, which is judged as fast by itself.
    private let reaches: [Reach]
    /// From nothing on, each a little above the one before.
    private let limits: [Double]
    /// Per limit, then knot: the greatest count that stays within.
    private let counts: [Float]
    private let knots: Int
    private let shares: [Float]
    private let width: Int
    private let periods: Int
    private let longest: Int

    init(total: Double, circles: ScanCircles, windows: ScanWindows) {
        (shares, width, periods, longest) = (windows.runningShares, windows.width, windows.periods, windows.longest)
        let runs = windows.rows.flatMap { windows.exactShares[$0.shares..<$0.shares + $0.count] }
        guard windows.rows.count > 1, let low = runs.min(), let high = runs.max(), let least = circles.measures.min(),
            let greatest = circles.measures.max(), low * least > 0
        else {
            (reaches, limits, counts, knots) = ([], [], [], 0)
            return
        }
        // Expectations half an octave apart: the curve is nearly straight between them.
        let octaves = log2(high * greatest) - log2(low * least)
        let expected = (0...Int(2 * octaves) + 1).map { knot in
            min(total, low * least * exp2(Double(knot) / 2))
        }
        knots = expected.count
        func knot(_ value: Double) -> Float {
            let before = max(0, (expected.firstIndex { $0 > value } ?? expected.count - 1) - 1)
            let gap = before + 1 < expected.count ? expected[before + 1] - expected[before] : 0
            return Float(Double(before) + (gap > 0 ? min(1, max(0, (value - expected[before]) / gap)) : 0))
        }
        reaches = circles.measures.map { measure in
            let (least, greatest) = (measure * low, min(total, measure * high))
            return Reach(
                measure: Float(measure), least: Float(least), greatest: Float(greatest), leastKnot: knot(least),
                greatestKnot: knot(greatest))
        }
        limits = [0] + (0..<100).map { pow(1.05, Double($0)) }
        counts = limits.flatMap { limit in
            expected.map { Float(Self.greatestCount(within: limit, expected: $0, total: total)) }
        }
    }

    /// Halved ten times between what is surely within and what, by Bernstein's inequality, is not.
    private static func greatestCount(within limit: Double, expected: Double, total: Double) -> Double {
        guard limit > 0, expected < total else { return expected }
        let excess = limit / 3 + (limit * limit / 9 + 2 * limit * expected).squareRoot()
        var (within, beyond) = (expected, min(total, expected + excess))
        for _ in 0..<10 {
            let middle = (within + beyond) / 2
            guard middle > expected else { break }
            if ScanScore.ratio(middle, expected, total) <= limit { within = middle } else { beyond = middle }
        }
        return within
    }

    /// The number of the greatest limit that is not above another.
    /// - Parameter number: of one that is not.
    @inline(__always)
    func number(ofLimit limit: Double, from number: Int) -> Int {
        var number = number
        while number + 1 < limits.count, limits[number + 1] <= limit { number += 1 }
        return number
    }

    /// For ``mayExceed(_:_:_:_:)``: beyond the running sums there is nothing that could be the greatest.
    func scratch() -> UnsafeMutablePointer<Float> {
        let count = 2 * (width + longest) + 4 * ScanWindows.lanes
        let scratch = UnsafeMutablePointer<Float>.allocate(capacity: count)
        scratch.initialize(repeating: -.infinity, count: count)
        return scratch
    }

    /// - Parameters:
    ///   - limit: its number.
    ///   - sums: the running sums of a circle's incidents.
    ///   - scratch: as ``scratch()`` made it, or a call before left it.
    @inline(__always)
    func mayExceed(
        _ limit: Int, _ circle: Int, _ sums: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
    ) -> Bool {
        guard !reaches.isEmpty else { return true }
        let reach = reaches[circle]
        let (start, end) = (count(limit, reach.leastKnot), count(limit, reach.greatestKnot))
        let slope = reach.greatest > reach.least ? (end - start) / (reach.greatest - reach.least) : 0
        let scale = slope * reach.measure
        // A little lower than it is, since single precision rounds.
        let needed = (start - slope * reach.least) * 0.9999 - 2e-6 * (sums[width - 1] + scale)
        return greatestRun(sums, scale, scratch) > needed
    }

    /// The greatest count that stays within a limit, between two knots.
    @inline(__always)
    private func count(_ limit: Int, _ knot: Float) -> Float {
        let before = Int(knot)
        let index = limit * knots + before
        guard before + 1 < knots else { return counts[index] }
        return counts[index] + (knot - Float(before)) * (counts[index + 1] - counts[index])
    }

    /// The greatest sum over a run of periods, of counts less a multiple of their shares.
    @inline(__always)
    private func greatestRun(
        _ sums: UnsafePointer<Float>, _ scale: Float, _ scratch: UnsafeMutablePointer<Float>
    ) -> Float {
        let excess = UnsafeMutableRawPointer(scratch)
        let ahead = UnsafeMutableRawPointer(scratch + width + longest + 2 * ScanWindows.lanes)
        return shares.withUnsafeBufferPointer { shares in
            guard let shares = shares.baseAddress else { return .infinity }
            var index = 0
            while index < width {
                let expected = UnsafeRawPointer(shares + index).loadUnaligned(as: SIMD8<Float>.self) * scale
                let over = UnsafeRawPointer(sums + index).loadUnaligned(as: SIMD8<Float>.self) - expected
                excess.storeBytes(of: over, toByteOffset: 4 * index, as: SIMD8<Float>.self)
                ahead.storeBytes(of: over, toByteOffset: 4 * index, as: SIMD8<Float>.self)
                index += 8
            }
            // The greatest of so many from each period on, doubled until it is nearly the longest run.
            var reach = 1
            while 2 * reach <= longest {
                index = 0
                while index < width {
                    let own = ahead.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self)
                    let other = ahead.loadUnaligned(fromByteOffset: 4 * (index + reach), as: SIMD8<Float>.self)
                    ahead.storeBytes(of: larger(own, other), toByteOffset: 4 * index, as: SIMD8<Float>.self)
                    index += 8
                }
                reach *= 2
            }
            var greatest = SIMD8<Float>(repeating: -.infinity)
            index = 0
            while index < periods {
                let near = ahead.loadUnaligned(fromByteOffset: 4 * (index + 1), as: SIMD8<Float>.self)
                let far = ahead.loadUnaligned(
                    fromByteOffset: 4 * (index + 1 + longest - reach), as: SIMD8<Float>.self)
                let start = excess.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self)
                greatest = larger(greatest, larger(near, far) - start)
                index += 8
            }
            return greatestLane(greatest)
        }
    }
}
