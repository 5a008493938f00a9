public import Grids
public import SimpleFeatures
public import Statistics

/// Finds hot and cold spots: where high or low values lie closer together than chance would put them.
///
/// Each unit's weighted neighbourhood sum is compared with the one expected if the values were dealt at random:
/// *z* = (Σ*wᵢⱼxⱼ* − *x̄* Σ*wᵢⱼ*) / (*S* √[(*n* Σ*wᵢⱼ²* − (Σ*wᵢⱼ*)²) / (*n* − 1)]), with *S²* the variance (divisor *n*).
/// Gi* counts the unit itself in its neighbourhood and in *x̄* and *S*; Gi leaves it out of all three. Multiplying a
/// unit's weights by a number changes nothing.
///
/// ## Units
/// Values in any unit, the same for all; *z* in standard deviations, positive for hot spots. Cells of a study area
/// without any incident are zeros and belong in the sum, cells outside it do not.
///
/// ## Example
/// ```swift
/// let result = try GetisOrd().hotSpots(of: counts, over: mask, within: .metres(300))
/// let hot = result.significance().classes.count { $0.isHot }
/// ```
///
/// ## Source
/// Getis & Ord (1992), *The Analysis of Spatial Association by Use of Distance Statistics*, Geographical Analysis 24,
/// 189–206; Ord & Getis (1995), *Local Spatial Autocorrelation Statistics*, ibid. 27, 286–306, equation 14.
public struct GetisOrd: Hashable, Codable, Sendable {
    public enum Form: String, Hashable, Codable, Sendable, CaseIterable {
        /// The unit itself is in its neighbourhood.
        case giStar
        /// The unit itself is left out.
        case gi
    }

    public var form: Form
    /// How p-values are adjusted for the number of units tested.
    public var correction: FalseDiscovery
    /// Nil for p-values from the normal distribution, which needs about eight neighbours or more to be near the truth.
    public var permutations: Permutations?

    public init(
        form: Form = .giStar, correction: FalseDiscovery = .benjaminiHochberg, permutations: Permutations? = nil
    ) {
        self.form = form
        self.correction = correction
        self.permutations = permutations
    }

    /// Hot and cold spots among units with any weights.
    ///
    /// - Parameters:
    ///   - values: one per unit, finite.
    ///   - weights: whether they include the unit itself does not matter: the form decides.
    ///   - threads: how many may work at once on permutations; nil for one per active processor.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/tooFewUnits(needed:found:)``, ``HotspotError/noVariation(_:)``,
    ///   ``HotspotError/permutationsOutOfRange(_:)``, ``HotspotError/tooManyDraws(limit:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n* + *l*) with *l* links; with *M* permutations O(*n* log *M*) more where a unit's neighbours
    ///   count alike, O(*lM*) where they do not.
    public func hotSpots(
        of values: [Double], weights: SpatialWeights, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> GetisOrdResult {
        let centred = try CentredValues(values, units: weights.count, atLeast: 3)
        let weights = weights.includingSelf(form == .giStar)
        let rows = (0..<weights.count).map { LocalRow($0, weights, centred.values) }
        let z = rows.indices.map { score(of: $0, rows[$0], centred) }
        var p: [Double]?
        if let permutations {
            p = try ConditionalPermutations.p(
                rows, weights, centred.values, permutations, threads: threads, progress: progress)
        }
        return GetisOrdResult(
            method: self, neighbours: weights.rule, units: weights.count, islands: weights.islands.count, z: z,
            permutedP: p)
    }

    private func score(of unit: Int, _ row: LocalRow, _ centred: CentredValues) -> Double {
        switch form {
        case .giStar:
            let weight = row.weight + row.own
            let squared = row.squaredWeight + row.own * row.own
            guard let deviation = centred.dealtToAll(weight: weight, squared: squared) else { return .nan }
            return (row.sum + row.own * centred.values[unit]) / deviation
        case .gi:
            let dealt = centred.dealt(besides: unit, weight: row.weight, squared: row.squaredWeight)
            return dealt.map { (row.sum - $0.mean) / $0.deviation } ?? .nan
        }
    }

    /// Hot and cold spots among the cells of a study area, neighbours being the cells within a distance, each counting 1.
    ///
    /// The same as with weights by ``NeighbourRule/distanceBand(_:)``, without making them: sums of whole numbers are exact.
    ///
    /// - Parameters:
    ///   - values: one per cell of the grid, row by row from the south-west corner; those outside the study area count
    ///     for nothing and may be NaN.
    ///   - mask: the study area.
    ///   - distance: between centres of cells, to the micrometre.
    ///   - threads: how many may work at once on permutations; nil for one per active processor.
    ///   - progress: told the share of permutations that is done; the work is given up when it returns false.
    /// - Returns: one result per cell of the grid; none for cells outside the study area.
    /// - Throws: as with weights, and ``HotspotError/ruleOutOfRange(_:)``.
    /// - Complexity: O(*c*·*r*) with *c* cells and *r* rows within the distance; permutations O(*n* log *M*) more.
    public func hotSpots(
        of values: [Double], over mask: Mask, within distance: Length, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> GetisOrdResult {
        let rule = NeighbourRule.distanceBand(distance)
        try rule.check(units: mask.count)
        let cells = try CellValues(values, mask)
        let disc = CellDisc(radius: distance.metres, in: mask.grid)
        let scores = CellScores(form: form, cells: cells, disc: disc, keepsSums: permutations != nil)
        var p: [Double]?
        if let permutations {
            p = try scores.permutedP(permutations, threads: threads, progress: progress)
        }
        return GetisOrdResult(
            method: self, neighbours: rule, units: mask.count, islands: scores.islands, z: scores.z, permutedP: p)
    }
}
