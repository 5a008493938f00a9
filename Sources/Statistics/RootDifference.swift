/// How far two counts lie apart, in standard errors: z = 2(√a − √b).
///
/// The square root of a Poisson count has a variance of about ¼ whatever its mean, so that the difference of two roots,
/// times √2, would be a standard normal score. This form takes √2 more: it is the score of a count against a *known*
/// level *b*. Between two periods, both of which vary, scores beyond ±2 are therefore common, and a change is called
/// notable from ±3 on, as published: about 2.1 standard errors of the difference.
///
/// ## Example
/// ```swift
/// RootDifference(9, 4)?.z  // 2
/// ```
///
/// ## Source
/// Wheeler (2016), *Tables and graphs for monitoring temporal crime trends: Translating theory into practical crime
/// analysis advice*, International Journal of Police Science & Management 18, 159–172.
public struct RootDifference: Hashable, Sendable {
    /// Positive where the first count is greater.
    public let z: Double

    /// Scores at least as far from 0 are called notable.
    public static let notableScore = 3.0

    /// - Returns: nil for negative counts.
    public init?(_ first: Int, _ second: Int) {
        guard first >= 0, second >= 0 else { return nil }
        z = 2 * (Double(first).squareRoot() - Double(second).squareRoot())
    }

    /// Whether the score reaches ±3.
    public var isNotable: Bool { abs(z) >= Self.notableScore }
}
