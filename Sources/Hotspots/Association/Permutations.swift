/// A test by rearranging the values among the units at random.
///
/// ## Source
/// Anselin (1995), *Local Indicators of Spatial Association – LISA*, Geographical Analysis 27, 93–115. Adding the
/// observed arrangement to the drawn ones: North, Curtis & Sham (2002), American Journal of Human Genetics 71, 439–441.
public struct Permutations: Hashable, Codable, Sendable {
    /// Which drawn arrangements count as at least as extreme as the observed one.
    public enum Alternative: String, Hashable, Codable, Sendable, CaseIterable {
        /// Those at least as far from the expectation, on either side.
        case twoSided
        /// Those at least as far out on the side of the observed value, whichever that is: PySAL's and GeoDa's pseudo p,
        /// about half the two-sided one. Equal ones count on either side (PySAL leaves them out on the lower).
        case directed
    }

    /// How many rearrangements are drawn, 1 to 999,999; the least p there can be is 1 / (count + 1).
    public var count: Int
    /// The same seed draws the same rearrangements, everywhere.
    public var seed: UInt64
    public var alternative: Alternative

    /// All parameters as given; a count out of range is refused where it is used.
    public init(count: Int = 999, seed: UInt64 = 1, alternative: Alternative = .twoSided) {
        self.count = count
        self.seed = seed
        self.alternative = alternative
    }
}

/// How many drawn values lie at least as far out as an observed one.
struct Tally: Hashable, Sendable {
    /// At least as great.
    var above = 0
    /// At most as great.
    var below = 0
    /// At least as far from the expectation.
    var far = 0

    /// (R + 1) / (M + 1).
    func p(_ permutations: Permutations) -> Double {
        let extreme = permutations.alternative == .twoSided ? far : min(above, below)
        return Double(extreme + 1) / Double(permutations.count + 1)
    }
}

/// Limits that an observed value and its expectation set; compared with some slack, so that sums of the same values in
/// another order count as equal.
struct TallyLimits {
    let atLeast: Double
    let atMost: Double
    let farAbove: Double
    let farBelow: Double

    init(observed: Double, expected: Double, slack: Double) {
        let distance = abs(observed - expected)
        (atLeast, atMost) = (observed - slack, observed + slack)
        (farAbove, farBelow) = (expected + distance - slack, expected - distance + slack)
    }

    @inline(__always)
    func add(_ value: Double, times: Int, to tally: inout Tally) {
        if value >= atLeast { tally.above += times }
        if value <= atMost { tally.below += times }
        if value >= farAbove || value <= farBelow { tally.far += times }
    }

    /// - Parameter sorted: ascending.
    func tally(_ sorted: [Double]) -> Tally {
        let (above, below) = (Self.count(sorted) { $0 < atLeast }, Self.count(sorted) { $0 <= atMost })
        let (high, low) = (Self.count(sorted) { $0 < farAbove }, Self.count(sorted) { $0 <= farBelow })
        return Tally(above: sorted.count - above, below: below, far: min(sorted.count, sorted.count - high + low))
    }

    /// How many values at the beginning fulfil a condition that no later one does.
    @inline(__always)
    private static func count(_ sorted: [Double], _ condition: (Double) -> Bool) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(sorted[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
