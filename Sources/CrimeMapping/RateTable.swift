import CivilTime
import Hotspots
public import SimpleFeatures

/// Rates by area with what chance makes of them: the job behind `faro rates`.
///
/// Per 100,000 people and year, raw and drawn towards the mean after Marshall, globally and by the neighbours; the limits of a
/// funnel plot around the overall rate; the location quotient.
public struct RateTable {
    public var counts: SupportCounts
    /// What the counts are divided by: `residents by colonia of 2023`.
    public var denominator: String
    /// Months that the counts cover.
    public var months: Double
    /// Counts of all crimes on the same areas, for the location quotient; nil compares with people.
    public var allCrimes: [Double]?
    /// Per area; 0 where the store has no figure.
    public var population: [Double]

    public init(
        _ counts: SupportCounts, population: PopulationSpread.Figures, denominator: String, months: Double,
        allCrimes: SupportCounts? = nil
    ) {
        self.counts = counts
        self.denominator = denominator
        self.months = months
        self.allCrimes = allCrimes.map { $0.units.map(\.weight) }
        self.population = counts.units.map { population.byArea[$0.id] ?? 0 }
    }

    static let columns = [
        "count", "population", "rate_per_100k", "eb_rate_per_100k", "eb_local_rate_per_100k", "location_quotient",
        "funnel_low_95", "funnel_high_95", "funnel_low_998", "funnel_high_998", "funnel",
    ]

    /// A row an area, without values where it has no population.
    /// - Throws: `HotspotError`.
    /// - Complexity: O(areas), and the neighbours' as ``SpatialWeights``.
    public func table(_ members: [Property] = []) throws -> FeatureTable {
        let values = counts.units.map(\.weight)
        let yearly = 100_000 * 12 / months
        let rates = try RatePer100k(months: months).rates(of: values, population: population)
        let bayes = try EmpiricalBayes().rates(of: values, population: population)
        let weights = try SpatialWeights(.queen(), of: counts.units.map(\.outline))
        let neighbours = (0..<weights.count).map { unit in
            weights.neighbours[weights.starts[unit]..<weights.starts[unit + 1]].map(Int.init)
        }
        let local = try EmpiricalBayes().rates(of: values, population: population, neighbours: neighbours)
        let funnel = try FunnelLimits().limits(of: values, population: population)
        let base = LocationQuotient(base: allCrimes == nil ? .people : .allCrime)
        let quotients = try base.quotients(of: values, base: allCrimes ?? population)
        func number(_ value: Double?, _ scale: Double = 1) -> PropertyValue {
            value.map { .number($0 * scale) } ?? .null
        }
        let own = [
            Property("method", .text("rates")), Property("denominator", .text(denominator)),
            Property("months", .number(months)), Property("rate_per_100k", number(rates.overall)),
            Property("areas_without_population", .integer(Int64(rates.leftOut))),
            Property("location_quotient_base", .text(base.base.rawValue)),
            Property("empirical_bayes", .text("Marshall, global and by queen neighbours")),
            Property("funnel", .text("exact Poisson limits around the overall rate")),
        ]
        var table = counts.table(Self.columns, members: own + counts.members + members) { unit in
            let area = funnel.areas[unit]
            return [
                .number(values[unit]), population[unit] > 0 ? .number(population[unit]) : .null,
                number(rates.values[unit]),
                number(bayes.rates[unit], yearly), number(local.rates[unit], yearly), number(quotients.values[unit]),
                number(area?.inner.lowerBound, yearly), number(area?.inner.upperBound, yearly),
                number(area?.outer.lowerBound, yearly), number(area?.outer.upperBound, yearly),
                area.map { .text($0.position.rawValue) } ?? .null,
            ]
        }
        table.style = .init(
            .amounts(rates.values.map { $0 ?? .nan }), spanish: "por 100,000 (\(denominator))",
            english: "per 100,000 (\(denominator))")
        return table
    }

    /// What a person is told, a line each.
    public var account: [String] {
        let people = population.reduce(0, +)
        let total = counts.units.reduce(0) { $0 + $1.weight }
        var lines = [
            "rates on \(counts.units.count) areas per 100,000 of \(denominator) and year",
            "  incidents    \(counts.counted) counted, \(counts.outside) outside; \((months * 10).rounded() / 10) months",
        ]
        if people > 0 {
            lines.append(
                "  overall      \((total / people * 100_000 * 12 / months * 100).rounded() / 100) per 100,000 and year of \(Int64(people))"
            )
        }
        let without = population.count { $0 <= 0 }
        if without > 0 { lines.append("  without      \(without) areas have no figure, and no rate") }
        return lines
    }

    public var explanation: Explanation {
        Explanation(
            spanish: """
                Las tasas son incidentes por 100,000 de \(denominator) y año, r = c/P · 100,000 · 12/m. Las suavizadas siguen el estimador bayesiano \
                empírico de Marshall (1991, Applied Statistics 40): r̂ᵢ = wᵢrᵢ + (1 − wᵢ)m, wᵢ = s²/(s² + m/Pᵢ), con s² negativa llevada a 0; la local toma m y \
                s² de las áreas contiguas (reina). Los límites del embudo (Spiegelhalter 2005) al 95 y 99.8 % son de Poisson exactos. El cociente de \
                localización es (cᵢ/Tᵢ)/(c/T), con base \(allCrimes == nil ? "en personas" : "en todos los delitos").
                """,
            english: """
                Rates are incidents per 100,000 of \(denominator) and year, r = c/P · 100,000 · 12/m. Smoothed rates follow Marshall's empirical \
                Bayes estimator (1991, Applied Statistics 40): r̂ᵢ = wᵢrᵢ + (1 − wᵢ)m, wᵢ = s²/(s² + m/Pᵢ), a negative s² set to 0; the local form takes m and \
                s² from contiguous areas (queen). Funnel limits (Spiegelhalter 2005) at 95 and 99.8 % are exact Poisson ones. The location quotient \
                is (cᵢ/Tᵢ)/(c/T), based on \(allCrimes == nil ? "people" : "all crimes").
                """)
    }
}

extension IncidentSelection {
    /// How many months the selected incidents cover, from the filter's first day to its last, or from the first incident's to
    /// the last's; nil where nothing is selected.
    public var months: Double? {
        days.map { Double($0.upperBound.daysSince1970 - $0.lowerBound.daysSince1970 + 1) / (365.2425 / 12) }
    }
}
