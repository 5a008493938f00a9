#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A function of the squared distance between two places: a kernel, or a kernel convolved with itself.
struct PairProfile: Sendable {
    enum Shape: Sendable {
        case kernel(Kernel)
        /// Of the gaussian and the uniform kernel, which have a closed form; 0 for others.
        case selfConvolution(Kernel)
    }

    /// Beyond this distance in metres the function is 0.
    let reach: Double
    /// Brings values to one per square metre.
    let scale: Double
    private let shape: Shape
    private let inverseSquare: Double

    init(shape: Shape, bandwidth: Double) {
        self.shape = shape
        let area = Double.pi * bandwidth * bandwidth
        switch shape {
        case .kernel(let kernel):
            reach = bandwidth * kernel.support
            inverseSquare = 1 / (bandwidth * bandwidth)
            scale = Self.peak(of: kernel) / area
        case .selfConvolution(.gaussian):
            // Two gaussians make one of twice the variance.
            reach = bandwidth * Kernel.gaussian.support * 2.0.squareRoot()
            inverseSquare = 0.5 / (bandwidth * bandwidth)
            scale = 0.25 / area
        case .selfConvolution:
            reach = 2 * bandwidth
            inverseSquare = 1 / (bandwidth * bandwidth)
            scale = 1 / area
        }
    }

    private static func peak(of kernel: Kernel) -> Double {
        switch kernel {
        case .quartic, .triangular: 3
        case .epanechnikov: 2
        case .uniform: 1
        case .gaussian: 0.5 / (1 - exp(-18))
        }
    }

    @inline(__always)
    func value(at squaredDistance: Double) -> Double { values(at: SIMD4(repeating: squaredDistance))[0] }

    @inline(__always)
    func values(at squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
        let u = squaredDistance * inverseSquare
        switch shape {
        case .kernel(.quartic):
            let parabola = notNegative(1 - u)
            return parabola * parabola
        case .kernel(.epanechnikov): return notNegative(1 - u)
        case .kernel(.triangular): return notNegative(1 - u.squareRoot())
        case .kernel(.uniform): return SIMD4.zero.replacing(with: 1, where: u .< 1)
        case .kernel(.gaussian), .selfConvolution(.gaussian):
            return exponential(-0.5 * u).replacing(with: 0, where: u .>= 36)
        case .selfConvolution(.uniform):
            return SIMD4(lens(u[0]), lens(u[1]), lens(u[2]), lens(u[3]))
        case .selfConvolution: return .zero
        }
    }

    /// What two discs have in common, as a share of one, with their centres so far apart (squared, in radii).
    private func lens(_ u: Double) -> Double {
        guard u < 4 else { return 0 }
        let half = 0.5 * u.squareRoot()
        return 2 / Double.pi * (acos(half) - half * max(0, 1 - half * half).squareRoot())
    }
}

/// e to powers from −700 to 0, to 10⁻¹⁵ of the value: 2ᵏ times the series of what is left.
@inline(__always)
private func exponential(_ power: SIMD4<Double>) -> SIMD4<Double> {
    let limited = notNegative(power + 700) - 700
    // Adding 1.5 · 2⁵² rounds to the nearest integer, and leaves it in the low bits.
    let shifted = limited * 1.4426950408889634 + 0x1.8p52
    let k = shifted - 0x1.8p52
    let rest = (limited - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33
    var sum = rest * (1.0 / 479_001_600) + 1.0 / 39_916_800
    sum = (sum * rest + 1.0 / 3_628_800) * rest + 1.0 / 362_880
    sum = (sum * rest + 1.0 / 40320) * rest + 1.0 / 5040
    sum = (sum * rest + 1.0 / 720) * rest + 1.0 / 120
    sum = (sum * rest + 1.0 / 24) * rest + 1.0 / 6
    sum = ((sum * rest + 0.5) * rest + 1) * rest + 1
    let exponent = (unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &+ 1023) &<< 52
    return sum * unsafeBitCast(exponent, to: SIMD4<Double>.self)
}
