public import SimpleFeatures

/// Why an analysis of a point pattern cannot be carried out.
public enum HotspotError: Error, Hashable, CustomStringConvertible {
    case columnsDiffer(x: Int, y: Int, weights: Int?)
    case notProjected(CRS)
    case crsMismatch(pattern: CRS, grid: CRS)
    case maskOfAnotherGrid
    case bandwidthNotPositive(Length)
    case bandwidthTooLarge(Length)
    case tooFewIncidents(rule: String, needed: Int, found: Int)
    case noSpread(rule: String)
    case cancelled
    case ruleNeedsAreas(String)
    case ruleOutOfRange(String)
    case coordinatesOutOfRange(unit: Int)
    case tooManyLinks(limit: Int)
    case weightsInvalid(unit: Int, reason: String)
    case valuesDiffer(units: Int, values: Int)
    case valueNotUsable(unit: Int, value: Double, needed: String)
    case tooFewUnits(needed: Int, found: Int)
    case noVariation(Double)
    case noNeighbours(units: Int)
    case permutationsOutOfRange(Int)
    case tooManyDraws(limit: Int)

    /// One sentence: what must hold, what was found, and what to do where something helps.
    public var description: String {
        switch self {
        case .columnsDiffer(let x, let y, let weights):
            "columns of a point pattern must be equally long, but x has \(x) values, y \(y)"
                + (weights.map { " and the weights \($0)" } ?? "")
        case .notProjected(let crs):
            "a point pattern must be in a projected reference system in metres, but is in \(crs); transform it first"
        case .crsMismatch(let pattern, let grid):
            "points and grid must share a reference system, but the points are in \(pattern) and the grid in \(grid)"
        case .maskOfAnotherGrid: "the mask must belong to the grid of the surface, but was made for another grid"
        case .bandwidthNotPositive(let bandwidth): "the bandwidth must be greater than 0 m, but is \(bandwidth)"
        case .bandwidthTooLarge(let bandwidth):
            "the bandwidth must be at most \(KernelDensity.greatestBandwidth), but is \(bandwidth)"
        case .tooFewIncidents(let rule, let needed, let found):
            "the bandwidth rule \(rule) needs at least \(needed) incidents, but there are \(found); give a bandwidth in metres"
        case .noSpread(let rule):
            "the bandwidth rule \(rule) needs incidents spread over both directions, but most lie at one place or on one line;"
                + " give a bandwidth in metres"
        case .cancelled: "the analysis was cancelled before it was complete"
        case .ruleNeedsAreas(let rule): "neighbours by \(rule) need areas or a grid, but there are only points"
        case .ruleOutOfRange(let fault): fault
        case .coordinatesOutOfRange(let unit):
            "coordinates must be finite and within \(SpatialWeights.greatestCoordinate) of 0, but those of unit \(unit)"
                + " are not"
        case .tooManyLinks(let limit):
            "neighbours may be at most \(limit) in all, but there are more; choose a smaller distance or number"
        case .weightsInvalid(let unit, let reason): "the weights of unit \(unit) must be usable, but \(reason)"
        case .valuesDiffer(let units, let values):
            "there must be one value per unit, but there are \(units) units and \(values) values"
        case .valueNotUsable(let unit, let value, let needed): "values must be \(needed), but unit \(unit) has \(value)"
        case .tooFewUnits(let needed, let found): "the statistic needs at least \(needed) units, but there are \(found)"
        case .noVariation(let value): "values must differ between units, but all are \(value)"
        case .noNeighbours(let units):
            "some unit must have a neighbour, but none of \(units) has; choose a greater distance"
        case .permutationsOutOfRange(let count):
            "permutations must be 1 to \(ConditionalPermutations.greatestCount), but \(count) were asked for"
        case .tooManyDraws(let limit):
            "permutations times neighbours may be at most \(limit), but are more; ask for fewer permutations"
        }
    }
}
