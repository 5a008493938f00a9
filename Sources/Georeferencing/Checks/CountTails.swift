import Glibc

/// Probabilities of counts at least as large as one that was seen.
enum CountTails {
    /// The chance of `count` or more where counts are negative binomial with this mean and variance; Poisson where the variance
    /// is not above the mean.
    /// - Complexity: O(√variance) about the mean, less in the tail.
    static func negativeBinomial(atLeast count: Int, mean: Double, variance: Double) -> Double {
        guard count > 0 else { return 1 }
        guard mean > 0, mean.isFinite, variance.isFinite else { return 0 }
        let size = variance > mean * (1 + 1e-9) ? mean * mean / (variance - mean) : .infinity
        let start = Double(count)
        // The logarithm of the first term, then each next term by its ratio to the one before.
        let logTerm: Double
        let success: Double
        if size.isFinite {
            success = mean / (mean + size)
            logTerm =
                logGamma(start + size) - logGamma(size) - logGamma(start + 1) + size * log1p(-success)
                + start * log(success)
        } else {
            success = 0
            logTerm = start * log(mean) - mean - logGamma(start + 1)
        }
        return sum(from: start, logTerm: logTerm) { value in
            size.isFinite ? success * (value + size) / (value + 1) : mean / (value + 1)
        }
    }

    /// The chance of `hits` or more in `trials`, each with the same chance.
    static func binomial(atLeast hits: Int, of trials: Int, chance: Double) -> Double {
        guard hits > 0 else { return 1 }
        guard hits <= trials, chance > 0 else { return 0 }
        guard chance < 1 else { return 1 }
        let (start, all) = (Double(hits), Double(trials))
        let logTerm =
            logGamma(all + 1) - logGamma(start + 1) - logGamma(all - start + 1) + start * log(chance)
            + (all - start) * log1p(-chance)
        let odds = chance / (1 - chance)
        return sum(from: start, logTerm: logTerm) { value in (all - value) / (value + 1) * odds }
    }

    private static func sum(from start: Double, logTerm: Double, ratio: (Double) -> Double) -> Double {
        var (value, term, total) = (start, 1.0, 0.0)
        for _ in 0..<1_000_000 where term > 0 {
            total += term
            let next = ratio(value)
            term *= next
            value += 1
            if next < 1, term < total * 1e-15 { break }
        }
        return min(1, exp(logTerm + log(total)))
    }

    /// ln Γ(x) for x > 0, to about 13 digits: Stirling's series from 10 on, the recurrence below.
    static func logGamma(_ value: Double) -> Double {
        var (x, shift) = (value, 0.0)
        while x < 10 {
            shift += log(x)
            x += 1
        }
        let inverse = 1 / (x * x)
        let series =
            (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
        return (x - 0.5) * log(x) - x + 0.5 * log(2 * .pi) + series - shift
    }
}

/// The largest counts of a city as a Pareto tail, which is how counts at places end: a few malls and stations hold hundreds.
///
/// ## Source
/// Rényi (1953): the *j*-th logarithmic spacing of a Pareto sample, times *j*, is exponential with the tail's index; Hill
/// (1975), *A simple general approach to inference about the tail of a distribution*.
struct CountTail {
    /// The largest counts, in descending order.
    private let largest: [Int]
    /// How many of the next counts say how fast the tail falls.
    private static let width = 50

    init(counts: some Sequence<Int>) {
        largest = Array(counts.sorted(by: >).prefix(Self.width * 2))
    }

    /// How often the `rank` largest counts of such a tail stand as far above the next one as they do here.
    ///
    /// - Returns: nil where there are fewer than ten places below.
    func chanceOfGap(below rank: Int) -> Double? {
        guard rank >= 1, largest.count >= rank + 10, largest[rank - 1] > largest[rank] else { return nil }
        let below = largest[rank...].prefix(Self.width)
        guard let least = below.last else { return nil }
        let sum = below.dropLast().reduce(0) { $0 + log(Double($1) / Double(least)) }
        // Places of one incident each have no tail at all; an index above 3 would make too much of a small gap.
        let index = sum > 0 ? min(3, Double(below.count - 1) / sum) : 3
        return exp(-Double(rank) * index * log(Double(largest[rank - 1]) / Double(largest[rank])))
    }
}
