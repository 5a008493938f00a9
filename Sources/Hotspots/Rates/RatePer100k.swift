/// Rates of incidents per 100,000 people and year.
///
/// r = c/P · 100,000 · 12/months, so that half a year's count is told as a year's. Rates of areas are never added: the
/// overall rate is that of all incidents over all people.
///
/// ## Example
/// ```swift
/// let rates = try RatePer100k(months: 6).rates(of: burglaries, population: people)
/// ```
///
/// ## Source
/// The practice of Mexico's SESNSP and of UNODC (*International Classification of Crime for Statistical Purposes*).
public struct RatePer100k: Hashable, Codable, Sendable {
    /// How many months the counts cover.
    public var months: Double

    /// A year unless told otherwise; ``rates(of:population:)`` refuses what is not above 0.
    public init(months: Double = 12) { self.months = months }

    /// - Parameters:
    ///   - counts: incidents per area, 0 or more.
    ///   - population: people per area, as many; nil comes of areas without people.
    /// - Throws: ``HotspotError/columnLengthsDiffer(name:needed:found:)``,
    ///   ``HotspotError/numberOutOfRange(name:must:found:)``.
    /// - Complexity: O(*n*).
    public func rates(of counts: [Double], population: [Double]) throws(HotspotError) -> AreaRates {
        guard months >= 1e-6, months <= 1e6 else {
            throw .numberOutOfRange(name: "number of months", must: "0.000001 to 1,000,000", found: months)
        }
        let areas = try AreaCounts(counts: counts, bases: population, baseName: "population")
        let scale = 100_000 * 12 / months
        return AreaRates(areas, overall: areas.overall.map { $0 * scale }) { $0 / $1 * scale }
    }
}
