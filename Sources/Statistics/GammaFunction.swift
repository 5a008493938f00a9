import Glibc

/// The incomplete gamma functions, from which the Poisson and chi-squared distributions follow.
///
/// ## Accuracy
/// About 10⁻¹³ relative where the result is not below 10⁻³⁰⁰, for shapes up to 10⁹.
///
/// ## Source
/// Series and continued fraction: DLMF (dlmf.nist.gov), 8.7.1 and 8.9.2, the latter by Lentz's method; the factor
/// before them by Loader (2000), *Fast and Accurate Computation of Binomial Probabilities*.
public enum GammaFunction {
    /// The share of the gamma integral below x, P(a, x): the chance that a Poisson number with mean x is at least a.
    /// - Returns: NaN unless a is above 0 and x at least 0.
    public static func lowerShare(shape a: Double, _ x: Double) -> Double {
        guard a > 0, a.isFinite, x >= 0 else { return .nan }
        if x == 0 { return 0 }
        if x == .infinity { return 1 }
        return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x)
    }

    /// The share of the gamma integral above x, Q(a, x) = 1 − P(a, x), without loss where it is small.
    /// - Returns: NaN unless a is above 0 and x at least 0.
    public static func upperShare(shape a: Double, _ x: Double) -> Double {
        guard a > 0, a.isFinite, x >= 0 else { return .nan }
        if x == 0 { return 1 }
        if x == .infinity { return 0 }
        return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x)
    }

    private static let leastTerm = 0x1p-54
    /// Far more than a shape of 10⁹ needs.
    private static let mostTerms = 2_000_000

    private static func series(_ a: Double, _ x: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for n in 1...mostTerms {
            term *= x / (a + Double(n))
            sum += term
            if term < sum * leastTerm { break }
        }
        return min(1, sum * poisson(a, x))
    }

    private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
        var b = x + 1 - a
        var c = 1 / Double.leastNormalMagnitude
        var d = 1 / b
        var fraction = d
        for n in 1...mostTerms {
            let numerator = -Double(n) * (Double(n) - a)
            b += 2
            d = 1 / nonzero(numerator * d + b)
            c = nonzero(b + numerator / c)
            fraction *= d * c
            if abs(d * c - 1) < leastTerm * 4 { break }
        }
        // x^a e^(−x) / Γ(a), from that over Γ(a + 1).
        return min(1, fraction * poisson(a, x) * a)
    }

    private static func nonzero(_ value: Double) -> Double {
        abs(value) < .leastNormalMagnitude ? .leastNormalMagnitude : value
    }

    /// x^k · e^(−x) / Γ(k + 1): the probability of k under a Poisson distribution with mean x, also between whole k.
    static func poisson(_ k: Double, _ x: Double) -> Double {
        guard x > 0 else { return k == 0 ? 1 : 0 }
        guard k > 0 else { return exp(-x) }
        guard k > 15 else {
            var sign: Int32 = 0
            return exp(k * log(x) - x - lgamma_r(k + 1, &sign))
        }
        return exp(-stirlingError(k) - deviance(k, x)) / (2 * Double.pi * k).squareRoot()
    }

    /// What Stirling's formula lacks of log k!, for k above 15.
    private static func stirlingError(_ k: Double) -> Double {
        let square = k * k
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square)
            / k
    }

    /// k·log(k/x) + x − k, without cancellation where k is near x.
    private static func deviance(_ k: Double, _ x: Double) -> Double {
        guard abs(k - x) < 0.1 * (k + x) else { return k * log(k / x) + x - k }
        let v = (k - x) / (k + x)
        var sum = (k - x) * v
        var term = 2 * k * v
        for n in 1...1000 {
            term *= v * v
            let next = sum + term / Double(2 * n + 1)
            if next == sum { break }
            sum = next
        }
        return sum
    }
}
