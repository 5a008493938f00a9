/// The interval in which a proportion lies, judged by how often something was seen to happen: Wilson's score interval.
///
/// It stays within 0 and 1, and says something sensible of few trials and of none or all that succeed, where the usual
/// normal interval shrinks to a point.
///
/// ## Source
/// Wilson (1927), *Probable inference, the law of succession, and statistical inference*, Journal of the American
/// Statistical Association 22, 209–212. Newcombe (1998), *Two-sided confidence intervals for the single proportion*,
/// Statistics in Medicine 17, 857–872, method 3.
public struct WilsonInterval: Hashable, Sendable {
    /// At least 0, and exactly 0 where nothing succeeded.
    public let low: Double
    /// At most 1, and exactly 1 where everything succeeded.
    public let high: Double

    /// The two-sided 95 % point of the standard normal distribution.
    public static let z95 = 1.959963984540054

    /// - Parameter z: how many standard errors; 95 % by default.
    /// - Returns: nil where there are no trials, or not 0 to as many successes.
    public init?(successes: Int, of trials: Int, z: Double = z95) {
        guard trials > 0, (0...trials).contains(successes), z.isFinite, z >= 0 else { return nil }
        let (n, square) = (Double(trials), z * z)
        let share = Double(successes) / n
        let centre = (share + square / (2 * n)) / (1 + square / n)
        let reach = z / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        low = successes == 0 ? 0 : max(0, centre - reach)
        high = successes == trials ? 1 : min(1, centre + reach)
    }

    /// The interval of an estimated share whose information is worth so many trials, as those of weighted samples are.
    /// - Parameters:
    ///   - trials: the effective number, which need not be whole.
    ///   - z: how many standard errors; 95 % by default.
    /// - Returns: nil unless the share is 0 to 1 and the trials are above 0.
    public init?(share: Double, effectiveTrials trials: Double, z: Double = z95) {
        guard (0...1).contains(share), trials > 0, trials.isFinite, z.isFinite, z >= 0 else { return nil }
        let square = z * z
        let centre = (share + square / (2 * trials)) / (1 + square / trials)
        let reach =
            z / (1 + square / trials)
            * (share * (1 - share) / trials + square / (4 * trials * trials)).squareRoot()
        low = share == 0 ? 0 : max(0, centre - reach)
        high = share == 1 ? 1 : min(1, centre + reach)
    }

    public func contains(_ proportion: Double) -> Bool { (low...max(low, high)).contains(proportion) }
}
