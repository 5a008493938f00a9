public import SimpleFeatures

/// Which units (areas, places or cells) are neighbours, and how much each counts.
public enum NeighbourRule: Hashable, Codable, Sendable {
    /// Areas whose borders run side by side; of cells, the four with a common side.
    ///
    /// Borders within `tolerance` of each other count as one, so gaps and overlaps left by digitising do no harm, nor do
    /// corners of one area on the middle of another's side. Side by side means over more than ten tolerances.
    case rook(tolerance: Length = .metres(0.1))
    /// Areas whose borders come within `tolerance` of each other anywhere; of cells, the eight around.
    case queen(tolerance: Length = .metres(0.1))
    /// Units at most so far away (to the micrometre), each counting 1.
    case distanceBand(Length)
    /// The so many nearest units, each counting 1; of equally distant ones the first. Not symmetric.
    case nearest(Int)
    /// Units at most `within` away, counting metres⁻ᵖ; units closer than `closest` count as if they were that far.
    case inverseDistance(within: Length, power: Double = 1, closest: Length = .metres(1))
    /// Units under a kernel, counting its height as a share of its peak.
    case kernel(Kernel, bandwidth: Length)
    /// Weights that someone else made, by the name they give them.
    case given(String)

    /// Whether i is always as much a neighbour of j as j of i, before rows are standardised.
    public var isSymmetric: Bool {
        switch self {
        case .rook, .queen, .distanceBand, .inverseDistance, .kernel: true
        case .nearest, .given: false
        }
    }

    /// Whether all neighbours of a unit count the same.
    public var countsAlike: Bool {
        switch self {
        case .rook, .queen, .distanceBand, .nearest: true
        case .inverseDistance, .kernel, .given: false
        }
    }
}

extension NeighbourRule: CustomStringConvertible {
    /// The rule and its parameters, such as `distance band of 300 m`.
    public var description: String {
        switch self {
        case .rook(let tolerance): "rook contiguity (borders within \(tolerance))"
        case .queen(let tolerance): "queen contiguity (borders within \(tolerance))"
        case .distanceBand(let reach): "distance band of \(reach)"
        case .nearest(let count): "\(count) nearest"
        case .inverseDistance(let reach, let power, let closest):
            "inverse distance to the power \(power) within \(reach), at least \(closest)"
        case .kernel(let kernel, let bandwidth): "\(kernel.rawValue) kernel with bandwidth \(bandwidth)"
        case .given(let name): name
        }
    }
}

extension NeighbourRule {
    /// What coordinates of millions of metres lose to rounding must not decide whether a unit is within reach.
    static let slack = 1e-6

    /// How far away a neighbour may be, in metres; nil where it is not distance that decides.
    var reach: Double? {
        switch self {
        case .distanceBand(let reach), .inverseDistance(let reach, _, _): reach.metres
        case .kernel(let kernel, let bandwidth): kernel.support * bandwidth.metres
        case .rook, .queen, .nearest, .given: nil
        }
    }

    func check(units: Int) throws(HotspotError) {
        func positive(_ length: Length, _ name: String) throws(HotspotError) {
            guard length.metres > 0, length <= KernelDensity.greatestBandwidth else {
                throw .ruleOutOfRange(
                    "\(name) must be greater than 0 m and at most \(KernelDensity.greatestBandwidth), but is \(length)")
            }
        }
        switch self {
        case .rook(let tolerance), .queen(let tolerance):
            guard tolerance.metres >= 0, tolerance <= .kilometres(1) else {
                throw .ruleOutOfRange("the tolerance must be 0 m to \(Length.kilometres(1)), but is \(tolerance)")
            }
        case .distanceBand(let reach): try positive(reach, "the distance band")
        case .nearest(let count):
            guard count >= 1, count < units else {
                throw .ruleOutOfRange(
                    "the number of nearest neighbours must be at least 1 and less than the \(units) units, but is \(count)"
                )
            }
        case .inverseDistance(let reach, let power, let closest):
            try positive(reach, "the distance")
            try positive(closest, "the closest distance")
            guard power > 0, power <= 10 else {
                throw .ruleOutOfRange("the power must be greater than 0 and at most 10, but is \(power)")
            }
        case .kernel(_, let bandwidth): try positive(bandwidth, "the bandwidth")
        case .given: throw .ruleOutOfRange("given weights must come with their neighbours, but there is only a name")
        }
    }

    /// How much a unit counts at a distance within reach.
    func weight(at distance: Double) -> Double {
        switch self {
        case .inverseDistance(_, let power, let closest): Self.power(max(distance, closest.metres), -power)
        case .kernel(let kernel, let bandwidth): kernel.share(at: distance / bandwidth.metres)
        case .rook, .queen, .distanceBand, .nearest, .given: 1
        }
    }
}
