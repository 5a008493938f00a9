import Glibc

/// The likelihood ratios of all cylinders of a data set.
struct ScanScore: Sendable {
    let total: Double
    let circles: ScanCircles
    let windows: ScanWindows
    /// What rules most circles out at one glance.
    private let bounds: ScanBounds

    init(total: Double, circles: ScanCircles, windows: ScanWindows) {
        (self.total, self.circles, self.windows) = (total, circles, windows)
        bounds = ScanBounds(total: total, circles: circles, windows: windows)
    }

    /// A cylinder and its ratio.
    struct Cylinder: Hashable, Sendable {
        var circle: Int
        var first: Int
        var length: Int
        var count: Int
        var expected: Double
        var ratio: Double
    }

    /// For 0 < expected < count ≤ total.
    @inline(__always)
    static func ratio(_ count: Double, _ expected: Double, _ total: Double) -> Double {
        let inside = count * log(count / expected)
        return count >= total ? inside : inside + (total - count) * log((total - count) / (total - expected))
    }

    /// The greatest ratio of all; 0 where no cylinder has more than expected.
    func greatest(_ counts: [Int32]) -> Double {
        var best = 0.0
        search(counts, startsAnew: false) { _, ratio, _, _, _, _ in
            best = max(best, ratio)
            return best
        }
        return best
    }

    /// The best cylinder around each centre that has one; of equal ones the smallest circle, the shortest and earliest run.
    func best(ofEachCentre counts: [Int32]) -> [Cylinder] {
        var found: [Cylinder] = []
        search(counts, startsAnew: true) { circle, ratio, row, lane, count, expected in
            let periods = windows.periods(row: row, lane: lane)
            let cylinder = Cylinder(
                circle: circle, first: periods.first, length: periods.length, count: count, expected: expected,
                ratio: ratio)
            guard let last = found.last, circles.isSameCentre(last.circle, circle) else {
                found.append(cylinder)
                return ratio
            }
            // Rounding must not prefer the larger of equal cylinders.
            if ratio > last.ratio * (1 + 1e-12) { found[found.count - 1] = cylinder }
            return max(ratio, last.ratio)
        }
        return found
    }

