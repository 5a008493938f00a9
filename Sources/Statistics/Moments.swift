/// Count, sum, mean and variance of weighted values.
///
/// Sums carry their rounding errors along (Neumaier's compensated summation), and the variance is taken in a second pass
/// about the mean, so that coordinates of millions of metres lose no digits.
///
/// ## Source
/// Neumaier (1974), *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*; Chan, Golub & LeVeque
/// (1983), *Algorithms for Computing the Sample Variance*, corrected two-pass algorithm.
public struct Moments: Hashable, Sendable {
    /// The sum of the weights: the number of values where each weighs 1.
    public let weight: Double
    /// The weighted arithmetic mean, in the unit of the values.
    public let mean: Double
    /// The weighted sum of squared deviations from the mean.
    public let squaredDeviations: Double

    /// - Parameters:
    ///   - values: finite numbers.
    ///   - weights: how often each value counts, at least as many as there are values; nil for once each.
    /// - Returns: nil where the weights do not sum to more than 0.
    /// - Complexity: O(*n*).
    public init?(of values: [Double], weights: [Double]? = nil) {
        var total = CompensatedSum()
        var sum = CompensatedSum()
        Self.forEach(values, weights) { value, weight in
            total.add(weight)
            sum.add(value * weight)
        }
        guard total.value > 0 else { return nil }
        let mean = sum.value / total.value
        var squares = CompensatedSum()
        var residue = CompensatedSum()
        Self.forEach(values, weights) { value, weight in
            let deviation = value - mean
            squares.add(deviation * deviation * weight)
            residue.add(deviation * weight)
        }
        weight = total.value
        self.mean = mean
        // What is left over because the mean itself was rounded.
        squaredDeviations = max(0, squares.value - residue.value * residue.value / total.value)
    }

    /// Mean squared deviation (divisor n).
    public var variance: Double { squaredDeviations / weight }

    /// Unbiased estimate of the variance (divisor n − 1), with the weights as frequencies; nil up to a weight of 1.
    public var sampleVariance: Double? { weight > 1 ? squaredDeviations / (weight - 1) : nil }

    private static func forEach(_ values: [Double], _ weights: [Double]?, _ body: (Double, Double) -> Void) {
        guard let weights else {
            for value in values { body(value, 1) }
            return
        }
        for (value, weight) in zip(values, weights) { body(value, weight) }
    }
}

/// A running sum that keeps what each addition rounds away.
public struct CompensatedSum: Hashable, Sendable {
    private var sum = 0.0
    private var lost = 0.0

    /// A sum of nothing: 0.
    public init() {}

    /// Adds a finite number; an infinity or NaN spoils the sum for good.
    public mutating func add(_ term: Double) {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }

    /// The sum so far, with what the additions rounded away put back.
    public var value: Double { sum + lost }
}
