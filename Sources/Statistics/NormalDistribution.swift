import Glibc

/// The standard normal distribution.
///
/// ## Accuracy
/// Tails to 16 digits as far as 38 standard deviations, where they vanish; ``quantile(of:)`` to 10⁻¹⁵ relative.
///
/// ## Source
/// Abramowitz & Stegun (1964), *Handbook of Mathematical Functions*, 26.2; the quantile starts from Acklam's rational
/// approximation (2003) and is set right by one step of Halley's method.
public enum NormalDistribution {
    /// The probability of a value of at most z; NaN for NaN.
    public static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

    /// The probability of a value at least as far from 0 as z, on either side: the two-sided p. NaN for NaN.
    public static func twoSidedP(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    /// The value that a share of all values stays below; ∓∞ for 0 and 1, NaN outside.
    public static func quantile(of share: Double) -> Double {
        guard share >= 0, share <= 1 else { return .nan }
        guard share > 0 else { return -.infinity }
        guard share < 1 else { return .infinity }
        let start = share <= 0.5 ? lowerHalf(share) : -lowerHalf(1 - share)
        let density = exp(-start * start / 2) / (2 * Double.pi).squareRoot()
        guard density > 0 else { return start }
        let step = (cumulative(start) - share) / density
        return start - step / (1 + start * step / 2)
    }

    /// To 10⁻⁹ relative, for shares up to a half.
    private static func lowerHalf(_ share: Double) -> Double {
        if share < 0.02425 {
            let q = (-2 * log(share)).squareRoot()
            let top = polynomial(
                q,
                [
                    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
                    4.374664141464968, 2.938163982698783,
                ])
            let bottom = polynomial(
                q, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1])
            return top / bottom
        }
        let q = share - 0.5
        let r = q * q
        let top = polynomial(
            r,
            [
                -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
                -3.066479806614716e+01, 2.506628277459239,
            ])
        let bottom = polynomial(
            r,
            [
                -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                -1.328068155288572e+01, 1,
            ])
        return top * q / bottom
    }

    /// Horner's rule, the highest power first.
    private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }
}
