#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Kernel {
    /// The kernel's height at a distance in bandwidths, as a share of its peak.
    func share(at distance: Double) -> Double {
        guard distance < support else { return 0 }
        let rest = 1 - distance * distance
        return switch self {
        case .quartic: rest * rest
        case .gaussian: exp(-0.5 * distance * distance)
        case .epanechnikov: rest
        case .triangular: 1 - distance
        case .uniform: 1
        }
    }
}

extension NeighbourRule {
    /// Whole powers by multiplication, so that the commonest ones are the same on every machine.
    static func power(_ base: Double, _ exponent: Double) -> Double {
        switch exponent {
        case -1: 1 / base
        case -2: 1 / (base * base)
        default: pow(base, exponent)
        }
    }
}
