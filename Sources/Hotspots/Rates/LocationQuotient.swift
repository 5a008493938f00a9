/// Tells how much larger an area's share of a crime is than its share of a base: of all crime, of the land, of the
/// people.
///
/// (cᵢ/Tᵢ) / (c/T), with cᵢ incidents and a base of Tᵢ in area i, c and T their sums. 1 is what the base leads to
/// expect, 2 twice as much.
///
/// ## Units
/// Counts and bases in any one unit each; the quotient has none.
///
/// ## Example
/// ```swift
/// let result = try LocationQuotient(base: .allCrime).quotients(of: robberies, base: allCrimes)
/// ```
///
/// ## Source
/// Brantingham & Brantingham (1995), *Location Quotients and Crime Hot Spots in the City*.
public struct LocationQuotient: Hashable, Codable, Sendable {
    /// What an area's share is compared with; it does not change the arithmetic, but must be told with the result.
    public enum Base: String, Hashable, Codable, Sendable, CaseIterable {
        case allCrime, area, people
    }

    /// What the base counts.
    public var base: Base

    /// The base is named because a quotient means nothing without it.
    public init(base: Base) { self.base = base }

    /// - Parameters:
    ///   - counts: incidents per area, 0 or more.
    ///   - base: per area, 0 or more, as many.
    /// - Throws: ``HotspotError/columnLengthsDiffer(name:needed:found:)``.
    /// - Complexity: O(*n*).
    public func quotients(of counts: [Double], base bases: [Double]) throws(HotspotError) -> AreaRates {
        let areas = try AreaCounts(counts: counts, bases: bases, baseName: "base")
        guard let overall = areas.overall, overall > 0 else { return AreaRates(areas, overall: nil) { _, _ in nil } }
        return AreaRates(areas, overall: areas.overall) { count, base in count / base / overall }
    }
}
