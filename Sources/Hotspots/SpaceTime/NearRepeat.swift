public import SimpleFeatures
import Statistics

/// Whether incidents are followed by others nearby and soon after more often than chance would have it: Knox's test, by
/// bands of distance and time.
///
/// Every pair of incidents is counted once, in the band of its distance and the band of its time apart. Then the times
/// are dealt anew among the incidents, many times over, while the places stay: so where and when crime is frequent by
/// itself does not count as repetition. The ratio of the pairs seen to the mean of those dealt says how much likelier
/// a repeat is than by chance; p = (1 + dealt tables with at least as many) / (1 + tables).
///
/// Pairs at exactly one place are a band of their own, the first. Bands hold their lower limit and not their upper one:
/// with limits of 100 and 200 m, [0] (0, 100) [100, 200).
///
/// ## Units
/// Metres and days. Times are compared to the second, distances as double precision has them.
///
/// ## Example
/// ```swift
/// let test = NearRepeat(distances: [.metres(100), .metres(200)], days: [7, 14])
/// let table = try test.table(of: burglaries)
/// table[distance: 1, days: 0].ratio  // how much likelier within 100 m and 7 days
/// ```
///
/// ## Source
/// Knox (1964), *The detection of space-time interactions*, Applied Statistics 13, 25–29; Johnson et al. (2007),
/// *Space-time patterns of risk*, Journal of Quantitative Criminology 23, 201–219; North, Curtis & Sham (2002), American
/// Journal of Human Genetics 71, 439–441, for counting the observed table among the dealt ones.
public struct NearRepeat: Hashable, Codable, Sendable {
    /// Which limit of a band belongs to it.
    public enum Closed: String, Hashable, Codable, Sendable, CaseIterable {
        /// [*a*, *b*).
        case left
        /// (*a*, *b*]; the first band of time is [0, *b*], the first of distance after the same place (0, *b*].
        case right
    }

    /// Upper limits of the distance bands after the same place, ascending.
    public var distances: [Length]
    /// Upper limits of the time bands, ascending.
    public var days: [Double]
    public var closed: Closed
    /// How often the times are dealt anew, 1 to 999,999.
    public var permutations: Int
    /// The same seed deals the same times, everywhere.
    public var seed: UInt64

    /// The most bands of either kind.
    public static let greatestBandCount = 64
    /// The most pairs within the greatest distance.
    public static let greatestPairCount = 1 << 28

    /// All parameters as given; those out of range are refused where they are used.
    public init(
        distances: [Length] = [.metres(100), .metres(200), .metres(300), .metres(400)],
        days: [Double] = [7, 14, 21, 28],
        closed: Closed = .left, permutations: Int = 999, seed: UInt64 = 1
    ) {
        self.distances = distances
        self.days = days
        self.closed = closed
        self.permutations = permutations
        self.seed = seed
    }

    /// - Parameters:
    ///   - pattern: incidents; their weights do not count.
    ///   - threads: how many may work at once; nil for one per active processor. The table does not depend on it.
    ///   - progress: told the share of tables that is dealt; the work is given up when it returns false.
    /// - Throws: ``HotspotError/limitsNotAscending(name:)``, ``HotspotError/countOutOfRange(name:least:most:found:)``,
    ///   ``HotspotError/tooFew(method:needed:found:)`` for fewer than two incidents,
    ///   ``HotspotError/tooManyPairs(limit:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n* log *n* + *Rp* + *Rn*) with *p* pairs within the greatest distance, memory O(*p*).
    public func table(
        of pattern: SpaceTimePattern, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> NearRepeatTable {
        try check()
        guard pattern.count >= 2 else { throw .tooFew(method: "the near-repeat test", needed: 2, found: pattern.count) }
        let pairs = try BandedPairs(pattern, bands: DistanceBands(self))
        let times = TimeBands(self, pattern)
        let observed = pairs.counts(times)
        let dealt = try DealtTimes(pairs: pairs, times: times, method: self).tallies(
            against: observed, ParallelWork(threads: threads, progress: progress))
        return NearRepeatTable(
            method: self, incidents: pattern.count, observed: observed, dealt: dealt,
            expected: pairs.expected(times, incidents: pattern.count))
    }

    func check() throws(HotspotError) {
        for (name, count) in [("number of distance bands", distances.count), ("number of time bands", days.count)] {
            guard (1...Self.greatestBandCount).contains(count) else {
                throw .countOutOfRange(name: name, least: 1, most: Self.greatestBandCount, found: count)
            }
        }
        guard Self.ascend(distances.map(\.metres)) else { throw .limitsNotAscending(name: "limits of distance") }
        guard Self.ascend(days) else { throw .limitsNotAscending(name: "limits of time") }
        guard (1...ConditionalPermutations.greatestCount).contains(permutations) else {
            throw .permutationsOutOfRange(permutations)
        }
    }

    private static func ascend(_ limits: [Double]) -> Bool {
        var last = 0.0
        for limit in limits {
            guard limit > last, limit < 1e9 else { return false }
            last = limit
        }
        return true
    }
}
