public import Grids
public import SimpleFeatures

/// Which units are whose neighbours, and how much each counts: the *w* of the statistics of spatial association.
///
/// Units are numbered from 0 in the order of the areas, places or cells of the mask they were made from. Each unit's
/// neighbours stand in ascending order. The unit itself is left out unless asked for.
///
/// ## Units
/// Distances in metres; weights have no unit, but for ``NeighbourRule/inverseDistance(within:power:closest:)``.
///
/// ## Example
/// ```swift
/// let weights = try SpatialWeights(.queen(), of: colonias, scaling: .rowStandardised)
/// print(weights, weights.islands)
/// ```
///
/// ## Source
/// Anselin & Rey (2014), *Modern Spatial Econometrics in Practice*, chapters 3–4; names as in PySAL's libpysal.
public struct SpatialWeights: Hashable, Sendable {
    /// What is done to the weights that the rule gives.
    public enum Scaling: String, Hashable, Codable, Sendable, CaseIterable {
        /// Nothing: contiguity, bands and nearest neighbours are binary.
        case none
        /// The weights of a unit's neighbours are divided by their sum, so that a lag is a mean.
        case rowStandardised
    }

    /// The rule that chose the neighbours.
    public let rule: NeighbourRule
    public let scaling: Scaling
    /// Whether each unit counts among its own neighbours; as much as the one that counts most, or 1 without any.
    public let includesSelf: Bool
    /// Where each unit's neighbours begin in ``neighbours``, and after the last unit where they end.
    public let starts: [Int]
    /// The neighbours of unit 0, then those of unit 1, and so on.
    public let neighbours: [Int32]
    /// How much each of ``neighbours`` counts.
    public let weights: [Double]
    /// The units without any neighbour but themselves, ascending.
    public let islands: [Int]

    /// No coordinate may be farther from 0.
    public static let greatestCoordinate = Length.kilometres(1_000_000)
    /// The most neighbours of all units together: 2²⁷, which take 1.6 GB.
    public static let greatestLinkCount = 1 << 27

    /// Neighbours of areas: by their borders, or by the distance of their centres of mass.
    ///
    /// - Parameter areas: in metres of one reference system. An area without extent stands at the middle of its envelope.
    /// - Throws: ``HotspotError/ruleOutOfRange(_:)``, ``HotspotError/coordinatesOutOfRange(unit:)``,
    ///   ``HotspotError/tooManyLinks(limit:)``.
    /// - Complexity: by borders O(*v* log *v*) with *v* vertices evenly spread; by distance as for places.
    public init(
        _ rule: NeighbourRule, of areas: [MultiPolygon<PlanarPoint>], scaling: Scaling = .none,
        includesSelf: Bool = false
    ) throws(HotspotError) {
        try rule.check(units: areas.count)
        switch rule {
        case .rook(let tolerance), .queen(let tolerance):
            let borders = try SharedBorders(areas, tolerance: tolerance.metres)
            var sidesOnly = false
            if case .rook = rule { sidesOnly = true }
            let rows = try WeightRows(borders.pairs(sidesOnly: sidesOnly), units: areas.count)
            self.init(rule, rows, scaling, includesSelf)
        case .distanceBand, .nearest, .inverseDistance, .kernel, .given:
            let centres = areas.map { $0.centreOfMass ?? $0.envelope.middle }
            try self.init(rule, among: centres, scaling: scaling, includesSelf: includesSelf)
        }
    }

    /// Neighbours of places, by their distance.
    ///
    /// - Parameter places: in metres of one reference system; several may coincide.
    /// - Throws: ``HotspotError/ruleNeedsAreas(_:)``, ``HotspotError/ruleOutOfRange(_:)``,
    ///   ``HotspotError/coordinatesOutOfRange(unit:)``, ``HotspotError/tooManyLinks(limit:)``.
    /// - Complexity: O(*n* log² *n* + *l* log *l*) with *l* links.
    public init(
        _ rule: NeighbourRule, among places: [PlanarPoint], scaling: Scaling = .none, includesSelf: Bool = false
    ) throws(HotspotError) {
        try rule.check(units: places.count)
        for (unit, place) in places.enumerated() {
            guard abs(place.x) <= Self.greatestCoordinate.metres, abs(place.y) <= Self.greatestCoordinate.metres else {
                throw .coordinatesOutOfRange(unit: unit)
            }
        }
        switch rule {
        case .rook, .queen: throw .ruleNeedsAreas(rule.description)
        case .distanceBand, .nearest, .inverseDistance, .kernel, .given:
            self.init(rule, try WeightRows(rule, among: places), scaling, includesSelf)
        }
    }

