/// How an incident's weight is spread around its place.
///
/// Each is a surface that depends on the distance *d* only, integrates to 1, and is scaled by the bandwidth *h*.
public enum Kernel: String, Hashable, Codable, Sendable, CaseIterable {
    /// 3/(πh²) · (1 − d²/h²)² for d < h. Also called biweight.
    case quartic
    /// 1/(2πh²) · exp(−d²/2h²): here the bandwidth is the standard deviation, not a radius.
    ///
    /// Cut at d = 6h, and divided by the 1 − e⁻¹⁸ that is left, so that it still integrates to 1: that raises it by
    /// 1.5 · 10⁻⁸ of its value.
    case gaussian
    /// 2/(πh²) · (1 − d²/h²) for d < h.
    case epanechnikov
    /// 3/(πh²) · (1 − d/h) for d < h. Also called conic.
    case triangular
    /// 1/(πh²) for d < h.
    case uniform

    /// The distance beyond which the kernel is 0, in bandwidths.
    public var support: Double { self == .gaussian ? 6 : 1 }
}
