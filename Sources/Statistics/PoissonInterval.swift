/// Where the mean of a Poisson number lies, seen from one count of it.
///
/// The limits that leave `(1 − confidence)/2` out on either side: a mean below `low` would reach the count too rarely, one
/// above `high` would stay at it too rarely. They hold the true mean at least as often as they say.
///
/// ## Source
/// Garwood (1936), *Fiducial limits for the Poisson distribution*, Biometrika 28, 437–442.
public struct PoissonInterval: Hashable, Sendable {
    public let low: Double
    public let high: Double

    /// - Parameters:
    ///   - count: 0 to ``greatestCount``.
    ///   - confidence: above 0 and below 1.
    /// - Returns: nil for what lies outside.
    /// - Complexity: O(√count).
    public init?(count: Int, confidence: Double = 0.95) {
        guard (0...Self.greatestCount).contains(count), confidence > 0, confidence < 1 else { return nil }
        let tail = (1 - confidence) / 2
        let k = Double(count)
        low = count == 0 ? 0 : Self.mean(from: 0, to: k) { GammaFunction.lowerShare(shape: k, $0) >= tail }
        var far = k + 10
        while GammaFunction.upperShare(shape: k + 1, far) > tail { far = far * 2 - k }
        high = Self.mean(from: k, to: far) { GammaFunction.upperShare(shape: k + 1, $0) <= tail }
    }

    /// A count above this is refused: its sums would take too long.
    public static let greatestCount = 100_000_000

    /// The least mean for which something holds that holds from there on.
    private static func mean(from low: Double, to high: Double, where holds: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        while high - low > 1e-12 * max(1, high) {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
