import Glibc

/// The likelihood ratios of all cylinders of a data set.
struct ScanScore: Sendable {
    let total: Double
    let circles: ScanCircles
    let windows: ScanWindows

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
    func greatest(_ counts: [Int16]) -> Double {
        var best = 0.0
        var work = ScanProfile(windows)
        for centre in 0..<circles.starts.count - 1 {
            work.clear()
            var member = circles.memberStarts[centre]
            for circle in circles.starts[centre]..<circles.starts[centre + 1] {
                while member < circles.ends[circle] {
                    work.add(counts, Int(circles.members[member]))
                    member += 1
                }
                work.visit(circles.measures[circle], total, above: best) { _, _, count, expected in
                    best = max(best, Self.ratio(Double(count), expected, total))
                    return best
                }
            }
        }
        return best
    }

    /// The best cylinder around each centre that has one; of equal ones the smallest circle, the shortest and earliest run.
    func best(ofEachCentre counts: [Int16]) -> [Cylinder] {
        var found: [Cylinder] = []
        var work = ScanProfile(windows)
        for centre in 0..<circles.starts.count - 1 {
            var best: Cylinder?
            work.clear()
            var member = circles.memberStarts[centre]
            for circle in circles.starts[centre]..<circles.starts[centre + 1] {
                while member < circles.ends[circle] {
                    work.add(counts, Int(circles.members[member]))
                    member += 1
                }
                work.visit(circles.measures[circle], total, above: best?.ratio ?? 0) { first, length, count, expected in
                    let ratio = Self.ratio(Double(count), expected, total)
                    // Rounding must not prefer the larger of equal cylinders.
                    if ratio > (best?.ratio ?? 0) * (1 + 1e-12) {
                        best = Cylinder(
                            circle: circle, first: first, length: length, count: count, expected: expected, ratio: ratio
                        )
                    }
                    return best?.ratio ?? 0
                }
            }
            if let best { found.append(best) }
        }
        return found
    }
}

/// How the incidents of a circle that grows spread over the periods.
private struct ScanProfile {
    private let windows: ScanWindows
    private var counts: [Int32]
    private var running: [Float]

    init(_ windows: ScanWindows) {
        self.windows = windows
        counts = Array(repeating: 0, count: windows.periods)
        running = Array(repeating: 0, count: windows.periods + 1)
    }

    mutating func clear() {
        for period in counts.indices { counts[period] = 0 }
    }

    mutating func add(_ all: [Int16], _ place: Int) {
        let start = place * counts.count
        for period in counts.indices { counts[period] &+= Int32(all[start + period]) }
    }

    /// Visits each run of periods whose ratio may be above a limit, which the visitor raises.
    ///
    /// With d = c − E the ratio is E[(1+u)ln(1+u) − u] + (C−E)[(1−v)ln(1−v) + v], u = d/E and v = d/(C−E), and so at most
    /// d²/(2E) + d²/(C−E): where d²(C+E) ≤ 2LE(C−E), the run is ruled out without a logarithm, four at a time.
    mutating func visit(
        _ measure: Double, _ total: Double, above limit: Double,
        _ body: (_ first: Int, _ length: Int, _ count: Int, _ expected: Double) -> Double
    ) {
        var sum: Int32 = 0
        for period in counts.indices {
            sum &+= counts[period]
            running[period + 1] = Float(sum)
        }
        var limit = limit
        let (scale, all) = (Float(measure), Float(total))
        running.withUnsafeBytes { running in
            for (index, firsts) in windows.firsts.enumerated() {
                let length = index + 1
                windows.shares[index].withUnsafeBytes { shares in
                    var first = firsts.lowerBound
                    while first < firsts.upperBound {
                        // Limits a little lower than they are, since single precision rounds.
                        let bound = SIMD4<Float>(repeating: Float(2 * limit * 0.999))
                        var mask: SIMDMask<SIMD4<Int32>> = SIMDMask(repeating: true)
                        if first + 4 <= firsts.upperBound {
                            let end = running.loadUnaligned(fromByteOffset: (first + length) * 4, as: SIMD4<Float>.self)
                            let start = running.loadUnaligned(fromByteOffset: first * 4, as: SIMD4<Float>.self)
                            let share = shares.loadUnaligned(fromByteOffset: first * 4, as: SIMD4<Float>.self)
                            let expected = share * scale
                            let excess = (end - start) - expected
                            // Squared with its sign, a lack is never above.
                            let signed = excess * pointwiseMax(excess, .zero)
                            mask = (signed * (all + expected)) .> (bound * expected * (all - expected))
                        }
                        if any(mask) {
                            for lane in 0..<min(4, firsts.upperBound - first) where mask[lane] {
                                let at = first + lane
                                let end = running.load(fromByteOffset: (at + length) * 4, as: Float.self)
                                let start = running.load(fromByteOffset: at * 4, as: Float.self)
                                let count = end - start
                                let expected = measure * windows.exactShares[index][at]
                                let excess = Double(count) - expected
                                guard excess > 0, expected > 0, expected < total,
                                    excess * excess * (total + expected) > 1.999 * limit * expected * (total - expected)
                                else { continue }
                                limit = body(at, length, Int(count), expected)
                            }
                        }
                        first += 4
                    }
                }
            }
        }
    }
}
