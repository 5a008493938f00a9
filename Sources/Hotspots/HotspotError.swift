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
    case tooFew(method: String, needed: Int, found: Int)
    case noWeight(method: String)
    case coordinatesTooLarge(method: String)
    case studyAreaWithoutArea
    case distanceNotPositive(Length)
    case countOutOfRange(name: String, least: Int, most: Int, found: Int)
    case significanceOutOfRange(Double)
    case lengthNotPositive(name: String, Length)
    case distanceTooSmall(name: String, least: Length, found: Length)
    case countTooSmall(name: String, least: Int, found: Int)
    case numberOutOfRange(name: String, must: String, found: Double)
    case columnLengthsDiffer(name: String, needed: Int, found: Int)
    case unknownNeighbour(area: Int, neighbour: Int, areas: Int)
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
    /// A number among the parameters; `must` completes "it must …".
    case parameterOutOfRange(name: String, must: String, found: Double)
    case noSuchNeighbour(k: Int, incidents: Int)
    case edgeCorrectionUndefined
    case gridsDiffer
    case noClosedForm(kernel: Kernel)
    case noBandwidthScores(from: Length, to: Length)
    case timesDiffer(incidents: Int, times: Int)
    case tooManyPairs(limit: Int)
    case explodes(triggered: Double)
    case periodsNotAscending
    case tooManyBins(limit: Int, found: Double)
    case timesTooFarApart(days: Double)
    case tooManyParts(limit: Int)
    case limitsNotAscending(name: String)

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
        case .tooFew(let method, let needed, let found):
            "\(method) needs at least \(needed) incidents in the study area, but there are \(found)"
        case .noWeight(let method):
            "\(method) needs incidents whose weights sum to more than 0, but they sum to 0; leave the weights out"
        case .coordinatesTooLarge(let method):
            "\(method) needs coordinates in metres, but some are too large to be computed with"
        case .studyAreaWithoutArea: "the study area must enclose more than 0 m², but it encloses nothing"
        case .distanceNotPositive(let distance):
            "the greatest distance must be greater than 0 m and finite, but is \(distance)"
        case .countOutOfRange(let name, let least, let most, let found):
            "\(name) must be \(least) to \(most), but is \(found)"
        case .significanceOutOfRange(let value): "the significance must be between 0 and 1, but is \(value)"
        case .lengthNotPositive(let name, let found): "the \(name) must be greater than 0 m and finite, but is \(found)"
        case .distanceTooSmall(let name, let least, let found):
            "the \(name) must be at least \(least) for places spread so far, but is \(found)"
        case .countTooSmall(let name, let least, let found): "the \(name) must be at least \(least), but is \(found)"
        case .numberOutOfRange(let name, let must, let found): "the \(name) must be \(must), but is \(found)"
        case .columnLengthsDiffer(let name, let needed, let found):
            "the \(name) must hold a value for each of the \(needed) areas, but there are \(found)"
        case .unknownNeighbour(let area, let neighbour, let areas):
            "neighbours must be numbers from 0 to \(areas - 1), but area \(area) has neighbour \(neighbour)"
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
        case .parameterOutOfRange(let name, let must, let found): "the \(name) must \(must), but is \(found)"
        case .noSuchNeighbour(let k, let incidents):
            "the neighbour to measure to must be between 1 and one less than there are incidents, but is \(k) of \(incidents)"
        case .edgeCorrectionUndefined:
            "with adaptive bandwidths the edge correction must be none or diggle, but is uniform"
        case .gridsDiffer: "surfaces to compare must lie on one grid, but their grids differ"
        case .noClosedForm(let kernel):
            "least squares cross-validation needs a gaussian or uniform kernel, but the kernel is \(kernel)"
        case .timesDiffer(let incidents, let times):
            "there must be one time per incident, but there are \(incidents) incidents and \(times) times"
        case .periodsNotAscending:
            "periods need at least two finite limits, each later than the one before, but those given are not"
        case .tooManyBins(let limit, let found):
            "cells times periods may be at most \(limit), but would be \(found); choose larger cells or longer periods"
        case .explodes(let triggered):
            "an incident must trigger fewer than one other on average, but triggers \(triggered): no forecast; choose larger cells"
        case .tooManyPairs(let limit):
            "pairs of incidents within the greatest distance may be at most \(limit), but are more; choose a smaller distance"
        case .timesTooFarApart(let days):
            "times must lie within \(SpaceTimePattern.greatestSpanDays) days of each other, but are \(days) days apart; choose fewer days"
        case .tooManyParts(let limit):
            "incidents may be spread over at most \(limit) parts, but are over more; choose fewer or longer periods, or leave out what may have happened on too many days"
        case .limitsNotAscending(let name):
            "the \(name) must be finite, greater than 0 and each greater than the one before, but are not"
        case .noBandwidthScores(let low, let high):
            "cross-validation must find a bandwidth at which every incident has a neighbour, but none from \(low) to \(high)"
                + " is one"
        }
    }
}