    /// Neighbours among the cells of a study area; cells outside it are nobody's neighbours.
    ///
    /// - Parameter mask: unit *i* is its *i*-th inside cell, in the grid's order (``Grids/Mask/insideCells``).
    /// - Throws: ``HotspotError/ruleOutOfRange(_:)``, ``HotspotError/tooManyLinks(limit:)``.
    /// - Complexity: O(*c* + *n*·*k*) with *c* cells and *k* cells in reach; nearest neighbours as for places.
    public init(
        _ rule: NeighbourRule, over mask: Mask, scaling: Scaling = .none, includesSelf: Bool = false
    ) throws(HotspotError) {
        try rule.check(units: mask.count)
        switch rule {
        case .nearest, .given:
            let grid = mask.grid
            let places = mask.insideCells.map { grid.centre(column: $0 % grid.columns, row: $0 / grid.columns) }
            try self.init(rule, among: places, scaling: scaling, includesSelf: includesSelf)
        case .rook, .queen, .distanceBand, .inverseDistance, .kernel:
            let offsets = try CellOffsets(rule, in: mask.grid)
            self.init(rule, try WeightRows(offsets, over: mask), scaling, includesSelf)
        }
    }

    /// Weights made elsewhere.
    ///
    /// - Parameters:
    ///   - rows: per unit its neighbours and what they count; in any order. The unit itself may be among them where
    ///     `includesSelf` says so.
    ///   - name: what a report calls them.
    /// - Throws: ``HotspotError/weightsInvalid(unit:reason:)``, ``HotspotError/tooManyLinks(limit:)``.
    public init(
        given rows: [[(neighbour: Int, weight: Double)]], named name: String, scaling: Scaling = .none,
        includesSelf: Bool = false
    ) throws(HotspotError) {
        self.init(.given(name), try WeightRows(given: rows), scaling, includesSelf)
    }

    private init(_ rule: NeighbourRule, _ rows: WeightRows, _ scaling: Scaling, _ includesSelf: Bool) {
        var rows = rows.withSelf(includesSelf)
        if scaling == .rowStandardised { rows.standardise() }
        self.rule = rule
        self.scaling = scaling
        self.includesSelf = includesSelf
        (starts, neighbours, weights) = (rows.starts, rows.neighbours, rows.weights)
        islands = rows.islands
    }
}

extension SpatialWeights {
    /// How many units there are.
    public var count: Int { starts.count - 1 }

    /// How many neighbours a unit has, itself counted where ``includesSelf``.
    /// - Precondition: the unit is one of them.
    public func neighbourCount(of unit: Int) -> Int { starts[unit + 1] - starts[unit] }

    /// The weighted sums of the neighbours' values: with row-standardised weights their means, 0 for islands.
    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``.
    /// - Complexity: O(*n* + *l*) with *l* links.
    public func lag(of values: [Double]) throws(HotspotError) -> [Double] {
        guard values.count == count else { throw .valuesDiffer(units: count, values: values.count) }
        return sums(of: values)
    }

    /// The same rule with the unit itself in or out; a unit in counts as much as the neighbour that counts most.
    ///
    /// Standardised rows are standardised again.
    public func includingSelf(_ includesSelf: Bool) -> SpatialWeights {
        guard includesSelf != self.includesSelf else { return self }
        let rows = WeightRows(starts: starts, neighbours: neighbours, weights: weights)
        return SpatialWeights(rule, rows, scaling, includesSelf)
    }

    func sums(of values: [Double]) -> [Double] {
        values.withUnsafeBufferPointer { values in
            neighbours.withUnsafeBufferPointer { neighbours in
                weights.withUnsafeBufferPointer { weights in
                    (0..<count).map { unit in
                        var sum = 0.0
                        for link in starts[unit]..<starts[unit + 1] {
                            sum += weights[link] * values[Int(neighbours[link])]
                        }
                        return sum
                    }
                }
            }
        }
    }
}

extension SpatialWeights: CustomStringConvertible {
    /// The rule with its parameters, and what came of it.
    public var description: String {
        let own = includesSelf ? count : 0
        let mean = count > 0 ? (Double(neighbours.count - own) / Double(count) * 100).rounded() / 100 : 0
        return "\(rule), \(scaling == .none ? "not standardised" : "rows standardised")"
            + (includesSelf ? ", each unit included in its neighbours" : "")
            + "; \(count) units, \(mean) neighbours on average, \(islands.count) without any"
    }
}

extension Mask {
    /// The cells of the study area, ascending: which cell each unit of ``SpatialWeights`` over the mask is.
    public var insideCells: [Int] { isInside.indices.filter { isInside[$0] } }
}
