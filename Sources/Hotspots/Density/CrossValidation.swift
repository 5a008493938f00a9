public import SimpleFeatures
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Chooses a bandwidth by how well the surface of the other incidents foretells each one.
///
/// Likelihood: the greatest mean over incidents of ln f₋ᵢ(xᵢ), with f₋ᵢ the probability density of all but that incident.
/// Least squares: the least ∫f² − 2·mean f₋ᵢ(xᵢ), which estimates the integrated squared error but for a constant; for the
/// gaussian and the uniform kernel, whose convolutions with themselves have a closed form.
///
/// Candidates at equal ratios over the search range, from the narrowest until four in a row are worse than the best; then
/// golden sections between the neighbours of the best. A second, wider optimum may so be missed.
///
/// Places with many incidents draw either criterion, least squares above all, to small bandwidths; a single far one draws
/// the likelihood of kernels with a radius to large ones (the gaussian is not cut here). Where the answer lies at an end of the range, the result says so.
///
/// ## Units
/// Lengths in metres; scores in ln(1/m²) for the likelihood, in 1/m² for least squares.
///
/// ## Example
/// ```swift
/// let search = CrossValidation(.likelihood, kernel: .gaussian)
/// let bandwidth = try search.run(for: burglaries).bandwidth
/// ```
///
/// ## Source
/// Silverman (1986), sections 3.4.3 and 3.4.4; Habbema, Hermans & van den Broek (1974); Rudemo (1982); Bowman (1984).
public struct CrossValidation: Hashable, Codable, Sendable {
    /// What makes one bandwidth better than another.
    public enum Criterion: String, Hashable, Codable, Sendable, CaseIterable {
        case likelihood
        case leastSquares
    }

    /// What makes one bandwidth better than another.
    public var criterion: Criterion
    /// The kernel that the bandwidth is for.
    public var kernel: Kernel
    /// The least bandwidth to consider; nil for a fiftieth of the `mass` rule's, but no less than what lets the most lonely
    /// incident have a neighbour in reach where the likelihood of a kernel with a radius is asked for.
    public var least: Length?
    /// The greatest bandwidth to consider; nil for twice the `mass` rule's, but no less than four times the least.
    public var greatest: Length?
    /// How many places at most are foretold, evenly taken from south to north; from all incidents always.
    public var places: Int

    /// The parameters as given; ``run(for:threads:progress:)`` refuses those that cannot be used.
    public init(
        _ criterion: Criterion, kernel: Kernel = .quartic, least: Length? = nil, greatest: Length? = nil,
        places: Int = 5000
    ) {
        self.criterion = criterion
        self.kernel = kernel
        self.least = least
        self.greatest = greatest
        self.places = places
    }

    private static let candidates = 24
    private static let patience = 4
    private static let precision = 1e-3

