import Statistics

/// Whether crime fell more where something was done than where nothing was, counting what moved next door: the weighted
/// displacement difference.
///
/// The change in the treated area less the change in a control area like it, plus the same for the rings around both,
/// into which crime may have moved. Negative is good: so many incidents fewer than without the treatment. Counts are
/// taken to be Poisson, so that the variance is their sum.
///
/// ## Units
/// Counts of incidents over periods of equal length; weights make up for areas or periods that are not alike.
///
/// ## Example
/// ```swift
/// let test = WeightedDisplacementDifference(treated: .init(100, 80), control: .init(100, 90))
/// test?.difference  // −10
/// test?.standardError  // 19.24
/// ```
///
/// ## Source
/// Wheeler & Ratcliffe (2018), *A simple weighted displacement difference test to evaluate place based crime
/// interventions*, Crime Science 7, 11, doi 10.1186/s40163-018-0085-5.
public struct WeightedDisplacementDifference: Hashable, Sendable {
    /// Incidents in an area before and after.
    public struct Counts: Hashable, Codable, Sendable {
        public var before: Int
        public var after: Int
        /// What a count is multiplied by; 1 unless areas or periods differ.
        public var weight: Double

        public init(_ before: Int, _ after: Int, weight: Double = 1) {
            self.before = before
            self.after = after
            self.weight = weight
        }

        var change: Double { weight * (Double(after) - Double(before)) }
        var variance: Double { weight * weight * (Double(before) + Double(after)) }
        var isUsable: Bool { before >= 0 && after >= 0 && weight > 0 && weight <= 1e6 }
    }

    public let treated: Counts
    public let control: Counts
    /// The rings around both; nil where displacement is not looked at.
    public let treatedRing: Counts?
    public let controlRing: Counts?
    /// Incidents more than expected; negative where the treatment helped.
    public let difference: Double
    public let standardError: Double
    /// ``difference`` / ``standardError``; 0 where nothing happened at all.
    public let z: Double
    /// Two-sided.
    public let p: Double
    /// In which the difference lies with a confidence of 95 %.
    public let interval: ClosedRange<Double>

    /// - Returns: nil for counts below 0 and for weights that are not above 0 and at most a million.
    public init?(treated: Counts, control: Counts, treatedRing: Counts? = nil, controlRing: Counts? = nil) {
        let plus = [treated, treatedRing].compactMap { $0 }
        let minus = [control, controlRing].compactMap { $0 }
        guard (plus + minus).allSatisfy(\.isUsable) else { return nil }
        (self.treated, self.control) = (treated, control)
        (self.treatedRing, self.controlRing) = (treatedRing, controlRing)
        difference = plus.reduce(0) { $0 + $1.change } - minus.reduce(0) { $0 + $1.change }
        standardError = (plus + minus).reduce(0) { $0 + $1.variance }.squareRoot()
        z = standardError > 0 ? difference / standardError : 0
        p = NormalDistribution.twoSidedP(z)
        let reach = WilsonInterval.z95 * standardError
        interval = difference - reach...difference + reach
    }

    /// How much smaller the treated area's share of change is counted in percent of what is expected without treatment:
    /// its count before plus the control's change. Nil where that is not above 0.
    public var percent: Double? {
        let expected = treated.weight * Double(treated.before) + control.change
        return expected > 0 ? 100 * (treated.change - control.change) / expected : nil
    }

    /// Why the counts are too small to say anything; nil where they are not.
    ///
    /// If not even the end of all crime in the treated area would differ from no effect, no smaller effect can.
    public var warning: String? {
        let most = treated.weight * Double(treated.before)
        let reach = WilsonInterval.z95 * standardError
        guard most < reach else { return nil }
        let needed = (reach * 10).rounded(.up) / 10
        return "too few incidents to say anything: a difference below \(needed) cannot be told from chance, and only "
            + "\(treated.before) happened in the treated area before"
    }
}
