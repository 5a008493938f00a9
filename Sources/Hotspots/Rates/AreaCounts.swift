import Statistics

/// Counts and what they are divided by, area by area; unusable areas are told apart and left out of all sums.
struct AreaCounts {
    /// (count, base) with a finite count of at least 0 and a finite base above 0; nil for other areas.
    let areas: [(count: Double, base: Double)?]
    let count: Double
    let base: Double

    init(counts: [Double], bases: [Double], baseName: String) throws(HotspotError) {
        guard counts.count == bases.count else {
            throw .columnLengthsDiffer(name: baseName, needed: counts.count, found: bases.count)
        }
        var (count, base) = (CompensatedSum(), CompensatedSum())
        areas = zip(counts, bases).map { areaCount, areaBase in
            // Beyond these bounds quotients and squares could leave the range of numbers.
            guard areaCount >= 0, areaCount <= 1e100, areaBase >= 1e-100, areaBase <= 1e100 else { return nil }
            count.add(areaCount)
            base.add(areaBase)
            return (areaCount, areaBase)
        }
        (self.count, self.base) = (count.value, base.value)
    }

    /// All incidents over the whole base; nil where no area is usable.
    var overall: Double? { base > 0 ? count / base : nil }
}

/// A rate or a quotient per area.
public struct AreaRates: Hashable, Sendable {
    /// Per area; nil where the count or the base cannot be used (a base of 0, a negative or missing number).
    public let values: [Double?]
    /// All incidents over the whole base, in the unit of the values (for quotients: incidents per unit of the base);
    /// nil where no area can be used.
    public let overall: Double?
    /// Areas without a value.
    public let leftOut: Int
    /// Incidents in the areas with a usable base.
    public let incidents: Double
    /// The base of these areas.
    public let base: Double

    init(_ areas: AreaCounts, overall: Double?, _ value: (_ count: Double, _ base: Double) -> Double?) {
        values = areas.areas.map { $0.flatMap { value($0.count, $0.base) } }
        leftOut = values.count { $0 == nil }
        self.overall = overall
        (incidents, base) = (areas.count, areas.base)
    }
}
