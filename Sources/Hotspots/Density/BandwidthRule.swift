public import SimpleFeatures
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How to choose the bandwidth of a kernel density from the incidents, by the name of who chooses so.
///
/// A rule is a starting point, not an optimum; different rules differ several times over. The value is used as the
/// kernel's bandwidth as it is, whichever kernel its author had in mind.
public enum BandwidthRule: Hashable, Sendable {
    /// A length given by the user.
    case fixed(Length)
    /// 0.9 · min(SD, Dₘ·√(1/ln 2)) · n^−0.2 with SD the standard distance (divisor n), Dₘ the median distance to the mean
    /// centre, and n the number of incidents, all weighted by the incidents' weights; meant for the quartic kernel.
    ///
    /// Source: Esri, *How Kernel Density works*, ArcGIS 10.2.1 and later.
    case esri
    /// Mean over x and y of 4 · 1.06 · min(s, IQR/1.34) · n^−0.2 with s the standard deviation (divisor n − 1); each incident
    /// counts once. The rule that `sfhotspot` intends (as written, it takes x only).
    ///
    /// Source: `bandwidth.nrd` of R's MASS; Venables & Ripley (2002), *Modern Applied Statistics with S*, section 5.6.
    case mass
    /// An eighth of the window's shorter side; meant as the standard deviation of a gaussian.
    ///
    /// Source: the default of `density.ppp` in R's spatstat.
    case spatstat
    /// Mean distance from an incident to its k-th nearest neighbour; others at the same place are neighbours at 0 m.
    case knn(Int)
    /// The greatest leave-one-out likelihood: ``CrossValidation`` with its own search range.
    case likelihoodCrossValidation
    /// The least integrated squared error: ``CrossValidation`` with its own search range; for gaussian and uniform kernels.
    case leastSquaresCrossValidation

    /// - Parameters:
    ///   - window: where the incidents were looked for, which only ``spatstat`` needs; nil for their envelope.
    ///   - kernel: what the bandwidth is for, which only cross-validation needs.
    /// - Throws: ``HotspotError/bandwidthNotPositive(_:)``, ``HotspotError/tooFewIncidents(rule:needed:found:)``,
    ///   ``HotspotError/noSpread(rule:)``.
    ///   With cross-validation also what ``CrossValidation/run(for:threads:progress:)`` throws; call that for the search range.
    /// - Complexity: O(*n* log *n*); with ``knn(_:)`` O(*k*·*n* log *n*); with cross-validation up to O(*n*²).
    public func bandwidth(
        for pattern: PointPattern, window: Envelope<PlanarPoint>? = nil, kernel: Kernel = .quartic
    ) throws(HotspotError) -> Length {
        let metres: Double
        switch self {
        case .fixed(let length):
            guard length.metres > 0, length.metres.isFinite else { throw .bandwidthNotPositive(length) }
            return length
        case .esri: metres = try esri(pattern)
        case .mass: metres = try normalReference(pattern)
        case .spatstat:
            try require(1, of: pattern)
            let window = window ?? pattern.envelope
            metres = min(window.width, window.height) / 8
        case .knn(let k): metres = try meanNeighbourDistance(pattern, k)
        case .likelihoodCrossValidation:
            metres = try CrossValidation(.likelihood, kernel: kernel).run(for: pattern).bandwidth.metres
        case .leastSquaresCrossValidation:
            metres = try CrossValidation(.leastSquares, kernel: kernel).run(for: pattern).bandwidth.metres
        }
        guard metres > 0, metres.isFinite else { throw .noSpread(rule: description) }
        return .metres(metres)
    }

    private func require(_ needed: Int, of pattern: PointPattern) throws(HotspotError) {
        guard pattern.count >= needed else {
            throw .tooFewIncidents(rule: description, needed: needed, found: pattern.count)
        }
    }

