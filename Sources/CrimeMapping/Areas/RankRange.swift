import Foundation
import Statistics

/// Which place an area takes among others by its rate, and between which places it may lie when chance is allowed for.
///
/// Each rate gets an exact Poisson interval, so wide that with the confidence given all of them hold at once. Areas whose
/// whole interval lies above that of the one looked at are surely before it; those wholly below are surely behind.
///
/// ## Source
/// Klein, Wright and Wieczorek (2020), *A joint confidence region for an overall ranking of populations*, Journal of the
/// Royal Statistical Society C 69, 589–606, theorem 1; the share of each interval after Šidák (1967).
public struct RankRange: Hashable, Sendable, Encodable {
    /// 1 for the highest rate; equal rates share the better place.
    public let rank: Int
    public let best: Int
    public let worst: Int
    /// How many areas have a rate.
    public let of: Int

    /// - Parameters:
    ///   - place: of the area looked at.
    ///   - counts: per area.
    ///   - exposures: what each is divided by; areas where it is nil or not above 0 are left out.
    /// - Returns: nil where the area looked at is.
    /// - Complexity: O(areas · √count).
    public init?(of place: Int, counts: [Int], exposures: [Double?], confidence: Double = 0.95) {
        func exposure(_ place: Int) -> Double? {
            guard exposures.indices.contains(place), let value = exposures[place], value > 0 else { return nil }
            return value
        }
        let ranked = counts.indices.filter { exposure($0) != nil }
        guard counts.indices.contains(place), let mine = exposure(place) else { return nil }
        // 1 − α of each, where (1 − α)ⁿ is the confidence.
        let each = exp(log(confidence) / Double(max(1, ranked.count)))
        func interval(_ place: Int) -> (low: Double, high: Double)? {
            guard let base = exposure(place), let found = PoissonInterval(count: counts[place], confidence: each) else {
                return nil
            }
            return (found.low / base, found.high / base)
        }
        guard let own = interval(place) else { return nil }
        let rate = Double(counts[place]) / mine
        var (before, surelyBefore, surelyBehind) = (0, 0, 0)
        for other in ranked where other != place {
            guard let base = exposure(other) else { continue }
            if Double(counts[other]) / base > rate { before += 1 }
            guard let theirs = interval(other) else { continue }
            if theirs.low > own.high { surelyBefore += 1 }
            if theirs.high < own.low { surelyBehind += 1 }
        }
        rank = before + 1
        best = surelyBefore + 1
        worst = ranked.count - surelyBehind
        of = ranked.count
    }
}
