import Statistics

/// Draws the rates of small areas towards the mean, the more the fewer people live there.
///
/// r̂ᵢ = wᵢrᵢ + (1 − wᵢ)m with wᵢ = s²/(s² + m/Pᵢ), where m is the overall rate and s² = ΣPᵢ(rᵢ − m)²/ΣP − m/P̄ the
/// variance between areas that chance does not explain. Where chance explains all (a negative s²), s² is 0, and each
/// area gets m. The local form takes m and s² from an area and its neighbours.
///
/// ## Units
/// Rates in incidents per person; multiply by 100,000 to print them.
///
/// ## Example
/// ```swift
/// let smoothed = try EmpiricalBayes().rates(of: homicides, population: people)
/// ```
///
/// ## Source
/// Marshall (1991), *Mapping Disease and Mortality Rates Using Empirical Bayes Estimators*, Applied Statistics 40,
/// 283–294. The clamp at 0 is Marshall's; PySAL's esda leaves it out in the global form.
public struct EmpiricalBayes: Hashable, Codable, Sendable {
    /// The parameters of the prior that an area's rate was drawn towards.
    public struct Prior: Hashable, Sendable {
        /// The mean rate m, in incidents per person.
        public let mean: Double
        /// The variance s² of the true rates, at least 0.
        public let variance: Double
        /// Whether the estimate of the variance was negative, and so set to 0.
        public let isClamped: Bool
    }

    /// The method has no parameters: whether it is global or local is told by the entry that is called.
    public init() {}

    /// The global form: one prior for all areas.
    /// - Parameters:
    ///   - counts: incidents per area, 0 or more.
    ///   - population: people per area, as many.
    /// - Throws: ``HotspotError/columnLengthsDiffer(name:needed:found:)``.
    /// - Complexity: O(*n*).
    public func rates(of counts: [Double], population: [Double]) throws(HotspotError) -> EmpiricalBayesResult {
        let areas = try AreaCounts(counts: counts, bases: population, baseName: "population")
        let prior = Self.prior(of: areas.areas)
        return EmpiricalBayesResult(areas.areas, priors: areas.areas.map { _ in prior })
    }

    /// The local form: a prior per area, of itself and its neighbours.
    /// - Parameter neighbours: per area the numbers of its neighbours; itself and repetitions are passed over. An area
    ///   without neighbours keeps its own rate.
    /// - Throws: ``HotspotError/columnLengthsDiffer(name:needed:found:)``,
    ///   ``HotspotError/unknownNeighbour(area:neighbour:areas:)``.
    /// - Complexity: O(*n* + neighbours).
    public func rates(
        of counts: [Double], population: [Double], neighbours: [[Int]]
    ) throws(HotspotError) -> EmpiricalBayesResult {
        let areas = try AreaCounts(counts: counts, bases: population, baseName: "population").areas
        guard neighbours.count == areas.count else {
            throw .columnLengthsDiffer(name: "neighbours", needed: areas.count, found: neighbours.count)
        }
        var priors: [Prior?] = []
        for (area, others) in neighbours.enumerated() {
            if let other = others.first(where: { !areas.indices.contains($0) }) {
                throw .unknownNeighbour(area: area, neighbour: other, areas: areas.count)
            }
            // In ascending order, so that the sums do not depend on how the list was made.
            priors.append(Self.prior(of: Set(others + [area]).sorted().map { areas[$0] }))
        }
        return EmpiricalBayesResult(areas, priors: priors)
    }

    private static func prior(of areas: [(count: Double, base: Double)?]) -> Prior? {
        let usable = areas.compactMap { $0 }
        var (count, base, squares) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for area in usable {
            count.add(area.count)
            base.add(area.base)
        }
        guard base.value > 0 else { return nil }
        let mean = count.value / base.value
        for area in usable {
            let deviation = area.count / area.base - mean
            squares.add(area.base * deviation * deviation)
        }
        let variance = squares.value / base.value - mean / (base.value / Double(usable.count))
        return Prior(mean: mean, variance: max(0, variance), isClamped: variance < 0)
    }
}

/// Smoothed rates, with what each was drawn towards and how far.
public struct EmpiricalBayesResult: Hashable, Sendable {
    /// Per area, in incidents per person; nil where the count or the population cannot be used.
    public let rates: [Double?]
    /// Per area, the weight wᵢ of its own rate: 1 keeps it, 0 replaces it by the mean.
    public let weights: [Double?]
    /// Per area, the prior that was used; the same for all in the global form.
    public let priors: [EmpiricalBayes.Prior?]
    /// Areas without a rate.
    public let leftOut: Int

    init(_ areas: [(count: Double, base: Double)?], priors: [EmpiricalBayes.Prior?]) {
        let weights: [Double?] = zip(areas, priors).map { area, prior in
            guard let area, let prior else { return nil }
            // Nothing happened anywhere: any weight gives the rate 0.
            guard prior.mean > 0 else { return 0 }
            return prior.variance / (prior.variance + prior.mean / area.base)
        }
        rates = areas.indices.map { index in
            guard let area = areas[index], let prior = priors[index], let weight = weights[index] else { return nil }
            return weight * (area.count / area.base) + (1 - weight) * prior.mean
        }
        self.weights = weights
        self.priors = priors
        leftOut = rates.count { $0 == nil }
    }
}
