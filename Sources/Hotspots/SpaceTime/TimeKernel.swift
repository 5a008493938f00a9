#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How an incident's weight is spread over time. Each integrates to 1 over all days; *h* is the bandwidth, *d* the days
/// between the incident and the moment looked at.
public enum TimeKernel: String, Hashable, Codable, Sendable, CaseIterable {
    /// 1/(2h) for |d| < h.
    case uniform
    /// 3/(4h) · (1 − d²/h²) for |d| < h.
    case epanechnikov
    /// 15/(16h) · (1 − d²/h²)² for |d| < h.
    case quartic
    /// 1/h · exp(−d/h) from the incident on: only the past counts, as for a forecast. Cut at 30h, where e⁻³⁰ is left.
    case exponential

    /// The weight per day at a moment so many days after the incident; negative before it.
    public func weight(daysAfter days: Double, bandwidth: Double) -> Double {
        let share = days / bandwidth
        switch self {
        case .uniform: return abs(share) < 1 ? 1 / (2 * bandwidth) : 0
        case .epanechnikov: return abs(share) < 1 ? 0.75 * (1 - share * share) / bandwidth : 0
        case .quartic:
            let rest = 1 - share * share
            return abs(share) < 1 ? 15.0 / 16 * rest * rest / bandwidth : 0
        case .exponential: return share >= 0 && share <= 30 ? exp(-share) / bandwidth : 0
        }
    }
}