    /// Visits each cylinder whose ratio may be above what the visitor last returned.
    /// - Parameter startsAnew: whether that limit is 0 again for each centre.
    @inline(__always)
    private func search(
        _ counts: [Int32], startsAnew: Bool,
        _ visit: (_ circle: Int, _ ratio: Double, _ row: Int, _ lane: Int, _ count: Int, _ expected: Double) -> Double
    ) {
        let profiles = windows.profiles(counts)
        let sums = UnsafeMutablePointer<Float>.allocate(capacity: windows.sums)
        let ahead = bounds.scratch()
        defer {
            sums.deallocate()
            ahead.deallocate()
        }
        var (limit, rung) = (0.0, 0)
        profiles.withUnsafeBufferPointer { profiles in
            windows.shares.withUnsafeBufferPointer { shares in
                guard let profiles = profiles.baseAddress, let shares = shares.baseAddress else { return }
                for centre in 0..<circles.starts.count - 1 {
                    if startsAnew { (limit, rung) = (0, 0) }
                    sums.initialize(repeating: 0, count: windows.sums)
                    for circle in circles.starts[centre]..<circles.starts[centre + 1] {
                        add(circles.newcomers(circle, centre), profiles, to: sums)
                        guard bounds.mayExceed(rung, circle, sums, ahead) else { continue }
                        windows.complete(sums)
                        let measure = circles.measures[circle]
                        for (index, row) in windows.rows.enumerated() {
                            guard exceeds(row, sums, shares, measure, limit) else { continue }
                            for lane in 0..<row.count {
                                let count = Double(sums[row.end + lane] - sums[row.start + lane])
                                let expected = measure * windows.exactShares[row.shares + lane]
                                guard expected > 0, expected < total,
                                    Self.mayExceed(limit, count, expected, total)
                                else { continue }
                                let ratio = Self.ratio(count, expected, total)
                                guard ratio > limit else { continue }
                                limit = visit(circle, ratio, index, lane, Int(count), expected)
                                rung = bounds.number(ofLimit: limit, from: rung)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adds the profiles of some members.
    @inline(__always)
    private func add(
        _ places: Range<Int>, _ profiles: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
    ) {
        let width = windows.width
        circles.members.withUnsafeBufferPointer { members in
            var index = 0
            while index < width {
                var sum = UnsafeRawPointer(sums + index).loadUnaligned(as: SIMD8<Float>.self)
                for member in places {
                    let profile = profiles + (Int(members[member]) &* width &+ index)
                    sum += UnsafeRawPointer(profile).loadUnaligned(as: SIMD8<Float>.self)
                }
                UnsafeMutableRawPointer(sums + index).storeBytes(of: sum, as: SIMD8<Float>.self)
                index += 8
            }
        }
    }

    /// Whether the ratio of a run may be above a limit L, for 0 < expected < total.
    ///
    /// With d = c − E the ratio is E[(1+u)ln(1+u) − u] + (C−E)[(1−v)ln(1−v) + v], u = d/E and v = d/(C−E). As ln(1+u) is at most
    /// u/√(1+u) and ln(1−v) at most −v, that is at most d(√(c/E) − 1) + d²/(C−E): where this is not above L, the run is ruled
    /// out without a logarithm.
    @inline(__always)
    private static func mayExceed(_ limit: Double, _ count: Double, _ expected: Double, _ total: Double) -> Bool {
        let excess = count - expected
        guard excess > 0 else { return false }
        // A little lower than it is, since rounding might take it away.
        let bound = excess * ((count / expected).squareRoot() - 1) + excess * excess / (total - expected)
        return bound > limit * 0.9999
    }

    /// Whether the same may be true of some run of a row: as √(1+u) is at most 1 + u/2, where d²(C+E) ≤ 2LE(C−E), the runs are
    /// ruled out without a root.
    @inline(__always)
    private func exceeds(
        _ row: ScanWindows.Row, _ sums: UnsafePointer<Float>, _ shares: UnsafePointer<Float>, _ measure: Double,
        _ limit: Double
    ) -> Bool {
        let (scale, all) = (Float(measure), Float(total))
        // A little lower than it is, since single precision rounds.
        let bound = SIMD8<Float>(repeating: Float(2 * limit * 0.999))
        var greatest = SIMD8<Float>.zero
        var lane = 0
        while lane < row.count {
            let end = UnsafeRawPointer(sums + row.end + lane).loadUnaligned(as: SIMD8<Float>.self)
            let start = UnsafeRawPointer(sums + row.start + lane).loadUnaligned(as: SIMD8<Float>.self)
            let expected = UnsafeRawPointer(shares + row.shares + lane).loadUnaligned(as: SIMD8<Float>.self) * scale
            let excess = larger((end - start) - expected, .zero)
            greatest = larger(greatest, excess * excess * (all + expected) - bound * expected * (all - expected))
            lane += 8
        }
        return greatestLane(greatest) > 0
    }
}

extension ScanCircles {
    func isSameCentre(_ a: Int, _ b: Int) -> Bool { centre(ofCircle: a) == centre(ofCircle: b) }

    /// Where the places stand that the circle before, of the same centre, does not have.
    @inline(__always)
    func newcomers(_ circle: Int, _ centre: Int) -> Range<Int> {
        (circle == starts[centre] ? memberStarts[centre] : ends[circle - 1])..<ends[circle]
    }

    /// The places of a circle, its centre first.
    func places(ofCircle circle: Int) -> ArraySlice<Int32> {
        members[memberStarts[centre(ofCircle: circle)]..<ends[circle]]
    }

    private func centre(ofCircle circle: Int) -> Int {
        var (low, high) = (0, starts.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= circle { low = middle } else { high = middle }
        }
        return low
    }
}
