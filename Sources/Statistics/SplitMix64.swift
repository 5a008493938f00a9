/// A small, fast generator with a seed: the same seed gives the same numbers on every machine and in every release.
///
/// Draws go through ``unit()``, ``next(below:)`` and ``permutation(of:)``, not through the standard library's `random`
/// and `shuffled`, whose sequences may change from one Swift version to the next. Not for secrets.
///
/// ## Source
/// Steele, Lea & Flood (2014), *Fast Splittable Pseudorandom Number Generators*; constants of Vigna's `splitmix64.c`.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// Every seed is as good as any other, 0 included.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits; each value occurs once in 2⁶⁴ draws.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A multiple of 2⁻⁵³ in [0, 1), each equally likely.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number in 0 ..< bound, each exactly equally likely; 0 where the bound is 0.
    ///
    /// Lemire (2019), *Fast Random Integer Generation in an Interval*: a multiplication, and a rejection that is rarely met.
    public mutating func next(below bound: UInt64) -> UInt64 {
        guard bound > 0 else { return 0 }
        var product = next().multipliedFullWidth(by: bound)
        guard product.low < bound else { return product.high }
        let threshold = (0 &- bound) % bound
        while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        return product.high
    }

    /// The numbers 0 ..< count in an order drawn at random, every order equally likely (Fisher & Yates, Durstenfeld 1964).
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<max(0, count))
        for last in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(last, Int(next(below: UInt64(last + 1))))
        }
        return order
    }
}
