// The standard library's pointwiseMax and replacing(with:where:) branch on every lane; a plain comparison per lane becomes
// one instruction for all of them.

@inline(__always)
func larger(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(b[0] < a[0] ? a[0] : b[0], b[1] < a[1] ? a[1] : b[1])
}

@inline(__always)
func smaller(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a[0] < b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1])
}

/// The values, with 0 in place of negative ones.
@inline(__always)
func notNegative(_ a: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(lowHalf: larger(a.lowHalf, .zero), highHalf: larger(a.highHalf, .zero))
}

@inline(__always)
func larger(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    SIMD8(lowHalf: larger(a.lowHalf, b.lowHalf), highHalf: larger(a.highHalf, b.highHalf))
}

@inline(__always)
private func larger(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    SIMD4(
        b[0] < a[0] ? a[0] : b[0], b[1] < a[1] ? a[1] : b[1], b[2] < a[2] ? a[2] : b[2], b[3] < a[3] ? a[3] : b[3])
}

@inline(__always)
func greatestLane(_ a: SIMD8<Float>) -> Float {
    let four = larger(a.lowHalf, a.highHalf)
    let two = (four[1] < four[0] ? four[0] : four[1], four[3] < four[2] ? four[2] : four[3])
    return two.1 < two.0 ? two.0 : two.1
}
