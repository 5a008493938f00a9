public import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets incidents weigh less the longer ago they happened: 0.5^(age / half-life).
///
/// ## Units
/// Ages and half-life in days, fractions allowed.
///
/// ## Example
/// ```swift
/// let decay = TemporalDecay(halfLifeDays: 30)
/// let recent = try decay.pattern(x: x, y: y, ages: ages, crs: crs)
/// ```
///
/// ## Source
/// Bowers, Johnson & Pease (2004), *Prospective Hot-Spotting*, for weighting by recency; exponential forgetting as in
/// Mohler et al. (2011), doi 10.1198/jasa.2011.ap09546.
public struct TemporalDecay: Hashable, Codable, Sendable {
    /// After how many days a weight has halved.
    public var halfLifeDays: Double

    /// The half-life as given; the methods refuse one that is not above 0.
    public init(halfLifeDays: Double) { self.halfLifeDays = halfLifeDays }

    /// - Parameter ages: days from an incident to the day that is looked from; NaN where it is not known.
    /// - Returns: one weight per age, 1 at age 0; NaN for an age that is not known or below 0 (an incident after the day
    ///   that is looked from), which a pattern drops and counts.
    /// - Throws: ``HotspotError/parameterOutOfRange(name:must:found:)`` for a half-life that is not above 0 and finite.
    /// - Complexity: O(*n*).
    public func weights(ofAges ages: [Double]) throws(HotspotError) -> [Double] {
        guard halfLifeDays > 0, halfLifeDays < .infinity else {
            throw .parameterOutOfRange(name: "half-life", must: "be above 0 days", found: halfLifeDays)
        }
        return ages.map { $0 >= 0 ? exp2(-$0 / halfLifeDays) : .nan }
    }

    /// A pattern of incidents weighted by their ages, times weights of their own where they have some.
    /// - Throws: as ``weights(ofAges:)`` and the initialiser of ``PointPattern``.
    public func pattern(
        x: [Double], y: [Double], ages: [Double], weights: [Double]? = nil, crs: CRS
    ) throws(HotspotError) -> PointPattern {
        guard weights.map({ $0.count == ages.count }) ?? true else {
            throw .columnsDiffer(x: x.count, y: y.count, weights: weights?.count)
        }
        let decayed = try self.weights(ofAges: ages)
        return try PointPattern(
            x: x, y: y, weights: weights.map { zip($0, decayed).map { $0 * $1 } } ?? decayed, crs: crs)
    }
}