    private func esri(_ pattern: PointPattern) throws(HotspotError) -> Double {
        try require(2, of: pattern)
        guard let x = Moments(of: pattern.x, weights: pattern.weight),
            let y = Moments(of: pattern.y, weights: pattern.weight)
        else { throw .noSpread(rule: description) }
        let standardDistance = (x.variance + y.variance).squareRoot()
        let distances = zip(pattern.x, pattern.y).map { px, py in
            ((px - x.mean) * (px - x.mean) + (py - y.mean) * (py - y.mean)).squareRoot()
        }
        let median = Self.weightedMedian(distances, pattern.weight)
        return 0.9 * min(standardDistance, median * (1 / log(2)).squareRoot()) * pow(x.weight, -0.2)
    }

    /// The value at which half the weight is reached, or the mean with the next where exactly half is: the plain median
    /// where all weights are 1.
    private static func weightedMedian(_ values: [Double], _ weights: [Double]) -> Double {
        let half = weights.reduce(0, +) / 2
        let order = values.indices.sorted { values[$0] < values[$1] }
        var reached = 0.0
        for (position, index) in order.enumerated() where weights[index] > 0 {
            reached += weights[index]
            if reached > half { return values[index] }
            if reached == half {
                let next = order[(position + 1)...].first { weights[$0] > 0 } ?? index
                return (values[index] + values[next]) / 2
            }
        }
        return 0
    }

    private func normalReference(_ pattern: PointPattern) throws(HotspotError) -> Double {
        try require(2, of: pattern)
        return (normalReference(pattern.x, pattern) + normalReference(pattern.y, pattern)) / 2
    }

    private func normalReference(_ values: [Double], _ pattern: PointPattern) -> Double {
        let each = zip(values, pattern.multiplicity).flatMap { repeatElement($0, count: Int($1)) }.sorted()
        guard let low = Quantile.value(at: 0.25, ofSorted: each), let high = Quantile.value(at: 0.75, ofSorted: each),
            let variance = Moments(of: each)?.sampleVariance
        else { return 0 }
        return 4 * 1.06 * min(variance.squareRoot(), (high - low) / 1.34) * pow(Double(each.count), -0.2)
    }

    private func meanNeighbourDistance(_ pattern: PointPattern, _ k: Int) throws(HotspotError) -> Double {
        guard k > 0 else { throw .noSpread(rule: description) }
        try require(k < .max ? k + 1 : k, of: pattern)
        let neighbours = NeighbourTree(pattern)
        var sum = CompensatedSum()
        for place in pattern.x.indices {
            sum.add(neighbours.distance(from: place, toNeighbour: k) * Double(pattern.multiplicity[place]))
        }
        return sum.value / Double(pattern.count)
    }
}

extension BandwidthRule: CustomStringConvertible {
    /// `esri`, `mass`, `spatstat`, `knn:k`, `cv-likelihood`, `cv-least-squares`, or a number of metres above 0; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "esri": self = .esri
        case "mass": self = .mass
        case "spatstat": self = .spatstat
        case "cv-likelihood": self = .likelihoodCrossValidation
        case "cv-least-squares": self = .leastSquaresCrossValidation
        default:
            if text.hasPrefix("knn:") {
                guard let k = Int(text.dropFirst(4)), k > 0 else { return nil }
                self = .knn(k)
            } else {
                guard let metres = Double(text), metres > 0, metres.isFinite else { return nil }
                self = .fixed(.metres(metres))
            }
        }
    }

    /// The text that reads back as this rule: `esri`, `knn:15`, `500`.
    public var description: String {
        switch self {
        case .fixed(let length):
            length.metres == length.metres.rounded() && abs(length.metres) < 1e15
                ? "\(Int64(length.metres))" : "\(length.metres)"
        case .esri: "esri"
        case .mass: "mass"
        case .spatstat: "spatstat"
        case .knn(let k): "knn:\(k)"
        case .likelihoodCrossValidation: "cv-likelihood"
        case .leastSquaresCrossValidation: "cv-least-squares"
        }
    }
}
