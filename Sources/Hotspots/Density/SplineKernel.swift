/// A quartic kernel as cubic splines see it, from each node of a square lattice to each other.
///
/// A point is spread over the 4 × 4 nodes around it by the values of cubic B-splines there, and a cell gathers from the
/// 4 × 4 nodes around it in the same way. Between the two stand these coefficients: such that the spline takes the
/// kernel's values wherever points and cells lie on nodes (interpolation by the cardinal spline, in both places).
///
/// They are brought to the sum that makes the surface account for the whole weight, since both B-splines sum to 1.
struct SplineKernel: Sendable {
    /// The coefficients reach so many nodes far.
    let reach: Int
    /// Of the node `dx` columns and `dy` rows away at `dy * (reach + 1) + dx`, which both count in either direction.
    let coefficients: [Float]

    /// - Parameters:
    ///   - radius: of the kernel, in cells.
    ///   - pitch: from one node to the next, in cells.
    init(radius: Double, pitch: Int) {
        let nodesInReach = radius / Double(pitch)
        // Coefficients fall to a quarter with each node beyond the kernel.
        let reach = Int(nodesInReach.rounded(.up)) + 2
        // For filters to fade out.
        let half = reach + 6
        let size = 2 * half + 1
        var values = [Double](repeating: 0, count: size * size)
        for index in values.indices {
            let (dx, dy) = (Double(index % size - half), Double(index / size - half))
            let height = max(0, 1 - (dx * dx + dy * dy) / (nodesInReach * nodesInReach))
            values[index] = height * height
        }
        for line in 0..<size {
            for _ in 0..<2 { Self.interpolate(&values, from: line * size, step: 1, count: size) }
        }
        for line in 0..<size {
            for _ in 0..<2 { Self.interpolate(&values, from: line, step: size, count: size) }
        }
        let kept = (-reach...reach).flatMap { dy in
            (-reach...reach).map { values[(half + dy) * size + half + $0] }
        }
        // The volume of (1 − d²)² over the disc of radius 1 is π / 3.
        let factor = .pi / 3 * nodesInReach * nodesInReach / kept.reduce(0, +)
        let side = 2 * reach + 1
        self.reach = reach
        let first = reach * side + reach
        coefficients = (0...reach).flatMap { dy in
            (0...reach).map { Float(kept[first + dy * side + $0] * factor) }
        }
    }

    /// Turns samples of a function that is 0 beyond them into the coefficients of the cubic spline through them.
    ///
    /// ## Source
    /// Unser (1999), *Splines: a perfect fit for signal and image processing*, box 2, doi 10.1109/79.799930.
    private static func interpolate(_ values: inout [Double], from start: Int, step: Int, count: Int) {
        let pole = 3.0.squareRoot() - 2
        var previous = 0.0
        for index in 0..<count {
            previous = values[start + index * step] + pole * previous
            values[start + index * step] = previous
        }
        // What the sums would come to beyond the last sample.
        var next = -pole / (1 - pole * pole) * previous
        values[start + (count - 1) * step] = 6 * next
        for index in (0..<count - 1).reversed() {
            next = pole * (next - values[start + index * step])
            values[start + index * step] = 6 * next
        }
    }
}

/// The values of the four cubic B-splines, one node apart, that reach a place some share of the way from the second's
/// node to the third's.
@inline(__always)
func splineWeights(at t: Double) -> SIMD4<Double> {
    let cubic = SIMD4<Double>(-1, 3, -3, 1) / 6
    let square = SIMD4<Double>(3, -6, 3, 0) / 6
    let linear = SIMD4<Double>(-3, 0, 3, 0) / 6
    return ((cubic * t + square) * t + linear) * t + SIMD4<Double>(1, 4, 1, 0) / 6
}
