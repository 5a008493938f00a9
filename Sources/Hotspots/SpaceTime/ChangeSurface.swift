public import Statistics

/// Where incidents became more or fewer from one period to another, unit by unit, each change tested.
///
/// The units are cells or areas. Each pair of counts is compared by the E-test of two Poisson means, with the lengths of
/// the periods as exposures, and false discoveries are controlled over all units where something happened. With a common
/// factor, the change of each unit is judged against that of the whole.
///
/// ## Units
/// Counts; exposures in any unit, the same for both (days). Percent against the count expected from before.
///
/// ## Example
/// ```swift
/// let change = try ChangeSurface(exposures: .init(before: 365, after: 366)).changes(before: last, after: this)
/// ```
///
/// ## Source
/// Krishnamoorthy & Thomson (2004), Journal of Statistical Planning and Inference 119, 23–35; Wheeler (2016),
/// International Journal of Police Science & Management 18, 159–172; Benjamini & Hochberg (1995).
public struct ChangeSurface: Hashable, Codable, Sendable {
    /// How long each period is.
    public struct Exposures: Hashable, Codable, Sendable {
        public var before: Double
        public var after: Double

        public init(before: Double = 1, after: Double = 1) {
            self.before = before
            self.after = after
        }
    }

    public var exposures: Exposures
    /// Whether a unit is compared with the change of all units together instead of with no change.
    public var relative: Bool
    public var correction: FalseDiscovery

    /// All parameters as given; exposures out of range are refused where they are used.
    public init(
        exposures: Exposures = Exposures(), relative: Bool = false, correction: FalseDiscovery = .benjaminiHochberg
    ) {
        self.exposures = exposures
        self.relative = relative
        self.correction = correction
    }

    /// One unit's change.
    public struct Change: Hashable, Sendable {
        public let before: Int
        public let after: Int
        /// What the count before leads to expect after: times the ratio of the exposures, and of the totals if relative.
        public let expected: Double
        /// ``after`` less ``expected``.
        public let difference: Double
        /// 100 · difference / expected; nil where nothing happened before, since no percentage leads from zero.
        public let percent: Double?
        /// 2(√after − √expected).
        public let z: Double
        /// Of the E-test, two-sided; NaN where nothing happened in either period.
        public let p: Double
        /// p adjusted for the number of units tested.
        public let q: Double

        /// Rising or falling at a level of the adjusted probability; 0 where neither.
        public func direction(at level: Double) -> Int {
            q <= level ? (difference > 0 ? 1 : difference < 0 ? -1 : 0) : 0
        }
    }

    /// - Parameters:
    ///   - before: one count per unit.
    ///   - after: as many.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)`` for a
    ///   count below 0 or above 10⁹, ``HotspotError/numberOutOfRange(name:must:found:)`` for exposures,
    ///   ``HotspotError/noWeight(method:)`` where a relative change has nothing to be relative to.
    /// - Complexity: O(*n* log *n*), and O(√*c*) for each different pair of counts of *c*.
    public func changes(before: [Int], after: [Int]) throws(HotspotError) -> [Change] {
        guard before.count == after.count else { throw .valuesDiffer(units: before.count, values: after.count) }
        for (unit, count) in zip(before, after).enumerated() {
            for count in [count.0, count.1] where !(0...PoissonETest.greatestCount).contains(count) {
                throw .valueNotUsable(
                    unit: unit, value: Double(count), needed: "counts of 0 to \(PoissonETest.greatestCount)")
            }
        }
        let factor = try factor(before, after)
        var known: [[Int]: Double] = [:]
        let p = zip(before, after).map { before, after -> Double in
            guard before + after > 0 else { return .nan }
            if let p = known[[before, after]] { return p }
            let p = PoissonETest(after, before, exposures: (factor, 1))?.p ?? .nan
            known[[before, after]] = p
            return p
        }
        let q = correction.adjusted(p)
        return before.indices.map { unit in
            let expected = Double(before[unit]) * factor
            let difference = Double(after[unit]) - expected
            return Change(
                before: before[unit], after: after[unit], expected: expected, difference: difference,
                percent: before[unit] > 0 ? 100 * difference / expected : nil,
                z: 2 * (Double(after[unit]).squareRoot() - expected.squareRoot()), p: p[unit], q: q[unit])
        }
    }

    /// What a count before is multiplied by to be compared with one after.
    private func factor(_ before: [Int], _ after: [Int]) throws(HotspotError) -> Double {
        var ratio = exposures.after / exposures.before
        if relative {
            let sums = (before.reduce(0.0) { $0 + Double($1) }, after.reduce(0.0) { $0 + Double($1) })
            guard sums.0 > 0, sums.1 > 0 else { throw .noWeight(method: "a relative change") }
            ratio = sums.1 / sums.0
        }
        guard exposures.before > 0, exposures.after > 0, ratio >= 1e-9, ratio <= 1e9 else {
            throw .numberOutOfRange(name: "ratio of the periods' lengths", must: "10⁻⁹ to 10⁹", found: ratio)
        }
        return ratio
    }
}
