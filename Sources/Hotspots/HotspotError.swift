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
    /// A number among the parameters; `must` completes "it must …".
    case parameterOutOfRange(name: String, must: String, found: Double)
    case noSuchNeighbour(k: Int, incidents: Int)
    case edgeCorrectionUndefined
    case gridsDiffer
    case noClosedForm(kernel: Kernel)
    case noBandwidthScores(from: Length, to: Length)

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
        case .parameterOutOfRange(let name, let must, let found): "the \(name) must \(must), but is \(found)"
        case .noSuchNeighbour(let k, let incidents):
            "the neighbour to measure to must be between 1 and one less than there are incidents, but is \(k) of \(incidents)"
        case .edgeCorrectionUndefined:
            "with adaptive bandwidths the edge correction must be none or diggle, but is uniform"
        case .gridsDiffer: "surfaces to compare must lie on one grid, but their grids differ"
        case .noClosedForm(let kernel):
            "least squares cross-validation needs a gaussian or uniform kernel, but the kernel is \(kernel)"
        case .noBandwidthScores(let low, let high):
            "cross-validation must find a bandwidth at which every incident has a neighbour, but none from \(low) to \(high)"
                + " is one"
        }
    }
}
