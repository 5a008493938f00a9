import Glibc

/// Whether two counts, each over its own time or population, could come of one rate: the exact conditional test.
///
/// Given their sum, the first count is binomial with the share that its exposure has. The p-value adds up every outcome that
/// is no more likely than the one seen.
///
/// ## Source
/// Przyborowski and Wileński (1940), *Homogeneity of results in testing samples from Poisson series*, Biometrika 31,
/// 313–323; two-sided as R's `poisson.test` and SciPy's `binomtest`.
public struct PoissonComparison: Hashable, Sendable {
    /// How likely an outcome at most as likely as the one seen is, where both have one rate.
    public let p: Double
    /// First rate over second; infinite where the second count is 0, nil where both are.
    public let ratio: Double?

    /// - Parameters:
    ///   - counts: 0 or more; together at most ``greatestCount``.
    ///   - exposures: days or people that each was counted over, above 0.
    /// - Returns: nil for what lies outside.
    /// - Complexity: O(√count).
    public init?(_ counts: (Int, Int), exposures: (Double, Double)) {
        let range = 0...Self.greatestCount
        guard range.contains(counts.0), range.contains(counts.1), counts.0 + counts.1 <= Self.greatestCount,
            exposures.0 > 0, exposures.1 > 0, exposures.0.isFinite, exposures.1.isFinite
        else { return nil }
        let total = counts.0 + counts.1
        ratio = total == 0 ? nil : Double(counts.0) / exposures.0 / (Double(counts.1) / exposures.1)
        p = Binomial(trials: total, share: exposures.0 / (exposures.0 + exposures.1)).twoSidedP(counts.0)
    }

    /// Counts above this are refused: their sums would take too long.
    public static let greatestCount = 100_000_000
}

/// How often something happens in so many trials.
private struct Binomial {
    let trials: Int
    let share: Double

    func twoSidedP(_ seen: Int) -> Double {
        guard trials > 0 else { return 1 }
        // As R has it: outcomes that are as likely but for rounding count as such.
        let limit = logProbability(seen) + 1e-7
        let mode = min(trials, Int((Double(trials + 1) * share).rounded(.down)))
        // Probabilities rise to the mode and fall from there.
        let lower = edge(from: 0, to: mode, limit) { $0 }
        let upper = edge(from: 0, to: trials - mode, limit) { trials - $0 }
        return min(1, tail(from: lower, by: -1) + tail(from: upper, by: 1))
    }

    /// The outcome nearest to the mode, on its side, that is no more likely than the limit; one beyond the end for none.
    private func edge(from low: Int, to high: Int, _ limit: Double, _ outcome: (Int) -> Int) -> Int {
        var (inside, outside) = (low - 1, high + 1)
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2
            if logProbability(outcome(middle)) <= limit { inside = middle } else { outside = middle }
        }
        return outcome(inside)
    }

    /// The sum of the probabilities from an outcome outwards.
    private func tail(from start: Int, by step: Int) -> Double {
        guard (0...trials).contains(start) else { return 0 }
        var term = exp(logProbability(start))
        var (sum, k) = (0.0, start)
        let odds = share / (1 - share)
        while term > sum * 1e-17 {
            sum += term
            let next = k + step
            guard (0...trials).contains(next) else { break }
            term *= step > 0 ? Double(trials - k) / Double(next) * odds : Double(k) / Double(trials - next) / odds
            k = next
        }
        return sum
    }

    private func logProbability(_ k: Int) -> Double {
        var sign: Int32 = 0
        let (n, k) = (Double(trials), Double(k))
        let ways = lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign)
        return ways + k * log(share) + (n - k) * log1p(-share)
    }
}
