import Foundation
import Statistics

/// Ranks areas and says how sure each rank is.
///
/// An area's rank is 1 more than the number of areas with a smaller value, so that equal areas share a rank. Its range runs from 1
/// more than the areas that are surely smaller to all but those that are surely greater, each pair tested so that the whole
/// range holds the true rank 19 times out of 20.
///
/// ## Values
/// - Rates are compared by their roots, whose variance is 1/(4P) whatever the rate (Anscombe's 3/8 added to the counts);
/// - changes by the logarithm of the ratio, ½ added to both counts, with the variance 1/a + 1/b.
///
/// ## Example
/// ```swift
/// let ranks = AreaRanking.ofRates(counts: [30, 12, 9], population: [100_000, 90_000, 20_000])
/// ```
///
/// ## Source
/// Mogstad, Romano, Shaikh & Wilhelm (2024), *Inference for ranks with applications to mobility across neighbourhoods and
/// academic achievement across countries*, Review of Economic Studies 91, 476–518, marginal confidence sets; pairs by
/// Bonferroni. Anscombe (1948), *The transformation of Poisson, binomial and negative-binomial data*, Biometrika 35.
public struct AreaRanking: Hashable, Sendable {
    /// One area's place.
    public struct Place: Hashable, Sendable {
        /// 1 is the least value: with crimes the best.
        public var rank: Int
        /// Ranks that the data do not rule out.
        public var range: ClosedRange<Int>

        public init(rank: Int, range: ClosedRange<Int>) {
            self.rank = rank
            self.range = range
        }
    }

    /// By area; nil where it has no value.
    public let places: [Place?]
    /// How many areas are ranked.
    public let count: Int

    /// By counts over population; areas without either are not ranked.
    /// - Complexity: O(*n*²) and little for each pair.
    public static func ofRates(counts: [Int?], population: [Double?]) -> AreaRanking {
        let values = zip(counts, population).map { count, people -> (order: Double, value: Double, variance: Double)? in
            guard let count, let people, count >= 0, people > 0, people.isFinite else { return nil }
            return (
                Double(count) / people, ((Double(count) + 0.375) / people).squareRoot(), 1 / (4 * people)
            )
        }
        return AreaRanking(values)
    }

    /// By how much counts have grown, least first: the greatest fall has rank 1.
    /// - Complexity: O(*n*²).
    public static func ofChanges(from: [Int?], to: [Int?]) -> AreaRanking {
        let values = zip(from, to).map { from, to -> (order: Double, value: Double, variance: Double)? in
            guard let from, let to, from >= 0, to >= 0 else { return nil }
            let ratio = (Double(to) + 0.5) / (Double(from) + 0.5)
            return (ratio, log(ratio), 1 / (Double(to) + 0.5) + 1 / (Double(from) + 0.5))
        }
        return AreaRanking(values)
    }

    private init(_ values: [(order: Double, value: Double, variance: Double)?]) {
        let known = values.compactMap { $0 }
        count = known.count
        let pairs = Double(max(1, known.count - 1))
        let limit = NormalDistribution.quantile(of: 1 - 0.025 / pairs)
        places = values.map { value in
            guard let value else { return nil }
            var (smaller, surelySmaller, surelyGreater) = (0, 0, 0)
            for other in known {
                if other.order < value.order { smaller += 1 }
                let z = (value.value - other.value) / (value.variance + other.variance).squareRoot()
                if z > limit { surelySmaller += 1 } else if z < -limit { surelyGreater += 1 }
            }
            let rank = smaller + 1
            return Place(
                rank: rank, range: min(rank, surelySmaller + 1)...max(rank, known.count - surelyGreater))
        }
    }
}