    /// - Throws: ``HotspotError/tooFewIncidents(rule:needed:found:)``, ``HotspotError/noSpread(rule:)``,
    ///   ``HotspotError/bandwidthNotPositive(_:)``, ``HotspotError/bandwidthTooLarge(_:)``,
    ///   ``HotspotError/noClosedForm(kernel:)``, ``HotspotError/noBandwidthScores(from:to:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*p*·*m*) per bandwidth, some 30 of them, with *p* the places foretold and *m* those within its reach.
    public func run(
        for pattern: PointPattern, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> CrossValidationResult {
        let range = try searchRange(pattern)
        let ratio = log(range.greatest.metres / range.least.metres)
        let last = Double(Self.candidates - 1)
        let steps = Double(Self.candidates) + 20
        var scores: [CrossValidationResult.Score] = []
        func score(at logarithm: Double) throws(HotspotError) -> Double {
            let bandwidth = Length.metres(range.least.metres * exp(logarithm))
            let part = ParallelWork.part(
                of: progress, from: min(0.99, Double(scores.count) / steps), length: 0.01)
            let value = try self.score(of: bandwidth, for: pattern, threads: threads, progress: part)
            scores.append(CrossValidationResult.Score(bandwidth: bandwidth, value: value))
            guard let value else { return -.infinity }
            return criterion == .likelihood ? value : -value
        }
        var best = (index: 0, score: -Double.infinity)
        for index in 0..<Self.candidates {
            let value = try score(at: ratio * Double(index) / last)
            if value > best.score { best = (index, value) }
            // Wide kernels cost the most.
            if best.score > -.infinity, index - best.index >= Self.patience { break }
        }
        guard best.score > -.infinity else { throw .noBandwidthScores(from: range.least, to: range.greatest) }
        var low = ratio * max(0, Double(best.index) - 1) / last
        var high = ratio * min(last, Double(best.index) + 1) / last
        let golden = (5.0.squareRoot() - 1) / 2
        var (a, b) = (high - golden * (high - low), low + golden * (high - low))
        var (scoreA, scoreB) = (try score(at: a), try score(at: b))
        while high - low > Self.precision {
            if scoreA >= scoreB {
                (high, b, scoreB) = (b, a, scoreA)
                a = high - golden * (high - low)
                scoreA = try score(at: a)
            } else {
                (low, a, scoreA) = (a, b, scoreB)
                b = low + golden * (high - low)
                scoreB = try score(at: b)
            }
        }
        return result(range, scores)
    }

    private func result(_ range: (least: Length, greatest: Length), _ scores: [CrossValidationResult.Score])
        -> CrossValidationResult
    {
        let sorted = scores.sorted { $0.bandwidth < $1.bandwidth }
        let sign = criterion == .likelihood ? 1.0 : -1
        // The narrowest of equals.
        let best = sorted.indices.reduce(0) { best, index in
            let (value, greatest) = (sorted[index].value, sorted[best].value)
            guard let value else { return best }
            return greatest.map { sign * value > sign * $0 } ?? true ? index : best
        }
        let bandwidth = sorted[best].bandwidth
        let nearEnd = 2 * Self.precision
        return CrossValidationResult(
            method: self, bandwidth: bandwidth, least: range.least, greatest: range.greatest,
            isAtLeast: bandwidth.metres <= range.least.metres * (1 + nearEnd),
            isAtGreatest: bandwidth.metres >= range.greatest.metres * (1 - nearEnd), scores: sorted)
    }

    /// The criterion at one bandwidth; nil where it is infinite, some incident having no neighbour in reach.
    /// - Throws: as ``run(for:threads:progress:)``.
    /// - Complexity: O(*p*·*m*) with *p* the places foretold and *m* those within the kernel's reach.
    public func score(
        of bandwidth: Length, for pattern: PointPattern, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> Double? {
        try check(bandwidth, pattern)
        let sums = KernelSums(pattern, profile: .kernel(kernel), bandwidth: bandwidth.metres)
        let own = sums.peak
        let foretold = foretold(pattern)
        let all = try sums.atPlaces(foretold, threads: threads, progress: progress)
        let total = pattern.weight.reduce(0, +)
        let weight = foretold.reduce(0) { $0 + pattern.weight[$1] }
        var mean = CompensatedSum()
        for (all, place) in zip(all, foretold) where pattern.weight[place] > 0 {
            // One incident is left out; its companions at the place stay.
            let incident = pattern.weight[place] / Double(pattern.multiplicity[place])
            let others =
                pattern.multiplicity[place] > 1 ? all - incident * own : max(0, all - incident * own)
            // What rounding leaves of a lonely incident's own part is no neighbour.
            let density = others > 1e-12 * incident * own ? others / (total - incident) : 0
            switch criterion {
            case .likelihood:
                var logarithm = density > 0 ? log(density) : -.infinity
                if kernel == .gaussian, others < Self.faint * incident * own {
                    logarithm = logarithmOfGaussians(at: place, of: pattern, bandwidth.metres) - log(total - incident)
                }
                guard logarithm > -.infinity else { return nil }
                mean.add(pattern.weight[place] * logarithm)
            case .leastSquares: mean.add(pattern.weight[place] * density)
            }
        }
        guard criterion == .leastSquares else { return mean.value / weight }
        let pairs = try KernelSums(pattern, profile: .selfConvolution(kernel), bandwidth: bandwidth.metres)
            .atPlaces(foretold, threads: threads, progress: progress)
        var square = CompensatedSum()
        for (pairs, place) in zip(pairs, foretold) { square.add(pattern.weight[place] * pairs) }
        return square.value / weight / total - 2 * mean.value / weight
    }

    /// Below this part of its own peak a place looks beyond the gaussians' reach, where they are cut for surfaces.
    private static let faint = 1e-5

    /// ln Σ w·K over the other places, of gaussians that are not cut.
    private func logarithmOfGaussians(at place: Int, of pattern: PointPattern, _ deviation: Double) -> Double {
        let half = 0.5 / (deviation * deviation)
        func power(_ other: Int) -> Double {
            let (dx, dy) = (pattern.x[other] - pattern.x[place], pattern.y[other] - pattern.y[place])
            return -half * (dx * dx + dy * dy)
        }
        let others = pattern.x.indices.filter { $0 != place && pattern.weight[$0] > 0 }
        let greatest = others.reduce(-Double.infinity) { max($0, power($1)) }
        guard greatest > -.infinity else { return greatest }
        let sum = others.reduce(0.0) { sum, other in
            let fall = power(other) - greatest
            return fall > -40 ? sum + pattern.weight[other] * exp(fall) : sum
        }
        return greatest + log(sum * half / .pi)
    }

    /// Places of some weight: all, or as many as are to be foretold.
    private func foretold(_ pattern: PointPattern) -> [Int] {
        let weighty = pattern.weight.indices.filter { pattern.weight[$0] > 0 }
        let count = min(max(1, places), weighty.count)
        return (0..<count).map { weighty[$0 * weighty.count / count] }
    }

    private func check(_ bandwidth: Length, _ pattern: PointPattern) throws(HotspotError) {
        guard criterion == .likelihood || kernel == .gaussian || kernel == .uniform else {
            throw .noClosedForm(kernel: kernel)
        }
        guard bandwidth.metres > 0 else { throw .bandwidthNotPositive(bandwidth) }
        guard bandwidth <= KernelDensity.greatestBandwidth else { throw .bandwidthTooLarge(bandwidth) }
        let weighty = zip(pattern.weight, pattern.multiplicity).reduce(0) { $0 + ($1.0 > 0 ? Int($1.1) : 0) }
        guard weighty > 1 else { throw .tooFewIncidents(rule: ruleName, needed: 2, found: weighty) }
    }

    private var ruleName: String { criterion == .likelihood ? "cv-likelihood" : "cv-least-squares" }

    private func searchRange(_ pattern: PointPattern) throws(HotspotError) -> (least: Length, greatest: Length) {
        try check(.metres(1), pattern)
        let window = pattern.envelope
        let diagonal = (window.width * window.width + window.height * window.height).squareRoot()
        guard diagonal > 0, diagonal < .infinity else { throw .noSpread(rule: ruleName) }
        let reference = (try? BandwidthRule.mass.bandwidth(for: pattern).metres) ?? diagonal / 4
        var low = reference / 50
        if criterion == .likelihood, kernel != .gaussian {
            let neighbours = NeighbourTree(pattern)
            let loneliest = pattern.x.indices.reduce(0) { max($0, neighbours.distance(from: $1, toNeighbour: 1)) }
            low = max(low, loneliest * 1.001)
        }
        let (least, greatest) = (
            least ?? .metres(low), greatest ?? .metres(max(2 * reference, 4 * (least?.metres ?? low)))
        )
        guard least.metres > 0 else { throw .bandwidthNotPositive(least) }
        guard greatest <= KernelDensity.greatestBandwidth else { throw .bandwidthTooLarge(greatest) }
        guard least < greatest else {
            throw .parameterOutOfRange(
                name: "greatest bandwidth", must: "be above the least, \(least),", found: greatest.metres)
        }
        return (least, greatest)
    }
}

/// The bandwidth that a cross-validation chose, where it looked, and what it found there.
public struct CrossValidationResult: Hashable, Codable, Sendable {
    /// The parameters it was made with.
    public let method: CrossValidation
    /// The best found.
    public let bandwidth: Length
    /// The lower end of the search range.
    public let least: Length
    /// The upper end of the search range.
    public let greatest: Length
    /// Whether the best is the least of the range: then it says more about the range than about the incidents.
    public let isAtLeast: Bool
    /// Whether the best is the greatest of the range.
    public let isAtGreatest: Bool
    /// All that were tried, narrowest first.
    public let scores: [Score]

    /// A bandwidth that was tried.
    public struct Score: Hashable, Codable, Sendable {
        /// The bandwidth.
        public let bandwidth: Length
        /// Its criterion; nil where that is infinite.
        public let value: Double?
    }
}
