import SimpleFeatures
import Statistics

/// Whether incidents close in space are also close in time, over all distances at once: Mantel's test.
///
/// The correlation, over all pairs of incidents, of how far they lie apart with how long they lie apart. The times are
/// then dealt anew among the incidents; p is one-sided, for a correlation at least as great.
///
/// ## Units
/// Metres and days.
///
/// ## Example
/// ```swift
/// let result = try Mantel(form: .reciprocal(metres: 50, days: 1)).test(of: burglaries)
/// ```
///
/// ## Source
/// Mantel (1967), *The detection of disease clustering and a generalized regression approach*, Cancer Research 27,
/// 209–220, with his transformation 1/(*d* + *c*) on request.
public struct Mantel: Hashable, Codable, Sendable {
    /// What is correlated.
    public enum Form: Hashable, Codable, Sendable {
        /// Distances and times as they are: dominated by the many pairs far apart.
        case plain
        /// 1 / (distance + metres) and 1 / (time + days), both added constants above 0: near pairs count most.
        case reciprocal(metres: Double, days: Double)
    }

    public var form: Form
    /// How often the times are dealt anew, 1 to 999,999.
    public var permutations: Int
    public var seed: UInt64

    /// More incidents are refused: the work grows with their square.
    public static let greatestIncidentCount = 20_000

    /// All parameters as given; those out of range are refused where they are used.
    public init(form: Form = .plain, permutations: Int = 999, seed: UInt64 = 1) {
        self.form = form
        self.permutations = permutations
        self.seed = seed
    }

    /// What the test found.
    public struct Result: Hashable, Codable, Sendable {
        /// Pearson's correlation over all pairs, −1 to 1.
        public let correlation: Double
        /// The same, the mean of the dealt times; close to 0.
        public let simulated: Double
        public let p: Double
    }

    /// - Throws: ``HotspotError/tooFew(method:needed:found:)`` for fewer than three incidents,
    ///   ``HotspotError/countOutOfRange(name:least:most:found:)`` for too many,
    ///   ``HotspotError/parameterOutOfRange(name:must:found:)``, ``HotspotError/noVariation(_:)`` where all pairs lie
    ///   equally far or long apart, ``HotspotError/permutationsOutOfRange(_:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*Rn²*) time, O(*R* + *n*) memory.
    public func test(
        of pattern: SpaceTimePattern, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> Result {
        try check(pattern.count)
        let days = pattern.seconds.map { Double($0 - (pattern.seconds.first ?? 0)) / Double(SpaceTimePattern.day) }
        let pairs = MantelPairs(x: pattern.x, y: pattern.y, form: form)
        let (space, time) = (pairs.spaceMoments(), pairs.timeMoments(days))
        guard space.deviations > 0 else { throw .noVariation(space.mean) }
        guard time.deviations > 0 else { throw .noVariation(time.mean) }
        let scale = (space.deviations * time.deviations).squareRoot()
        let observed = pairs.products(days, space.mean, time.mean) / scale
        let (seed, permutations) = (seed, permutations)
        let dealt = try ParallelWork(threads: threads, progress: progress).values(permutations, piece: 4) { deal in
            var mixed = SplitMix64(seed: UInt64(deal))
            var generator = SplitMix64(seed: seed ^ mixed.next())
            var shuffled = days
            shuffled.withUnsafeMutableBufferPointer { days in
                if let base = days.baseAddress { generator.shuffle(base, count: days.count) }
            }
            return pairs.products(shuffled, space.mean, time.mean) / scale
        }
        // Sums of the same products in another order count as equal.
        let asGreat = dealt.count { $0 >= observed - 1e-12 }
        return Result(
            correlation: observed, simulated: dealt.reduce(0, +) / Double(permutations),
            p: Double(1 + asGreat) / Double(1 + permutations))
    }

    private func check(_ count: Int) throws(HotspotError) {
        guard count >= 3 else { throw .tooFew(method: "Mantel's test", needed: 3, found: count) }
        guard count <= Self.greatestIncidentCount else {
            throw .countOutOfRange(
                name: "number of incidents of Mantel's test", least: 3, most: Self.greatestIncidentCount, found: count)
        }
        guard (1...ConditionalPermutations.greatestCount).contains(permutations) else {
            throw .permutationsOutOfRange(permutations)
        }
        guard case .reciprocal(let metres, let days) = form else { return }
        for constant in [metres, days] where !(constant > 0 && constant < 1e12) {
            throw .parameterOutOfRange(name: "added constant", must: "be above 0 and finite", found: constant)
        }
    }
}

/// Sums over all pairs of incidents, each pair once.
private struct MantelPairs: Sendable {
    let x: [Double]
    let y: [Double]
    let form: Mantel.Form

    @inline(__always)
    private func space(_ a: Int, _ b: Int) -> Double {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        let distance = (dx * dx + dy * dy).squareRoot()
        guard case .reciprocal(let metres, _) = form else { return distance }
        return 1 / (distance + metres)
    }

    @inline(__always)
    private func time(_ a: Double, _ b: Double) -> Double {
        guard case .reciprocal(_, let days) = form else { return abs(a - b) }
        return 1 / (abs(a - b) + days)
    }

    func spaceMoments() -> (mean: Double, deviations: Double) { moments { space($0, $1) } }
    func timeMoments(_ days: [Double]) -> (mean: Double, deviations: Double) { moments { time(days[$0], days[$1]) } }

    @inline(__always)
    private func moments(_ value: (Int, Int) -> Double) -> (mean: Double, deviations: Double) {
        let mean = sum { value($0, $1) } / (Double(x.count) * Double(x.count - 1) / 2)
        let deviations = sum {
            let deviation = value($0, $1) - mean
            return deviation * deviation
        }
        return (mean, deviations)
    }

    func products(_ days: [Double], _ meanSpace: Double, _ meanTime: Double) -> Double {
        sum { (space($0, $1) - meanSpace) * (time(days[$0], days[$1]) - meanTime) }
    }

    /// Row by row, which keeps roundings small.
    @inline(__always)
    private func sum(_ value: (Int, Int) -> Double) -> Double {
        var total = 0.0
        for a in 1..<max(1, x.count) {
            var row = 0.0
            for b in 0..<a { row += value(a, b) }
            total += row
        }
        return total
    }
}
