/// How p-values are adjusted because many tests were made at once.
///
/// Of 10,000 cells without any pattern, 500 are significant at 5 % by chance. An adjusted value q says at which level a
/// test would still be rejected, counting all the others.
///
/// ## Example
/// ```swift
/// FalseDiscovery.benjaminiHochberg.adjusted([0.01, 0.04, 0.03, 0.005])  // [0.02, 0.04, 0.04, 0.02]
/// ```
///
/// ## Source
/// Benjamini & Hochberg (1995), *Controlling the False Discovery Rate*, Journal of the Royal Statistical Society B 57,
/// 289–300; Benjamini & Yekutieli (2001), *The control of the false discovery rate in multiple testing under dependency*,
/// Annals of Statistics 29, 1165–1188. Adjusted values as R's `p.adjust` defines them.
public enum FalseDiscovery: String, Hashable, Codable, Sendable, CaseIterable {
    /// Bounds the share of false ones among the rejected tests, where tests are independent or positively dependent.
    case benjaminiHochberg
    /// Bounds the same share under any dependence, at the price of a factor 1 + 1/2 + … + 1/m.
    case benjaminiYekutieli
    /// Bounds the probability that any rejected test is false.
    case bonferroni

    /// The adjusted values, in the order of the p-values.
    ///
    /// - Parameter p: probabilities; NaN stands for a test that was not made: it stays NaN and is not counted.
    /// - Returns: values of at most 1; equal p have equal q, and the order of the tests changes nothing.
    /// - Complexity: O(*m* log *m*); Bonferroni O(*m*).
    public func adjusted(_ p: [Double]) -> [Double] {
        let tests = p.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
        guard self != .bonferroni else { return p.map { $0.isNaN ? .nan : min(1, $0 * Double(tests)) } }
        let order = Self.ascending(p)
        let scale = Double(tests) * (self == .benjaminiYekutieli ? Self.harmonic(tests) : 1)
        var q = p
        var least = 1.0
        for (place, test) in order.enumerated().reversed() {
            least = min(least, p[test] * scale / Double(place + 1))
            q[test] = least
        }
        return q
    }

    /// The tests that were made, by their p-values; which of equal ones comes first changes no adjusted value.
    private static func ascending(_ p: [Double]) -> [Int] {
        // Sorting whole pairs is several times faster than sorting indices that look their values up.
        var pairs: [(p: Double, test: Int)] = []
        pairs.reserveCapacity(p.count)
        for (test, value) in p.enumerated() where !value.isNaN { pairs.append((value, test)) }
        pairs.sort { $0.p < $1.p }
        return pairs.map(\.test)
    }

    /// 1 + 1/2 + … + 1/m.
    private static func harmonic(_ tests: Int) -> Double {
        guard tests > 0 else { return 0 }
        return (1...tests).reversed().reduce(0) { $0 + 1 / Double($1) }
    }
}
