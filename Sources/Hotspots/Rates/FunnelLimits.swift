import Statistics

/// Tells which areas' rates are further from the overall rate than chance would take areas of their size: a funnel
/// plot.
///
/// Limits hold 95 % and 99.8 % of the rates that areas of a size would show if all had the overall rate. `exact` takes
/// the Poisson distribution's quantiles, with the interpolation that makes the limits smooth; `normal` its
/// approximation, m ± z·√(m/P), cut at 0.
///
/// ## Units
/// Rates and limits in incidents per unit of the base (per person).
///
/// ## Example
/// ```swift
/// let funnel = try FunnelLimits().limits(of: homicides, population: people)
/// ```
///
/// ## Source
/// Spiegelhalter (2005), *Funnel plots for comparing institutional performance*, Statistics in Medicine 24, 1185–1202,
/// appendix A.1.
public struct FunnelLimits: Hashable, Codable, Sendable {
    public enum Method: String, Hashable, Codable, Sendable, CaseIterable {
        case exact, normal
    }

    /// How the limits are computed.
    public var method: Method
    /// The rate that all are compared with; nil for that of all incidents over the whole population.
    public var target: Double?

    /// Exact limits around the overall rate unless told otherwise.
    public init(method: Method = .exact, target: Double? = nil) {
        self.method = method
        self.target = target
    }

    /// Where an area's rate lies among its limits.
    public enum Position: String, Hashable, Codable, Sendable, CaseIterable {
        case belowOuter, belowInner, within, aboveInner, aboveOuter
    }

    /// - Parameters:
    ///   - counts: incidents per area, 0 or more.
    ///   - population: people per area, as many.
    /// - Throws: ``HotspotError/columnLengthsDiffer(name:needed:found:)``,
    ///   ``HotspotError/numberOutOfRange(name:must:found:)`` for a target that is negative or not finite.
    /// - Complexity: O(*n* · √*c*) with *c* the expected counts.
    public func limits(of counts: [Double], population: [Double]) throws(HotspotError) -> FunnelResult {
        if let target, !(target >= 0 && target <= 1e100) {
            throw .numberOutOfRange(name: "target rate", must: "0 or more and finite", found: target)
        }
        let areas = try AreaCounts(counts: counts, bases: population, baseName: "population")
        let target = target ?? areas.overall
        let limits: [FunnelResult.Area?] = areas.areas.map { area in
            guard let area, let target else { return nil }
            return FunnelResult.Area(
                rate: area.count / area.base, inner: pair(0.025, target: target, base: area.base),
                outer: pair(0.001, target: target, base: area.base))
        }
        return FunnelResult(method: self, target: target, areas: limits)
    }

    /// The limits that leave the share out on either side.
    private func pair(_ share: Double, target: Double, base: Double) -> ClosedRange<Double> {
        let low = max(0, limit(share, target: target, base: base))
        return low...max(low, limit(1 - share, target: target, base: base))
    }

    private func limit(_ share: Double, target: Double, base: Double) -> Double {
        let expected = target * base
        guard expected > 0 else { return 0 }
        // Beyond the means that the distribution takes, the two methods agree to five digits.
        guard method == .exact, let poisson = PoissonDistribution(mean: expected),
            let quantile = poisson.quantile(of: share)
        else { return target + NormalDistribution.quantile(of: share) * (target / base).squareRoot() }
        let (reached, probability) = (poisson.cumulative(quantile), poisson.probability(of: quantile))
        let excess = probability > 0 ? (reached - share) / probability : 0
        return (Double(quantile) - excess) / base
    }
}

/// The funnel's limits around each area's rate.
public struct FunnelResult: Hashable, Sendable {
    /// One area among its limits.
    public struct Area: Hashable, Sendable {
        /// In incidents per person.
        public let rate: Double
        /// Holds 95 % of the rates that chance makes.
        public let inner: ClosedRange<Double>
        /// Holds 99.8 % of them.
        public let outer: ClosedRange<Double>

        /// On a limit counts as within it.
        public var position: FunnelLimits.Position {
            if rate < outer.lowerBound { return .belowOuter }
            if rate > outer.upperBound { return .aboveOuter }
            if rate < inner.lowerBound { return .belowInner }
            return rate > inner.upperBound ? .aboveInner : .within
        }
    }

    /// The parameters it was made with.
    public let method: FunnelLimits
    /// The rate compared with; nil where no area can be used.
    public let target: Double?
    /// Per area; nil where the count or the population cannot be used.
    public let areas: [Area?]
}
