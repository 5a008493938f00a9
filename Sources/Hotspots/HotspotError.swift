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
        }
    }
}
