public import Statistics

/// Finds where a unit and its neighbours are alike, and where a unit stands out among them.
///
/// *Iᵢ* = (*zᵢ* / *m₂*) Σ*wᵢⱼzⱼ*, with *z* the values less their mean and *m₂* = Σ*z²* / (*n* − 1) (or *n*). Whether it is
/// more than chance is told by dealing the other values to the neighbours at random. A unit without neighbours has no
/// result, and a unit is never its own neighbour.
///
/// ## Units
/// Values in any unit, the same for all. For rates of rare events in areas of unlike population use
/// ``associations(ofEvents:populations:weights:threads:progress:)``, or chance in small areas will pass for a pattern.
///
/// ## Example
/// ```swift
/// let weights = try SpatialWeights(.queen(), of: colonias, scaling: .rowStandardised)
/// let result = try LocalMoran().associations(of: counts, weights: weights)
/// ```
///
/// ## Source
/// Anselin (1995), *Local Indicators of Spatial Association – LISA*, Geographical Analysis 27, 93–115; moments as in
/// Sokal, Oden & Thomson (1998), *Local spatial autocorrelation in a biological model*, ibid. 30, 331–354.
public struct LocalMoran: Hashable, Codable, Sendable {
    public enum Inference: Hashable, Codable, Sendable {
        /// By dealing the other values to the neighbours at random.
        case permutation(Permutations)
        /// By the mean and variance of such deals, taking them as normal: poor with few neighbours or skewed values.
        case randomisation
    }

    /// What the sum of squares is divided by.
    public enum Divisor: String, Hashable, Codable, Sendable, CaseIterable {
        case unitsLessOne
        case units
    }

    public var inference: Inference
    public var divisor: Divisor
    /// How p-values are adjusted for the number of units tested; nil to class by p itself.
    public var correction: FalseDiscovery?
    /// The greatest q (or p) of a unit that is given to a class.
    public var level: Double

    public init(
        inference: Inference = .permutation(Permutations()), divisor: Divisor = .unitsLessOne,
        correction: FalseDiscovery? = .benjaminiHochberg, level: Double = 0.05
    ) {
        self.inference = inference
        self.divisor = divisor
        self.correction = correction
        self.level = level
    }

    /// - Parameters:
    ///   - values: one per unit, finite.
    ///   - weights: row-standardised ones are usual; others only scale *I*, where a unit's neighbours count alike.
    ///   - threads: how many may work at once; nil for one per active processor. The results do not depend on it.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/tooFewUnits(needed:found:)``, ``HotspotError/noVariation(_:)``, ``HotspotError/noNeighbours(units:)``,
    ///   ``HotspotError/permutationsOutOfRange(_:)``, ``HotspotError/tooManyDraws(limit:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n* + *l*) with *l* links; with *M* permutations O(*n* log *M*) more where a unit's neighbours
    ///   count alike, O(*lM*) where they do not.
    public func associations(
        of values: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> LocalMoranResult {
        let centred = try CentredValues(values, units: weights.count, atLeast: 3)
        let weights = weights.includingSelf(false)
        guard weights.islands.count < weights.count else { throw .noNeighbours(units: weights.count) }
        let rows = (0..<weights.count).map { LocalRow($0, weights, centred.values) }
        let scores = rows.indices.map { score(of: $0, rows[$0], centred) }
        let p: [Double]
        switch inference {
        case .permutation(let permutations):
            p = try ConditionalPermutations.p(
                rows, weights, centred.values, permutations, threads: threads, progress: progress)
        case .randomisation: p = scores.map { $0.isNaN ? .nan : NormalDistribution.twoSidedP($0) }
        }
        return LocalMoranResult(method: self, weights: weights, centred: centred, rows: rows, scores: scores, p: p)
    }

    /// Of rates, each told apart from the overall rate by as much as its population lets it be.
    ///
    /// A rate is taken less the overall rate *b*, and divided by √(*a* + *b*/*Pᵢ*): *a* is the variance between areas,
    /// 0 where chance alone explains more than all of it.
    ///
    /// - Parameters:
    ///   - events: one number per area, 0 or more.
    ///   - populations: people at risk, more than 0.
    /// - Throws: as for values.
    ///
    /// ## Source
    /// Assunção & Reis (1999), *A new proposal to adjust Moran's I for population density*, Statistics in Medicine 18,
    /// 2147–2162.
    public func associations(
        ofEvents events: [Double], populations: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> LocalMoranResult {
        let rates = try StandardisedRates(events: events, populations: populations).values
        return try associations(of: rates, weights: weights, threads: threads, progress: progress)
    }

    /// In standard deviations of the deals; 0 for a unit at the mean, whose I is 0 whatever its neighbours.
    private func score(of unit: Int, _ row: LocalRow, _ centred: CentredValues) -> Double {
        guard row.count > 0 else { return .nan }
        let own = centred.values[unit]
        guard own != 0, let dealt = centred.dealt(besides: unit, weight: row.weight, squared: row.squaredWeight)
        else { return 0 }
        return (own < 0 ? -1 : 1) * (row.sum - dealt.mean) / dealt.deviation
    }
}
